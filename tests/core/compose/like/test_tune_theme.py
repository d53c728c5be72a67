"""The line of a recording as a theme: on the beats, in degrees, as much of it as is asked for."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from hitpoint.core.compose.like.tune_theme import theme_of_line
from hitpoint.core.listening.listening import HeardKey, HeardNote, Listening
from hitpoint.core.music.key import Key

SCALE = (62, 64, 66, 67, 69, 71, 73, 74)  # D major


def line(bars: int = 8, per_bar: int = 4, bpm: float = 100.0, lead_in: int = 1) -> Listening:
    """A note a beat, up and down the scale, from the first bar line on."""
    beat = 60.0 / bpm
    beats = 0.3 + beat * np.arange(bars * per_bar + lead_in + 1)
    starts = beats[lead_in : lead_in + bars * per_bar]
    notes = tuple(
        HeardNote(float(start) + 0.01, float(start) + 0.8 * beat, SCALE[number % 8], 1.0)
        for number, start in enumerate(starts)
    )
    return Listening(
        float(beats[-1]), tuple(beats), tuple(beats[lead_in::per_bar]), per_bar,
        keys=(HeardKey(0.0, 60.0, Key(2), 1.0),), melody=notes,
    )  # fmt: skip


def test_a_line_becomes_degrees_on_the_grid() -> None:
    theme = theme_of_line(line(), 1.0)
    assert theme is not None and theme.is_given
    assert (theme.bar_slots, theme.bars) == (16, 8)
    assert [note.slot for note in theme.notes[:5]] == [0, 4, 8, 12, 16]
    assert [note.degree - theme.notes[0].degree for note in theme.notes[:8]] == list(range(8))
    assert all(note.raised == 0 and note.length == 3 for note in theme.notes)


@pytest.mark.parametrize(("weight", "bars"), [(0.05, 1), (0.5, 4), (1.0, 8)])
def test_the_weight_is_the_share_of_bars(weight: float, bars: int) -> None:
    theme = theme_of_line(line(), weight)
    assert theme is not None and theme.bars == bars


def test_a_waltz_keeps_its_bars() -> None:
    theme = theme_of_line(line(per_bar=3), 1.0)
    assert theme is not None and (theme.bar_slots, theme.bars) == (12, 8)


def test_what_begins_before_the_first_bar_line_has_its_own_bar() -> None:
    early = line()
    pickup = HeardNote(0.31, 0.7, 69, 1.0)
    theme = theme_of_line(replace(early, melody=(pickup, *early.melody)), 1.0)
    assert theme is not None and [note.slot for note in theme.notes[:2]] == [12, 16]


def test_nothing_is_taken_where_nothing_is_asked_or_heard() -> None:
    heard = line()
    assert theme_of_line(heard, 0.0) is None
    assert theme_of_line(replace(heard, melody=()), 1.0) is None
    assert theme_of_line(replace(heard, keys=()), 1.0) is None
    assert theme_of_line(replace(heard, beats=(), downbeats=()), 1.0) is None
