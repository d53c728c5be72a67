from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.cue.changes import chord_set
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import ShotKind
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.ui.lanes.drawing.scale import TimeScale
from hitpoint.ui.lanes.drawing.timeline_data import CUT, MARKER, OWN, WavePeaks, timeline_data

MakeCue = Callable[..., Cue]


def test_an_edit_alone_has_shots_and_no_music(make_small_cue: MakeCue) -> None:
    data = timeline_data(make_small_cue("C C C", cuts=[25]).edit)
    assert [(shot.name, shot.start, shot.end) for shot in data.shots] == [("shot 0", 0.0, 1.0), ("shot 25", 1.0, 3.0)]
    assert (data.music, data.seconds, len(data.steps)) == (None, 3.0, 0)


def test_media_that_is_not_there_is_missing_and_a_gap_is_not(make_small_cue: MakeCue) -> None:
    edit = make_small_cue("C C C", cuts=[25, 50]).edit
    first, second, third = edit.shots
    shots = (replace(first, media=None), replace(second, kind=ShotKind.GAP, media=None), third)
    assert [shot.is_missing for shot in timeline_data(replace(edit, shots=shots)).shots] == [True, False, False]


def test_hits_are_told_by_where_they_come_from(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C F G C A:min", cuts=[25, 80], own=[HitWish(60, "punch"), HitWish(80, "", 0.0)], marker=40)
    hits = timeline_data(cue.edit, cue).hits
    assert [(hit.frame, hit.source, hit.wanted) for hit in hits] == [
        (25, CUT, True),
        (40, MARKER, True),
        (60, OWN, True),
        (80, CUT, False),
    ]


def test_a_marker_on_a_cut_is_one_hit(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C F G C", cuts=[40], marker=40)
    assert [(hit.source, hit.event) for hit in timeline_data(cue.edit, cue).hits] == [(MARKER, "door")]


def test_measured_errors_come_to_their_hits(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C F G C", cuts=[25], marker=40)
    data = timeline_data(cue.edit, cue, [Hit(Fraction(1), "cut", -0.02, "chord", True)])
    assert [hit.error for hit in data.hits] == [-0.02, None]


def test_steps_lie_where_the_cue_puts_them(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C F G", cuts=[30])
    steps = timeline_data(cue.edit, cue).steps
    assert steps.edges.tolist() == [float(cue.step_start(index)) for index in range(4)]
    assert [steps.step_at(t) for t in (-0.1, 0.0, 2.99, 3.0)] == [None, 0, 2, None]
    assert [steps.nearest_step(t) for t in (-5.0, 99.0)] == [0, 2]


def test_beats_follow_the_tempo_map(make_small_cue: MakeCue) -> None:
    tempo = TempoMap((TempoPoint(Fraction(0), Fraction(1, 2)), TempoPoint(Fraction(4), Fraction(1, 4))))
    cue = replace(make_small_cue("C C C C"), tempo=tempo)
    curve = timeline_data(cue.edit, cue).tempo
    assert curve.beats.tolist() == [float(tempo.seconds_at(beat)) for beat in range(12)]
    assert (curve.times.tolist(), curve.bpm.tolist()) == ([0.0, 2.0], [120.0, 240.0])


def test_duck_and_moods_come_through(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C C C C C")
    data = timeline_data(cue.edit, cue)
    assert data.duck == cue.duck and data.duck
    assert data.moods == cue.moods


@pytest.mark.parametrize("zoom", [10.0, 100.0, 1000.0])
def test_a_wave_lies_in_the_pixels_of_its_seconds(zoom: float) -> None:
    peaks = WavePeaks(1.0, 100.0, np.full(200, -0.5, np.float32), np.full(200, 0.25, np.float32))
    low, high = peaks.columns(TimeScale(zoom), round(4 * zoom))
    there = np.flatnonzero(~np.isnan(high))
    assert (there[0], there[-1]) == (round(zoom), round(3 * zoom) - 1)
    assert (low[there] == -0.5).all() and (high[there] == 0.25).all()


def test_a_single_loud_peak_shows_however_far_one_zooms_out() -> None:
    high = np.zeros(100_000, np.float32)
    high[77_777] = 1.0
    assert np.nanmax(WavePeaks(0.0, 100.0, -high, high).columns(TimeScale(0.5), 500)[1]) == 1.0


def test_what_did_not_move_is_not_looked_for_again(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C F G C", cuts=[30])
    first = timeline_data(cue.edit, cue)
    again = timeline_data(cue.edit, chord_set(cue, range(1, 2), cue.steps[0].chord), before=first)
    assert again.steps.edges is first.steps.edges and again.tempo is first.tempo
    assert again.steps.chords[1] == cue.steps[0].chord


def test_what_moved_is_looked_for_again(make_small_cue: MakeCue) -> None:
    cue = make_small_cue("C F G C", cuts=[30])
    first = timeline_data(cue.edit, cue)
    moved = replace(cue, hits=(HitWish(30, "", 0.0),))
    again = timeline_data(cue.edit, moved, before=first)
    assert (
        again.steps.edges.tolist() == timeline_data(cue.edit, moved).steps.edges.tolist() != first.steps.edges.tolist()
    )
    assert [hit.wanted for hit in again.hits] == [False]
