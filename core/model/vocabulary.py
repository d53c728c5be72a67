"""The models' tokens: MuVi-Sync's 157 chords, END and PAD, and the ids of roots and qualities.

Token 0 is "N"; then come thirteen qualities for each root from C upwards, in the order of :data:`QUALITIES`. That is
the numbering of MuVi-Sync's ``chord.json``, ``chord_root.json`` and ``chord_attr.json``, written here as a rule. The
models think in C major and A minor.

>>> token_of(parse_chord("A:min7"))
121
>>> chord_of(1).symbol()
'C'
"""

from __future__ import annotations

from hitpoint.core.music.chord import NO_CHORD, Chord, Quality, parse_chord
from hitpoint.core.music.key import Key

QUALITIES = (
    Quality.MAJ, Quality.DIM, Quality.SUS4, Quality.MIN7, Quality.MIN, Quality.SUS2, Quality.AUG,
    Quality.DIM7, Quality.MAJ6, Quality.HDIM7, Quality.DOM7, Quality.MIN6, Quality.MAJ7,
)  # fmt: skip

SILENCE = 0  # "N", no chord
CHORDS = 1 + 12 * len(QUALITIES)  # 157
END = CHORDS  # 157: the song is over; before the first chord it says "begin"
PAD = CHORDS + 1  # 158: nothing, fills a batch
VOCABULARY = CHORDS + 2

_QUALITY_INDEX = {quality: index for index, quality in enumerate(QUALITIES)}


def token_of(chord: Chord) -> int:
    """The token of a chord in the model's key: 0..156."""
    if chord.root is None:
        return SILENCE
    return 1 + len(QUALITIES) * chord.root + _QUALITY_INDEX[chord.quality]


def chord_of(token: int) -> Chord:
    """The chord of a token 0..156.

    Raises:
        ValueError: for END, PAD and what is no token.
    """
    if not 0 <= token < CHORDS:
        raise ValueError(f"{token} is no chord token; they go from 0 to {CHORDS - 1}")
    if token == SILENCE:
        return NO_CHORD
    root, quality = divmod(token - 1, len(QUALITIES))
    return Chord(root, QUALITIES[quality])


def token_named(symbol: str) -> int:
    """The token of a symbol in any spelling: ``A#:min`` and ``Bb:min`` are one.

    Raises:
        ValueError: if the symbol names no chord.
    """
    return token_of(parse_chord(symbol))


def symbol_of(token: int, *, flats: bool = False) -> str:
    """The symbol of a token 0..156 as MuVi-Sync writes it (A#); with ``flats`` as a lead sheet does (Bb)."""
    return chord_of(token).symbol(flats=flats)


def model_key(*, is_minor: bool) -> Key:
    """The key in which the models think: C major or A minor."""
    return Key(9, is_minor=True) if is_minor else Key(0)


def _root_id(token: int) -> int:
    """0 for N, 1..12 from C, 13 END, 14 PAD."""
    if token >= END:
        return 13 + token - END
    return 0 if token == SILENCE else 1 + (token - 1) // len(QUALITIES)


def _quality_id(token: int) -> int:
    """0 for N, 1..13 in the order of QUALITIES (a plain major triad is 1), 14 END, 15 PAD."""
    if token >= END:
        return 14 + token - END
    return 0 if token == SILENCE else 1 + (token - 1) % len(QUALITIES)


ROOT_IDS = tuple(_root_id(token) for token in range(VOCABULARY))  # by token: 0..14
QUALITY_IDS = tuple(_quality_id(token) for token in range(VOCABULARY))  # by token: 0..15
