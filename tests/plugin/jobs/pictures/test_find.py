"""Finding by words, end to end: a tiny CLIP learns coloured shapes and their words here, and finds them in a film."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.edit import Edit
from hitpoint.core.errors import CheckpointError, OptionError
from hitpoint.core.features import extract
from hitpoint.core.features.semantic import ENVIRONMENT_VARIABLE, PIXEL_DEVIATION, PIXEL_MEAN
from hitpoint.core.features.words import TEMPLATES
from hitpoint.core.mood import Mood
from hitpoint.plugin import cli
from hitpoint.plugin.cli import build_parser
from hitpoint.plugin.commands.score import job_of
from hitpoint.plugin.jobs.pictures.find import _encoder, find_moments

COLOURS = {"red": (220, 30, 30), "lime": (40, 210, 50), "blue": (40, 60, 220)}
SHAPES = ("disc", "bar")
FILM = (("red disc", 50), ("blue bar", 75), ("lime disc", 50), ("blue disc", 75))  # what is seen, frames
SIDE = 32


def drawn(words: str, rng: np.random.Generator, height: int = SIDE, width: int = SIDE) -> np.ndarray:
    """A picture of a coloured shape somewhere on grey."""
    colour, shape = words.split()
    y, x = np.mgrid[0:height, 0:width]
    row, column = rng.uniform(0.4, 0.6, 2) * (height, width)
    size = height * rng.uniform(0.25, 0.32)
    if shape == "disc":
        inside = (y - row) ** 2 + (x - column) ** 2 < size**2
    else:
        inside = (abs(y - row) < size * 0.4) & (x >= 0)
    picture = rng.normal(90, 6, (height, width, 3))
    picture[inside] = COLOURS[colour]
    return np.clip(picture, 0, 255).astype(np.uint8)


def tokenizer_of(transformers: Any) -> Any:
    """A tokenizer whose tokens are letters and the words that are learnt."""
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    vocabulary, merges = [*letters, *(letter + "</w>" for letter in letters), ":", ":</w>"], []
    for word in ("red", "lime", "blue", "disc", "bar"):
        parts = [*word[:-1], word[-1] + "</w>"]
        while len(parts) > 1:
            if (parts[0], parts[1]) not in merges:
                merges.append((parts[0], parts[1]))
            parts = [parts[0] + parts[1], *parts[2:]]
            if parts[0] not in vocabulary:
                vocabulary.append(parts[0])
    vocabulary += ["<|startoftext|>", "<|endoftext|>"]
    return transformers.CLIPTokenizer(vocab={word: place for place, word in enumerate(vocabulary)}, merges=merges)


@pytest.fixture(scope="module")
def clip_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    transformers = pytest.importorskip("transformers")
    import torch

    tokenizer = tokenizer_of(transformers)
    end = len(tokenizer) - 1
    sizes = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 1,
        "num_attention_heads": 2,
        "initializer_factor": 2.0,
    }
    ids = {"bos_token_id": end - 1, "eos_token_id": end, "pad_token_id": end, "vocab_size": end + 1}
    torch.manual_seed(0)
    model = transformers.CLIPModel(
        transformers.CLIPConfig(
            text_config={**sizes, **ids, "projection_dim": 768},
            vision_config={**sizes, "image_size": SIDE, "patch_size": 8, "projection_dim": 768},
            projection_dim=768,
            initializer_factor=2.0,
        )
    )
    captions = [f"{colour} {shape}" for colour in COLOURS for shape in SHAPES]
    mean, deviation = (torch.tensor(values).view(1, 3, 1, 1) for values in (PIXEL_MEAN, PIXEL_DEVIATION))
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    rng = np.random.default_rng(0)
    places = torch.nn.init.orthogonal_(torch.empty(len(captions), 768))  # where words and pictures are to meet
    wanted = torch.arange(len(captions))
    for step in range(100):
        pictures = np.stack([drawn(caption, rng) for caption in captions for _ in range(3)])
        pixels = (torch.from_numpy(pictures).permute(0, 3, 1, 2).float() / 255 - mean) / deviation
        texts = [TEMPLATES[step % len(TEMPLATES)].format(caption) for caption in captions]
        tokens = tokenizer(texts, padding=True, return_tensors="pt")
        seen = model.visual_projection(model.vision_model(pixel_values=pixels).pooler_output)
        read = model.text_projection(model.text_model(**tokens).pooler_output)
        logits = [20 * torch.nn.functional.normalize(each) @ places.T for each in (seen, read)]
        pairs = zip(logits, (wanted.repeat_interleave(3), wanted), strict=True)
        loss = torch.stack([torch.nn.functional.cross_entropy(found, right) for found, right in pairs]).sum()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    assert loss.item() < 0.2
    folder = tmp_path_factory.mktemp("clip")
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten seconds at 25 frames; what is seen changes at 2, 5 and 7 seconds."""
    path = tmp_path_factory.mktemp("film") / "shapes.mp4"
    rng = np.random.default_rng(9)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=Fraction(25))
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for words, frames in FILM:
            still = drawn(words, rng, 64, 96)
            for _ in range(frames):
                container.mux(stream.encode(av.VideoFrame.from_ndarray(still, format="rgb24")))
        container.mux(stream.encode(None))
    return path


