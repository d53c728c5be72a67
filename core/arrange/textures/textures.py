"""Textures: what a player does in a bar, written like a drum machine's pattern.

A bar is two steps of eight sixteenths, divided by ``|``. Each row is one role of the chord; ``x`` strikes it, ``p``
strikes
a passing tone towards the next chord (the role itself where no tone passes), ``-`` lets it sound, ``.`` is a rest.

Roles, from below: ``b`` bass, ``f`` the chord tone about a fifth above it, ``o`` its octave, ``t`` tenor, ``a`` alto,
``s`` soprano, ``d`` the soprano's octave. A texture can also *hold* roles: they sound on for as long as they keep
their pitch.

A kit's roles are capital letters, one for each of its sounds (:data:`KIT`).

Variants of one texture strike equally often, so that the choice among them does not change the density. Bars of
twelve sixteenths
are cut from these: in 3/4 the third quarter is left out, in 6/8 the last quarter of each half. Where they run in
eighths there, they have variants that sway: the second eighth late, as in a siciliano, in both halves, the first, or
the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the tables of styles load without numpy
    from hitpoint.core.music.voicing import Harmony, Voicing

# A kit's sounds as General MIDI has them: kick, floor, low and high tom, snare, rim, clap, closed and open hat, shaker,
# tambourine, woodblock, ride, crash, ride bell, pedal hat, maracas, second snare (brush)
KIT = {
    "K": 36, "G": 41, "M": 45, "L": 48, "N": 38, "R": 37, "P": 39, "H": 42, "O": 46, "Z": 82, "T": 54, "W": 77, "Y": 51, "C": 49,
    "B": 53, "E": 44, "A": 70, "V": 40,
}  # fmt: skip
ROLES = "bfotasd" + "".join(KIT)
SLOTS_PER_STEP = 8
BEATS_PER_SLOT = 0.25

_STRIKES = "xp"
_FIFTH_FROM = 5  # semitones above the bass at which the role "f" begins to look for a chord tone


@dataclass(frozen=True)
class Stroke:
    """One note of a pattern: first sixteenth 0..7 of its step, length in sixteenths, and the role it plays."""

    slot: int
    length: int
    role: str
    passing: bool = False


Cell = tuple[Stroke, ...]  # one step, in order of slot, then role from below
Variants = tuple[tuple[Cell, Cell], ...]

_WALTZ = (range(8), range(12, 16))  # the sixteenths of 4/4 that a bar of 3/4 keeps
_COMPOUND = (range(6), range(8, 14))
_SECOND_EIGHTH = 2  # sixteenths after the start of half a bar


@dataclass(frozen=True)
class Texture:
    """What a player does.

    Attributes:
        variants: patterns to choose from, each the cells of a bar's two steps.
        held: roles that sound on.
        walks: whether a held bass fills thirds to the next bass with a passing tone.
        waltz: the patterns in 3/4, two cells of six sixteenths.
        compound: the patterns in 6/8, likewise.
    """

    variants: Variants = (((), ()),)
    held: str = ""
    walks: bool = False
    waltz: Variants = (((), ()),)
    compound: Variants = (((), ()),)

    def notes_in(self, half: int) -> int:
        """How many notes sound in the first (0) or second (1) step of a bar of 4/4."""
        return len(self.held) + len(self.variants[0][half])

    def variants_in(self, signature: str) -> Variants:
        """The patterns in a metre."""
        return {"3/4": self.waltz, "6/8": self.compound}.get(signature, self.variants)


def texture(*rows: Mapping[str, str], held: str = "", walks: bool = False) -> Texture:
    """A texture from its patterns.

    Raises:
        ValueError: if a row is misspelt, or variants differ in how many notes they strike.
    """
    variants = tuple(_cells(pattern) for pattern in rows) or (((), ()),)
    for half in (0, 1):
        if len({len(variant[half]) for variant in variants}) > 1:
            raise ValueError(f"variants strike unequally often: {[len(variant[half]) for variant in variants]}")
    waltz, compound = (tuple(_cells(_cut(pattern, cut), 6) for pattern in rows) for cut in (_WALTZ, _COMPOUND))
    return Texture(variants, held, walks, waltz or (((), ()),), _swaying(compound) or (((), ()),))


def _swaying(variants: Variants) -> Variants:
    """The patterns of 6/8, each followed by those in which its second eighth comes late, where it runs in eighths."""
    found: list[tuple[Cell, Cell]] = []
    for first, second in variants:
        late = _late(first), _late(second)
        ways = ((first, second), (first, late[1]), (late[0], late[1]), (late[0], second))
        found.extend(dict.fromkeys(ways))
    return tuple(found)


def _late(cell: Cell) -> Cell:
    """Half a bar of 6/8 with its second eighth a sixteenth later; as it is without one, in a kit, or in sixteenths."""
    slots = {stroke.slot for stroke in cell}
    is_run = {_SECOND_EIGHTH, 2 * _SECOND_EIGHTH} <= slots and not any(slot % 2 for slot in slots)
    if not is_run or any(stroke.role in KIT for stroke in cell):
        return cell
    moved = []
    for stroke in cell:
        end = stroke.slot + stroke.length
        if stroke.slot == _SECOND_EIGHTH:
            moved.append(replace(stroke, slot=stroke.slot + 1, length=max(stroke.length - 1, 1)))
        elif end == _SECOND_EIGHTH:
            moved.append(replace(stroke, length=stroke.length + 1))
        else:
            moved.append(stroke)
    return tuple(moved)


def pitch_of(role: str, voicing: Voicing, chord: Harmony) -> int:
    """The MIDI pitch a role has in a voicing, or the key of a kit's sound."""
    if role in KIT:
        return KIT[role]
    match role:
        case "b":
            return voicing.bass
        case "f":
            start = voicing.bass + _FIFTH_FROM
            return next(pitch for pitch in range(start, start + 12) if pitch % 12 in chord.pitch_classes)
        case "o":
            return voicing.bass + 12
        case "d":
            return voicing.soprano + 12
        case _:
            return voicing.upper["tas".index(role)]


