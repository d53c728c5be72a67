"""Cues from a few chord symbols, models that need no weights, and movies of a few frames."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.compose.compose import Models
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.config import RegressorConfig
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.vocabulary import VOCABULARY
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.timebase import FrameRate


class Dice:
    """A chord model whose logits hang on the row, the chord before and, a little, on the picture.

    A stand-in for AMT.
    """

    has_start = True

    def __init__(self, max_steps: int = 40, seed: int = 0) -> None:
        self.max_steps = max_steps
        self._table = np.random.default_rng(seed).normal(0.0, 2.0, (VOCABULARY, VOCABULARY))

    def encode(self, video: NDArray[np.float32], *, is_minor: bool, conditions: object = None) -> NDArray[np.float32]:
        return video[:, 768]

    def start(self, memory: NDArray[np.float32], batch: int = 1) -> tuple[NDArray[np.float32], int]:
        return memory, 0

    def step(
        self, state: tuple[NDArray[np.float32], int], tokens: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], tuple[NDArray[np.float32], int]]:
        memory, position = state
        logits = self._table[tokens] + np.sin(position + np.arange(VOCABULARY)) + memory[min(position, len(memory) - 1)]
        return logits, (memory, position + 1)


def symbols_cue(symbols: str, *, cuts: Sequence[int] = (), key: str = "C major", seed: int = 3) -> Cue:
    """A cue at 25 frames and a chord a second; cuts are frames."""
    chords = [parse_chord(symbol) for symbol in symbols.split()]
    edges = [0, *cuts, 25 * len(chords)]
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    edit = Edit("test", Path("test.otio"), FrameRate(Fraction(25)), edges[-1], shots)
    steps = tuple(Step(chord) for chord in chords)
    return Cue(edit, 0, edges[-1], parse_key(key), steady_tempo(Fraction(1, 2)), steps, (), "piano", seed)


@pytest.fixture(scope="session")
def make_chord_cue() -> Callable[..., Cue]:
    """The function that builds a cue from symbols."""
    return symbols_cue


@pytest.fixture(scope="session")
def dice_models() -> Models:
    torch.manual_seed(0)
    return Models(Dice(), BiGRU(RegressorConfig(hidden=4, max_steps=40)).double().eval())


@pytest.fixture(scope="session")
def grey_features() -> Callable[[int], PictureFeatures]:
    """Makes a picture with so many seconds, in which something moves."""

    def make(seconds: int) -> PictureFeatures:
        offsets = np.arange(seconds, dtype=np.float32) % 5
        emotion = np.full((seconds, 6), 1 / 6, np.float32)
        return PictureFeatures(offsets, offsets * 2, emotion, None, np.ones(seconds, bool))

    return make


CLIP_FRAMES = 60
CLIP_SIZE = (80, 64)  # width, height


def _picture(number: int, width: int = CLIP_SIZE[0], height: int = CLIP_SIZE[1]) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A textured picture that slides by two pixels a frame, with a corner that tells the frames apart."""
    noise = np.random.default_rng(7).integers(0, 200, (height, width * 2, 3), dtype=np.uint8)
    frame = np.roll(noise, -2 * number, axis=1)[:, :width].copy()
    frame[:16, :16] = (number * 37 % 256, number * 91 % 256, 255 - number % 256)
    return frame


def _write_clip(
    path: Path,
    codec: str = "libx264",
    frames: int = CLIP_FRAMES,
    pix_fmt: str = "yuv420p",
    rate: Fraction = Fraction(25),
    options: dict[str, str] | None = None,
    shift: Fraction = Fraction(0),
    ticks: Callable[[int], int] = lambda number: number,
    container_options: dict[str, str] | None = None,
    **settings: Any,
) -> Path:
    """A movie of sliding pictures; ``ticks`` gives the pts of frame ``number`` and ``shift`` moves all, in seconds."""
    with av.open(str(path), "w", options=container_options or {}) as container:
        stream = container.add_stream(codec, rate=rate, options=options or {})
        stream.width, stream.height = CLIP_SIZE
        stream.pix_fmt = pix_fmt
        stream.codec_context.time_base = 1 / rate
        for name, value in settings.items():
            setattr(stream.codec_context, name, value)
        for number in range(frames + 1):
            frame = None if number == frames else av.VideoFrame.from_ndarray(_picture(number), format="rgb24")
            if frame is not None:
                frame.pts = ticks(number)
                frame.time_base = 1 / rate
            for packet in stream.encode(frame):
                move = int(shift / packet.time_base)
                packet.pts, packet.dts = packet.pts + move, packet.dts + move
                container.mux(packet)
    return path