@pytest.fixture(scope="module")
def weights(clip_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(ENVIRONMENT_VARIABLE, str(clip_folder))
        patch.setenv("HITPOINT_CACHE", str(tmp_path_factory.mktemp("cache")))
        _encoder.cache_clear()
        yield
    _encoder.cache_clear()


@pytest.fixture(scope="module")
def edit(film: Path) -> Edit:
    return read_edit(film)


@pytest.mark.parametrize(
    ("words", "start", "end"), [("red disc", 0, 50), ("lime disc", 125, 175), ("blue disc", 175, 250)]
)
def test_what_is_asked_for_is_found(weights: None, edit: Edit, words: str, start: int, end: int) -> None:
    best = find_moments(edit, words)[0]
    assert (best.frame, best.start_frame) == (start, start)
    assert best.end_frame == end and best.stands_out > 0.5


def test_the_command_tells_the_likest_first(weights: None, film: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["find", str(film), "blue bar", "--top", "2", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["schema"] == "hitpoint.find.1" and len(told["moments"]) == 2
    assert told["moments"][0]["time"] == 2.0 and told["moments"][0]["timecode"] == "00:00:02:00"
    assert told["moments"][0]["score"] >= told["moments"][1]["score"]


def test_a_hit_and_a_mood_go_where_the_words_are(weights: None, edit: Edit, film: Path) -> None:
    line = ["score", str(film), "--hit", "find:lime disc=4", "--mood", "find:red disc=sad"]
    (wishes,) = job_of(build_parser().parse_args(line)).wishes(edit)
    assert [(hit.frame, hit.priority) for hit in wishes.hits] == [(125, 4.0)]
    assert [(span.start, span.end, span.mood) for span in wishes.moods] == [(0.0, 2.0, Mood.SAD)]


def test_a_second_search_looks_at_no_picture(weights: None, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    find_moments(edit, "red disc")
    monkeypatch.setattr(extract, "see", None)
    assert find_moments(edit, "blue disc")[0].start_frame == 175


def test_without_weights_one_line_says_what_to_get(edit: Edit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    _encoder.cache_clear()
    with pytest.raises(CheckpointError) as told:
        find_moments(edit, "red disc")
    _encoder.cache_clear()
    assert ENVIRONMENT_VARIABLE in str(told.value) and "hf download" in str(told.value)


def test_no_words_are_refused(edit: Edit) -> None:
    with pytest.raises(OptionError, match="write words"):
        find_moments(edit, "  ")
