from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from hitpoint.core.errors import CheckpointError
from hitpoint.core.features.semantic import ENVIRONMENT_VARIABLE, HUB_MODEL, PIXEL_DEVIATION, PIXEL_MEAN, load_clip

SIDE = 48  # pixels the tiny model looks at


@pytest.fixture(scope="module")
def tiny_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A randomly initialised CLIP with the embeddings of the big one, saved as a checkpoint is."""
    transformers = pytest.importorskip("transformers")
    import torch

    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    tokenizer = transformers.CLIPTokenizer(vocab={word: place for place, word in enumerate(words)}, merges=[])
    sizes = {"hidden_size": 16, "intermediate_size": 32, "num_hidden_layers": 2, "num_attention_heads": 2}
    end = len(words) - 1
    ids = {"bos_token_id": end - 1, "eos_token_id": end, "pad_token_id": end}
    config = transformers.CLIPConfig(
        text_config={**sizes, **ids, "vocab_size": len(words), "projection_dim": 768},
        vision_config={**sizes, "image_size": SIDE, "patch_size": 16, "projection_dim": 768},
        projection_dim=768,
    )
    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("clip")
    transformers.CLIPModel(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture
def images() -> list[np.ndarray]:
    rng = np.random.default_rng(3)
    return [rng.integers(0, 255, shape, dtype=np.uint8) for shape in ((48, 80, 3), (120, 60, 3), (48, 48, 3))]


def test_embeddings_are_those_of_the_library(tiny_clip: Path, images: list[np.ndarray]) -> None:
    import torch
    from transformers import CLIPModel

    square = (images[2] / 255.0 - PIXEL_MEAN) / PIXEL_DEVIATION
    pixels = torch.from_numpy(square).permute(2, 0, 1)[None].float()
    expected: Any = CLIPModel.from_pretrained(tiny_clip).eval().get_image_features(pixel_values=pixels)
    expected = getattr(expected, "pooler_output", expected).detach().numpy()
    assert np.allclose(load_clip(tiny_clip).encode(images)[2], expected[0], atol=1e-5)


def test_emotion_is_the_softmax_of_the_librarys_logits(tiny_clip: Path, images: list[np.ndarray]) -> None:
    import torch
    from transformers import CLIPModel, CLIPTokenizer

    encoder = load_clip(tiny_clip)
    tokens = CLIPTokenizer.from_pretrained(tiny_clip)(
        ["exciting", "fearful", "tense", "sad", "relaxing", "neutral"], padding=True, return_tensors="pt"
    )
    pixels = torch.from_numpy((images[2] / 255.0 - PIXEL_MEAN) / PIXEL_DEVIATION).permute(2, 0, 1)[None].float()
    with torch.inference_mode():
        logits = CLIPModel.from_pretrained(tiny_clip).eval()(**tokens, pixel_values=pixels).logits_per_image
    found = encoder.emotion(encoder.encode(images[2:]))
    assert np.allclose(found, logits.softmax(-1).numpy(), atol=1e-5)


def test_pictures_of_any_shape_are_cropped_to_their_middle(tiny_clip: Path, images: list[np.ndarray]) -> None:
    encoder = load_clip(tiny_clip)
    wide = images[0]
    assert encoder.encode(images).shape == (3, 768)
    assert np.allclose(encoder.encode([wide]), encoder.encode([wide[:, 16:64]]), atol=1e-6)


def test_no_picture_gives_no_row(tiny_clip: Path) -> None:
    encoder = load_clip(tiny_clip)
    assert encoder.encode([]).shape == (0, 768)
    assert encoder.emotion(encoder.encode([])).shape == (0, 6)


def test_the_folder_can_be_named_in_the_environment(tiny_clip: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tiny_clip))
    assert load_clip().name == load_clip(tiny_clip).name
    assert load_clip().name.startswith("clip-")


def test_weights_that_are_not_there_are_a_named_error(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    with pytest.raises(CheckpointError, match=r"config\.json"):
        load_clip(tmp_path / "none")


def test_a_folder_without_weights_says_how_to_get_them(tmp_path: Path) -> None:
    pytest.importorskip("transformers")
    with pytest.raises(CheckpointError, match=f"hf download {HUB_MODEL}") as caught:
        load_clip(tmp_path)
    assert "\n" not in str(caught.value)


def test_weights_that_may_not_be_fetched_are_told_without_the_librarys_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> Any:
        raise OSError("We couldn't connect to 'https://huggingface.co'")

    library = SimpleNamespace(**dict.fromkeys(("CLIPModel", "CLIPTokenizer"), SimpleNamespace(from_pretrained=away)))
    monkeypatch.setitem(__import__("sys").modules, "transformers", library)
    monkeypatch.delenv(ENVIRONMENT_VARIABLE, raising=False)
    with pytest.raises(CheckpointError, match="not on this machine: nothing is fetched by itself, so run 'hf download"):
        load_clip(local_only=True)


def test_a_missing_library_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "transformers", None)
    with pytest.raises(CheckpointError, match=r"hitpoint\[clip\]"):
        load_clip()
