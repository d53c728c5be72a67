"""Chords as people write them, whole: added tones, another bass, roman numerals.

``D/F#``, ``Am9``, ``C7(b9)`` and ``Fmaj7#11`` are lead-sheet symbols, ``A:min(9)/b3`` is Harte's spelling, ``ii7``,
``bVII``, ``V7/V`` and ``I64`` are degrees of a key. Models know thirteen qualities and no more
(:class:`~hitpoint.core.music.chord.Quality`); what a symbol says beyond them is in the chord's ``added`` and ``bass``,
for those who voice it. Where that is more than four voices have room for, they sound what colours it most
(:class:`~hitpoint.core.music.colour.ColouredChord`), and the symbol stays.
"""

from __future__ import annotations

import re

from hitpoint.core.music.chord import INTERVALS, NO_CHORD, Chord, Quality
from hitpoint.core.music.key import Key
from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES, pitch_class_named

Kind = tuple[Quality, tuple[int, ...]]

_WRITE = "write for example C, Am7, D/F#, Am9, F#:sus4, ii7 or N"
_SILENT = frozenset({"N", "X", "NC"})

# What stands behind a root -> quality, and semitones above the root that are added.
_KINDS: dict[str, Kind] = {
    "": (Quality.MAJ, ()), "M": (Quality.MAJ, ()), "maj": (Quality.MAJ, ()), "min": (Quality.MIN, ()),
    "m": (Quality.MIN, ()), "-": (Quality.MIN, ()), "dim": (Quality.DIM, ()), "o": (Quality.DIM, ()),
    "add6": (Quality.MAJ6, ()), "madd6": (Quality.MIN6, ()),
    "aug": (Quality.AUG, ()), "+": (Quality.AUG, ()), "sus": (Quality.SUS4, ()), "sus2": (Quality.SUS2, ()),
    "sus4": (Quality.SUS4, ()), "6": (Quality.MAJ6, ()), "maj6": (Quality.MAJ6, ()), "M6": (Quality.MAJ6, ()),
    "69": (Quality.MAJ6, (2,)), "m6": (Quality.MIN6, ()), "min6": (Quality.MIN6, ()), "m69": (Quality.MIN6, (2,)),
    "maj7": (Quality.MAJ7, ()), "M7": (Quality.MAJ7, ()), "maj9": (Quality.MAJ7, (2,)), "M9": (Quality.MAJ7, (2,)),
    "maj11": (Quality.MAJ7, (5,)), "maj13": (Quality.MAJ7, (9,)), "m7": (Quality.MIN7, ()), "min7": (Quality.MIN7, ()),
    "-7": (Quality.MIN7, ()), "m9": (Quality.MIN7, (2,)), "min9": (Quality.MIN7, (2,)), "m11": (Quality.MIN7, (5,)),
    "min11": (Quality.MIN7, (5,)), "m13": (Quality.MIN7, (9,)), "min13": (Quality.MIN7, (9,)), "7": (Quality.DOM7, ()),
    "dom7": (Quality.DOM7, ()), "9": (Quality.DOM7, (2,)), "11": (Quality.DOM7, (5,)), "13": (Quality.DOM7, (9,)),
    "dim7": (Quality.DIM7, ()), "o7": (Quality.DIM7, ()), "hdim7": (Quality.HDIM7, ()), "m7b5": (Quality.HDIM7, ()),
    "min7b5": (Quality.HDIM7, ()), "mmaj7": (Quality.MIN, (11,)), "mM7": (Quality.MIN, (11,)),
    "minmaj7": (Quality.MIN, (11,)), "7sus4": (Quality.SUS4, (10,)), "7sus": (Quality.SUS4, (10,)),
    "7#5": (Quality.AUG, (10,)), "aug7": (Quality.AUG, (10,)), "+7": (Quality.AUG, (10,)), "7+": (Quality.AUG, (10,)),
    "9#5": (Quality.AUG, (2, 10)), "aug9": (Quality.AUG, (2, 10)), "+9": (Quality.AUG, (2, 10)),
    "7#5b9": (Quality.AUG, (1, 10)), "7#5#9": (Quality.AUG, (3, 10)), "7alt": (Quality.AUG, (3, 10)),
    "alt": (Quality.AUG, (3, 10)), "maj7#5": (Quality.AUG, (11,)), "M7#5": (Quality.AUG, (11,)),
    "+M7": (Quality.AUG, (11,)), "augmaj7": (Quality.AUG, (11,)), "7b5": (Quality.DOM7, (6,)),
    "maj7b5": (Quality.MAJ7, (6,)), "M7b5": (Quality.MAJ7, (6,)),
    "9sus4": (Quality.SUS4, (2, 10)), "9sus": (Quality.SUS4, (2, 10)), "7sus2": (Quality.SUS2, (10,)),
}  # fmt: skip
_TONES = {
    "b9": 1, "9": 2, "2": 2, "#9": 3, "11": 5, "4": 5, "#11": 6, "b13": 8, "13": 9, "6": 9, "b7": 10, "7": 11,
    "maj7": 11,
}  # fmt: skip
_SUFFIXES: dict[Kind, str] = {
    (Quality.DOM7, (2,)): "9", (Quality.DOM7, (5,)): "11", (Quality.DOM7, (9,)): "13", (Quality.MAJ7, (2,)): "maj9",
    (Quality.MAJ7, (5,)): "maj11", (Quality.MAJ7, (9,)): "maj13", (Quality.MIN7, (2,)): "m9",
    (Quality.MIN7, (5,)): "m11",
    (Quality.MIN7, (9,)): "m13", (Quality.MAJ6, (2,)): "6/9", (Quality.MIN6, (2,)): "m6/9", (Quality.MAJ, (2,)): "add9",
    (Quality.MIN, (11,)): "m(maj7)", (Quality.SUS4, (10,)): "7sus4", (Quality.SUS2, (10,)): "7sus2",
    (Quality.SUS4, (2, 10)): "9sus4", (Quality.AUG, (10,)): "7♯5", (Quality.AUG, (2, 10)): "9♯5",
    (Quality.AUG, (1, 10)): "7♯5♭9", (Quality.AUG, (3, 10)): "7♯5♯9", (Quality.AUG, (11,)): "maj7♯5",
    (Quality.DOM7, (2, 6)): "9♯11", (Quality.DOM7, (6, 9)): "13♯11", (Quality.DOM7, (1, 9)): "13♭9",
    (Quality.MAJ7, (2, 6)): "maj9♯11",
}  # fmt: skip
_PLAIN = {
    Quality.MAJ: "", Quality.MIN: "m", Quality.DIM: "dim", Quality.AUG: "aug", Quality.SUS2: "sus2",
    Quality.SUS4: "sus4",
    Quality.MAJ6: "6", Quality.MIN6: "m6", Quality.MAJ7: "maj7", Quality.MIN7: "m7", Quality.DOM7: "7",
    Quality.DIM7: "dim7", Quality.HDIM7: "m7♭5",
}  # fmt: skip
_SHOWN_TONES = {
    1: "♭9", 2: "9", 3: "♯9", 4: "3", 5: "11", 6: "♯11", 7: "5", 8: "♭13", 9: "13", 10: "♭7", 11: "maj7",
}  # fmt: skip
_SIGNS = str.maketrans({"♯": "#", "♭": "b", "Δ": "M", "°": "o", "\N{MINUS SIGN}": "-", " ": None})
_NOTE = re.compile(r"([A-Ga-g][#b]*)(.*)", re.DOTALL)
_ROMAN = re.compile(r"([#b]?)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(?![A-Za-z]*[IVX])(.*)", re.DOTALL)
_DEGREE = re.compile(r"([#b]?)([1-9])")
_ADDED = re.compile(r"(?:add)?(maj7|[b#]?(?:13|11|9|7|6|4|2))")
_NUMERALS = ("I", "II", "III", "IV", "V", "VI", "VII")
_MAJOR_SCALE = (0, 2, 4, 5, 7, 9, 11)
_FIGURES = {"6": (False, 1), "64": (False, 2), "65": (True, 1), "43": (True, 2), "42": (True, 3), "2": (True, 3)}
_LETTERS = "CDEFGAB"
_STEPS = (0, 1, 1, 2, 2, 3, 3, 4, 5, 5, 6, 6)  # letters from the root to a bass so many semitones above it


