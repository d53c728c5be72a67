"""Models of waveforms, audio to audio: ACE-Step 1.5, Stable Audio Open and Stable Audio 3.

Each begins from the sound's own latents with noise on them, as much as the strength says, and takes the noise away
again ("SDEdit", Meng et al. 2022, arXiv 2108.01073): at strength 0 nothing but the autoencoder is heard, at 1 nothing
of the original but its length.
"""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import torch
from scipy.signal import resample_poly

from hitpoint.core.diffusion.loading import loaded
from hitpoint.core.diffusion.mel import Sound
from hitpoint.core.progress import Progress

Tensor = torch.Tensor
_WHAT = "Drawing the sound"
_INSTRUMENTAL = "[Instrumental]"  # ACE-Step's lyrics for music that nobody sings in
_SHIFT = 3.0  # of ACE-Step's schedule: more steps where there is most noise
_ACE_STEPS, _ACE_TURBO_STEPS, _OPEN_STEPS = 27, 8, 100
_DISTILLED_STEPS, _BASE_STEPS = 8, 100  # of Stable Audio 3


class WaveformModel(ABC):
    """A pipeline with an autoencoder of stereo sound (``vae``)."""

    block_seconds = 30.0

    def __init__(self, pipeline_name: str, model_dir: Path) -> None:
        self._pipeline = loaded(pipeline_name, model_dir)
        self._rate = int(self._pipeline.vae.config.sampling_rate)
        self._hop = int(getattr(self._pipeline.vae, "hop_length", 0) or self._pipeline.vae.downsampling_ratio)

    def coated(
        self, mix: Sound, rate: int, strength: float, seed: int, prompt: str, steps: int | None, progress: Progress
    ) -> Sound:
        """See :class:`~hitpoint.core.diffusion.through.AudioModel`."""
        progress.step(0.0, _WHAT)
        own = _resampled(mix, rate, self._rate)
        samples = len(own)
        padded = np.pad(own, ((0, -samples % self._hop), (0, 0)))
        sound = torch.from_numpy(np.ascontiguousarray(padded.T))[None].to(self._pipeline.device)
        with torch.random.fork_rng(), torch.no_grad():
            torch.manual_seed(seed)  # of those that a pipeline draws without its generator
            if strength > 0:
                new = self._drawn(sound, strength, torch.Generator("cpu").manual_seed(seed), prompt, steps, progress)
            else:
                new = self._pipeline.vae.decode(self._encoded(sound)).sample
        found = new[0].float().cpu().numpy().T[:samples]
        return _long(_resampled(found, self._rate, rate), len(mix))

    def _encoded(self, sound: Tensor) -> Tensor:
        """Latents (1, channels, frames) of (1, 2, samples): the mean, nothing is drawn."""
        encoded: Tensor = self._pipeline.vae.encode(sound).latent_dist.mode()
        return encoded

    @abstractmethod
    def _drawn(
        self, sound: Tensor, strength: float, noise: torch.Generator, prompt: str, steps: int | None, progress: Progress
    ) -> Tensor:
        """The sound (1, 2, samples) drawn anew; at least as long."""


class AceStep(WaveformModel):
    """ACE-Step 1.5 (flow matching); what it plays is told of by the sound's semantic codes, if it has a tokenizer."""

    def __init__(self, model_dir: Path) -> None:
        super().__init__("AceStepPipeline", model_dir)

    def _drawn(
        self, sound: Tensor, strength: float, noise: torch.Generator, prompt: str, steps: int | None, progress: Progress
    ) -> Tensor:
        pipeline = self._pipeline
        count = steps or (_ACE_TURBO_STEPS if pipeline.is_turbo else _ACE_STEPS)
        even = torch.linspace(1.0, 0.0, max(round(count * strength), 1) + 1)[:-1]
        levels = (strength * _SHIFT * even / (1.0 + (_SHIFT - 1.0) * even)).tolist()
        own = self._encoded(sound).transpose(1, 2)
        drawn = torch.randn(own.shape, generator=noise).to(own)
        covers = pipeline.audio_tokenizer is not None and pipeline.audio_token_detokenizer is not None
        told = (
            {"task_type": "cover", "src_audio": sound[0]} if covers else {"audio_duration": _seconds(sound, self._rate)}
        )
        found: Tensor = pipeline(
            prompt=prompt, lyrics=_INSTRUMENTAL, latents=(1.0 - strength) * own + strength * drawn, timesteps=levels,
            generator=noise, callback_on_step_end=_told(progress, len(levels)), **told,
        ).audios  # fmt: skip
        return found


