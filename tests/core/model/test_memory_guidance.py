"""Composing with the AMT with a memory: windows, locks, wishes and their strength."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.conditions import Conditions, conditions_of
from hitpoint.core.model.generate import compose_chords, compose_takes, log_probabilities
from hitpoint.core.model.guidance import Asked, GuidedAMT
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


STYLE = tuple(np.random.default_rng(3).normal(0, 0.5, 16).round(4).tolist())


def styled(conditions: Conditions) -> Conditions:
    return replace(conditions, style=np.array(STYLE, np.float32))


def test_nought_of_style_and_of_picture_is_not_asking_to_the_bit(model: MemoryAMT, video: MakeVideo) -> None:
    asked = wishing(video(8))
    nought = GuidedAMT(model, 2.0, Asked(STYLE, style_strength=0.0, picture_strength=0.0))
    np.testing.assert_array_equal(first_logits(nought, asked), first_logits(GuidedAMT(model, 2.0), asked))


def test_strength_one_of_a_style_is_the_model_that_hears_it(model: MemoryAMT, video: MakeVideo) -> None:
    asked = wishing(video(8))
    heard = first_logits(GuidedAMT(model, 1.0, Asked(STYLE)), asked)
    np.testing.assert_array_equal(heard, first_logits(model, styled(asked)))
    assert not np.allclose(heard, first_logits(model, asked))


def test_double_guidance_is_the_formula(model: MemoryAMT, video: MakeVideo) -> None:
    asked = wishing(video(8))
    full, bare = styled(asked), styled(asked.without_wishes())
    unseen = bare.without_picture()
    wished, seen, style, nothing = (
        first_logits(model, one) for one in (full, bare, unseen, replace(unseen, style=None))
    )
    own = seen + 2.0 * (wished - seen)
    extra = 0.1 * (seen - style) + (1.2 - 1.0) * (style - nothing)
    found = first_logits(GuidedAMT(model, 2.0, Asked(STYLE, 1.2, 0.1)), asked)
    np.testing.assert_allclose(found, own + extra.clip(-4, 4), atol=1e-9)


def test_the_picture_counts_more_the_stronger(model: MemoryAMT, video: MakeVideo) -> None:
    asked = conditions_of(video(8))
    seen, unseen = first_logits(model, asked), first_logits(model, asked.without_picture())
    pull = [
        float(np.dot(np.exp(logits) / np.exp(logits).sum(), seen - unseen))
        for logits in (
            first_logits(GuidedAMT(model, 1.0, Asked(picture_strength=x)), asked) for x in (0.0, 0.5, 1.0, 2.0)
        )
    ]
    assert pull == sorted(pull) and pull[-1] > pull[0]


def test_what_is_not_asked_for_takes_no_pass(model: MemoryAMT, video: MakeVideo) -> None:
    def passes(conditions: Conditions, *asked: float, style: tuple[float, ...] = ()) -> int:
        guided = GuidedAMT(model, 3.0, Asked(style, *asked))
        return len(guided.encode(video(8), is_minor=False, conditions=conditions).rows)

    plain = conditions_of(video(8))
    assert passes(plain) == passes(plain, 1.0, 0.0, style=STYLE) == 1
    assert passes(plain, 1.0, 1.0) == passes(wishing(video(8))) == 2
    assert passes(plain, 2.0, 0.0, style=STYLE) == 3


@pytest.mark.parametrize("asked", [(-0.1, 0.0), (3.1, 0.0), (1.0, 8.1), (1.0, float("nan"))])
def test_strengths_of_style_and_picture_have_bounds(asked: tuple[float, float]) -> None:
    with pytest.raises(OptionError, match="strength"):
        Asked(STYLE, *asked)


def test_a_style_of_another_model_is_refused(model: MemoryAMT) -> None:
    with pytest.raises(OptionError, match="learn it again"):
        GuidedAMT(model, 1.0, Asked((0.5,) * 192))
