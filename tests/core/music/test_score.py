"""Notes that cannot be played are refused."""

from __future__ import annotations

import pytest

from hitpoint.core.music.score import Note


@pytest.mark.parametrize(("start", "end"), [(1.0, 1.0), (2.0, 1.0), (-1.0, 1.0)])
def test_a_note_lasts_and_starts_in_the_cue(start: float, end: float) -> None:
    with pytest.raises(ValueError, match="lasts"):
        Note(start, end, 60, 64)


@pytest.mark.parametrize(("pitch", "velocity"), [(-1, 64), (128, 64), (60, 0), (60, 128)])
def test_pitch_and_velocity_are_midis(pitch: int, velocity: int) -> None:
    with pytest.raises(ValueError, match="outside MIDI"):
        Note(0.0, 1.0, pitch, velocity)


def test_notes_with_the_same_values_are_equal() -> None:
    assert Note(0.0, 1.0, 60, 64) == Note(0.0, 1.0, 60, 64)
