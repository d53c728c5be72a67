"""The regressor: what note density and loudness a picture wants, second by second."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from hitpoint.core.model.config import RegressorConfig
from hitpoint.core.model.networks.feature_scaling import FeatureScaling


class BiGRU(nn.Module):
    """776 features a second -> bidirectional GRU -> (note density, loudness).

    Training: ``regressor(video, lengths)`` gives density in notes a second and loudness as linear RMS, on the scale
    of the data, because the last step is ``output * target_scale + target_mean`` (buffers (2,), set before training;
    0 and 1 in the published file). For a loss on z-scores, divide by ``regressor.target_scale``.
    """

    target_mean: Tensor
    target_scale: Tensor

    def __init__(self, config: RegressorConfig) -> None:
        super().__init__()
        self.config = config
        self.scaling = FeatureScaling(config)
        self.gru = nn.GRU(
            config.video_features,
            config.hidden,
            num_layers=config.n_layers,
            batch_first=True,
            bidirectional=True,
            dropout=config.dropout if config.n_layers > 1 else 0.0,
        )
        self.output = nn.Linear(2 * config.hidden, 2)
        self.register_buffer("target_mean", torch.zeros(2))
        self.register_buffer("target_scale", torch.ones(2))

    def forward(self, video: Tensor, lengths: Tensor | None = None) -> Tensor:
        """Dynamics of a batch of videos.

        Args:
            video: (batch, time, 776), raw features; NaN where one is unknown.
            lengths: (batch,) whole seconds of each video, on the CPU, if the rest of it is padding that the backward
                direction shall not read; None if all rows count.

        Returns:
            (batch, time, 2): note density and loudness; meaningless in padding.
        """
        scaled = self.scaling(video)
        if lengths is None:
            hidden, _ = self.gru(scaled)
        else:
            packed = nn.utils.rnn.pack_padded_sequence(scaled, lengths, batch_first=True, enforce_sorted=False)
            hidden, _ = nn.utils.rnn.pad_packed_sequence(
                self.gru(packed)[0], batch_first=True, total_length=len(scaled[0])
            )
        result: Tensor = self.output(hidden) * self.target_scale + self.target_mean
        return result