def _digest(pixels: np.ndarray[Any, Any]) -> str:
    return hashlib.md5(pixels.tobytes()).hexdigest()


def _full_decode(path: Path) -> list[tuple[Fraction, str]]:
    """(begin, hash of the RGB pixels) of every frame: the plain way, to compare with."""
    found: list[tuple[Fraction, str]] = []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        for count, frame in enumerate(container.decode(stream)):
            start = stream.start_time or 0
            no_times = stream.time_base is None or frame.pts is None
            begin = Fraction(count) / stream.average_rate if no_times else (frame.pts - start) * stream.time_base
            pixels = frame.reformat(format="rgb24", interpolation="BICUBIC").to_ndarray()
            found.append((begin, _digest(pixels)))
    return found


def _shown_and_next(frames: Sequence[tuple[Fraction, str]], time: Fraction) -> tuple[str, str]:
    """Hashes of the frame shown at a time and the next; at the end those of the last two."""
    at = max([k for k, (begin, _) in enumerate(frames) if begin <= time + Fraction(1, 2000)], default=0)
    first = min(at, max(len(frames) - 2, 0))
    return frames[first][1], frames[min(first + 1, len(frames) - 1)][1]


class Studio:
    """What makes pictures here, and what tells how they come out by a plain full decode."""

    frames = CLIP_FRAMES
    size = CLIP_SIZE
    picture = staticmethod(_picture)
    write_clip = staticmethod(_write_clip)
    full_decode = staticmethod(_full_decode)
    shown_and_next = staticmethod(_shown_and_next)
    digest = staticmethod(_digest)


@pytest.fixture
def studio() -> Studio:
    return Studio()


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Sixty frames at 25 a second in one long GOP."""
    return _write_clip(tmp_path / "clip.mp4", options={"g": "250"})


@pytest.fixture(scope="session")
def tiny_stable_diffusion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Stable Diffusion pipeline of random weights and few channels, saved as a checkpoint is."""
    diffusers, transformers = pytest.importorskip("diffusers"), pytest.importorskip("transformers")
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    words = [*letters, *(letter + "</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"]
    tokenizer = transformers.CLIPTokenizer(
        vocab={word: place for place, word in enumerate(words)}, merges=[], model_max_length=77
    )
    end = len(words) - 1
    torch.manual_seed(0)
    text = transformers.CLIPTextConfig(
        hidden_size=16, intermediate_size=16, num_hidden_layers=1, num_attention_heads=2, vocab_size=len(words),
        bos_token_id=end - 1, eos_token_id=end, pad_token_id=end, projection_dim=16,
    )  # fmt: skip
    unet = diffusers.UNet2DConditionModel(
        block_out_channels=(8, 16), layers_per_block=1, sample_size=8, in_channels=4, out_channels=4, norm_num_groups=4,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"), up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=16, attention_head_dim=2,
    )  # fmt: skip
    vae = diffusers.AutoencoderKL(
        block_out_channels=(8, 8, 8, 8), norm_num_groups=4, latent_channels=4, layers_per_block=1, sample_size=64,
        down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4,
    )  # fmt: skip
    pipeline = diffusers.StableDiffusionPipeline(
        vae=vae, text_encoder=transformers.CLIPTextModel(text), tokenizer=tokenizer, unet=unet,
        scheduler=diffusers.DDIMScheduler(clip_sample=False, steps_offset=1), safety_checker=None, feature_extractor=None,
        requires_safety_checker=False,
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("stable_diffusion")
    pipeline.save_pretrained(folder)
    return folder
