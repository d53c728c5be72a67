"""Riffusion: Stable Diffusion, image to image, on mel spectrograms."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import torch

from hitpoint.core.diffusion.loading import loaded
from hitpoint.core.diffusion.mel import Sound, from_pictures, spectrum, to_pictures, with_phase
from hitpoint.core.progress import Progress

DENOISING_STEPS = 50
GUIDANCE = 7.0  # Riffusion's
_OVERLAP = 0.25  # of a window
_ROUNDS = 16  # of Griffin and Lim's algorithm, where the picture was changed
_DRAWING = 0.85  # share of the time


class Riffusion:
    """Draws sound anew as pictures.

    Args:
        model_dir: a Stable Diffusion pipeline that was trained on spectrograms.

    Raises:
        CheckpointError: if it cannot be loaded.
    """

    block_seconds = 10.0

    def __init__(self, model_dir: Path) -> None:
        self._pipeline = loaded("StableDiffusionImg2ImgPipeline", model_dir, safety_checker=None)

    def coated(
        self, mix: Sound, rate: int, strength: float, seed: int, prompt: str, steps: int | None, progress: Progress
    ) -> Sound:
        """See :class:`~hitpoint.core.diffusion.through.AudioModel`."""
        pipeline = self._pipeline
        side = int(pipeline.unet.config.sample_size) * int(pipeline.vae_scale_factor)
        original = spectrum(np.ascontiguousarray(mix.T), rate)
        magnitudes, phases = original.abs(), torch.angle(original)
        pictures, largest = to_pictures(magnitudes, side, rate)
        if strength > 0:
            drawing = progress.part(0.0, _DRAWING)
            pictures = _redrawn(pipeline, pictures, strength, seed, prompt, steps or DENOISING_STEPS, drawing)
        progress.step(_DRAWING, "Finding phases")
        changed = from_pictures(pictures, largest, magnitudes, rate)
        sound = with_phase(changed, phases, len(mix), rate, _ROUNDS if strength > 0 else 0)
        return np.asarray(sound.numpy().T, dtype=np.float32)


def _redrawn(
    pipeline: Any, pictures: torch.Tensor, strength: float, seed: int, prompt: str, steps: int, progress: Progress
) -> torch.Tensor:
    """Pictures (channels, side, frames) drawn anew in windows that overlap and fade into each other."""
    channels, side, frames = pictures.shape
    overlap = max(1, int(side * _OVERLAP))
    starts = list(range(0, max(frames - overlap, 1), side - overlap))
    drawn, weights = torch.zeros(channels, side, frames), torch.zeros(frames)
    for number, start in enumerate(starts):
        end = min(start + side, frames)
        window = torch.ones(channels, side, side)  # silence is white
        window[:, :, : end - start] = pictures[:, :, start:end]
        new = _window(pipeline, window, strength, seed + number, prompt, steps, progress.share(number, len(starts)))
        fade = torch.ones(side)
        ramp = torch.arange(1, overlap + 1) / (overlap + 1)
        if start > 0:
            fade[:overlap] = ramp
        if end < frames:
            fade[-overlap:] = ramp.flip(0)
        drawn[:, :, start:end] += (new * fade)[:, :, : end - start]
        weights[start:end] += fade[: end - start]
    return drawn / weights.clamp(min=1e-6)


def _window(
    pipeline: Any, window: torch.Tensor, strength: float, seed: int, prompt: str, steps: int, progress: Progress
) -> torch.Tensor:
    """One window (channels, side, side), all channels from the same noise: what is in the middle stays there."""
    total = max(1, round(steps * strength))
    new = []
    for number, channel in enumerate(window):
        part = progress.share(number, len(window))
        part.step(0.0, "Drawing the sound")

        def stepped(_: Any, step: int, __: Any, values: dict[str, Any], part: Progress = part) -> dict[str, Any]:
            part.step((step + 1) / total, "Drawing the sound")
            return values

        image = channel.expand(1, 3, -1, -1)
        found = pipeline(
            prompt=prompt, image=image, strength=max(strength, 1.0 / steps), num_inference_steps=steps,
            guidance_scale=GUIDANCE, generator=torch.Generator("cpu").manual_seed(seed), output_type="pt",
            callback_on_step_end=stepped,
        ).images  # fmt: skip
        new.append(found[0].float().cpu().mean(0))
    return torch.stack(new)
