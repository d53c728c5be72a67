from __future__ import annotations

from dataclasses import replace
from typing import Any

from hitpoint.core.compose.takes import Take
from hitpoint.ui.presenter.taking.take_words import take_words

Room = Any  # tests/ui/conftest.py


def test_who_leads_is_told_and_who_does_not_is_like_the_others(composed: Room) -> None:
    cue = composed.cue
    takes = (Take(cue, 1, -1.0, 0.5, 0.5), Take(cue, 2, -1.0, 0.9, 0.5), Take(cue, 3, -1.0, 0.52, 0.51))
    assert take_words(takes, range(4)) == ("recommended", "most on the cuts", "like the others")


def test_a_stretch_of_few_chords_and_a_known_song_are_told(composed: Room) -> None:
    cue = replace(composed.cue, steps=tuple(composed.cue.steps[index % 2] for index in range(8)))
    take = Take(cue, 1, -1.0, 0.5, 0.9, copying=0.4)
    other = Take(cue, 2, -1.0, 0.5, 0.2)
    assert take_words((take, other), range(8))[0] == (
        "recommended, closest to your mood, much like a known song, repeats itself"
    )
