"""What words ask of a cue that is there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hitpoint.core.cue.cue import Cue
from hitpoint.core.errors import OptionError
from hitpoint.core.words.prompts import prompt_report
from hitpoint.core.words.restyling import asked_in_words


@pytest.fixture(scope="module")
def cue(make_chord_cue: Callable[..., Cue]) -> Cue:
    return make_chord_cue("C C F F G G C C")


def test_feelings_parts_and_level_are_taken_by_the_strength(cue: Cue) -> None:
    found = asked_in_words(cue, "sad, quiet, no bass", range(8), 0.5)
    assert found.cue.moods[0].affect.valence < 0 and found.cue.moods[0].wished
    assert found.cue.sound.left_out == ("Bass",) and found.cue.sound.loudness == cue.sound.loudness - 2
    assert found.cue.prompts == ("sad, quiet, no bass",) and found.style == ""


def test_a_level_said_of_the_end_is_the_loudness_of_its_steps(cue: Cue) -> None:
    found = asked_in_words(cue, "quiet at the end", range(8), 1.0).cue
    assert found.sound.loudness == cue.sound.loudness
    changed = [index for index, step in enumerate(found.steps) if step.loudness < cue.steps[index].loudness]
    assert changed == [6, 7] and all(found.steps[index].loudness_drawn for index in changed)


def test_an_ensemble_is_asked_for(cue: Cue) -> None:
    assert asked_in_words(cue, "jazz", range(8), 1.0).style == "jazz"


def test_what_stays_is_told(cue: Cue) -> None:
    assert asked_in_words(cue, "waltz, 90 bpm, A minor", range(8), 1.0).told == (
        "stays     90 bpm (tempo), A minor (key), waltz (metre): restyle leaves them",
    )


def test_what_stays_is_told_once_in_the_report(cue: Cue) -> None:
    found = asked_in_words(cue, "90 bpm, sad", range(8), 1.0)
    assert found.told == ("stays     90 bpm (tempo): restyle leaves it",) and found.left == ("90 bpm",)
    told = prompt_report(found.cue, found.left)
    assert [one["words"] for one in told["understood"]] == ["sad"]
    assert (told["left"], told["ignored"]) == (["90 bpm"], [])


def test_a_stretch_keeps_its_parts_and_level(cue: Cue) -> None:
    found = asked_in_words(cue, "sad, quiet, no bass", range(2, 4), 1.0).cue
    assert found.sound == cue.sound
    assert [(span.start, span.end) for span in found.moods if span.wished] == [(2.0, 4.0)]
    assert found.prompts == ("2.000-4.000=sad, quiet, no bass",)


def test_strength_0_asks_for_nothing(cue: Cue) -> None:
    assert asked_in_words(cue, "jazz, sad", range(8), 0.0).cue is cue


def test_too_long_a_text_is_refused(cue: Cue) -> None:
    with pytest.raises(OptionError, match="too long"):
        asked_in_words(cue, "sad " * 600, range(8), 1.0)
