"""Laws that every score keeps, whatever the cue."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import activity_levels, arrange, step_voicings
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.styles.styles import style_named, style_names
from hitpoint.core.cue.cue import Cue
from hitpoint.core.edit import Marker
from hitpoint.core.errors import OptionError
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.score import DRUM_CHANNEL, Note, Part, Score, ScoreMarker
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.music.voicing import has_outer_parallels
from tests.core.arrange.conftest import styles_one_in

CueMaker = Callable[..., Cue]

_CHORDS = st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality)).map(Chord.symbol) | st.just("N")
_COMMON = st.sampled_from(("C", "G", "A:min", "F", "D:min7", "G:7", "E:min", "N"))
_STEP = st.tuples(_CHORDS | _COMMON, st.floats(0, 42), st.floats(0, 1))
_KEYS = st.sampled_from(("C major", "A minor", "Eb major", "F# minor"))


@st.composite
def wishes(draw: st.DrawFn) -> dict[str, object]:
    """Arguments for ``make_cue``: any chords, curves, length, style, tempo, cuts."""
    steps = draw(st.lists(_STEP, min_size=1, max_size=30))
    lengths = draw(st.lists(st.fractions(Fraction(1, 4), 1, max_denominator=100), min_size=1, max_size=4))
    tempo = TempoMap(tuple(TempoPoint(Fraction(8 * index), length) for index, length in enumerate(lengths)))
    full = float(tempo.seconds_at(2 * len(steps)))
    seconds = max(full - draw(st.floats(0, 0.9)), 0.1)
    cuts = sorted(draw(st.sets(st.integers(1, max(int(25 * seconds) - 1, 1)), max_size=4))) if seconds > 1 else []
    return {
        "chords": [chord for chord, _, _ in steps],
        "density": [density for _, density, _ in steps],
        "loudness": [loudness for _, _, loudness in steps],
        "tempo": tempo,
        "seconds": seconds,
        "cuts": cuts,
        "key": draw(_KEYS),
        "style": draw(st.sampled_from(style_names())),
        "seed": draw(st.integers(0, 2**32)),
    }


def lawful(test: Callable[..., None]) -> Callable[..., None]:
    return given(wish=wishes())(test)


def notes_of(score: Score) -> list[Note]:
    return [note for part in score.parts for note in part.notes]


def pitched(score: Score) -> list[Note]:
    return [note for part in score.parts if part.role != "percussion" for note in part.notes]


def accompanying(score: Score) -> list[Note]:
    """The pitched notes of all but the lead, whose tune has tones of its own."""
    return [note for part in score.parts if part.role not in ("percussion", "lead") for note in part.notes]


def chord_starts(cue: Cue) -> list[float]:
    """Beats at which the chords of the steps start."""
    return [float(cue.tempo.beat_at(cue.step_start(index) - cue.start)) for index in range(len(cue.steps))]


def sounding_in(part: Part, step: int) -> int:
    """Notes struck in a step, or held over into it for more than a release: a quarter of a beat."""
    held = sum(note.start < 2 * step and note.end > 2 * step + 0.25 for note in part.notes)
    return held + struck_in(part, step)


def struck_in(part: Part, step: int) -> int:
    return sum(2 * step <= note.start < 2 * step + 2 for note in part.notes)


@lawful
def test_nothing_sounds_past_the_end(make_cue: CueMaker, wish: dict[str, object]) -> None:
    cue = make_cue(**wish)
    score = arrange(cue)
    assert all(cue.tempo.seconds_at(note.end) <= cue.seconds for note in notes_of(score))
    assert all(cue.tempo.seconds_at(control.beat) <= cue.seconds for part in score.parts for control in part.controls)


@lawful
def test_players_stay_in_their_range(make_cue: CueMaker, wish: dict[str, object]) -> None:
    cue = make_cue(**wish)
    for player, part in zip(style_named(cue.style).players, arrange(cue).parts, strict=True):
        assert all(player.low <= note.pitch <= player.high and 1 <= note.velocity <= 127 for note in part.notes)


@lawful
def test_parts_are_sorted_and_no_pitch_sounds_twice(make_cue: CueMaker, wish: dict[str, object]) -> None:
    for part in arrange(make_cue(**wish)).parts:
        assert list(part.notes) == sorted(part.notes, key=lambda note: (note.start, note.pitch))
        assert list(part.controls) == sorted(part.controls, key=lambda control: control.beat)
        for pitch in {note.pitch for note in part.notes}:
            same = [note for note in part.notes if note.pitch == pitch]
            assert all(a.end <= b.start for a, b in pairwise(same))


@lawful
def test_a_step_starts_on_its_chord_and_tones_between_belong_to_the_key(
    make_cue: CueMaker, wish: dict[str, object]
) -> None:
    cue = make_cue(**wish)
    starts = chord_starts(cue)
    for note in accompanying(arrange(cue)):
        chord = cue.steps[bisect_right(starts, note.start) - 1].chord
        if note.pitch % 12 not in chord.pitch_classes:
            assert note.start % 2 >= 1.0
            assert note.pitch % 12 in cue.key.scale


@lawful
def test_nothing_is_struck_in_a_rest(make_cue: CueMaker, wish: dict[str, object]) -> None:
    cue = make_cue(**wish)
    starts = chord_starts(cue)
    for note in notes_of(arrange(cue)):
        assert not cue.steps[bisect_right(starts, note.start) - 1].chord.is_silent


@lawful
def test_nothing_begins_in_the_last_half_second(make_cue: CueMaker, wish: dict[str, object]) -> None:
    cue = make_cue(**wish)
    late = [note for note in notes_of(arrange(cue)) if cue.tempo.seconds_at(note.start) > cue.seconds - Fraction(1, 2)]
    assert all(note.start == 0 for note in late)


@lawful
def test_the_same_cue_gives_the_same_score(make_cue: CueMaker, wish: dict[str, object]) -> None:
    assert arrange(make_cue(**wish)) == arrange(make_cue(**wish))


@lawful
def test_outer_voices_move_without_parallels(make_cue: CueMaker, wish: dict[str, object]) -> None:
    cue = make_cue(**wish)
    voicings = [v for v in step_voicings(cue, form_of(cue), style_named(cue.style)) if v is not None]
    assert not any(has_outer_parallels(before, after) for before, after in pairwise(voicings))


@given(wish=wishes(), more=st.lists(st.floats(0, 12), min_size=30, max_size=30))
def test_denser_steps_sound_no_fewer_notes(make_cue: CueMaker, wish: dict[str, object], more: list[float]) -> None:
    """Held against patterns: what people played is chosen by density, but never the same with a note more."""
    cue = make_cue(**wish | {"style": "cinematic"})
    denser = replace(
        cue, steps=tuple(replace(s, density=s.density + extra) for s, extra in zip(cue.steps, more, strict=False))
    )
    form = form_of(cue)
    for thin, thick in zip(arrange(cue).parts, arrange(denser).parts, strict=True):
        if thin.role == "harmony":  # whose patterns leave out a stroke here and there
            continue
        for step in range(form.final):
            # a silence takes strokes; an accent, a beat long, is one with the strokes of its pitch while it sounds
            taken = (*form.silences, *((accent - 0.2, accent + 1.2) for accent in form.accents))
            is_whole = not any(start < 2 * step + 2 and end > 2 * step for start, end in taken)
            if is_whole and not cue.steps[step].chord.is_silent:
                assert sounding_in(thin, step) <= sounding_in(thick, step)


@given(wish=wishes(), more=st.lists(st.floats(0, 0.5), min_size=30, max_size=30))
def test_louder_steps_are_never_struck_softer(make_cue: CueMaker, wish: dict[str, object], more: list[float]) -> None:
    cue = make_cue(**wish)
    louder = replace(
        cue,
        steps=tuple(replace(s, loudness=s.loudness + extra) for s, extra in zip(cue.steps, more, strict=False)),
    )
    for soft, loud in zip(notes_of(arrange(cue)), notes_of(arrange(louder)), strict=True):
        assert (soft.start, soft.pitch) == (loud.start, loud.pitch)
        assert soft.velocity <= loud.velocity


@pytest.mark.parametrize("style", styles_one_in(4, 1))
def test_strokes_rise_with_density_level_by_level(make_cue: CueMaker, style: str) -> None:
    counts = []
    for density in (1, 4, 6, 8, 9, 10, 12, 16, 24):
        score = arrange(make_cue("C G A:min F " * 4, density=density, style=style))
        parts = [part for part in score.parts if part.role != "lead"]  # whose tune is no matter of density
        counts.append(sum(struck_in(part, step) for part in parts for step in range(14)))
    assert counts == sorted(counts)
    assert counts[-1] > 4 * counts[0]


def test_density_that_rises_and_falls_is_heard(make_cue: CueMaker) -> None:
    density = [2 + 24 * (1 - abs(step - 20) / 20) for step in range(40)]
    cue = make_cue("C F G C " * 10, density=density)
    score = arrange(cue)
    heard = [sum(sounding_in(part, step) for part in score.parts) for step in range(38)]
    assert spearman(density[:38], heard) > 0.75  # sections, the tune and what people play have a say too


def spearman(one: list[float], other: list[int]) -> float:
    a, b = ([(sum(y < x for y in row) + sum(y <= x for y in row)) / 2 for x in row] for row in (one, other))
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    covariance = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    return covariance / (sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)) ** 0.5


def test_another_seed_plays_the_same_chords_otherwise(make_cue: CueMaker) -> None:
    one, other = (arrange(make_cue("C F G C " * 6, seed=seed)) for seed in (1, 2))
    assert [_written(mark) for mark in one.chords] == [_written(mark) for mark in other.chords]
    assert one.parts[0].notes != other.parts[0].notes


def test_a_changed_step_leaves_what_came_long_before_and_after(make_cue: CueMaker) -> None:
    chords = ("C F G C " * 10).split()
    one, other = (arrange(make_cue([*chords[:20], middle, *chords[21:]])) for middle in ("C", "A:min"))
    for part, changed in zip(one.parts, other.parts, strict=True):
        far = [note for note in part.notes if note.start < 24 or note.start >= 64]
        assert far == [note for note in changed.notes if note.start < 24 or note.start >= 64]


def test_a_cut_strikes_the_bass_again_with_an_accent(make_cue: CueMaker) -> None:
    plain, cut = (arrange(make_cue(["C"] * 8, density=3, cuts=cuts)) for cuts in ([], [75]))
    basses = [[note.start for note in score.parts[2].notes] for score in (plain, cut)]
    assert 6.0 not in basses[0] and 6.0 in basses[1]
    accent = max(note.velocity for note in cut.parts[0].notes if note.start == 6.0)
    strokes = [note.velocity for note in plain.parts[0].notes]
    assert accent >= sum(strokes) / len(strokes) + 8


def test_a_rest_lets_the_chord_ring_out(make_cue: CueMaker) -> None:
    score = arrange(make_cue("C C N N N N C C C C"))
    piano, pad, *_ = score.parts
    assert 2.0 < max(note.end for note in piano.notes if note.start < 4) <= 6.0
    assert max(note.end for note in pad.notes if note.start < 4) == 8.0


def test_a_common_tone_is_held(make_cue: CueMaker) -> None:
    pad = arrange(make_cue("C C A:min A:min C C C C", density=10)).parts[1]
    assert any(note.end - note.start > 4 for note in pad.notes)


def test_the_pedal_is_up_at_the_end_and_at_each_new_chord(make_cue: CueMaker) -> None:
    piano = arrange(make_cue("C F G C C C")).parts[0]
    pedal = [(control.beat, control.value) for control in piano.controls if control.number == 64]
    assert pedal[-1][1] == 0
    assert {2.0, 4.0, 6.0} <= {beat for beat, value in pedal if value == 0}


def test_the_last_chord_is_complete_and_long(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C C C", seconds=6)
    for part in arrange(cue).parts:
        last = [note for note in part.notes if note.start == max(other.start for other in part.notes)]
        assert all(cue.tempo.seconds_at(note.end) - cue.tempo.seconds_at(note.start) >= 1.5 for note in last)
    assert {note.pitch % 12 for note in arrange(cue).parts[0].notes if note.start == 6.0} == {0, 4, 7}


def test_chords_key_and_markers_are_told(make_cue: CueMaker) -> None:
    markers = [Marker(10, 1, "before"), Marker(75, 1, "door"), Marker(500, 1, "after")]
    cue = make_cue("Bb Bb Eb N", key="G minor", markers=markers, start_frame=25)
    score = arrange(cue)
    assert [(mark.beat, mark.text) for mark in score.chords] == [(0.0, "Bb"), (4.0, "Eb"), (6.0, "N")]
    assert [(mark.beat, mark.text) for mark in score.markers] == [(4.0, "door")]
    assert score.key_name == "Gm"


@lawful
def test_chord_symbols_lie_where_the_cue_has_its_chords(make_cue: CueMaker, wish: dict[str, object]) -> None:
    cue = make_cue(**wish)
    symbols = arrange(cue).chords
    for span in (span for span in cue.chord_spans if span.start < span.end):
        beat = float(cue.tempo.beat_at(span.start - cue.start))
        told = symbols[bisect_right([mark.beat for mark in symbols], beat + 1e-9) - 1]
        assert _written(told) == span.chord.symbol(flats=cue.key.uses_flats)


def _written(mark: ScoreMarker) -> str:
    """A chord's symbol without its inversion."""
    return mark.text.partition("/")[0]


