from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import CheckpointError
from hitpoint.core.visuals.diffusion_pictures import PipelineGenerator, load_pictures
from hitpoint.core.visuals.generator import drawn
from hitpoint.core.visuals.judging import WordsJudge
from hitpoint.core.visuals.pattern import View
from hitpoint.core.visuals.search import search


@pytest.fixture(scope="module")
def generator(tiny_stable_diffusion: Path) -> PipelineGenerator:
    found = load_pictures(tiny_stable_diffusion, "rain")
    found._steps = 2
    return found


def test_it_draws_any_size_the_same_again(generator: PipelineGenerator) -> None:
    latent = np.random.default_rng(0).normal(size=generator.latent_size)
    picture = drawn(generator, latent, View(), 27, 48)
    assert picture.shape == (27, 48, 3)
    assert np.array_equal(picture, drawn(generator, latent, View(), 27, 48))
    other = np.random.default_rng(1).normal(size=generator.latent_size)
    assert not np.array_equal(picture, drawn(generator, other, View(), 27, 48))


def test_the_best_by_the_judge_is_found(generator: PipelineGenerator) -> None:
    class Brightness:
        """An encoder whose word is white."""

        def encode(self, images: list[np.ndarray]) -> np.ndarray:
            return np.array([[image.mean(), 255.0 - image.mean()] for image in images], np.float32)

        def encode_words(self, texts: list[str]) -> np.ndarray:
            return np.array([[1.0, 0.0] for _ in texts], np.float32)

    judge = WordsJudge(Brightness(), "white")
    find = search(generator, judge, np.random.default_rng(0), 0.0, candidates=4)
    assert find.score >= find.first_score


def test_a_folder_without_a_pipeline_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("diffusers")
    with pytest.raises(CheckpointError, match=r"model_index\.json"):
        load_pictures(tmp_path, "rain")
    (tmp_path / "model_index.json").write_text("{}")
    with pytest.raises(CheckpointError, match="cannot be loaded"):
        load_pictures(tmp_path, "rain")
