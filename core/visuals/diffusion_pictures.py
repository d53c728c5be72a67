"""Pictures from a local diffusion pipeline: a :class:`~hitpoint.core.visuals.generator.PictureGenerator` with weights.

The latent vector is the noise a Stable Diffusion pipeline starts from; with one prompt and near noise its pictures are
alike, so that a way through noise is a way through pictures. A picture takes seconds; a film needs a GPU.
"""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np

from hitpoint.core.errors import CheckpointError
from hitpoint.core.visuals.generator import Latent, Planes
from hitpoint.core.visuals.pattern import View

STEPS = 12
_PROMPT = "abstract art, soft light"


class PipelineGenerator:
    """Draws with a pipeline.

    Args:
        pipeline: a ``StableDiffusionPipeline`` of the ``diffusers`` library.
        prompt: what it draws.
        steps: of denoising.
    """

    def __init__(self, pipeline: Any, prompt: str, steps: int = STEPS) -> None:
        pipeline.set_progress_bar_config(disable=True)
        self._pipeline, self._prompt, self._steps = pipeline, prompt or _PROMPT, steps
        config = pipeline.unet.config
        self._shape = (int(config.in_channels), int(config.sample_size), int(config.sample_size))
        self._lock = Lock()

    @property
    def latent_size(self) -> int:
        """Numbers of the noise."""
        return int(np.prod(self._shape))

    def planes(self, latent: Latent, view: View, height: int, width: int) -> Planes:
        """Red, green and blue, (height, width), the middle of the square that the pipeline draws."""
        import torch  # takes a second: only where weights are used

        noise = torch.from_numpy(latent.astype(np.float32).reshape(1, *self._shape))
        with self._lock, torch.inference_mode():
            noise = noise.to(self._pipeline.device, self._pipeline.unet.dtype)
            drawn = self._pipeline(
                prompt=self._prompt, latents=noise, num_inference_steps=self._steps, output_type="pt"
            ).images.float()
            side = drawn.shape[-1]
            high = max(1, round(side * height / max(height, width) / view.zoom))
            wide = max(1, round(side * width / max(height, width) / view.zoom))
            top, left = (side - high) // 2, (side - wide) // 2
            part = drawn[:, :, top : top + high, left : left + wide]
            sized = torch.nn.functional.interpolate(part, (height, width), mode="bicubic", align_corners=False)
        picture = np.clip(sized[0].cpu().numpy() * np.float32(view.light), 0.0, 1.0).astype(np.float32)
        return picture[0], picture[1], picture[2]


def load_pictures(folder: Path, prompt: str) -> PipelineGenerator:
    """A Stable Diffusion pipeline from a local folder, on the GPU if there is one.

    Raises:
        CheckpointError: if ``diffusers`` is not installed or the folder holds no such pipeline.
    """
    try:
        import torch
        from diffusers import StableDiffusionPipeline
    except ImportError:
        raise CheckpointError(
            'pictures from weights need one more library: pip install "hitpoint[diffusion]"'
        ) from None
    if not (folder / "model_index.json").is_file():
        raise CheckpointError(
            f"{folder} holds no pipeline: give the folder of a Stable Diffusion with its model_index.json"
        )
    try:
        pipeline = StableDiffusionPipeline.from_pretrained(  # type: ignore[no-untyped-call, unused-ignore]
            folder, safety_checker=None, requires_safety_checker=False, local_files_only=True
        )
    except (OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CheckpointError(f"{folder} cannot be loaded as a Stable Diffusion pipeline ({reason})") from None
    return PipelineGenerator(pipeline.to("cuda" if torch.cuda.is_available() else "cpu"), prompt)