@pytest.mark.parametrize("style", styles_one_in(4, 2))
def test_parts_have_channels_of_their_own_and_only_kits_that_of_drums(make_cue: CueMaker, style: str) -> None:
    channels = [part.channel for part in arrange(make_cue("C F", style=style)).parts]
    assert len(set(channels)) == len(channels)
    assert [channel == DRUM_CHANNEL for channel in channels] == [p.is_kit for p in style_named(style).players]


@pytest.mark.parametrize("seconds", [0.04, 0.1, 0.3, 0.7, 1.0])
def test_a_very_short_cue_is_one_chord(make_cue: CueMaker, seconds: float) -> None:
    score = arrange(make_cue("C", seconds=seconds))
    assert {note.start for note in notes_of(score)} == {0.0}


def test_a_cue_without_chords_is_silent(make_cue: CueMaker) -> None:
    assert notes_of(arrange(make_cue("N N N N"))) == []


def test_an_unknown_style_is_refused(make_cue: CueMaker) -> None:
    with pytest.raises(OptionError, match="no style"):
        arrange(make_cue("C", style="polka"))


def test_levels_are_lower_where_a_phrase_breathes_and_where_the_music_lets_go(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C " * 4, density=10)
    levels = activity_levels(cue, form_of(cue))
    assert levels[7] == levels[8] == levels[6] - 1


def test_nobody_thins_out_before_the_last_chord(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C " * 8 + "F C", density=10)
    form = form_of(cue)
    levels = activity_levels(cue, form)
    assert len(set(levels[form.final - 5 : form.final])) == 1


@pytest.mark.parametrize("minutes", [6, pytest.param(180, marks=pytest.mark.slow)])
def test_a_feature_film_has_notes_to_the_end(make_cue: CueMaker, minutes: int) -> None:
    cue = make_cue("C A:min F G " * 15 * minutes, density=[step % 24 for step in range(60 * minutes)])
    notes = arrange(cue).parts[0].notes
    assert len(notes) > 220 * minutes and max(note.end for note in notes) >= 120 * minutes - 4
