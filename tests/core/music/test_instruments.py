"""Instruments by name."""

from __future__ import annotations

import pytest

from hitpoint.core.errors import OptionError
from hitpoint.core.music.instruments import INSTRUMENTS, instrument_named


def test_names_are_found_in_any_case_and_spacing() -> None:
    assert instrument_named("  Felt   PIANO ") is INSTRUMENTS["felt piano"]


def test_every_instrument_has_an_octave_at_least_and_midis_numbers() -> None:
    for name, one in INSTRUMENTS.items():
        assert one.name == name and 0 <= one.program <= 127 and 0 <= one.bank <= 127
        assert one.low >= 0 and one.low + 12 <= one.high <= 127


def test_an_unknown_name_is_answered_with_those_that_are_close() -> None:
    with pytest.raises(OptionError, match=r"'slow string'.*slow strings") as caught:
        instrument_named("slow string")
    assert "oboe" not in str(caught.value)
    with pytest.raises(OptionError, match=r"piano.*oboe"):
        instrument_named("zzz")
