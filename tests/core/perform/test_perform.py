"""Hands: off the grid, exact on the picture, the same again, and local."""

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.cue.cue import Step, altered
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.perform.perform import performed
from tests.core.arrange.conftest import cue_of, styles_one_in

CHORDS = "C C F F G G A:min A:min F F D:min D:min G:7 G:7 C C A:min A:min F F C C G G C C F F G G C C"
CUTS = (60, 137, 250, 333, 480, 600)


@cache
def cue_with(style="piano", feel=1.0, **fields):
    cue = cue_of(CHORDS, cuts=CUTS, style=style, **fields)
    return altered(with_playing(cue), sound=replace(cue.sound, feel=feel))


@cache
def both(cue):
    """The score on the grid, and as it is played."""
    grid = arrange(cue)
    return grid, performed(grid, cue)


def seconds_late(cue, part="all"):
    """How late each note is, and where it was, part by part."""
    grid, played = both(cue)
    for before, after in zip(grid.parts, played.parts, strict=True):
        assert len(before.notes) == len(after.notes)
        by_pitch = (
            sorted(before.notes, key=lambda n: (n.pitch, n.start)),
            sorted(after.notes, key=lambda n: (n.pitch, n.start)),
        )
        for old, new in zip(*by_pitch, strict=True):
            yield before, old, new, float(cue.tempo.seconds_at(new.start)) - float(cue.tempo.seconds_at(old.start))


def test_no_feel_is_the_grid_itself():
    cue = cue_with(feel=0.0)
    score = arrange(cue)
    assert performed(score, cue) is score


@pytest.mark.parametrize("style", styles_one_in(4, 1))
def test_what_meets_the_picture_stays_on_its_frame(style):
    cue = cue_with(style)
    moments = [float(cue.tempo.beat_at(time)) for time in cue.wanted_times]
    met = [(old, new) for _, old, new, _ in seconds_late(cue) if any(abs(old.start - beat) < 1e-6 for beat in moments)]
    assert met
    assert all(new == replace(old, end=new.end) and new.start == old.start for old, new in met)


@pytest.mark.parametrize("style", styles_one_in(4, 2))
def test_most_notes_leave_the_grid_and_none_by_far(style):
    cue = cue_with(style, feel=0.7)
    moments = [float(cue.tempo.beat_at(time)) for time in cue.wanted_times]
    found = [(old.start, one) for _, old, _, one in seconds_late(cue)]
    late = np.array([one for start, one in found if min(abs(start - beat) for beat in moments) > 1e-6])
    assert (np.abs(late) > 0.003).mean() >= 0.6
    assert np.abs(late).max() < 0.09
    assert abs(late.mean()) < 0.012


def test_the_more_feel_the_farther():
    spreads = [np.std([late for *_, late in seconds_late(cue_with(feel=feel))]) for feel in (0.2, 0.5, 1.0)]
    assert spreads[0] < spreads[1] < spreads[2]


def test_who_leads_is_ahead_and_a_bass_behind():
    cue = cue_with("piano")
    by_role = {}
    for part, _, _, late in seconds_late(cue):
        by_role.setdefault(part.role, []).append(late)
    ahead = np.mean(by_role["harmony"]) - np.mean(by_role["lead"])
    assert 0.008 < ahead < 0.025
    assert np.mean(by_role["bass"]) > np.mean(by_role["lead"])


def test_chords_are_spread_from_below():
    cue = cue_with("piano")
    chords = {}
    for part, old, new, _ in seconds_late(cue):
        if part.program == 0 and part.role == "harmony":
            chords.setdefault(old.start, []).append(new)
    wide = [sorted(notes, key=lambda note: note.pitch) for notes in chords.values() if len(notes) >= 3]
    spread = [notes for notes in wide if notes[0].start != notes[-1].start]
    assert len(spread) > len(wide) / 3
    assert all(a.start <= b.start for notes in spread for a, b in pairwise(notes))


def test_touch_widens_but_keeps_its_mean():
    cue = cue_with("piano", feel=0.7)
    pairs = [(old.velocity, new.velocity) for part, old, new, _ in seconds_late(cue)]
    before, after = np.array(pairs).T
    assert np.std(after) > np.std(before) + 0.5
    assert abs(after.mean() - before.mean()) < 3.0


def test_players_wander_each_for_itself_and_smoothly():
    cue = cue_with("strings")
    late = {}
    for part, old, _, seconds in seconds_late(cue):
        if seconds:
            late.setdefault(part.name, {}).setdefault(old.start, seconds)
    pizzicato = np.array([late["Pizzicato"][beat] for beat in sorted(late["Pizzicato"])])
    assert np.corrcoef(pizzicato[:-1], pizzicato[1:])[0, 1] > 0.15


@given(place=st.integers(8, 20), seed=st.integers(0, 5))
def test_a_change_of_a_chord_moves_no_note_far_away(place, seed):
    cue = cue_with("documentary", seed=seed)
    steps = list(cue.steps)
    steps[place] = Step(parse_chord("Eb"), False, steps[place].density, steps[place].loudness)
    changed = altered(cue, steps=tuple(steps))
    far = [beat for beat in (2.0 * place - 8.0, 2.0 * place + 10.0)]
    for old, new in zip(performed(arrange(cue), cue).parts, performed(arrange(changed), changed).parts, strict=True):
        outside = [[note for note in part.notes if note.end < far[0] or note.start > far[1]] for part in (old, new)]
        assert outside[0] == outside[1]


def test_the_same_cue_is_played_the_same_again():
    cue = cue_with("cinematic")
    assert performed(arrange(cue), cue) == performed(arrange(cue), cue)


@pytest.mark.parametrize("style", styles_one_in(4, 3))
def test_notes_stay_whole_and_in_order(style):
    cue = cue_with(style)
    for part in both(cue)[1].parts:
        keys = [(note.start, note.pitch) for note in part.notes]
        assert keys == sorted(keys)
        assert all(note.end > note.start >= 0 for note in part.notes)
        assert [one.beat for one in part.controls] == sorted(one.beat for one in part.controls)
