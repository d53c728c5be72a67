"""A mix through a local audio model: Riffusion on its mel spectrogram, ACE-Step or Stable Audio on its waveform."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray

from hitpoint.core.diffusion.levels import as_loud
from hitpoint.core.diffusion.mel import Sound
from hitpoint.core.diffusion.model_folder import kind_of, licence_of, weights_bytes
from hitpoint.core.diffusion.riffusion import Riffusion
from hitpoint.core.diffusion.waveforms import AceStep, StableAudio3, StableAudioOpen
from hitpoint.core.errors import CheckpointError, OptionError
from hitpoint.core.progress import SILENT, Progress

_ROOM = 1.6  # times the weights' size that a run takes, activations included
_FADE_SECONDS = 0.5  # in which stretches that are worked on at once meet
_CONTEXT_SECONDS, _EDGE_SECONDS = 5.0, 0.05  # heard around a span, and its fades
_SOUND_BYTES = 700 << 20  # that a stretch takes, at 48 kHz


class AudioModel(Protocol):
    """Draws sound anew."""

    @property
    def block_seconds(self) -> float:
        """Length of the longest stretch that it takes at once."""
        ...

    def coated(
        self, mix: Sound, rate: int, strength: float, seed: int, prompt: str, steps: int | None, progress: Progress
    ) -> Sound:
        """A stretch (samples, channels) drawn anew, as long as it was.

        Args:
            mix: -1..1.
            rate: samples a second.
            strength: 0 goes through the model's own way to write sound and back, 1 keeps nothing.
            seed: of the noise.
            prompt: what it is to sound like.
            steps: of denoising at strength 1; None for the model's own.
            progress: stepped for each step of denoising.
        """
        ...


_MODELS: Mapping[str, Callable[[Path], AudioModel]] = {
    "StableDiffusionPipeline": Riffusion,
    "AceStepPipeline": AceStep,
    "StableAudioPipeline": StableAudioOpen,
    "StableAudio3Pipeline": StableAudio3,
}


@dataclass(frozen=True, eq=False)
class Coated:
    """What came out.

    Attributes:
        sound: (samples, channels), as long as the original and as loud.
        licence: of the weights, as their folder tells it.
        model: name of the folder.
    """

    sound: Sound
    licence: str
    model: str


def through(
    mix: Sound,
    rate: int,
    model_dir: Path,
    strength: float,
    seed: int,
    prompt: str,
    progress: Progress = SILENT,
    *,
    span: tuple[float, float] | None = None,
    steps: int | None = None,
) -> Coated:
    """A mix, drawn anew as far as ``strength`` says.

    Args:
        mix: (samples, 2) -1..1.
        rate: samples a second.
        model_dir: a folder as ``diffusers`` saves its pipelines: Riffusion's, ACE-Step's or Stable Audio's.
        strength: 0 changes nothing but what the model's own way to write sound does (Riffusion's mel spectrogram, the
            others' autoencoder); 1 keeps nothing.
        seed: of the noise.
        prompt: what it is to sound like.
        progress: stepped for each window and each step of denoising.
        span: seconds from the start of the mix; only what lies between changes, by what is heard around it. None for
            all of it.
        steps: of denoising at strength 1; None for as many as the model was made for.

    Raises:
        OptionError: if the strength is not from 0 to 1, or there is no sound.
        CheckpointError: if ``diffusers`` is missing, the folder holds no such model, or memory is too small for it.
        Cancelled: if stopped.
    """
    if not 0.0 <= strength <= 1.0:
        raise OptionError(f"a strength of {strength:g} is not from 0 to 1")
    first, end = (0, len(mix)) if span is None else _samples(span, rate, len(mix))
    if end - first < rate // 10:
        raise OptionError("the sound is shorter than a tenth of a second: nothing can be drawn of it")
    check_model(model_dir)
    model = _MODELS[kind_of(model_dir)](model_dir)
    context = round(_CONTEXT_SECONDS * rate)
    heard = slice(max(first - context, 0), min(end + context, len(mix)))
    drawn = _drawn(model, mix[heard], rate, strength, seed, prompt, steps, progress)
    progress.step(1.0)
    sound = mix.copy()
    fade = min(round(_EDGE_SECONDS * rate), (end - first) // 2)
    share = _fade(end - first, fade, first > 0, end < len(mix))[:, None].astype(np.float32)
    inside = drawn[first - heard.start : end - heard.start]
    sound[first:end] = share * inside + (1 - share) * mix[first:end]
    return Coated(sound, licence_of(model_dir), model_dir.name)


def _samples(span: tuple[float, float], rate: int, samples: int) -> tuple[int, int]:
    return max(round(span[0] * rate), 0), min(round(span[1] * rate), samples)


def _drawn(
    model: AudioModel, mix: Sound, rate: int, strength: float, seed: int, prompt: str, steps: int | None,
    progress: Progress,
) -> Sound:  # fmt: skip
    """All of a sound, in stretches that fit in memory and fade into each other."""
    found, weights = np.zeros(mix.shape, np.float64), np.zeros(len(mix))
    meet = round(min(_FADE_SECONDS, model.block_seconds / 4) * rate)
    blocks = _blocks(len(mix), round(model.block_seconds * rate), meet)
    for number, (first, end) in enumerate(blocks):
        part = progress.share(number, len(blocks))
        fade = _fade(end - first, meet, first > 0, end < len(mix))
        block = model.coated(mix[first:end], rate, strength, seed + 1000 * number, prompt, steps, part)
        found[first:end] += as_loud(block, mix[first:end]) * fade[:, None]
        weights[first:end] += fade
    return as_loud(found / weights[:, None], mix)


def _blocks(samples: int, length: int, fade: int) -> list[tuple[int, int]]:
    """First sample and end of stretches of at most ``length``; each begins ``fade`` before the last one ends."""
    count = max(1, -(-(samples - fade) // (length - fade)))
    edges = [round(number * (samples - fade) / count) for number in range(count + 1)]
    return [(first, end + fade) for first, end in pairwise(edges)] if count > 1 else [(0, samples)]


def _fade(samples: int, fade: int, comes: bool, goes: bool) -> NDArray[np.float64]:
    weights = np.ones(samples)
    ramp = np.arange(1, fade + 1) / (fade + 1)
    if comes:
        weights[:fade] = ramp
    if goes:
        weights[-fade:] = ramp[::-1]
    return weights


def check_model(model_dir: Path) -> None:
    """See that a folder holds a model that can be used here, before anything heavy is loaded.

    Raises:
        CheckpointError: if not.
    """
    kind_of(model_dir)
    needed, free = int(weights_bytes(model_dir) * _ROOM) + _SOUND_BYTES, free_bytes()
    if free is not None and needed > free:
        raise CheckpointError(
            f"{model_dir.name} needs about {needed / 2**30:.1f} GB of memory and {free / 2**30:.1f} GB are free: "
            "close other programs, or use a machine with more"
        )


def free_bytes() -> int | None:
    """Memory that is free for the model, on the GPU if there is one; None where that cannot be told."""
    if torch.cuda.is_available():
        return int(torch.cuda.mem_get_info()[0])
    try:
        for line in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
        return os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return None
