"""Who sings the tune, and where on the instrument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.bars import bars_of
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.playing.singing import doubling, most_after, passages, shift_into
from hitpoint.core.arrange.styles.styles import style_named, style_names
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import FormPlan, FullHit, PlannedSection
from hitpoint.core.cue.tune import TuneNote
from hitpoint.core.edit import Shot
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import COMMON_TIME

CueMaker = Callable[..., Cue]
CHORDS = "C C A:min A:min F F G G " * 8
LETTERS = ("A", "B", "A'", "A''")


def planned(make_cue: CueMaker, style: str) -> Cue:
    """A cue of four sections of eight bars, which culminates in the third."""
    sections = tuple(
        PlannedSection(8 * at, 8, "Summit" if at == 2 else "Theme", letter, Key(0), 0.6, at == 2, (4, 4))
        for at, letter in enumerate(LETTERS)
    )
    tension = tuple(1.0 if bar == 16 else 0.6 for bar in range(32))
    plan = FormPlan(COMMON_TIME, sections, tension, (2,) * 32, (1.0,) * 32, 31)
    return replace(make_cue(CHORDS, style=style, density=8.0), plan=plan)


def test_the_tune_is_handed_over_and_doubled_at_the_summit(make_cue: CueMaker) -> None:
    cello, violin = (p for p in arrange(planned(make_cue, "strings")).parts if p.role == "lead")
    sung = [[part.name for part in (cello, violin) if _plays(part, at)] for at in range(4)]
    assert sung == [["Cello"], ["Violin"], ["Cello", "Violin"], ["Cello"]]
    low, high = ([n.pitch for n in part.notes if 64 <= n.start < 96] for part in (cello, violin))
    assert [pitch + 12 for pitch in low] == high


def test_another_melody_moves_no_part_but_those_that_sing(make_cue: CueMaker) -> None:
    cue = with_playing(planned(make_cue, "strings"))
    other = with_playing(replace(cue, tune_seed=9, theme=None, playing=tuple(
        one and replace(one, tune=(), is_written=False) for one in cue.playing
    )))  # fmt: skip
    before, after = arrange(cue).parts, arrange(other).parts
    assert [one.name for one, two in zip(before, after, strict=True) if one != two] == ["Cello", "Violin"]


@pytest.mark.parametrize("style", style_names())
def test_no_tune_lies_below_d_or_beyond_its_instrument(style: str) -> None:
    assert all(player.low >= 50 for player in style_named(style).leads)
    assert len(style_named(style).leads) == (1 if style == "solo" else 2)


def test_a_passage_is_put_where_the_instrument_speaks() -> None:
    assert shift_into([52, 57, 64], 60, 91) == 12
    assert shift_into([], 60, 91) == 0
    assert [shift_into([62, 67, 72], 60, 91, most) for most in (None, 68.0)] == [12, 0]
    assert doubling([60, 64, 67], 60, 91) == 12
    assert doubling([84, 86, 88], 60, 91) == -12
    assert doubling([66, 70], 60, 75) == 0
    assert doubling([62, 84], 60, 91) == 0  # a note that it lacks would be bent back


def test_a_passage_of_both_is_told_theme_by_theme(make_cue: CueMaker) -> None:
    cue = planned(make_cue, "strings")
    bars = bars_of(form_of(cue).steps, cue.plan)
    assert passages((1,) * 8 + (2,) * 8 + (3,) * 8 + (1,) * 8, bars) == (
        range(8), range(8, 16), range(16, 20), range(20, 24), range(24, 32),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("length", "after", "is_locked", "end"),
    [
        (4, None, False, 4.0),  # G over the change from C to A minor
        (2.5, 69, False, 4.5),  # a suspension that falls into the chord
        (3.5, 69, False, 4.0),  # too late
        (2.5, 65, False, 4.0),  # by step, but not into the chord
        (4, None, True, 6.0),
    ],
)
def test_a_foreign_note_ends_with_its_chord_unless_it_resolves(
    make_cue: CueMaker, length: float, after: int | None, *, is_locked: bool, end: float
) -> None:
    cue = with_playing(planned(make_cue, "solo"))
    tunes = [()] * len(cue.steps)
    tunes[1] = (TuneNote(Fraction(0), Fraction(length), 67, locked=is_locked),)
    if after is not None:
        tunes[2] = (TuneNote(Fraction(length) - 2, Fraction(1), after),)
    playing = tuple(one and replace(one, tune=tune) for one, tune in zip(cue.playing, tunes, strict=True))
    lead = next(part for part in arrange(altered(cue, playing=playing)).parts if part.role == "lead")
    assert next(note.end for note in lead.notes if note.start == 2.0 and note.pitch % 12 == 7) == end


def test_a_note_that_begins_just_before_a_chord_to_which_it_is_foreign_does_not_hang_over_it(
    make_cue: CueMaker,
) -> None:
    cue = with_playing(planned(make_cue, "solo"))
    tunes = [()] * len(cue.steps)
    tunes[1] = (TuneNote(Fraction(7, 4), Fraction(5, 4), 67),)
    playing = tuple(one and replace(one, tune=tune) for one, tune in zip(cue.playing, tunes, strict=True))
    lead = next(part for part in arrange(altered(cue, playing=playing)).parts if part.role == "lead")
    assert next(note.end for note in lead.notes if note.start == 3.75) == 4.0


def test_after_the_summit_the_second_sings_about_where_the_first_is_at_home(make_cue: CueMaker) -> None:
    cue = planned(make_cue, "strings")
    bars = bars_of(form_of(cue).steps, cue.plan)
    assert most_after(bars, range(8, 16), 50, 70) is None
    assert most_after(bars, range(24, 32), 50, 70) == 56.0


def _plays(part: object, section: int) -> bool:
    return any(32 * section <= note.start < 32 * section + 28 for note in part.notes)  # type: ignore[attr-defined]


def test_a_hit_on_a_chord_that_stands_is_met_where_few_play(make_cue: CueMaker) -> None:
    cue = planned(make_cue, "ambient")
    assert cue.plan is not None
    plan = replace(cue.plan, forces=(0.4,) * 32, full_hits=(FullHit(25 * 9),))
    shots = (Shot("a", 0, 25 * 9), Shot("b", 25 * 9, cue.end_frame))
    steps = tuple(replace(step, chord=cue.steps[0].chord, density=3.0) for step in cue.steps)
    held = replace(cue, plan=plan, steps=steps, edit=replace(cue.edit, shots=shots))
    assert 9 in held.hit_steps
    struck = {note.start for part in arrange(held).parts if part.role == "pad" for note in part.notes}
    assert 18.0 in struck
