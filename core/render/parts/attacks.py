"""How long each preset of a font takes to speak, so that its notes can begin that much earlier.

A bow or a breath needs a tenth of a second before a note is there; players begin early and are heard in time. The table
stands beside the font, ``hitpoint.attacks.json`` beside ``hitpoint.sf3``: for each preset (``"0:48"``) the MIDI pitches
that were measured, and the milliseconds at which each has half of its level, played softly, loudly and at its loudest
(tables of before have no third). A font without a table speaks at once.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from pathlib import Path

from hitpoint.core.errors import SoundFontError
from hitpoint.core.render.parts.trims import Preset, preset_named
from hitpoint.core.timebase import SAMPLE_RATE

LAYERS = (80, 103)  # velocities from which a note is loud, and loudest: there layers of the font that ships meet
EARLIEST = 0.55  # seconds before its time that a note may begin at the most

Attack = tuple[tuple[int, int, int, int], ...]  # MIDI pitch, samples when soft, loud and loudest; in order of pitch


def read_attacks(soundfont: Path) -> dict[Preset, Attack]:
    """The attacks beside a font; empty if it has none.

    Raises:
        SoundFontError: if there is a table that cannot be read.
    """
    path = soundfont.with_suffix(".attacks.json")
    if not path.is_file():
        return {}
    try:
        table = json.loads(path.read_text("utf-8"))["milliseconds"]
        return {preset_named(name): _attack(rows) for name, rows in table.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SoundFontError(f"{path} is no table of attacks ({error}); mend it or take it away") from None


def samples_early(attacks: Mapping[Preset, Attack], preset: Preset, pitch: int, velocity: int) -> int:
    """Samples by which a note of a preset begins before it is to be heard: those of the nearest pitch measured."""
    rows = attacks.get(preset, ())
    if not rows:
        return 0
    index = bisect_left(rows, (pitch, 0, 0, 0))
    near = rows[max(index - 1, 0) : index + 1]
    return min(near, key=lambda row: abs(row[0] - pitch))[1 + bisect_right(LAYERS, velocity)]


def _attack(rows: Sequence[Sequence[float]]) -> Attack:
    found = []
    for pitch, soft, loud, *loudest in rows:
        found.append((int(pitch), _samples(soft), _samples(loud), _samples(*loudest or [loud])))
    return tuple(sorted(found))


def _samples(milliseconds: float) -> int:
    return round(min(max(float(milliseconds) / 1000.0, 0.0), EARLIEST) * SAMPLE_RATE)
