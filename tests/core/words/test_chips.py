from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import Sound
from hitpoint.core.words.chips import read_words, with_other_words, without_words
from hitpoint.core.words.prompts import with_prompts
from hitpoint.core.words.rewording import own_moods, own_style, reworded_sound


@pytest.fixture(scope="module")
def cue(make_chord_cue: Callable[..., Cue]) -> Cue:
    """Composed for 'dark strings, no drums, quiet', as far as a cue shows it."""
    cue = make_chord_cue("C G A:min F")
    asked = Wishes(cue.start_frame, cue.end_frame, prompts=("dark strings, no drums, quiet",))
    wishes, sound, _ = with_prompts(cue.edit, asked, Sound())
    return replace(cue, prompts=asked.prompts, moods=wishes.moods, style=wishes.style, sound=sound)


def test_each_control_is_a_chip_and_the_rest_is_named(cue: Cue) -> None:
    found = read_words(cue.edit, Wishes(), Sound(), "dark strings, 92 bpm, no drums, xylographic")
    assert {(chip.words, chip.control) for chip in found.chips} >= {
        ("dark", "mood"), ("strings", "instrument"), ("92 bpm", "tempo"), ("drums", "without"),
    }  # fmt: skip
    assert found.ignored == ("xylographic",)


def test_a_chip_offers_others_of_its_kind(cue: Cue) -> None:
    chips = {chip.words: chip for chip in read_words(cue.edit, Wishes(), Sound(), "dark jazz in A minor").chips}
    assert "sad" in chips["dark"].choices and "dark" not in chips["dark"].choices
    assert "noir" in chips["jazz"].choices
    assert "C major" in chips["A minor"].choices


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("dark, brooding strings", "dark", "brooding strings"),
        ("dark strings, no drums", "drums", "dark strings"),
        ("very sad, not too slow piano", "slow", "very sad, piano"),
        ("very sad, slow", "sad", "slow"),
        ("slow, sad, quiet", "sad", "slow, quiet"),
        ("darkness, dark", "dark", "darkness"),
        ("slow build, 92 bpm", "92 bpm", "slow build"),
    ],
)
def test_a_removed_chip_takes_its_words_along(text: str, words: str, left: str) -> None:
    assert without_words(text, words) == left


def test_a_changed_chip_puts_other_words_in_their_place(cue: Cue) -> None:
    text = with_other_words("dark strings, 92 bpm", "92 bpm", "120 bpm")
    assert text == "dark strings, 120 bpm"
    (tempo,) = [chip for chip in read_words(cue.edit, Wishes(), Sound(), text).chips if chip.control == "tempo"]
    assert tempo.value == "120"


def test_a_style_that_instruments_imply_is_named_when_it_is_changed(cue: Cue) -> None:
    chips = read_words(cue.edit, Wishes(), Sound(), "dark strings").chips
    (style,) = [chip for chip in chips if chip.is_implied]
    assert style.control == "style" and "jazz" in style.choices
    assert with_other_words("dark horns, flute", "", "jazz") == "dark horns, flute, jazz"


def test_what_the_old_words_asked_for_goes_with_them(cue: Cue) -> None:
    assert own_moods(cue) == ()
    assert own_style(cue, "piano") == "piano"
    new = replace(cue, prompts=("hopeful",), sound=Sound())
    sound = reworded_sound(cue, new)
    assert (sound.left_out, sound.loudness) == ((), -16.0)


def test_what_was_set_by_hand_stays(cue: Cue) -> None:
    by_hand = replace(cue, sound=replace(cue.sound, left_out=(*cue.sound.left_out, "Violins"), duck=6.0))
    sound = reworded_sound(by_hand, replace(cue, prompts=("hopeful",), sound=Sound()))
    assert (sound.left_out, sound.duck) == (("Violins",), 6.0)
    moods = (*cue.moods, replace(cue.moods[0], start=1.0, end=2.0, point=None))
    assert own_moods(replace(cue, moods=moods)) == moods[-1:]
