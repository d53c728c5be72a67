"""Parts off and on, other instruments, octaves and levels."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.part_reroll import part_rerolled
from hitpoint.core.arrange.styles.part_styles import wished_parts, with_settings
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.changes import part_set
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.parts import PartSetting, parsed_part, part_settings
from hitpoint.core.cue.sound import Sound
from hitpoint.core.errors import OptionError
from hitpoint.core.music.instruments import INSTRUMENTS
from hitpoint.core.music.score import Part
from tests.core.arrange.conftest import styles_one_in

CueMaker = Callable[..., Cue]
CHORDS = "C G A:min F C G F C " * 3


def part(cue: Cue, name: str) -> Part:
    return next(one for one in arrange(cue).parts if one.name == name)


def test_an_instrument_an_octave_and_a_level_are_heard(make_cue: CueMaker) -> None:
    cue = make_cue(CHORDS, density=12.0)
    plain = part(cue, "Melody")
    found = part(part_set(cue, PartSetting("Melody", "Oboe", -1, -3.0)), "Melody")
    assert (plain.program, found.program) == (0, 68)
    assert found.gain_decibels == plain.gain_decibels - 3.0
    assert 58 <= min(n.pitch for n in found.notes) < min(n.pitch for n in plain.notes)  # an oboe begins at 58


def test_a_setting_changes_no_other_part(make_cue: CueMaker) -> None:
    cue = with_playing(make_cue(CHORDS, density=12.0, style="cinematic"))
    changed = part_set(cue, PartSetting("Horns", "trombone", 0, 2.0))
    for before, after in zip(arrange(cue).parts, arrange(changed).parts, strict=True):
        assert before == after or before.name == "Horns"


def test_a_plain_setting_puts_everything_back(make_cue: CueMaker) -> None:
    cue = make_cue(CHORDS)
    there = part_set(cue, PartSetting("Pad", level=-6.0))
    assert there.sound.parts and part_set(there, PartSetting("Pad")) == cue


@pytest.mark.parametrize("style", styles_one_in(4, 0))
def test_every_part_can_be_played_by_any_instrument_of_its_kind(make_cue: CueMaker, style: str) -> None:
    for player in style_named(style).players:
        for name in ("flute", "cello", "jazz kit", "piccolo"):
            if INSTRUMENTS[name].is_kit is player.is_kit:
                setting = PartSetting(player.name, name)
                (found,) = (
                    one for one in with_settings(style_named(style), [setting]).players if one.name == player.name
                )
                assert found.high - found.low >= 12
                notes = part(part_set(make_cue(CHORDS, density=14.0, style=style), setting), player.name).notes
                assert all(found.low <= note.pitch <= found.high for note in notes)


@given(octave=st.integers(-3, 3), level=st.integers(-40, 12), instrument=st.sampled_from(["", "oboe", "felt piano"]))
def test_what_is_written_is_read_again(octave: int, level: int, instrument: str) -> None:
    setting = PartSetting("Solo Horn", instrument, octave, float(level))
    if not setting.is_plain:
        assert parsed_part(part_settings(setting)) == (setting, None)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Pad", "write NAME=off"),
        ("Pad=loud", "'loud' is nothing that can be set"),
        ("Pad=octave:high", "octave:high is no number"),
        ("Pad=octave:9", "moves by -3 to 3 octaves"),
        ("Pad=level:99", "level changes by -40 to 12"),
        ("Pad=instrument:obo", "there is no instrument 'obo'.*oboe"),
        ("Horns=off", "piano has no part 'Horns': its parts are Piano, Pad, Bass, Melody"),
        ("Pad=instrument:jazz kit", "part 'Pad' is no kit"),
    ],
)
def test_what_makes_no_sense_is_told(text: str, told: str) -> None:
    with pytest.raises(OptionError, match=told):
        wished_parts(Sound(), [text], style_named("piano"))


def test_what_a_wish_does_not_name_stays_and_plain_puts_all_back() -> None:
    style = style_named("piano")
    first = wished_parts(Sound(), ["Melody=instrument:oboe,level:-3"], style)
    second = wished_parts(first, ["melody=octave:-1"], style)
    assert second.parts == (PartSetting("Melody", "oboe", -1, -3.0),)
    assert wished_parts(second, ["Melody=plain"], style) == Sound()


def test_parts_go_out_and_come_back() -> None:
    style = style_named("piano")
    off = wished_parts(Sound(), ["pad=off", "BASS=off", "Melody=level:-3"], style)
    assert off.left_out == ("Bass", "Pad") and off.parts == (PartSetting("Melody", level=-3.0),)
    assert wished_parts(off, ["Pad=on"], style).left_out == ("Bass",)


def test_the_cue_file_keeps_settings(make_cue: CueMaker) -> None:
    cue = part_set(part_set(make_cue("C F"), PartSetting("Pad", octave=1)), PartSetting("Melody", "oboe", level=-3.5))
    assert cue_from_document(cue_to_document(cue)) == cue
    assert replace(cue, sound=Sound()) == make_cue("C F")


def test_a_lead_moves_by_whole_octaves_and_a_pianist_asked_again_plays_other_bars(make_cue: CueMaker) -> None:
    cue = with_playing(make_cue(CHORDS, density=12.0))
    up = part_set(cue, PartSetting("Melody", octave=1))
    plain, moved = (part(one, "Melody").notes for one in (cue, up))
    assert [(n.start, n.pitch + 12) for n in plain] == [(n.start, n.pitch) for n in moved]
    again = part_rerolled(cue, "Piano", range(len(cue.steps)), 99)
    assert [one.figure for one in again.playing if one] != [one.figure for one in cue.playing if one]
    assert part(again, "Bass") == part(cue, "Bass") and part(again, "Piano").notes != part(cue, "Piano").notes
