"""What is felt reaches the players: nobody hammers or drums where the feeling is sad or relaxed."""

from __future__ import annotations

from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import activity_levels, arrange
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.cue.changes import density_drawn
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.form.form_plan import plain_plan
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.score import Note
from hitpoint.core.music.tempo import steady_tempo
from tests.core.arrange.conftest import cue_of

CHORDS = "A:min A:min F F D:min D:min E E A:min A:min C C F F E E A:min A:min D:min D:min G G C C A:min A:min"
TURN = 12.0  # seconds


def felt(first: Mood, then: Mood, style: str = "cinematic", density: float = 24.0) -> Cue:
    """A busy cue with one feeling, and another from the turn on."""
    cue = cue_of(CHORDS, key="A minor", style=style, density=density)
    moods = (MoodSpan(0.0, TURN, first, True), MoodSpan(TURN, float(cue.seconds), then, True))
    return altered(cue, plan=plain_plan(len(cue.steps), cue.key), moods=moods)


def drummed(cue: Cue) -> list[Note]:
    return [note for part in arrange(cue).parts if part.role == "percussion" for note in part.notes]


@pytest.mark.parametrize("mood", [Mood.SAD, Mood.RELAXING])
def test_nobody_hammers_before_calm_music_turns(mood: Mood) -> None:
    cue = felt(mood, Mood.EXCITING)
    levels = activity_levels(cue, form_of(cue))
    assert max(levels[:12]) <= 5 < max(levels[12:])


def test_a_density_that_the_editor_drew_is_played_in_calm_music_too() -> None:
    cue = density_drawn(felt(Mood.SAD, Mood.SAD), 4, [24.0] * 4)
    levels = activity_levels(cue, form_of(cue))
    assert max(levels[4:8]) > 5 >= max(levels[:4])


def test_steps_behind_the_end_of_the_music_have_no_level() -> None:
    cue = cue_of("C C", seconds=0.5, tempo=steady_tempo(Fraction(1, 4)))
    assert len(activity_levels(cue, form_of(cue))) == 1


def test_drums_wait_until_the_music_turns() -> None:
    starts = [note.start for note in drummed(felt(Mood.RELAXING, Mood.FEARFUL))]
    assert starts
    assert min(starts) >= 2 * TURN - 4.0  # in beats; what leads there begins a bar before


def test_no_drum_is_struck_in_a_sad_cue_not_even_at_its_end() -> None:
    assert not drummed(felt(Mood.SAD, Mood.SAD))


@pytest.mark.parametrize("style", ["lofi", "synthwave", "jazz"])
def test_a_style_that_lives_on_its_kit_keeps_it(style: str) -> None:
    assert drummed(felt(Mood.SAD, Mood.RELAXING, style))


@pytest.mark.parametrize("style", ["cinematic", "tension", "folk"])
def test_other_feelings_keep_their_drums(style: str) -> None:
    assert drummed(felt(Mood.TENSE, Mood.EXCITING, style))
