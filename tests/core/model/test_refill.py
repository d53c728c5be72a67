"""Stretches written again among chords that stay, by the AMT with a memory."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model import refill as module
from hitpoint.core.model.conditions import conditions_of
from hitpoint.core.model.guidance import GuidedAMT
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.refill import Refill, refill_takes
from hitpoint.core.model.rules.approach import ApproachLocks
from hitpoint.core.progress import Cancelled, Progress

Takes = tuple[tuple[tuple[int, ...], ...], np.ndarray]


def small_model(max_steps: int = 40, strength: float = 1.0) -> GuidedAMT:
    torch.manual_seed(0)
    config = MemoryConfig(d_model=16, n_heads=2, n_layers=2, encoder_layers=1, max_steps=max_steps, pointer_width=4)
    made = MemoryAMT(config).double().eval()
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    return GuidedAMT(made, strength)


MODEL = small_model()


def written(
    chords: list[int],
    span: range,
    locks: dict[int, int],
    seeds: tuple[int, ...] = (0,),
    model: GuidedAMT = MODEL,
    look_ahead: float = 1.0,
) -> Takes:
    video = np.full((len(chords), 776), np.nan, np.float32)
    kept = {row: token for row, token in enumerate(chords) if row not in span} | locks
    levels = np.full((len(chords), 4), 3)
    refill = Refill(span, chords, guides=(ApproachLocks(kept, look_ahead),))
    rngs = [np.random.default_rng(seed) for seed in seeds]
    asked = conditions_of(video, locks=kept, levels=levels)
    return refill_takes(model, video, refill, is_minor=False, rngs=rngs, conditions=asked)


@given(st.data())
def test_no_chord_that_stays_is_changed(data: st.DataObject) -> None:
    chords = data.draw(st.lists(st.integers(0, 156), min_size=1, max_size=70))
    start = data.draw(st.integers(0, len(chords) - 1))
    span = range(start, data.draw(st.integers(start + 1, len(chords))))
    locks = data.draw(st.dictionaries(st.sampled_from(span), st.integers(0, 156)))
    ((take,), chances) = written(chords, span, locks)
    assert len(take) == span.stop
    assert list(take[: span.start]) == chords[: span.start]
    assert all(take[row] == token for row, token in locks.items())
    assert chances.shape == (1, len(span) + (span.stop < len(chords)))
    assert (chances <= 0).all()


def test_a_take_is_the_same_whichever_are_written_beside_it() -> None:
    chords, span = [1, 14, 66, 92] * 20, range(5, 70)
    both, chances = written(chords, span, {20: 5}, seeds=(3, 4))
    for number, seed in enumerate((3, 4)):
        alone, own = written(chords, span, {20: 5}, seeds=(seed,))
        assert alone[0] == both[number]
        assert own[0] == pytest.approx(chances[number])
    assert both[0] != both[1]


def test_guided_wishes_are_heard_on_the_way() -> None:
    guided = small_model(strength=3.0)
    assert written([1] * 30, range(4, 20), {10: 5}, model=guided)[0] != written([1] * 30, range(4, 20), {10: 5})[0]


def test_many_particles_find_likelier_ways_to_the_chord_that_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    def arrival(particles: int) -> float:
        monkeypatch.setattr(module, "PARTICLES", particles)
        found = written([1] * 10 + [92] * 6, range(2, 10), {}, seeds=tuple(range(40)), look_ahead=0.0)[1]
        return float(found[:, -1].mean())

    assert arrival(16) > arrival(1) + 0.1


def test_what_follows_the_stretch_is_remembered() -> None:
    """Other chords behind the eight rows that are shown as locks change what is written."""
    one, other = [1] * 20 + [1] * 12, [1] * 20 + [1] * 8 + [92] * 4
    assert not np.allclose(written(one, range(4, 12), {})[1][0, 0], written(other, range(4, 12), {})[1][0, 0])


def test_what_is_around_a_stretch_is_heard_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """And a take written after that is the same as one written from nothing."""
    model, encoded = small_model(), []
    encode = MemoryAMT.encode_variants
    monkeypatch.setattr(MemoryAMT, "encode_variants", lambda *a, **k: encoded.append(1) or encode(*a, **k))
    chords = [1, 5, 66] * 10
    written(chords, range(5, 12), {8: 3}, seeds=(7,), model=model)
    again = written(chords, range(5, 12), {8: 3}, seeds=(8,), model=model)
    assert len(encoded) == 1
    assert again[0] == written(chords, range(5, 12), {8: 3}, seeds=(8,), model=small_model())[0]
    written([*chords[:-1], 92], range(5, 12), {8: 3}, model=model)
    assert len(encoded) == 3


def test_it_stops_when_asked() -> None:
    def stop(_fraction: float, _message: str) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        video = np.full((9, 776), np.nan, np.float32)
        refill_takes(
            MODEL, video, Refill(range(2, 5), [1] * 9), is_minor=False, rngs=[np.random.default_rng(0)],
            conditions=conditions_of(video), progress=Progress(stop),
        )  # fmt: skip


@given(st.lists(st.floats(-20, 0), min_size=1, max_size=8), st.integers(1, 8), st.floats(0, 0.999))
def test_particles_are_drawn_as_often_as_their_weights_say(weights: list[float], count: int, chance: float) -> None:
    picks = module._systematic(np.array(weights), count, chance)
    shares = np.exp(weights) / np.exp(weights).sum()
    drawn = np.bincount(picks, minlength=len(weights))
    assert drawn.sum() == count
    assert (np.abs(drawn - count * shares) < 1 + 1e-9).all()
