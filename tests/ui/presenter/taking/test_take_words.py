from __future__ import annotations

from dataclasses import replace
from typing import Any

from hitpoint.core.compose.takes import Take
from hitpoint.core.music.chord import parse_chord
from hitpoint.ui.presenter.taking.take_words import take_words

Room = Any  # tests/ui/conftest.py


def with_chords(cue: Any, symbols: str, *, density: float = 10.0) -> Any:
    chords = symbols.split()
    steps = (replace(step, chord=parse_chord(symbol)) for step, symbol in zip(cue.steps, chords * 8, strict=False))
    return replace(cue, steps=tuple(replace(step, density=density) for step in steps))


def test_every_take_says_what_it_has_that_the_others_have_not(composed: Room) -> None:
    plain = with_chords(composed.cue, "C G F G")
    takes = (
        Take(plain, 1, -1.0, 0.5, 0.5),
        Take(plain, 2, -1.0, 0.9, 0.5),
        Take(with_chords(composed.cue, "C A:min D:min G", density=14.0), 3, -1.0, 0.52, 0.51),
        Take(with_chords(composed.cue, "C G C G"), 4, -1.0, 0.5, 0.5),
        Take(plain, 5, -1.0, 0.5, 0.5),
    )
    assert take_words(takes, range(4)) == (
        "composed first",
        "recommended, most on the cuts",
        "more minor chords, busier, more different chords",
        "other chords from bar 2 on",
        "the same chords, played otherwise",
    )


def test_the_only_take_says_what_it_has(composed: Room) -> None:
    take = Take(with_chords(composed.cue, "C G F G"), 1, -1.0, 0.5, 0.5)
    assert take_words((take,), range(4)) == ("3 different chords",)
    assert take_words((take,), range(1)) == ("one chord throughout",)


def test_a_stretch_of_few_chords_and_a_known_song_are_told(composed: Room) -> None:
    cue = replace(composed.cue, steps=tuple(composed.cue.steps[index % 2] for index in range(8)))
    take = Take(cue, 1, -1.0, 0.5, 0.9, copying=0.4)
    other = Take(cue, 2, -1.0, 0.5, 0.2)
    assert take_words((take, other), range(8))[0] == (
        "recommended, closest to your mood, much like a known song, repeats itself"
    )
