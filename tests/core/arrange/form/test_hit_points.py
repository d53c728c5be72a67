"""Hits are met: in the score, in the MIDI file, and told in the report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.hit_points import fitted_tempo, measured_hits
from hitpoint.core.arrange.styles.styles import STYLES, style_names
from hitpoint.core.cue.cue import Cue, step_count
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Marker
from hitpoint.core.render.formats.midi import midi_file

CueMaker = Callable[..., Cue]
CHORDS = ("C", "F", "A:min", "G:7")


def fitted_cue(make_cue: CueMaker, cuts: set[int], seconds: float, bpm: float | None = None, **more: object) -> Cue:
    """A cue whose tempo is fitted to its cuts, with a new chord at each step."""
    probe = make_cue(["C"], seconds=seconds, cuts=sorted(cuts), **more)
    tempo = fitted_tempo(probe.seconds, probe.wanted_times, bpm)
    symbols = [CHORDS[index % 4] for index in range(step_count(probe.seconds, tempo))]
    return make_cue(symbols, seconds=seconds, cuts=sorted(cuts), tempo=tempo, **more)


@given(
    cuts=st.sets(st.integers(1, 40 * 25 - 1), max_size=60),
    density=st.floats(0, 30),
    style=st.sampled_from(style_names()),
    bpm=st.sampled_from([None, 97.0, 120.0]),
)
def test_every_wanted_hit_sounds_in_the_midi(
    make_cue: CueMaker, cuts: set[int], density: float, style: str, bpm: float | None
) -> None:
    cue = fitted_cue(make_cue, cuts, 40.0, bpm, density=1.0, style=style)
    cue = replace(cue, steps=tuple(replace(step, density=density) for step in cue.steps))
    now, onsets = 0.0, []
    for message in midi_file(arrange(cue), seconds=cue.seconds):
        now += message.time
        if message.type == "note_on" and message.velocity:
            onsets.append(now)
    for time in cue.wanted_times:
        place = bisect_left(onsets, time)
        assert min(abs(onset - time) for onset in onsets[max(place - 1, 0) : place + 1]) < 0.002


def test_hits_are_told_with_their_error_and_kind(make_cue: CueMaker) -> None:
    markers = [Marker(163, 1, "door")]
    cue = make_cue("C F G C A:min F G C", cuts=[75, 77], markers=markers)
    hits = measured_hits(cue, arrange(cue))
    told = [(float(hit.time), hit.event, hit.kind, hit.wanted) for hit in hits]
    assert told == [
        (3.0, "cut", "chord", True),
        (3.08, "cut", "chord", False),
        (6.52, "door", "chord", True),
        (8.0, "end", "ending", True),
    ]
    assert [hit.error_seconds for hit in hits] == pytest.approx([0.0, -0.08, 0.0, 0.0])


def test_a_hit_without_a_step_of_its_own_gets_an_accent(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C A:min F G C", cuts=[75, 87, 99])
    hit = measured_hits(cue, arrange(cue))[1]
    assert (hit.kind, hit.error_seconds) == ("accent", pytest.approx(0.0, abs=1e-9))


def test_the_editors_own_hits_are_met(make_cue: CueMaker) -> None:
    cue = replace(make_cue("C F G C A:min F G C"), hits=(HitWish(90, "scream"),))
    hit = measured_hits(cue, arrange(cue))[0]
    assert (hit.event, hit.kind, hit.wanted, hit.error_seconds) == ("scream", "chord", True, pytest.approx(0.0))


def test_a_stroke_beside_an_accent_is_played_with_it(make_cue: CueMaker) -> None:
    piano = arrange(make_cue(["C"] * 8, density=24, cuts=[75, 88])).parts[0]
    accent = 88 / 12.5
    starts = {note.start for note in piano.notes}
    assert accent in starts
    assert not any(0 < abs(start - accent) < 0.15 for start in starts)


def test_somebody_in_every_style_strikes_accents() -> None:
    assert all(any(player.accent for player in style.players) for style in STYLES.values())


def test_a_fixed_tempo_is_steady() -> None:
    tempo = fitted_tempo(Fraction(30), {Fraction(7): 1.0, Fraction(11): 1.0}, 93.0)
    assert [point.bpm for point in tempo.points] == [93.0]


def test_accents_are_louder_than_what_is_around_them(make_cue: CueMaker) -> None:
    bass = arrange(make_cue(["C"] * 8, density=3, cuts=[75, 87])).parts[2]
    struck = {note.start: note.velocity for note in bass.notes}
    assert struck[87 / 12.5] > max(velocity for start, velocity in struck.items() if start in (0.0, 4.0, 8.0))
