"""Styles: who plays, in which register, and what at which level of activity. All of it is data; a new style is a row.

Levels 0..8 stand for the note densities of :data:`hitpoint.core.arrange.dynamics.LEVEL_FLOORS`; each player names one
texture a level. No player sounds fewer notes at a higher level, and the whole always sounds more (tests hold the tables to it).
"""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.arrange.sections import SectionKind
from hitpoint.core.errors import OptionError
from hitpoint.core.music.voice_ranges import VoiceRanges

LEVELS = 9


@dataclass(frozen=True)
class Player:
    """One part of a style.

    Attributes:
        name: of the part.
        program: General MIDI program, from 0; of a kit, that of the kit.
        low: lowest pitch it ever plays.
        high: highest pitch it ever plays.
        textures: one name a level, from quiet to busy.
        final: roles of its last chord.
        accent: roles it strikes on a hit between the steps; somebody in every style does.
        shift: semitones (octaves) added to the common voicing.
        bars_a_bow: bars after which a held note is struck again.
        is_sustained: whether its loudness follows expression (CC 11) while a note sounds; struck instruments cannot.
        is_pedalled: whether the sustain pedal (CC 64) binds what is struck in a step.
        has_motif: whether it plays the motif where phrases begin; it keeps still where somebody speaks.
        is_kit: whether its roles are a kit's sounds.
        fill: the texture of a kit's last step before a new section; empty for none.
        rests_in: kinds of sections in which it is silent, accents and the last chord excepted.
        voices: notes it can sound at once.
        reach: semitones from its lowest to its highest note at once.
        touch: added to every velocity.
        gain_decibels: in the mix.
        pan: -1 left .. 1 right.
    """

    name: str
    program: int
    low: int
    high: int
    textures: tuple[str, ...]
    final: str
    accent: str = ""
    shift: int = 0
    bars_a_bow: int = 4
    is_sustained: bool = False
    is_pedalled: bool = False
    has_motif: bool = False
    is_kit: bool = False
    fill: str = ""
    rests_in: tuple[SectionKind, ...] = ()
    voices: int = 10
    reach: int = 88
    touch: int = 0
    gain_decibels: float = 0.0
    pan: float = 0.0


@dataclass(frozen=True)
class Style:
    """An ensemble.

    Attributes:
        name: as an editor asks for it.
        ranges: of its common voicing.
        home: where the soprano of that is at home.
        players: the lead first.
        stops: whether a cue stops at full strength on its last stroke; otherwise it rings out.
    """

    name: str
    ranges: VoiceRanges
    home: int
    players: tuple[Player, ...]
    stops: bool = False


_PIANO = Style(
    "piano",
    VoiceRanges(bass_low=31, bass_high=45, upper_low=60, upper_high=81, upper_span=12),
    70,
    (
        Player(
            "Piano", 0, 31, 93,
            ("sparse", "bells", "open", "half blocks", "broken quarters", "eighths", "syncopated eighths", "sixteenths",
             "driving sixteenths"),
            final="botas", accent="bs", is_pedalled=True,
        ),
        Player(
            "Pad", 89, 48, 81,
            ("hold thin", "hold thin", "hold", "hold", "hold", "hold", "hold", "hold wide", "hold wide"),
            final="tas", shift=-12, is_sustained=True, gain_decibels=-7.0, pan=0.15,
        ),
        Player(
            "Bass", 32, 28, 57,
            ("bass", "bass", "bass", "walking bass", "walking bass", "walking bass", "walking bass", "bass beats",
             "bass drive"),
            final="b", accent="b", bars_a_bow=1, touch=-4, gain_decibels=-4.0, pan=-0.1,
        ),
    ),
)  # fmt: skip

_STRINGS = Style(
    "strings",
    VoiceRanges(bass_low=31, bass_high=45, upper_low=58, upper_high=79, upper_span=15),
    66,
    (
        Player(
            "Piano", 0, 70, 91,
            ("sparse", "bells", "duet", "trio", "trio", "high eighths", "high eighths", "high ripples", "high sixteenths"),
            final="tas", accent="as", shift=12, is_pedalled=True, touch=-8, gain_decibels=-3.0, pan=0.2,
        ),
        Player(
            "Strings", 48, 58, 91,
            ("hold thin", "hold", "hold", "hold", "hold wide", "hold wide", "pulse eighths", "pulse pairs", "ostinato"),
            final="tasd", bars_a_bow=4, is_sustained=True, gain_decibels=-2.0, pan=-0.1,
        ),
        Player(
            "Low Strings", 48, 28, 57,
            ("bass", "bass", "bass", "walking bass", "walking bass", "walking bass", "walking bass", "bass beats",
             "bass drive"),
            final="bo", accent="b", bars_a_bow=2, is_sustained=True, gain_decibels=0.5, pan=0.1,
        ),
    ),
)  # fmt: skip

STYLES: dict[str, Style] = {style.name: style for style in (_PIANO, _STRINGS)}


def style_names() -> tuple[str, ...]:
    """The styles there are, the default first."""
    return tuple(STYLES)


def style_named(name: str) -> Style:
    """The style an editor asked for, in any case.

    Raises:
        OptionError: if there is no such style; the message lists them all.
    """
    try:
        return STYLES[name.strip().lower()]
    except KeyError:
        raise OptionError(f"{name!r} is no style: choose one of {', '.join(style_names())}") from None
