"""Attacks: how early a note begins so that it is heard in time."""

import json

import pytest

from hitpoint.core.errors import SoundFontError
from hitpoint.core.render.parts.attacks import EARLIEST, read_attacks, samples_early


def table(folder, rows):
    font = folder / "font.sf2"
    font.with_suffix(".attacks.json").write_text(json.dumps({"milliseconds": rows}))
    return font


def test_a_font_without_a_table_speaks_at_once(tmp_path):
    attacks = read_attacks(tmp_path / "font.sf2")
    assert attacks == {}
    assert samples_early(attacks, (0, 48), 60, 90) == 0


def test_the_nearest_pitch_counts(tmp_path):
    attacks = read_attacks(table(tmp_path, {"0:48": [[60, 100, 80], [64, 50, 40]]}))
    assert [samples_early(attacks, (0, 48), pitch, 60) for pitch in (20, 61, 63, 100)] == [4800, 4800, 2400, 2400]
    assert samples_early(attacks, (0, 48), 63, 100) == 1920  # a loud note speaks otherwise
    assert samples_early(attacks, (0, 49), 60, 60) == 0


def test_the_loudest_notes_may_speak_otherwise_again(tmp_path):
    attacks = read_attacks(table(tmp_path, {"0:48": [[60, 100, 80, 20]]}))
    assert [samples_early(attacks, (0, 48), 60, velocity) for velocity in (60, 90, 120)] == [4800, 3840, 960]


def test_nothing_begins_too_early_or_late(tmp_path):
    attacks = read_attacks(table(tmp_path, {"0:48": [[60, 9000, 0], [70, -20, 0]]}))
    assert samples_early(attacks, (0, 48), 60, 60) == round(EARLIEST * 48_000)
    assert samples_early(attacks, (0, 48), 70, 60) == 0


@pytest.mark.parametrize("rows", [{"48": [[60, 1, 1]]}, {"0:48": [["x", 1, 1]]}, {"0:48": [[60, 1]]}, {"0:48": 3}, [1]])
def test_a_broken_table_is_one_plain_error(tmp_path, rows):
    with pytest.raises(SoundFontError, match="no table of attacks"):
        read_attacks(table(tmp_path, rows))