def parse_written(symbol: str, key: Key | None = None) -> Chord:
    """The chord that somebody wrote, with all it says.

    Args:
        symbol: Harte's spelling, a lead-sheet symbol, or a degree; a small root is as good as a capital.
        key: that degrees are of; None for C major.

    Raises:
        ValueError: if it names no chord, with what to write instead.
    """
    text = symbol.translate(_SIGNS).replace("ø7", "hdim7").replace("ø", "hdim7").replace("6/9", "69").replace(".", "")
    if text.upper() in _SILENT:
        return NO_CHORD
    roman = _ROMAN.fullmatch(text)
    return _of_note(text, symbol) if roman is None else _of_degree(roman, key or Key(0), symbol)


def is_degree(symbol: str) -> bool:
    """Whether a symbol is a roman numeral, so that it means another chord in another key."""
    return _ROMAN.fullmatch(symbol.translate(_SIGNS)) is not None


def lead_symbol(chord: Chord, *, flats: bool = False) -> str:
    """A chord as a lead sheet writes it; "N.C." for none.

    >>> lead_symbol(parse_written("A:min9")), lead_symbol(parse_written("D/F#"), flats=True)
    ('Am9', 'D/F♯')
    """
    return "".join(lead_parts(chord, flats=flats))


def lead_parts(chord: Chord, *, flats: bool = False) -> tuple[str, str]:
    """Root, and all that stands behind it, of :func:`lead_symbol`."""
    if chord.root is None:
        return "N.C.", ""
    root = (FLAT_NAMES if flats else SHARP_NAMES)[chord.root]
    kind = _SUFFIXES.get((chord.quality, chord.added))
    if kind is None:
        kind = _PLAIN[chord.quality]
        tones = ",".join(_SHOWN_TONES[tone] for tone in chord.added)
        kind += f"({'add9' if chord.added == (2,) else tones})" if chord.added else ""
    bass = "" if chord.bass is None else f"/{_bass_name(root, (chord.bass - chord.root) % 12)}"
    return _signed(root), kind + _signed(bass)


