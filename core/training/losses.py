"""What training makes small.

The paper adds to the chords' cross-entropy an affective term that asks for the chord qualities of a fixed table by the
emotion of the frame. It is left out: in the data set real chords agree with that table less often than chords of random
other songs do, so the term pulls against the music. The emotion still enters as a feature.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from hitpoint.core.model.conditions import NO_WISH
from hitpoint.core.model.vocabulary import PAD
from hitpoint.core.training.distributed import mean_over_processes


def chord_loss(logits: Tensor, targets: Tensor, label_smoothing: float = 0.0) -> Tensor:
    """Mean cross-entropy, nats a token, over all that is not PAD: (batch, time, 159), (batch, time) -> ()."""
    nats = functional.cross_entropy(
        logits.float().flatten(0, 1),
        targets.flatten(),
        ignore_index=PAD,
        label_smoothing=label_smoothing,
        reduction="sum",
    )
    return mean_over_processes(nats, (targets != PAD).sum())


def mixture_loss(
    log_mixture: Tensor,
    log_vocabulary: Tensor,
    affect: Tensor,
    targets: Tensor,
    levels: Tensor,
    vocabulary_weight: float,
    affect_weight: float,
    weights: Tensor | None = None,
) -> Tensor:
    """What the memory model makes small: likelihood of the mixture, of its vocabulary head, and of the attributes.

    Args:
        log_mixture: (batch, time, 158) log-probabilities of the next token.
        log_vocabulary: the same by the vocabulary head alone.
        affect: (batch, time, 4, 8) logits of the attribute levels.
        targets: (batch, time), PAD where nothing is asked.
        levels: (batch, time, 4), NO_WISH where nothing is asked.
        vocabulary_weight: of the second.
        affect_weight: of the third.
        weights: (batch, time) of the targets' likelihoods among each other; None for equal ones.
    """
    asked = targets != PAD
    wanted, weight = targets[asked], torch.ones_like(log_mixture[..., 0])[asked] if weights is None else weights[asked]
    loss = _weighted_mean(log_mixture[asked], wanted, weight)
    if vocabulary_weight:
        loss = loss + vocabulary_weight * _weighted_mean(log_vocabulary[asked], wanted, weight)
    if affect_weight:
        known = levels != NO_WISH
        felt = functional.cross_entropy(affect[known].float(), levels[known], reduction="sum")
        loss = loss + affect_weight * mean_over_processes(felt, known.sum())
    return loss


def _weighted_mean(log_p: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """Nats a target: (n, 158), (n,), (n,) -> ()."""
    nats = functional.nll_loss(log_p.float(), wanted, reduction="none")
    return mean_over_processes((nats * weight).sum(), weight.sum())


def dynamics_loss(predicted: Tensor, targets: Tensor, lengths: Tensor, scale: Tensor, shape_weight: float) -> Tensor:
    """Squared error in standard deviations, plus what is missing from a perfect correlation within each song.

    A curve that stands still has a good squared error and says nothing, hence the second term.

    Args:
        predicted: (batch, time, 2) note density and loudness.
        targets: the same.
        lengths: (batch,) seconds that are no padding.
        scale: (2,) standard deviations of the targets.
        shape_weight: of the second term.
    """
    inside = (torch.arange(predicted.shape[1], device=predicted.device) < lengths.to(predicted.device)[:, None])[
        ..., None
    ]
    first, second = predicted / scale * inside, targets / scale * inside
    squared = mean_over_processes(((first - second) ** 2).sum(), 2 * inside.sum())
    found = _correlations(first, second, inside)
    shape = mean_over_processes(found.sum(), torch.tensor(found.numel(), device=found.device))
    return squared + shape_weight * (1.0 - shape)


def _correlations(first: Tensor, second: Tensor, inside: Tensor) -> Tensor:
    """Pearson's r over the time of each song, (batch, 2); ``inside`` is (batch, time, 1)."""
    count = inside.sum(dim=1, keepdim=True)
    first = (first - first.sum(dim=1, keepdim=True) / count) * inside
    second = (second - second.sum(dim=1, keepdim=True) / count) * inside
    size = (first.square().sum(dim=1) * second.square().sum(dim=1) + 1e-8).sqrt()
    return (first * second).sum(dim=1) / size
