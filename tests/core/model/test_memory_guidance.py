"""Composing with the AMT with a memory: windows, locks, wishes and their strength."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.conditions import Conditions, conditions_of
from hitpoint.core.model.generate import compose_chords, compose_takes, log_probabilities
from hitpoint.core.model.guidance import GuidedAMT
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT

pytestmark = pytest.mark.determinism

MakeVideo = Callable[..., NDArray[np.float32]]


@pytest.fixture
def model() -> MemoryAMT:
    """A small one in float64, windows of 12 rows."""
    torch.manual_seed(0)
    made = MemoryAMT(MemoryConfig(d_model=16, n_heads=2, n_layers=2, encoder_layers=1, max_steps=12, pointer_width=4))
    for parameter in made.double().eval().parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    return made


def wishing(video: NDArray[np.float32], level: int = 7) -> Conditions:
    return conditions_of(video, levels=np.full((len(video), 4), level))


def first_logits(model: MemoryAMT | GuidedAMT, conditions: Conditions) -> NDArray[np.float64]:
    memory = model.encode(np.zeros((0, 776), np.float32), is_minor=False, conditions=conditions)
    return model.step(model.start(memory), np.array([157]))[0][0, :158]


def test_a_piece_of_any_length_is_written(model: MemoryAMT, video: MakeVideo) -> None:
    for rows in (0, 1, 11, 12, 13, 30):
        written = compose_chords(model, video(rows), is_minor=False, rng=np.random.default_rng(0))
        assert len(written) == rows
        assert all(0 <= token < 157 for token in written)


def test_takes_together_are_the_takes_alone(model: MemoryAMT, video: MakeVideo) -> None:
    rngs = [np.random.default_rng(seed) for seed in (1, 2)]
    together = compose_takes(model, video(20), is_minor=True, rngs=rngs)
    alone = [compose_chords(model, video(20), is_minor=True, rng=np.random.default_rng(seed)) for seed in (1, 2)]
    assert list(together) == alone


def test_locks_and_wishes_reach_the_model_in_every_window(model: MemoryAMT, video: MakeVideo) -> None:
    rows, take = video(20), [[1, 5] * 10]
    free = log_probabilities(model, rows, take, is_minor=False)
    for asked in (conditions_of(rows, locks={19: 66}), wishing(rows)):
        judged = log_probabilities(model, rows, take, is_minor=False, conditions=asked)
        assert not np.allclose(judged[0, 12:], free[0, 12:])


def test_without_conditions_nothing_is_asked(model: MemoryAMT, video: MakeVideo) -> None:
    rows, take = video(20), [[1, 5] * 10]
    asked = log_probabilities(model, rows, take, is_minor=False, conditions=conditions_of(rows))
    np.testing.assert_array_equal(asked, log_probabilities(model, rows, take, is_minor=False))


def test_strength_one_is_the_model_itself(model: MemoryAMT, video: MakeVideo) -> None:
    asked = wishing(video(8))
    np.testing.assert_array_equal(first_logits(GuidedAMT(model), asked), first_logits(model, asked))


def test_strength_nought_does_not_hear_the_wishes(model: MemoryAMT, video: MakeVideo) -> None:
    asked = wishing(video(8))
    bare = first_logits(model, asked.without_wishes())
    np.testing.assert_allclose(first_logits(GuidedAMT(model, 0.0), asked), bare, atol=1e-9)


def test_guidance_goes_on_from_none_through_the_wish(model: MemoryAMT, video: MakeVideo) -> None:
    asked = wishing(video(8))
    bare, wished = first_logits(model, asked.without_wishes()), first_logits(model, asked)
    np.testing.assert_allclose(first_logits(GuidedAMT(model, 3.0), asked), bare + 3.0 * (wished - bare), atol=1e-9)


def test_guided_takes_remember_their_own_chords(model: MemoryAMT, video: MakeVideo) -> None:
    guided, asked = GuidedAMT(model, 2.0), wishing(video(9))
    memory = guided.encode(video(9), is_minor=False, conditions=asked)
    both, single = guided.start(memory, 2), guided.start(memory)
    for tokens in ([157, 157], [1, 5], [1, 66], [5, 1]):
        together, both = guided.step(both, np.array(tokens))
        alone, single = guided.step(single, np.array(tokens[1:]))
    np.testing.assert_allclose(together[1], alone[0], atol=1e-9)


def test_without_wishes_guidance_costs_nothing(model: MemoryAMT, video: MakeVideo) -> None:
    memory = GuidedAMT(model, 3.0).encode(video(8), is_minor=False, conditions=conditions_of(video(8)))
    assert len(memory.rows) == 1


@pytest.mark.parametrize("strength", [-0.1, 8.1, float("nan")])
def test_strengths_that_make_no_sense_are_refused(model: MemoryAMT, strength: float) -> None:
    with pytest.raises(OptionError, match="guidance"):
        GuidedAMT(model, strength)