def degree_name(chord: Chord, key: Key) -> str:
    """A chord as a degree of a key: ``ii7``, ``V``, ``bVII``, ``vii°``; empty for none.

    >>> degree_name(parse_written("Dm7"), Key(0))
    'ii7'
    """
    if chord.root is None:
        return ""
    above, scale = (chord.root - key.tonic) % 12, [(pitch - key.tonic) % 12 for pitch in key.scale]
    if above in scale:
        sign, number = "", scale.index(above)
    elif key.is_minor and above == 11:
        sign, number = ("" if chord.quality in (Quality.DIM, Quality.DIM7) else "♯"), 6
    elif (above + 1) % 12 in scale:
        sign, number = "♭", scale.index((above + 1) % 12)
    else:
        sign, number = "♯", scale.index((above - 1) % 12)
    numeral = _NUMERALS[number].lower() if chord.is_minor_type else _NUMERALS[number]
    kind = {Quality.DIM: "°", Quality.DIM7: "°7", Quality.HDIM7: "ø7", Quality.AUG: "+"}.get(chord.quality)
    kind = None if chord.added else kind
    if chord.quality in (Quality.MAJ6, Quality.MIN6) and not chord.added:
        kind = "add6"  # a 6 behind a numeral is an inversion
    if kind is None:
        kind = lead_parts(Chord(0, chord.quality, chord.added))[1]
        kind = kind[1:] if chord.is_minor_type and kind.startswith("m") else kind
    return f"{sign}{numeral}{kind}"


def _signed(name: str) -> str:
    return name.replace("#", "♯").replace("b", "♭")


def _of_note(text: str, symbol: str) -> Chord:
    matched = _NOTE.fullmatch(text)
    if matched is None:
        raise ValueError(f"{symbol!r} is no chord symbol; {_WRITE}")
    root = _pitch(matched[1])
    kind, slash, bass = matched[2].removeprefix(":").partition("/")
    quality, added = _kind(kind, symbol)
    return _standing(root, quality, added, _bass(bass, root, symbol) if slash else None)


