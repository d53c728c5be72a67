"""What lies outside of a change sounds as it did: beyond a bar, in every style, whatever is changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange, step_voicings, with_any_playing, with_playing
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.styles.styles import style_named, style_names
from hitpoint.core.cue.changes import chord_set, density_drawn, recomposed, seed_changed, style_changed
from hitpoint.core.cue.cue import Cue, Played, Step
from hitpoint.core.music.chord import NO_CHORD, Chord, Quality, parse_chord
from hitpoint.core.music.progression import chord_runs
from hitpoint.core.music.score import Score
from tests.core.arrange.conftest import styles_one_in

CueMaker = Callable[..., Cue]

BAR = 4.0  # beats before and after a change in which it may be heard
_COMMON = [parse_chord(symbol) for symbol in ("C", "G", "A:min", "F", "D:min7", "G:7", "E:min")]
_CHORDS = st.sampled_from(_COMMON) | st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality)) | st.just(NO_CHORD)
_HELD = st.tuples(_CHORDS, st.integers(1, 8))


@st.composite
def chords(draw: st.DrawFn, count: int) -> list[Chord]:
    """So many steps of chords that last for one to eight."""
    found: list[Chord] = []
    while len(found) < count:
        chord, steps = draw(_HELD)
        found += [chord] * steps
    return found[:count]


@st.composite
def changed_cues(draw: st.DrawFn, make_cue: CueMaker) -> tuple[Cue, Cue, range]:
    """A cue that remembers its playing, the same changed in a stretch, and the stretch.

    It has other chords there, and perhaps other dynamics.
    """
    count = draw(st.integers(2, 40))
    middle = draw(st.floats(0, 24))
    densities = [middle + draw(st.floats(-2, 2)) for _ in range(count)]
    cuts = sorted(draw(st.sets(st.integers(1, 25 * count - 1), max_size=6)))
    style, seed = draw(st.sampled_from(style_names())), draw(st.integers(0, 99))
    cue = make_cue(["C"] * count, density=[max(one, 0) for one in densities], cuts=cuts, style=style, seed=seed)
    steps = (replace(step, chord=chord) for step, chord in zip(cue.steps, draw(chords(count)), strict=True))
    cue = with_playing(replace(cue, steps=tuple(steps)))
    first = draw(st.integers(0, count - 1))
    span = range(first, draw(st.integers(first + 1, count)))
    dynamics = draw(st.none() | st.tuples(st.floats(0, 30), st.floats(0, 0.4)))
    new = [_step(cue.steps[index], chord, dynamics) for index, chord in zip(span, draw(chords(len(span))), strict=True)]
    return cue, recomposed(cue, span, new, 1), span


def _step(step: Step, chord: Chord, dynamics: tuple[float, float] | None) -> Step:
    density, loudness = dynamics or (step.density, step.loudness)
    return replace(step, chord=chord, density=density, loudness=loudness)


def outside(score: Score, first: float, end: float) -> set[tuple[float, ...]]:
    """What is struck and moved before one beat, as far as it is heard before it, and from another on."""
    found: set[tuple[float, ...]] = set()
    for number, part in enumerate(score.parts):
        for note in part.notes:
            if note.start < first or note.start >= end:
                heard = min(note.end, first) if note.start < first else note.end
                found.add((number, note.start, heard, note.pitch, note.velocity))
        moved = (control for control in part.controls if control.beat < first or control.beat >= end)
        found.update((number, control.beat, control.number, control.value) for control in moved)
    return found


def heard_change(old: Cue, new: Cue, span: range) -> tuple[float, float]:
    """The beats between which a change may be heard: a bar around it.

    All of a chord counts that now begins or ends the music, or did, because it is in root position and struck as such,
    and the chords beside a stretch that fell silent, because these must not move in parallels.
    """
    first, end = span.start, span.stop
    forms = [form_of(cue, stops=style_named(cue.style).stops) for cue in (old, new)]
    runs = [_sounding(cue) for cue in (old, new)]
    heads, tails = ([one[place] if one else range(0) for one in runs] for place in (0, -1))
    if heads[0].start != heads[1].start:
        end = max(end, heads[0].stop, heads[1].stop)
    if tails[0].stop != tails[1].stop or forms[0].final != forms[1].final:
        first, end = min(first, tails[0].start, tails[1].start, *(form.final for form in forms)), len(old.steps)
    if all(new.steps[index].chord.is_silent for index in span):
        first = max((run.start for run in runs[1] if run.stop <= first), default=first)
        end = min((run.stop for run in runs[1] if run.start >= end), default=end)
    return 2 * first - BAR, 2 * end + BAR


def _sounding(cue: Cue) -> list[range]:
    """The steps of each chord."""
    runs = chord_runs([step.chord for step in cue.steps])
    return [range(run.first, run.end) for run in runs if not run.chord.is_silent]


@given(data=st.data())
def test_beyond_a_bar_of_a_stretch_composed_again_every_note_is_as_it_was(
    data: st.DataObject, make_cue: CueMaker
) -> None:
    old, new, span = data.draw(changed_cues(make_cue))
    first, end = heard_change(old, new, span)
    assert outside(arrange(old), first, end) == outside(arrange(new), first, end)


def test_what_leads_into_a_section_is_not_told_what_comes_after_its_first_step(make_cue: CueMaker) -> None:
    chords = [*["C"] * 8, "A:min", *["N"] * 6, *["C"] * 22]
    cue = with_playing(make_cue(chords, density=[0.0] * 37, style="electronic"))
    new = recomposed(cue, range(25, 26), [replace(cue.steps[25], loudness=0.0)], 1)
    assert outside(arrange(cue), 46.0, 56.0) == outside(arrange(new), 46.0, 56.0)


@given(data=st.data())
def test_remembering_changes_no_note(data: st.DataObject, make_cue: CueMaker) -> None:
    cue, changed, _ = data.draw(changed_cues(make_cue))
    assert arrange(cue) == arrange(replace(cue, playing=()))
    assert arrange(with_playing(changed)) == arrange(changed)
    assert with_playing(cue) == cue


@pytest.mark.parametrize("style", styles_one_in(4, 3))
def test_chords_put_back_sound_as_before(make_cue: CueMaker, style: str) -> None:
    cue = with_playing(make_cue("C G A:min F D:min G:7 E:min A:min " * 4, style=style))
    there = chord_set(cue, range(9, 10), parse_chord("Bb"))
    back = chord_set(there, range(9, 10), cue.steps[9].chord)
    for one, other in zip(arrange(back).parts, arrange(cue).parts, strict=True):
        assert one == other or one.role == "lead"  # whose tune was fitted to the other chord, and does not go back


@pytest.mark.parametrize("style", styles_one_in(4, 0))
def test_another_style_leads_its_voices_freely(make_cue: CueMaker, style: str) -> None:
    plain = make_cue("C G A:min F D:min G:7 E:min A:min " * 4, style="ambient")
    known = with_playing(plain)
    tune = tuple(one and Played(tune=one.tune, is_written=True) for one in known.playing)
    free = replace(plain, playing=tune, theme=known.theme)
    assert arrange(style_changed(known, style)) == arrange(style_changed(free, style))
    assert arrange(seed_changed(known, 9)) == arrange(seed_changed(plain, 9))


def test_without_memory_a_density_turns_levels_far_away(make_cue: CueMaker) -> None:
    def basses(cue: Cue) -> list[tuple[float, ...]]:
        notes = arrange(cue).parts[0].notes
        return [(note.start, note.pitch) for note in notes if 40 <= note.start < 60]

    cue = make_cue(["C"] * 40, density=8.6)
    drawn, known = (density_drawn(one, 4, [4.0] * 4) for one in (cue, with_playing(cue)))
    assert basses(drawn) != basses(cue)
    assert basses(known) == basses(cue)


def test_a_cue_that_remembers_a_part_is_left_as_it_is(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C")
    known = with_playing(cue)
    part = replace(known, playing=(known.playing[0], None, None, None))
    assert with_any_playing(part) == part
    assert with_any_playing(cue) == with_any_playing(style_changed(style_changed(known, "strings"), "piano")) == known


def test_what_no_longer_fits_counts_for_nothing(make_cue: CueMaker) -> None:
    cue = make_cue("C F G C")
    strange = replace(cue, playing=(Played(90, (1, 2, 3, 4)),) * 4)
    form, style = form_of(cue), style_named("piano")
    assert step_voicings(strange, form, style) == step_voicings(cue, form, style)
    assert arrange(replace(cue, playing=(Played(), None))) == arrange(cue)
