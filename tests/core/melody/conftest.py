"""Lead sheets of four-chord songs in common forms and metres."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from hitpoint.core.melody.network import melody_network
from hitpoint.core.melody.sheet import LeadSheet, SheetSection, TimedChord
from hitpoint.core.melody.writer import Melody, written
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key

SheetMaker = Callable[..., LeadSheet]

_CHORDS = {
    "A": "C C A:min A:min F F G G C C A:min A:min D:min G C C",
    "B": "F F C C D:min D:min A:min A:min F F E:min A:min D:min D:min G G",
    "": "C C C C F F G G",
}
_FORM = (("", 4), ("A", 8), ("A'", 8), ("B", 8), ("A''", 8), ("", 4))


def sheet_of(
    form: tuple[tuple[str, int], ...] = _FORM,
    *,
    beats: int = 4,
    is_compound: bool = False,
    low: int = 58,
    high: int = 88,
    seed: int = 1,
    key: str = "C major",
    **fields: object,
) -> LeadSheet:
    """A sheet in a form of letters and bars; chords two a bar, each letter's own; the summit in the last letter."""
    home = parse_key(key)
    chords: list[TimedChord] = []
    sections: list[SheetSection] = []
    bar = 0
    lettered = [at for at, (letter, _) in enumerate(form) if letter]
    for at, (letter, bars) in enumerate(form):
        symbols = _CHORDS[letter.rstrip("'")].split()
        for half in range(2 * bars):
            chord = parse_chord(symbols[half % len(symbols)]).transposed(home.tonic)
            if not chords or chords[-1].chord != chord:
                chords.append(TimedChord(Fraction(bar * beats) + Fraction(half * beats, 2), chord))
        phrases = tuple(min(4, bars - first) for first in range(0, bars, 4))
        sections.append(
            SheetSection(
                bar, phrases, letter, home, 0.5, at == lettered[-1] if lettered else False, at == len(form) - 1
            )
        )
        bar += bars
    lines = tuple(Fraction(beats * one) for one in range(bar + 1))
    values: dict[str, object] = {
        "bar_starts": lines,
        "is_compound": is_compound,
        "chords": tuple(chords),
        "sections": tuple(sections),
        "low": low,
        "high": high,
        "seed": seed,
        "seconds_per_beat": 0.5,
        "tension": (0.5,) * bar,
        "silences": (),
        "accents": (),
        "final": lines[-2],
        "end": lines[-1] - 1,
    }
    return LeadSheet(**{**values, **fields})  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def make_sheet() -> SheetMaker:
    return sheet_of


@pytest.fixture(scope="session")
def sheet() -> LeadSheet:
    return sheet_of()


@pytest.fixture(scope="session")
def melody(sheet: LeadSheet) -> Melody:
    return written(sheet, melody_network())
