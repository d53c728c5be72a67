"""``--soundfont FILE`` and ``--soundfont PART=FILE``, and what a cue remembers of them."""

import argparse
from dataclasses import replace
from pathlib import Path

import pytest

from hitpoint.core.cue.documents.sound_file import sound_of, sound_to_document
from hitpoint.core.cue.sound import Sound
from hitpoint.core.errors import CueFileError
from hitpoint.plugin.option_types import font_option


def test_a_font_is_for_all_parts_or_for_one(tmp_path):
    assert font_option("fonts/a.sf2") == (None, Path("fonts/a.sf2"))
    assert font_option("Low Strings=fonts/a.sf2") == ("Low Strings", Path("fonts/a.sf2"))
    odd = tmp_path / "a=b.sf2"
    odd.touch()
    assert font_option(str(odd)) == (None, odd)


@pytest.mark.parametrize("text", ["=a.sf2", "Piano="])
def test_half_a_wish_is_none(text):
    with pytest.raises(argparse.ArgumentTypeError, match="PART=FILE"):
        font_option(text)


def test_a_cue_remembers_fonts_plugins_and_feel():
    fonts = (("Piano", Path("/fonts/a.sf2")), ("Low Strings", Path("/fonts/b.sf3")))
    sound = replace(Sound(), part_fonts=fonts, instruments=Path("/mine.toml"), feel=0.25)
    assert sound_of(sound_to_document(sound)) == sound
    assert sound_of({**sound_to_document(Sound()), "feel": 0.0}) == replace(Sound(), feel=0.0)


def test_a_cue_of_before_is_played_on_the_grid():
    document = sound_to_document(Sound())
    del document["feel"]
    assert sound_of(document).feel == 0.0


@pytest.mark.parametrize("fonts", [["a"], {"Piano": 3}, "a.sf2"])
def test_broken_fonts_are_one_plain_error(fonts):
    with pytest.raises(CueFileError, match="part_soundfonts"):
        sound_of({**sound_to_document(Sound()), "part_soundfonts": fonts})