class StableAudioOpen(WaveformModel):
    """Stable Audio Open 1.0: the schedule begins at the noise that the strength says, as Stability's own tool does."""

    def __init__(self, model_dir: Path) -> None:
        super().__init__("StableAudioPipeline", model_dir)
        longest = int(self._pipeline.transformer.config.sample_size) * self._hop / self._rate
        self.block_seconds = min(self.block_seconds, longest)
        config = self._pipeline.scheduler.config
        self._noise = float(config.sigma_min), float(config.sigma_max)

    def _drawn(
        self, sound: Tensor, strength: float, noise: torch.Generator, prompt: str, steps: int | None, progress: Progress
    ) -> Tensor:
        pipeline, (least, most) = self._pipeline, self._noise
        scheduler = type(pipeline.scheduler)
        pipeline.scheduler = scheduler.from_config(
            pipeline.scheduler.config, sigma_min=least, sigma_max=least * (most / least) ** strength
        )
        count = max(round((steps or _OPEN_STEPS) * strength), 2)
        told = _told(progress, count)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of torchsde, that the ends of a schedule are rounded
            found: Tensor = pipeline(
                prompt=prompt, audio_end_in_s=_seconds(sound, self._rate), num_inference_steps=count, generator=noise,
                initial_audio_waveforms=sound, initial_audio_sampling_rate=self._rate,
                callback=lambda step, level, _: told(None, step, level, {}) and None,
            ).audios  # fmt: skip
        return found


class StableAudio3(WaveformModel):
    """Stable Audio 3 (flow matching), by its own pipeline from audio to audio."""

    def __init__(self, model_dir: Path) -> None:
        super().__init__("StableAudio3AudioToAudioPipeline", model_dir)

    def _encoded(self, sound: Tensor) -> Tensor:
        encoded: Tensor = self._pipeline.vae.encode(sound).latents
        return encoded

    def _drawn(
        self, sound: Tensor, strength: float, noise: torch.Generator, prompt: str, steps: int | None, progress: Progress
    ) -> Tensor:
        is_distilled = bool(self._pipeline.scheduler.config.stochastic_sampling)
        count = steps or (_DISTILLED_STEPS if is_distilled else _BASE_STEPS)
        found: Tensor = self._pipeline(
            prompt=prompt, duration=_seconds(sound, self._rate), audio=sound, init_noise_level=strength,
            num_inference_steps=count, generator=noise, callback_on_step_end=_told(progress, count),
        ).audios  # fmt: skip
        return found


def _told(progress: Progress, steps: int) -> Any:
    """What a pipeline calls after each step of denoising; it stops there if asked to."""

    def stepped(_: Any, step: int, __: Any, values: dict[str, Any]) -> dict[str, Any]:
        progress.step(min((step + 1) / steps, 1.0), _WHAT)
        return values

    return stepped


def _seconds(sound: Tensor, rate: int) -> float:
    return float(sound.shape[-1]) / rate


def _resampled(sound: Sound, rate: int, new_rate: int) -> Sound:
    """Samples (n, channels) at another rate."""
    if rate == new_rate:
        return sound
    share = Fraction(new_rate, rate)
    return np.asarray(resample_poly(sound, share.numerator, share.denominator, axis=0), dtype=np.float32)


def _long(sound: Sound, samples: int) -> Sound:
    """So many samples of it, with silence where it is shorter."""
    return np.pad(sound[:samples], ((0, max(samples - len(sound), 0)), (0, 0)))
