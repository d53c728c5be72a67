"""A mix through a local Riffusion checkpoint: Stable Diffusion, image to image, on its mel spectrogram."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from hitpoint.core.diffusion.mel import from_pictures, spectrum, to_pictures, with_phase
from hitpoint.core.errors import CheckpointError, OptionError
from hitpoint.core.progress import SILENT, Progress

DENOISING_STEPS = 50
GUIDANCE = 7.0  # Riffusion's
_OVERLAP = 0.25  # of a window
_ROUNDS = 16  # of Griffin and Lim's algorithm, where the picture was changed
_ROOM = 1.6  # times the weights' size that a run takes, activations included
_BLOCK_SECONDS, _FADE_SECONDS = 10.0, 0.5  # stretches that are worked on at once, and how they meet
_SOUND_BYTES = 700 << 20  # that such a stretch takes, at 48 kHz
_DRAWING = 0.85  # share of the time
_KIND = "StableDiffusionPipeline"
_LICENCE = re.compile(r"^license:\s*['\"]?([^'\"\n]+)", re.MULTILINE)

Sound = NDArray[np.float32]


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
    steps: int = DENOISING_STEPS,
) -> Coated:
    """A mix, drawn anew as far as ``strength`` says.

    Args:
        mix: (samples, channels) -1..1.
        rate: samples a second.
        model_dir: a folder with a Stable Diffusion pipeline that was trained on spectrograms.
        strength: 0 changes nothing but what going through a picture does (:mod:`hitpoint.core.diffusion.mel`); 1 keeps
            nothing.
        seed: of the noise.
        prompt: what it is to sound like.
        progress: stepped for each window and each step of denoising.
        steps: of denoising at strength 1.

    Raises:
        OptionError: if the strength is not from 0 to 1, or there is no sound.
        CheckpointError: if ``diffusers`` is missing, the folder holds no such model, or memory is too small for it.
        Cancelled: if stopped.
    """
    if not 0.0 <= strength <= 1.0:
        raise OptionError(f"a strength of {strength:g} is not from 0 to 1")
    if len(mix) < rate // 10:
        raise OptionError("the sound is shorter than a tenth of a second: nothing can be drawn of it")
    check_model(model_dir)
    pipeline = _pipeline(model_dir)
    found, weights = np.zeros(mix.shape, np.float64), np.zeros(len(mix))
    blocks = _blocks(len(mix), rate)
    for number, (first, end) in enumerate(blocks):
        part = progress.share(number, len(blocks))
        fade = _fade(end - first, round(_FADE_SECONDS * rate), first > 0, end < len(mix))
        block = _coated(pipeline, mix[first:end], rate, strength, seed + 1000 * number, prompt, steps, part)
        found[first:end] += block * fade[:, None]
        weights[first:end] += fade
    progress.step(1.0)
    return Coated(_as_loud(found / weights[:, None], mix), licence_of(model_dir), model_dir.name)


def _coated(
    pipeline: Any, mix: Sound, rate: int, strength: float, seed: int, prompt: str, steps: int, progress: Progress
) -> Sound:
    """A stretch of a mix (samples, channels), drawn anew."""
    side = int(pipeline.unet.config.sample_size) * int(pipeline.vae_scale_factor)
    original = spectrum(np.ascontiguousarray(mix.T), rate)
    magnitudes, phases = original.abs(), torch.angle(original)
    pictures, largest = to_pictures(magnitudes, side, rate)
    if strength > 0:
        pictures = _redrawn(pipeline, pictures, strength, seed, prompt, steps, progress.part(0.0, _DRAWING))
    progress.step(_DRAWING, "Finding phases")
    changed = from_pictures(pictures, largest, magnitudes, rate)
    sound = with_phase(changed, phases, len(mix), rate, _ROUNDS if strength > 0 else 0)
    return np.asarray(sound.numpy().T, dtype=np.float32)


def _blocks(samples: int, rate: int) -> list[tuple[int, int]]:
    """First sample and end of stretches that fit in memory; each begins before the last one ends."""
    length, fade = round(_BLOCK_SECONDS * rate), round(_FADE_SECONDS * rate)
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
    index = model_dir / "model_index.json"
    try:
        kind = json.loads(index.read_text(encoding="utf-8")).get("_class_name")
    except (OSError, ValueError, AttributeError):
        raise CheckpointError(
            f"{model_dir} holds no model: give the folder of a Riffusion checkpoint, with its model_index.json"
        ) from None
    if kind != _KIND:
        raise CheckpointError(
            f"{model_dir.name} is a {kind}, which is not supported: use a Riffusion checkpoint ({_KIND})"
        )
    needed, free = int(weights_bytes(model_dir) * _ROOM) + _SOUND_BYTES, free_bytes()
    if free is not None and needed > free:
        raise CheckpointError(
            f"{model_dir.name} needs about {needed / 2**30:.1f} GB of memory and {free / 2**30:.1f} GB are free: "
            "close other programs, or use a machine with more"
        )


def weights_bytes(model_dir: Path) -> int:
    """Size of the weights in a folder; of two formats of one part, one counts."""
    parts: dict[Path, int] = {}
    for file in model_dir.rglob("*"):
        if file.suffix in (".safetensors", ".bin") and file.is_file():
            parts[file.parent] = max(parts.get(file.parent, 0), file.stat().st_size)
    return sum(parts.values())


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


def licence_of(model_dir: Path) -> str:
    """The licence that a model card names, or that lies beside it; "not told" if there is none."""
    card = model_dir / "README.md"
    if card.is_file():
        found = _LICENCE.search(card.read_text(encoding="utf-8", errors="replace"))
        if found:
            return found[1].strip()
    for name in ("LICENSE", "LICENSE.md", "LICENSE.txt"):
        if (model_dir / name).is_file():
            lines = (model_dir / name).read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return lines[0].strip("# ") if lines else "not told"
    return "not told"


def _pipeline(model_dir: Path) -> Any:
    try:
        from diffusers import StableDiffusionImg2ImgPipeline
    except ImportError:
        raise CheckpointError(
            'sound through a model needs one more library: pip install "hitpoint[diffusion]"'
        ) from None
    try:
        pipeline = StableDiffusionImg2ImgPipeline.from_pretrained(  # type: ignore[no-untyped-call, unused-ignore]
            model_dir, safety_checker=None, requires_safety_checker=False, local_files_only=True
        )
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CheckpointError(f"{model_dir} cannot be loaded as a Stable Diffusion pipeline ({reason})") from None
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to("cuda" if torch.cuda.is_available() else "cpu")


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


def _as_loud(sound: NDArray[Any], mix: Sound) -> Sound:
    """The sound at the level (RMS) of the mix, its largest sample below full scale."""
    levels = [float(np.sqrt(np.mean(np.square(each, dtype=np.float64)))) for each in (mix, sound)]
    gain = levels[0] / levels[1] if levels[1] > 0 else 0.0
    peak = float(np.abs(sound).max()) * gain
    return np.asarray(sound * (gain / peak if peak > 1.0 else gain), dtype=np.float32)
