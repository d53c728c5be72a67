"""Matching music to edits: what fits is found, what is the same for all is chance."""

from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.fit.asked import POINTS, Asked, resampled
from hitpoint.core.fit.heard import LIVELY, MOODS, heard_in
from hitpoint.core.fit.matching import fit_of
from hitpoint.core.listening.listening import Curves, HeardKey, Listening
from hitpoint.core.music.key import Key

EDITS = 5


def edits() -> list[Asked]:
    rng = np.random.default_rng(4)
    walks = [np.cumsum(rng.normal(size=POINTS)) for _ in range(3 * EDITS)]
    walks = [walk / np.abs(walk).max() for walk in walks]
    return [Asked(*walks[3 * index : 3 * index + 3]) for index in range(EDITS)]


def fitting(asked: Asked) -> dict[str, np.ndarray]:
    moods = {name: sign * getattr(asked, of) for name, (of, sign) in MOODS.items()}
    return {**dict.fromkeys(LIVELY, asked.lively), **moods}


def test_music_that_follows_its_edit_is_found() -> None:
    asked = edits()
    fit = fit_of(asked, [fitting(one) for one in asked])
    assert (fit.edits, fit.pairs_right, fit.mood) == (EDITS, 1.0, 1.0)
    assert set(fit.by) == {*LIVELY, *MOODS} and min(fit.by.values()) == 1.0
    assert fit.json()["ci"] == [1.0, 1.0]


def test_one_music_for_all_is_chance() -> None:
    asked = edits()
    fit = fit_of(asked, [fitting(asked[0])] * EDITS)
    assert (fit.pairs_right, fit.mood) == (0.5, 0.5)


def test_the_music_of_the_next_edit_does_not_fit() -> None:
    asked = edits()
    fit = fit_of(asked, [fitting(asked[(index + 1) % EDITS]) for index in range(EDITS)])
    assert fit.pairs_right < 0.5


@pytest.mark.parametrize(("seconds", "values"), [(3, [1.0, 2.0, 3.0]), (200, list(range(200)))])
def test_a_curve_keeps_its_ends_when_it_is_resampled(seconds: int, values: list[float]) -> None:
    found = resampled(values)
    assert (len(found), found[0], found[-1]) == (POINTS, values[0], values[-1])


def test_a_listener_hears_tempo_and_mode() -> None:
    slow, fast = np.arange(0, 20, 1.0), np.arange(20, 40, 0.5)
    heard = Listening(
        40.0,
        beats=tuple(np.concatenate([slow, fast])),
        keys=(HeardKey(0, 20, Key(0), 1.0), HeardKey(20, 40, Key(9, is_minor=True), 1.0)),
        curves=Curves((2.0,) * 20 + (4.0,) * 20, (-20.0,) * 40, (900.0,) * 40),
    )
    curves = heard_in(heard)
    assert curves["tempo"][10] == pytest.approx(np.log(60), abs=0.01)
    assert curves["tempo"][-10] == pytest.approx(np.log(120), abs=0.01)
    assert curves["mode"][5] == 0.0 and curves["mode"][-5] == 1.0


@pytest.mark.parametrize(
    ("tracked", "onsets", "felt"),
    [(70.0, 4.5, 140.0), (140.0, 1.2, 70.0), (60.0, 1.0, 60.0), (120.0, 4.0, 120.0), (120.0, 9.0, 120.0)],
)
def test_a_tempo_is_felt_where_about_two_notes_fall_on_a_beat(tracked: float, onsets: float, felt: float) -> None:
    heard = Listening(40.0, beats=tuple(np.arange(0, 40, 60.0 / tracked)), curves=Curves((onsets,) * 40, (), ()))
    assert np.exp(heard_in(heard)["tempo"]) == pytest.approx(np.full(POINTS, felt), rel=0.01)


def test_silence_is_heard_as_nothing() -> None:
    assert all(np.isfinite(curve).all() for curve in heard_in(Listening(5.0)).values())
