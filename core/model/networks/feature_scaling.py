"""The first thing both models do with a row of video: bring its columns to one scale.

With mean 0 and scale 1, as in the published files, it changes nothing.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hitpoint.core.model.config import MODALITIES, AMTConfig, RegressorConfig

_LOGARITHMIC = slice(MODALITIES["scene_offset"].start, MODALITIES["motion"].stop)


class FeatureScaling(nn.Module):
    """``(video - mean) / scale``, column by column; what is NaN is unknown and becomes 0, the mean.

    Buffers ``feature_mean`` and ``feature_scale``, both (776,), are saved with the model; with ``log_features`` they
    are those of log(1 + scene offset) and log(1 + motion).
    """

    feature_mean: Tensor
    feature_scale: Tensor
    kept: Tensor

    def __init__(self, config: AMTConfig | RegressorConfig) -> None:
        super().__init__()
        self.log_features = config.log_features
        self.register_buffer("feature_mean", torch.zeros(config.video_features))
        self.register_buffer("feature_scale", torch.ones(config.video_features))
        kept = torch.ones(config.video_features, dtype=torch.bool)
        for name in config.null_modalities:
            kept[MODALITIES[name]] = False
        self.register_buffer("kept", kept, persistent=False)

    def forward(self, video: Tensor) -> Tensor:
        """Raw rows (..., 776) to scaled rows (..., 776)."""
        if self.log_features:
            counted = torch.log1p(video[..., _LOGARITHMIC].clamp(min=0.0))
            before, after = video[..., : _LOGARITHMIC.start], video[..., _LOGARITHMIC.stop :]
            video = torch.cat((before, counted, after), dim=-1)
        scaled = (video - self.feature_mean) / self.feature_scale
        return torch.where(self.kept & ~torch.isnan(scaled), scaled, torch.zeros_like(scaled))