def _cells(pattern: Mapping[str, str], size: int = SLOTS_PER_STEP) -> tuple[Cell, Cell]:
    strokes: tuple[list[Stroke], list[Stroke]] = ([], [])
    for role in sorted(pattern, key=ROLES.index):
        halves = pattern[role].split("|")
        if [len(half) for half in halves] != [size] * 2:
            raise ValueError(f"row {role!r} is {pattern[role]!r}: write two halves of {size} sixteenths")
        for place, half in enumerate(halves):
            strokes[place].extend(_strokes(role, half, halves[1] if place == 0 else ""))
    first, second = (tuple(sorted(half, key=lambda stroke: stroke.slot)) for half in strokes)
    return first, second


def _cut(pattern: Mapping[str, str], kept: tuple[range, range]) -> dict[str, str]:
    """The rows of a bar of twelve sixteenths; rows that are wrong stay as they are, to be told."""
    signs = {role: row.replace("|", "") for role, row in pattern.items()}
    cut = {role: "".join(row[slot] for part in kept for slot in part) for role, row in signs.items() if len(row) == 16}
    return {role: f"{row[:6]}|{row[6:]}" for role, row in cut.items()}


def _strokes(role: str, row: str, following: str) -> list[Stroke]:
    """The strokes of half a bar; one that lasts to its end sounds on as far as the other half begins with ``-``."""
    found = []
    for slot, sign in enumerate(row):
        if sign in _STRIKES:
            rest = row[slot + 1 :] + following
            found.append(Stroke(slot, 1 + len(rest) - len(rest.lstrip("-")), role, sign == "p"))
        elif sign not in "-.":
            raise ValueError(f"row {role!r} has a {sign!r}")
    return found
