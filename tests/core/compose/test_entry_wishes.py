"""What an entry of a list wishes, beside what is wished for all cues."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.compose.entry_wishes import entry_wishes
from hitpoint.core.compose.neighbours import joined_wishes
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import OptionError
from hitpoint.core.timebase import FrameRate
from hitpoint.core.words.prompts import asked_tempo
from hitpoint.plugin.cue_option import cue_entry

EDIT = Edit("film", Path("film.otio"), FrameRate(Fraction(25)), 1000, (Shot("a", 0, 1000),))


def wished(text: str, whole: Wishes | None = None) -> Wishes:
    return entry_wishes(EDIT, whole or Wishes(bpm=100.0), cue_entry(text, EDIT), 0)


def test_a_cue_has_its_own_tempo_or_that_of_all() -> None:
    assert wished("1M1=0-4,tempo=72.5,key=A minor").bpm == 72.5
    assert wished("1M1=0-4,key=A minor").bpm == 100.0
    assert wished("1M1=0-4,tempo=auto").bpm is None


@pytest.mark.parametrize("tempo", ["20", "fast", "nan"])
def test_a_tempo_that_is_none_is_told_with_the_cue(tempo: str) -> None:
    with pytest.raises(OptionError, match=f"cue 1M1: '{tempo}' is no tempo: write 30 to 300"):
        wished(f"1M1=0-4,tempo={tempo}")


def test_the_length_of_a_crossfade_asks_for_one() -> None:
    assert (wished("1M1=0-4,crossfade=3").join, wished("1M1=0-4,crossfade=3").crossfade) == (Join.CROSSFADE, 3.0)
    assert wished("1M1=0-4,join=crossfade").crossfade is None


@pytest.mark.parametrize(
    ("words", "told"),
    [("crossfade=0", "write 0.1 to 30 seconds"), ("crossfade=2,join=segue", "exclude each other: leave one out")],
)
def test_a_crossfade_that_cannot_be_is_told(words: str, told: str) -> None:
    with pytest.raises(OptionError, match=f"cue 1M1: .*{told}"):
        wished(f"1M1=0-4,{words}")


@pytest.mark.parametrize("wish", ["tempo=72", "prompt=72 bpm"])
def test_a_segue_leads_to_the_tempo_wished_for_the_next_cue(wish: str) -> None:
    pair = [wished(text, Wishes()) for text in ("1M1=0-4,join=segue", f"1M2=4-8,{wish}")]
    assert joined_wishes(EDIT, pair, bpm_of=lambda one: asked_tempo(EDIT, one))[0].leads_to == 72
