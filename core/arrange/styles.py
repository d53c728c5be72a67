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
        opening: roles that a kit strikes where the music culminates.
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
    opening: str = ""
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


def _by_level(text: str) -> tuple[str, ...]:
    """Textures from quiet to busy: ``"bass 3, walking bass 5, bass drive"`` is three times the first, and so on."""
    found: list[str] = []
    for entry in text.split(","):
        name, _, times = entry.strip().rpartition(" ")
        found.extend([name] * int(times) if times.isdigit() else [entry.strip()])
    return tuple(found)


_EARLY = (SectionKind.INTRO,)
_CALM = (SectionKind.INTRO, SectionKind.RELEASE)
_LINE = _by_level("tacet 3, line end 2, line halves 2, line steps, line flows")
_WALKING = _by_level("bass 3, walking bass 4, bass beats, bass drive")

_PIANO = Style(
    "piano",
    VoiceRanges(bass_low=31, bass_high=45, upper_low=60, upper_high=81, upper_span=12),
    70,
    (
        Player("Piano", 0, 31, 93,
            _by_level("sparse, bells, open, half blocks, broken quarters, eighths, syncopated eighths, sixteenths,"
                      "driving sixteenths"),
            final="botas", accent="bs", is_pedalled=True),
        Player("Pad", 89, 48, 81, _by_level("hold thin 2, hold 5, hold wide 2"),
            final="tas", shift=-12, is_sustained=True, gain_decibels=-7.0, pan=0.15),
        Player("Bass", 32, 28, 57, _WALKING,
            final="b", accent="b", bars_a_bow=1, voices=1, touch=-4, gain_decibels=-2.0, pan=-0.1),
        Player("Melody", 0, 72, 96, _by_level("tacet 5, line end 2, line halves 2"),
            final="s", shift=12, is_pedalled=True, has_motif=True, voices=2, reach=12, touch=4, gain_decibels=3.0, pan=0.1),
    ),
)  # fmt: skip

_STRINGS = Style(
    "strings",
    VoiceRanges(bass_low=31, bass_high=45, upper_low=58, upper_high=79, upper_span=15),
    66,
    (
        Player("Pizzicato", 45, 58, 91,
            _by_level("tacet, bells, duet, trio 2, high eighths 2, high ripples, high sixteenths"),
            final="tas", accent="as", touch=-2, gain_decibels=-5.0, pan=0.25),
        Player("Strings", 48, 58, 91, _by_level("hold thin, hold 3, hold wide 2, pulse eighths, pulse pairs, ostinato"),
            final="tasd", is_sustained=True, gain_decibels=-2.0, pan=-0.15),
        Player("Cello", 42, 43, 67, _LINE,
            final="s", shift=-12, is_sustained=True, has_motif=True, voices=1, gain_decibels=6.0, pan=0.3),
        Player("Low Strings", 48, 28, 57, _WALKING,
            final="bo", accent="b", bars_a_bow=2, is_sustained=True, voices=2, gain_decibels=4.5, pan=0.1),
    ),
)  # fmt: skip

_AMBIENT = Style(
    "ambient",
    VoiceRanges(bass_low=33, bass_high=45, upper_low=58, upper_high=79, upper_span=16),
    67,
    (
        Player("Drops", 88, 58, 91,
            _by_level("tacet, sparse, bells, duet 2, trio 2, high eighths, high ripples"),
            final="s", accent="as", touch=-6, gain_decibels=-6.0, pan=0.35),
        Player("Warm Pad", 89, 58, 91, _by_level("hold thin 2, hold 3, hold wide 4"),
            final="tas", bars_a_bow=8, is_sustained=True, gain_decibels=-1.0, pan=-0.2),
        Player("Choir", 52, 46, 67, _by_level("tacet 2, hold thin 3, hold 4"),
            final="tas", shift=-12, bars_a_bow=4, is_sustained=True, rests_in=_EARLY, gain_decibels=-4.0, pan=0.2),
        Player("Vibraphone", 11, 58, 91, _by_level("tacet 4, line end 2, line halves 2, line steps"),
            final="s", accent="s", is_pedalled=True, has_motif=True, voices=3, touch=-4, pan=-0.3),
        Player("Low Pad", 89, 33, 57, _by_level("bass 9"),
            final="b", accent="b", bars_a_bow=4, is_sustained=True, voices=1, gain_decibels=1.0),
    ),
)  # fmt: skip

