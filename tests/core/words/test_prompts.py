"""What prompts as editors write them become; each line of prompts.txt has what it must ask for."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.sound import Sound
from hitpoint.core.words.controls import Prompted, prompted
from hitpoint.core.words.reading import read_prompt

_LINES = [
    tuple(part.strip() for part in line.split("|"))
    for line in Path(__file__).with_name("prompts.txt").read_text(encoding="utf-8").splitlines()
    if "|" in line and not line.startswith("#")
]
_CHECK = re.compile(
    r"[va][+-]|>|(?:style|with|without|metre|key|ending)=[^=<>]+?(?=\s(?:[va][+-]|>|\w+[=<>])|$)|bpm[<>]\d+"
)


def heard(text: str) -> Prompted:
    return prompted(Wishes(), Sound(), read_prompt(text), (0.0, 60.0))


def outcomes(text: str, wanted: str) -> list[tuple[str, bool]]:
    """Each thing that is asked for, and whether it was understood."""
    found, is_last, done = heard(text), False, list[tuple[str, bool]]()
    for check in _CHECK.findall(wanted):
        if check == ">":
            is_last = True
        else:
            done.append(
                (check.split("=")[0][:5] + (" at the end" if is_last else ""), _holds(found, check.strip(), is_last))
            )
    return done


def _holds(found: Prompted, check: str, is_last: bool) -> bool:
    name, _, value = check.partition("=")
    told = {(one.control, one.value.partition(" from ")[0]) for one in found.understood}
    if check[0] in "va" and check[1] in "+-":
        if not found.wishes.moods:
            return False
        point = found.wishes.moods[-1 if is_last else 0].affect
        number = point.valence if check[0] == "v" else point.arousal
        return number > 0 if check[1] == "+" else number < 0
    if name in ("with", "without"):
        return ("instrument" if name == "with" else "without", value) in told
    if check.startswith("bpm"):
        bpm = found.wishes.bpm
        return bpm is not None and (bpm < float(check[4:]) if check[3] == "<" else bpm > float(check[4:]))
    ending = found.wishes.ending
    standing = {
        "style": found.wishes.style,
        "metre": str(found.wishes.metre),
        "key": str(found.wishes.key),
        "ending": ending.value if ending else "",
    }
    return standing[name] == value


def test_nearly_everything_that_is_asked_for_is_understood() -> None:
    hits, all_ = Counter[str](), Counter[str]()
    missed = []
    for text, wanted in _LINES:
        for kind, holds in outcomes(text, wanted):
            all_[kind] += 1
            hits[kind] += holds
            if not holds:
                missed.append(f"{text}: {kind}")
    shares = {kind: hits[kind] / all_[kind] for kind in all_}
    assert len(_LINES) >= 70
    assert all(
        shares[kind] >= 0.95 for kind in ("style", "with", "witho", "bpm<1", "metre", "key") if kind in shares
    ), missed
    assert all(share >= 0.9 for share in shares.values()), (shares, missed)


def test_what_is_not_understood_is_told() -> None:
    assert heard("dark strings and a theremin solo").ignored == ("theremin",)


def test_nothing_understood_is_dropped() -> None:
    for text, _ in _LINES:
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
