"""Styles from TOML: what they may say, and what is told when they say something else."""

from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.core.arrange.styles.style_file import parsed_style, read_style
from hitpoint.core.arrange.styles.styles import checked_style, own_style_names, style_named
from hitpoint.core.errors import OptionError, StyleFileError

DUO = """
name = "duo"
about = "A guitar and a flute"
home = 67

[ranges]
bass = [28, 40]
upper = [55, 76]
span = 12

[[parts]]
name = "Guitar"
role = "harmony"
instrument = "nylon guitar"
range = [40, 76]
textures = ["pick halves, pick quarters 3, travis 3, mine 2"]
final = "otas"
accent = "ts"

[[parts]]
name = "Flute"
role = "lead"
instrument = "flute"
textures = "tacet 5, line end 4"
final = "s"

[textures.mine]
rows = [{ o = "x-......|x-......", t = "..x-..x-|..x-..x-" }]
"""


def test_a_style_is_read_with_all_it_says() -> None:
    style = parsed_style(DUO, "duo.toml")
    guitar, flute = style.players
    assert (style.name, style.home, style.ranges.upper_span) == ("duo", 67, 12)
    assert (guitar.program, guitar.low, guitar.high, guitar.role) == (24, 40, 76, "harmony")
    assert guitar.textures == ("pick halves", *["pick quarters"] * 3, *["travis"] * 3, *["mine"] * 2)
    assert flute.has_motif and flute.is_sustained and style.textures["mine"].notes_in(0) == 3


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('home = 67', 'home = "high"', r"home: a whole number from 36 to 96"),
        ('home = 67', 'hom = 67', r"'hom' is nothing that a style has"),
        ('role = "harmony"', 'role = "rhythm"', r"part 'Guitar': role: one of lead, harmony"),
        ('instrument = "flute"', 'instrument = "flut"', r"part 'Flute': there is no instrument 'flut'.*flute"),
        ('instrument = "flute"', 'instrument = "jazz kit"', r"'jazz kit' is a kit: write kit"),
        ('instrument = "flute"', 'program = 200', r"program: a whole number from 0 to 127"),
        ('line end 4', 'line end 3', r"part 'Flute': textures: 8 levels, but there are 9"),
        ('line end 4', 'line ends 4', r"there is no 'line ends'; close are .*line end"),
        ('role = "lead"', 'role = "pad"', r'one has role = "lead", or two'),
        ('accent = "ts"', '', r"at least one needs an accent"),
        ('accent = "ts"', 'accent = "q"', r"accent: 'q' is no role"),
        ('range = [40, 76]', 'range = [50, 60]', r"part 'Guitar': range: its roles .* reach from 40 to 76"),
        ('range = [40, 76]', 'range = [76, 40]', r"range: two MIDI pitches, the lower first"),
        ('name = "Flute"', 'name = "guitar"', r"two are called"),
        ('t = "..x-..x-|..x-..x-"', 't = "..x-"', r"texture 'mine': row 't' is"),
        ('bass = [28, 40]', 'bass = [28, 30]', r"ranges: the ranges are too narrow"),
        ('[ranges]', '[ranges', r"duo.toml is no TOML"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_told_with_its_place(old: str, new: str, told: str) -> None:
    assert old in DUO
    with pytest.raises(StyleFileError, match=told) as caught:
        parsed_style(DUO.replace(old, new, 1), "duo.toml")
    assert str(caught.value).startswith("duo.toml")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StyleFileError, match="cannot be read"):
        read_style(tmp_path / "none.toml")


def test_own_styles_are_found_by_name_and_read_again_when_they_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HITPOINT_CONFIG", str(tmp_path))
    folder = tmp_path / "styles"
    folder.mkdir()
    (folder / "duo.toml").write_text(DUO)
    assert own_style_names() == ("duo",)
    assert style_named("Duo").home == 67
    (folder / "duo.toml").write_text(DUO.replace("home = 67", "home = 65 "))
    assert style_named("duo").home == 65
    with pytest.raises(OptionError, match=r"'trio' is no style.*duo.*styles"):
        style_named("trio")


def test_a_name_that_is_taken_or_not_the_files_is_refused(tmp_path: Path) -> None:
    for name, told in (("piano", "ships with Hitpoint"), ("other", "is other.toml")):
        path = tmp_path / "duo.toml"
        path.write_text(DUO.replace('name = "duo"', f'name = "{name}"'))
        with pytest.raises(StyleFileError, match=told):
            checked_style(path)