_CINEMATIC = Style(
    "cinematic",
    VoiceRanges(bass_low=28, bass_high=40, upper_low=55, upper_high=76, upper_span=14),
    66,
    (
        Player("Strings", 48, 55, 88,
            _by_level("hold thin, hold, hold wide 2, pulse eighths 2, pulse pairs, ostinato 2"),
            final="tasd", is_sustained=True, gain_decibels=-1.0, pan=-0.2),
        Player("Horns", 60, 43, 64, _by_level("tacet 2, hold thin 3, hold 4"),
            final="tas", shift=-12, bars_a_bow=2, is_sustained=True, rests_in=_EARLY, voices=4, gain_decibels=-3.0, pan=0.25),
        Player("Spiccato", 48, 43, 64,
            _by_level("tacet 3, ticks, ticks eighths 2, ticks driving, ticks sixteenths 2"),
            final="", shift=-12, rests_in=_EARLY, touch=2, gain_decibels=-1.0, pan=0.1),
        Player("Solo Horn", 60, 46, 76, _LINE,
            final="s", is_sustained=True, has_motif=True, voices=1, gain_decibels=5.0, pan=0.3),
        Player("Low Strings", 48, 28, 52, _by_level("bass 4, bass halves, bass quarters, bass eighths, bass gallop 2"),
            final="bo", accent="bo", bars_a_bow=2, is_sustained=True, voices=2, gain_decibels=6.0),
        Player("Drums", 0, 35, 82, _by_level("tacet 2, drums one, drums two, drums four 2, drums six 2, drums ten"),
            final="KG", accent="KG", is_kit=True, fill="fill drums", rests_in=_CALM, gain_decibels=-6.0, opening="C"),
    ),
)  # fmt: skip

_ACOUSTIC = Style(
    "acoustic",
    VoiceRanges(bass_low=28, bass_high=40, upper_low=55, upper_high=76, upper_span=12),
    67,
    (
        Player("Guitar", 24, 40, 76,
            _by_level("pick halves, pick quarters 3, travis 2, travis eighths 2, strum"),
            final="otas", accent="ts", voices=6, reach=28, gain_decibels=-1.5, pan=-0.25),
        Player("Melody Guitar", 24, 55, 83, _LINE,
            final="s", has_motif=True, voices=2, reach=12, touch=8, gain_decibels=4.0, pan=0.3),
        Player("Pad", 89, 43, 64, _by_level("tacet 2, hold thin 3, hold 4"),
            final="tas", shift=-12, is_sustained=True, gain_decibels=-9.0),
        Player("Bass", 32, 28, 52, _by_level("bass 3, walking bass 2, bass halves, bass quarters 2, bass beats"),
            final="b", accent="b", bars_a_bow=1, voices=1, touch=-4, gain_decibels=-1.0),
        Player("Percussion", 0, 35, 82, _by_level("tacet 3, shaker, shaker rim, shaker rim, folk 2, folk tambourine"),
            final="", accent="K", is_kit=True, fill="fill folk", rests_in=_CALM, touch=-10, gain_decibels=-6.0, pan=0.1),
    ),
)  # fmt: skip