def _of_degree(matched: re.Match[str], key: Key, symbol: str) -> Chord:
    sign, numeral, rest = matched[1], matched[2], matched[3]
    kind, slash, over = rest.partition("/")
    target = _ROMAN.fullmatch(over) if slash else None
    if target is not None:  # the dominant of another degree, or whatever else it has
        if target[3]:
            raise ValueError(f"{symbol!r}: behind the stroke stands a degree alone, as in V7/V")
        other = _of_degree(target, key, symbol)
        assert other.root is not None
        return _of_degree(_matched(sign + numeral + kind), Key(other.root, numeral.islower() and key.is_minor), symbol)
    is_small, bass = numeral.islower(), None
    root = _degree_root(sign, numeral, kind, key)
    if kind in _FIGURES:
        has_seventh, place = _FIGURES[kind]
        quality, added = _kind(("m" if is_small else "") + ("7" if has_seventh else ""), symbol)
        bass = (root + INTERVALS[quality][place]) % 12
    else:
        quality, added = _kind(_minor_kind(kind) if is_small else kind, symbol)
    return _standing(root, quality, added, _bass(over, root, symbol) if slash else bass)


def _matched(text: str) -> re.Match[str]:
    matched = _ROMAN.fullmatch(text)
    assert matched is not None
    return matched


def _minor_kind(kind: str) -> str:
    """What a small numeral means: minor, unless it says diminished."""
    return kind if kind.startswith(("o", "dim", "hdim", "min", "m7b5")) else f"m{kind.removeprefix('m')}"


def _degree_root(sign: str, numeral: str, kind: str, key: Key) -> int:
    """The root of a degree; in minor VII is the natural seventh, vii° the leading tone, and bVI is VI."""
    number = _NUMERALS.index(numeral.upper())
    if key.is_minor and sign == "b" and number in (2, 5, 6):
        sign = ""
    shift = {"": 0, "#": 1, "b": -1}[sign]
    if key.is_minor and number == 6 and not sign and kind.startswith(("o", "dim", "hdim")):
        shift = 1
    return (key.scale[number] + shift) % 12


def _kind(text: str, symbol: str) -> Kind:
    """Quality and added tones: the longest known name, and what is added to it, in brackets or not."""
    if text in ("m(maj7)", "min(maj7)"):
        return _KINDS["mmaj7"]
    outside, bracket, inside = text.partition("(")
    more = _added(inside.removesuffix(")").replace(",", "")) if bracket else ()
    for length in range(len(outside), -1, -1):
        base, rest = outside[:length], outside[length:]
        added = _added(rest)
        if base not in _KINDS or added is None or more is None or (not base and rest and not rest.startswith("add")):
            continue
        quality, own = _KINDS[base]
        tones = (*own, *added, *more)
        if len(set(tones)) == len(tones) and not set(tones) & set(INTERVALS[quality]):
            return quality, tuple(sorted(tones))
    raise ValueError(f"{symbol!r}: there is no chord quality {text!r}; {_WRITE}")


def _added(text: str) -> tuple[int, ...] | None:
    """Semitones of added tones such as ``b9#11``; None if it is something else."""
    found, place = [], 0
    while place < len(text):
        matched = _ADDED.match(text, place)
        if matched is None or matched[1] not in _TONES:
            return None
        found.append(_TONES[matched[1]])
        place = matched.end()
    return tuple(found)


def _bass(text: str, root: int, symbol: str) -> int:
    """The pitch class behind the stroke: a note, or an interval above the root as Harte writes it."""
    matched = _DEGREE.fullmatch(text)
    if matched is not None:
        place = int(matched[2]) - 1
        return (root + _MAJOR_SCALE[place % 7] + {"": 0, "#": 1, "b": -1}[matched[1]]) % 12
    note = _NOTE.fullmatch(text)
    if note is None or note[2]:
        raise ValueError(f"{symbol!r}: behind the stroke stands the note in the bass, as in D/F#")
    return _pitch(note[1])


def _pitch(name: str) -> int:
    return pitch_class_named(name[0].upper() + name[1:])


def _standing(root: int, quality: Quality, added: tuple[int, ...], bass: int | None) -> Chord:
    return Chord(root, quality, added, None if bass == root else bass)


def _bass_name(root: str, above: int) -> str:
    """The bass, spelt as that interval above the root."""
    letter = _LETTERS[(_LETTERS.index(root[0]) + _STEPS[above]) % 7]
    wanted = (pitch_class_named(root) + above) % 12
    shift = (wanted - pitch_class_named(letter) + 6) % 12 - 6
    if abs(shift) > 1 or (letter, shift) in (("B", 1), ("E", 1), ("C", -1), ("F", -1)):
        return (FLAT_NAMES if shift > 0 else SHARP_NAMES)[wanted]
    return letter + ("#" if shift > 0 else "b" if shift < 0 else "")
