"""The chords of a cue as they are sounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.colours import step_colours
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.cue.changes import chord_set
from hitpoint.core.cue.cue import Cue, Played, altered
from hitpoint.core.cue.form.form_plan import plain_plan
from hitpoint.core.cue.sounded import sounded_chords, sounded_spans
from hitpoint.core.cue.tune import PlacedNote, TuneNote
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import Quality, parse_chord
from hitpoint.core.music.colour import ColouredChord
from tests.core.arrange.conftest import cue_of

CHORDS = "A:min A:min F F D:min D:min E E A:min A:min C C F F E E A:min A:min D:min D:min G G C C A:min A:min"


def planned(mood: Mood, locked: range = range(0)) -> Cue:
    cue = cue_of(CHORDS, key="A minor", style="strings")
    steps = tuple(replace(step, locked=index in locked) for index, step in enumerate(cue.steps))
    return altered(
        cue, steps=steps, plan=plain_plan(len(steps), cue.key), moods=(MoodSpan(0.0, float(cue.seconds), mood, True),)
    )


@pytest.fixture(scope="module")
def fearful() -> Cue:
    return with_playing(planned(Mood.FEARFUL))


def written(cue: Cue) -> list[bool]:
    """Whether each step sounds as it is written."""
    return [one.is_written(step.chord) for one, step in zip(sounded_chords(cue), cue.steps, strict=True)]


def test_a_mood_has_its_colours_in_the_notes(fearful: Cue) -> None:
    found = sounded_chords(fearful)
    assert sum(not one.is_written(step.chord) for one, step in zip(found, fearful.steps, strict=True)) >= 4
    assert found[0] == ColouredChord(fearful.steps[0].chord) and found[-1] == ColouredChord(fearful.steps[-1].chord)
    sounding = {note.pitch % 12 for part in arrange(fearful).parts for note in part.notes if part.role != "percussion"}
    assert {tone for one in found for tone in one.tones} <= sounding


def test_written_and_drawn_harmony_agree(fearful: Cue) -> None:
    told = {span.chord.symbol() for span in sounded_spans(fearful)}
    assert {marker.text for marker in arrange(fearful).chords} == told


def test_neutral_cues_and_those_without_a_plan_sound_as_they_are_written() -> None:
    for cue in (planned(Mood.NEUTRAL), altered(planned(Mood.FEARFUL), plan=None)):
        assert not any(one.added for one in sounded_chords(with_playing(cue)))


def test_locked_chords_get_no_colour() -> None:
    assert all(written(with_playing(planned(Mood.FEARFUL, range(4, 12))))[4:12])


def test_a_chord_that_is_written_sounds_as_written(fearful: Cue) -> None:
    found = sounded_chords(fearful)
    index = next(at for at, one in enumerate(found) if one.added)
    assert written(with_playing(chord_set(fearful, range(index, index + 1), fearful.steps[index].chord)))[index]


def test_the_colour_of_a_chord_stays_while_others_change(fearful: Cue) -> None:
    changed = with_playing(chord_set(fearful, range(18, 20), parse_chord("A#")))
    kept = [index for index in range(len(fearful.steps)) if not 16 <= index < 22]
    before, after = sounded_chords(fearful), sounded_chords(changed)
    assert [before[index] for index in kept] == [after[index] for index in kept]


def sounded_under(pitches: Sequence[int], mood: Mood = Mood.SAD) -> list[Quality]:
    """The chords of F - F in steps 2 and 3, under two notes of half a bar each from their beginning on."""
    cue = planned(mood)
    notes = [
        PlacedNote(Fraction(4 + 2 * at), TuneNote(Fraction(0), Fraction(2), pitch)) for at, pitch in enumerate(pitches)
    ]
    found = step_colours(cue, form_of(cue), [Played()] * len(cue.steps), notes)
    return [one.chord.quality for one in found[2:4]]


@pytest.mark.parametrize("mood", [Mood.SAD, Mood.FEARFUL])
def test_a_fourth_that_the_tune_holds_sounds_until_it_falls_to_the_third(mood: Mood) -> None:
    assert sounded_under([70, 69], mood) == [Quality.SUS4, Quality.MAJ]


@pytest.mark.parametrize("pitches", [[70, 72], [69, 67], [70, 70]])
def test_a_fourth_that_does_not_fall_is_none(pitches: list[int]) -> None:
    assert sounded_under(pitches) == [Quality.MAJ, Quality.MAJ]


def test_no_fourth_rubs_against_a_third_that_is_sung() -> None:
    cue = planned(Mood.SAD)
    form = form_of(cue)
    silent = step_colours(cue, form, [Played()] * len(cue.steps))
    sighs = [at for at, one in enumerate(silent) if one.chord.quality is Quality.SUS4]
    assert sighs
    thirds = [
        PlacedNote(Fraction(2 * at), TuneNote(Fraction(0), Fraction(2), 60 + 4 + silent[at].chord.root)) for at in sighs
    ]
    sung = step_colours(cue, form, [Played()] * len(cue.steps), thirds)
    assert not [at for at in sighs if sung[at].chord.quality is Quality.SUS4]


@pytest.mark.parametrize(
    ("above", "mood", "is_added"),
    [(0, Mood.SAD, True), (2, Mood.SAD, False), (3, Mood.SAD, False), (3, Mood.TENSE, True)],
)
def test_nothing_is_added_that_the_tune_sings_or_brushes(above: int, mood: Mood, *, is_added: bool) -> None:
    cue = planned(mood)
    form, size = form_of(cue), [Played()] * len(cue.steps)
    at, root = next(
        (index, one.chord.root) for index, one in enumerate(step_colours(cue, form, size)) if one.added == (2,)
    )
    assert root is not None
    tune = [PlacedNote(Fraction(2 * at), TuneNote(Fraction(0), Fraction(1), 60 + root + above))]
    assert bool(step_colours(cue, form, size, tune)[at].added) is is_added