_ELECTRONIC = Style(
    "electronic",
    VoiceRanges(bass_low=28, bass_high=40, upper_low=60, upper_high=81, upper_span=13),
    69,
    (
        Player("Sequence", 88, 60, 93,
            _by_level("blip, blips, sequence eighths 3, sequence 3, sequence wide"),
            final="tas", accent="as", gain_decibels=-4.0, pan=0.3),
        Player("Pad", 89, 48, 81, _by_level("hold thin 2, hold 4, hold wide 3"),
            final="tas", shift=-12, is_sustained=True, gain_decibels=-6.0, pan=-0.2),
        Player("Lead", 11, 60, 91, _LINE,
            final="s", has_motif=True, voices=2, touch=4, gain_decibels=2.5, pan=-0.15),
        Player("Bass", 33, 28, 52,
            _by_level("bass 2, bass halves, bass quarters, bass eighths 2, bass gallop 2, bass sixteenths"),
            final="b", accent="b", voices=1, gain_decibels=3.0),
        Player("Kit", 0, 35, 82, _by_level("tacet 2, beat kick, beat hats, beat 2, beat eighths 2, beat sixteenths"),
            final="KC", accent="KP", is_kit=True, fill="fill beat", rests_in=_EARLY, gain_decibels=-2.0, opening="C"),
    ),
    stops=True,
)  # fmt: skip

_DOCUMENTARY = Style(
    "documentary",
    VoiceRanges(bass_low=33, bass_high=46, upper_low=60, upper_high=81, upper_span=12),
    69,
    (
        Player("Piano", 0, 60, 93,
            _by_level("sparse, cell halves, cell slow, cell eighths 2, cell threes, cell threes, cell, cell wide"),
            final="ts", accent="ts", is_pedalled=True, touch=-4, pan=-0.1),
        Player("Strings", 48, 48, 69, _by_level("tacet, hold thin 4, hold 4"),
            final="tas", shift=-12, bars_a_bow=8, is_sustained=True, touch=-8, rests_in=_EARLY, gain_decibels=-4.0, pan=0.15),
        Player("Vibraphone", 11, 60, 88, _by_level("tacet 4, line end 2, line halves 3"),
            final="s", has_motif=True, voices=2, touch=-4, gain_decibels=2.5, pan=0.3),
        Player("Bass", 32, 33, 58, _by_level("bass 5, bass halves 2, bass quarters 2"),
            final="b", accent="b", bars_a_bow=1, voices=1, touch=-6, gain_decibels=-2.5),
    ),
)  # fmt: skip

_TENSION = Style(
    "tension",
    VoiceRanges(bass_low=28, bass_high=40, upper_low=56, upper_high=77, upper_span=16),
    70,
    (
        Player("Tremolo", 48, 56, 89, _by_level("tacet, hold thin 4, tremolo 4"),
            final="tas", is_sustained=True, touch=-10, gain_decibels=-1.0, pan=-0.3),
        Player("Clock", 45, 56, 77, _by_level("tick 2, ticks 2, ticks eighths 3, ticks sixteenths 2"),
            final="", accent="as", touch=-2, gain_decibels=-2.0, pan=0.3),
        Player("Choir", 52, 44, 65, _by_level("tacet 3, hold thin 3, hold 3"),
            final="ta", shift=-12, is_sustained=True, rests_in=_EARLY, gain_decibels=-5.0, pan=0.15),
        Player("Celesta", 8, 68, 96, _by_level("tacet 4, line end 3, line halves 2"),
            final="", shift=12, has_motif=True, voices=2, gain_decibels=-2.0, pan=0.4),
        Player("Low Strings", 48, 28, 52, _by_level("bass 4, bass quarters, bass eighths 2, bass gallop, bass sixteenths"),
            final="bo", accent="bo", bars_a_bow=4, is_sustained=True, voices=2, gain_decibels=6.0),
        Player("Drums", 0, 35, 82, _by_level("tacet, heart 2, hearts 2, hearts clock 2, hearts toms 2"),
            final="KG", accent="KG", is_kit=True, fill="fill heart", rests_in=_EARLY, gain_decibels=-3.0),
    ),
)  # fmt: skip

STYLES: dict[str, Style] = {
    style.name: style
    for style in (_PIANO, _STRINGS, _AMBIENT, _CINEMATIC, _ACOUSTIC, _ELECTRONIC, _DOCUMENTARY, _TENSION)
}


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
