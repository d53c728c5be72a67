from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import mido
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.core.errors import OptionError
from hitpoint.core.melody.midi_theme import read_theme
from hitpoint.core.music.theme import ThemeNote


def midi_of(
    path: Path, notes: Sequence[tuple[int, int, int]], *, metre: tuple[int, int] = (4, 4), key: str = ""
) -> Path:
    """Notes as start and end in ticks of 480 a beat, and pitch."""
    track = mido.MidiTrack([mido.MetaMessage("time_signature", numerator=metre[0], denominator=metre[1])])
    if key:
        track.append(mido.MetaMessage("key_signature", key=key))
    events = sorted([(a, 1, p) for a, _, p in notes] + [(b, 0, p) for _, b, p in notes])
    tick = 0
    for at, is_on, pitch in events:
        track.append(mido.Message("note_on" if is_on else "note_off", note=pitch, velocity=80, time=at - tick))
        tick = at
    midi = mido.MidiFile(ticks_per_beat=480, tracks=[track])
    midi.save(path)
    return path


def test_notes_become_degrees_with_rhythm(tmp_path: Path) -> None:
    notes = [(0, 480, 67), (480, 960, 69), (960, 1920, 71), (1920, 3840, 67)]
    theme = read_theme(midi_of(tmp_path / "t.mid", notes, key="G"))
    assert theme.is_given
    assert (theme.bars, theme.bar_slots) == (2, 16)
    assert theme.notes == (ThemeNote(0, 4, 0), ThemeNote(4, 4, 1), ThemeNote(8, 8, 2), ThemeNote(16, 16, 0))


def test_a_minor_key_is_found_without_a_signature(tmp_path: Path) -> None:
    notes = [(480 * at, 480 * at + 480, pitch) for at, pitch in enumerate((57, 60, 64, 62, 60, 59, 57, 57))]
    assert read_theme(midi_of(tmp_path / "t.mid", notes)).notes[1].degree == 2


def test_empty_bars_before_it_do_not_count_and_upbeats_do(tmp_path: Path) -> None:
    theme = read_theme(midi_of(tmp_path / "t.mid", [(480 * 7, 480 * 8, 60), (480 * 8, 480 * 10, 64)], key="C"))
    assert [note.slot for note in theme.notes] == [12, 16]


def test_a_waltz_has_bars_of_three(tmp_path: Path) -> None:
    assert read_theme(midi_of(tmp_path / "t.mid", [(0, 480, 60), (1440, 1920, 64)], metre=(3, 4))).bar_slots == 12


@pytest.mark.parametrize(
    ("notes", "message"),
    [
        ([], "no notes"),
        ([(0, 960, 60), (0, 960, 64)], "two notes sound at once"),
        ([(0, 960, 60), (480, 960, 64)], "two notes sound at once"),
        ([(1920 * at, 1920 * at + 480, 60) for at in range(9)], "9 bars are more"),
    ],
)
def test_what_is_no_theme_is_refused(tmp_path: Path, notes: list[tuple[int, int, int]], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        read_theme(midi_of(tmp_path / "t.mid", notes))


@pytest.mark.parametrize(
    "content", [b"", b"MThd", b"RIFF0000", b"MThd\0\0\0\6\0\1\0\1\xe7\x28MTrk\0\0\0\4\0\xff\x2f\0"]
)
def test_what_is_no_midi_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.mid").write_bytes(content)
    with pytest.raises(OptionError, match=r"t\.mid(: its time does not count in beats| is empty or damaged)"):
        read_theme(tmp_path / "t.mid")


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="nothing found at"):
        read_theme(tmp_path / "none.mid")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, 200), byte=st.integers(0, 255))
def test_damage_gives_a_theme_or_a_plain_error(tmp_path: Path, at: int, byte: int) -> None:
    path = midi_of(tmp_path / "t.mid", [(0, 480, 67), (480, 960, 69), (960, 1920, 71)], key="G")
    content = bytearray(path.read_bytes())
    content[at % len(content)] = byte
    path.write_bytes(bytes(content))
    try:
        assert read_theme(path).notes
    except OptionError as error:
        assert "\n" not in str(error)
