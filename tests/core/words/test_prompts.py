"""What prompts as editors write them become; each line of prompts.txt has what it must ask for."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.sound import Sound
from hitpoint.core.words.controls import Prompted, prompted
from hitpoint.core.words.reading import read_prompt

_SCRIPT = Path(__file__).parents[3] / "resources" / "words" / "measure_prompts.py"


def _script() -> ModuleType:
    """The script that prints these figures."""
    spec = importlib.util.spec_from_file_location("measure_prompts", _SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MEASURE = _script()
LINES: list[tuple[str, str]] = MEASURE.read_list(Path(__file__).with_name("prompts.txt"))
_EXACT = ("style", "with", "without", "tempo", "key", "metre", "ending")


def heard(text: str) -> Prompted:
    found: Prompted = MEASURE.heard(text)
    return found


def test_nearly_everything_that_is_asked_for_is_understood() -> None:
    figures, missed = MEASURE.figures(LINES)
    shares = {kind: right / count for kind, (right, count) in figures.items()}
    assert len(LINES) >= 200
    assert all(shares[kind] >= 0.95 for kind in _EXACT), missed
    assert all(share >= 0.9 for share in shares.values()), (shares, missed)


def test_what_is_not_understood_is_told() -> None:
    assert heard("dark strings and a theremin solo").ignored == ("theremin",)


def test_nothing_understood_is_dropped() -> None:
    for text, _ in LINES:
        reading = read_prompt(text)
        told = [one.words for one in heard(text).understood]
        assert [one.words for one in reading.said] == told[: len(reading.said)]


def test_unwanted_parts_do_not_play() -> None:
    found = heard("cinematic, no drums")
    assert set(found.sound.left_out) == {"Drums", "Timpani"}


def test_a_wished_instrument_that_the_ensemble_lacks_plays_the_lead() -> None:
    (setting,) = heard("cinematic with a saxophone").sound.parts
    assert (setting.name, setting.instrument) == ("Solo Horn", "saxophone")


def test_what_is_fixed_stays_fixed() -> None:
    fixed = Wishes(bpm=90.0)
    assert prompted(fixed, Sound(), read_prompt("very fast"), (0, 60)).wishes.bpm == 90.0


def test_a_word_near_a_feeling_is_taken_for_it_and_says_so() -> None:
    (found,) = heard("angered").understood
    assert "(like " in found.value
    point = heard("angered").wishes.moods[0].affect
    assert point.valence < 0 < point.arousal


def test_keys_are_read_in_other_languages() -> None:
    told = {text: str(heard(text).wishes.key) for text in ("fis-Moll", "si bémol majeur", "la menor", "re maggiore")}
    assert list(told.values()) == ["F# minor", "Bb major", "A minor", "D major"]


def test_ensembles_that_follow_each_other_are_stretches() -> None:
    found = heard("starts with solo piano, then full orchestra")
    assert found.ensembles == ((0.0, "solo"), (30.0, "cinematic")) and found.wishes.style == "solo"


@pytest.mark.parametrize("text", ["", "???", "zzz qqq"])
def test_words_without_meaning_change_nothing(text: str) -> None:
    found = heard(text)
    assert (found.wishes, found.sound) == (Wishes(), Sound())


def test_the_part_that_plays_on_so_that_something_does_is_told_as_ignored() -> None:
    found = heard("no piano, no melody, no bass, no pad")
    kept = {player.name for player in style_named("piano").players} - set(found.sound.left_out)
    assert len(kept) == 1
    assert found.ignored == ("piano",)
    assert [(one.control, one.value) for one in found.understood] == [
        ("without", "melody"),
        ("without", "bass"),
        ("without", "pad"),
    ]


def test_words_never_switch_off_the_last_part_that_an_editor_left_on() -> None:
    first, *others = (player.name for player in style_named("piano").players)
    found = prompted(Wishes(), Sound(left_out=(first,)), read_prompt("no melody, no bass, no pad"), (0.0, 60.0))
    assert len(found.sound.left_out) == len(others) and first in found.sound.left_out
    again = prompted(Wishes(), found.sound, read_prompt("no melody, no bass, no pad"), (0.0, 60.0))
    assert (again.understood, again.ignored) == (found.understood, found.ignored) and len(found.ignored) == 1
