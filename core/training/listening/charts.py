"""Pieces without notes: the chords of Billboard, bar by bar, for the textures to play.

``salami_chords.txt`` writes a bar as ``| C:maj . G:7 . |``: one chord for the whole bar, two for its halves, four for
its beats, a full stop for "as before". Only songs in 4/4 are read; a chart may then be played in 3/4 or 6/8 as well,
which gives waltzes in number.
"""

from __future__ import annotations

import re
from pathlib import Path

from hitpoint.core.training.data.corpora import token_in_key
from hitpoint.core.training.listening.pieces import Piece, without_gaps

_FOLDER = "billboard-2.0-salami_chords"
_REPEATS = re.compile(r"x(\d+)\s*$")
_FEWEST_BARS = 16
# How the quarters of a 4/4 bar fall on the beats of another metre.
_KEPT = {4: (0, 1, 2, 3), 3: (0, 2, 3), 2: (0, 2)}


def chart_names(corpora: Path) -> tuple[str, ...]:
    """The numbers of the annotations."""
    return tuple(sorted(path.name for path in (corpora / _FOLDER).iterdir() if path.is_dir()))


def read_chart(corpora: Path, name: str, beats_per_bar: int = 4) -> Piece | None:
    """A chart in bars of 2 (compound), 3 or 4 beats; None if it is too short or not in 4/4."""
    text = (corpora / _FOLDER / name / "salami_chords.txt").read_text(encoding="utf-8")
    if "# metre: 4/4" not in text or text.count("# metre:") != 1:
        return None
    bars = [bar for line in text.splitlines() if "|" in line for bar in _bars(line)]
    if len(bars) < _FEWEST_BARS:
        return None
    starts = []
    for number, bar in enumerate(bars):
        for beat, quarter in enumerate(_KEPT[beats_per_bar]):
            starts.append((float(number * beats_per_bar + beat), bar[quarter]))
    beats = len(bars) * beats_per_bar
    chords = without_gaps(starts, float(beats))
    return Piece(f"billboard/{name}", {}, chords, beats, beats_per_bar, 0, 0.5, None, 3 if beats_per_bar == 2 else 2)


def _bars(line: str) -> list[tuple[int, int, int, int]]:
    """The chord tokens of the quarters of each bar of a line, repeats written out."""
    repeats = _REPEATS.search(line)
    cells = [cell.split() for cell in line[line.index("|") + 1 : line.rindex("|")].split("|")]
    bars = [bar for bar in (_quarters(cell) for cell in cells) if bar is not None]
    return bars * (int(repeats[1]) if repeats else 1)


def _quarters(cell: list[str]) -> tuple[int, int, int, int] | None:
    """Four tokens, or None if the bar cannot be read (another metre, a note)."""
    if len(cell) not in (1, 2, 4):
        return None
    tokens: list[int] = []
    for label in cell:
        if label in (".", "*", "&pause"):
            if not tokens:
                return None
            tokens.append(tokens[-1])
            continue
        try:
            tokens.append(token_in_key(label, 0, is_minor=False))
        except ValueError:
            return None
    wide = [token for token in tokens for _ in range(4 // len(tokens))]
    return wide[0], wide[1], wide[2], wide[3]
