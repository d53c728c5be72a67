"""Presets of the shipped font: where each comes from and how its recordings are treated.

``musescore`` is MuseScore_General.sf3 (Debian ``musescore-general-soundfont``), ``fluid`` is FluidR3_GM.sf2 (Debian
``fluid-soundfont-gm``). Numbers are General MIDI's in bank 0; bank 1 has short articulations, bank 8 variants, banks
20, 30, 40 and 50 the sections of the strings (violins, violas, celli, basses) and 21, 31, 41 and 51 their spiccato.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hitpoint.core.render.sampler.generators import Generator as G

TURN = 64  # added to the bank of a preset: its second recording of each note, to be played in turn

SHORT = (  # an envelope that ends by itself: attack, hold and decay in timecents, sustain at nothing
    (G.VOLUME_DELAY, -12000),
    (G.VOLUME_ATTACK, -8400),
    (G.VOLUME_HOLD, -3600),
    (G.VOLUME_DECAY, 200),
    (G.VOLUME_SUSTAIN, 1000),
    (G.VOLUME_RELEASE, -1200),
)
QUICK = ((G.VOLUME_ATTACK, -5000), (G.VOLUME_RELEASE, -800))
SLOW = ((G.VOLUME_ATTACK, -800), (G.VOLUME_RELEASE, 600))
NO_ENVELOPE_ON_FILTER = ((G.MOD_ENVELOPE_TO_FILTER, 0),)
_STEADY = ((G.VOLUME_DELAY, -12000), *NO_ENVELOPE_ON_FILTER)


@dataclass(frozen=True)
class Preset:
    """One preset of the new font.

    Attributes:
        bank: in the new font.
        program: in the new font.
        name: at most 20 letters.
        source: "musescore" or "fluid".
        of: bank and program there; None for the same.
        only: parts of names of which one must be in a recording's name; none for all recordings.
        without: parts of names of which none may be in it.
        layers: parts of names, lowest and highest velocity: layers in place of the source's, equally loud, without its
            modulators.
        gap: semitones between the recordings that are kept; 0 keeps all.
        seconds: that a recording lasts at most, faded at its end; 0 for no limit.
        loop: seconds of a new loop in place of its own; 0 keeps that.
        crisp: seconds after which half of a note's rise is over; the recording starts as late as that needs. None for
            its own start.
        generators: that replace the source's.
        is_stereo: whether the right-hand recordings are kept.
        bright: how many times as high the centre of the spectrum is at velocity 100 as at 40; 0 leaves it to the
            source.
        swell: cents by which no expression (controller 11) closes the filter.
        spread: tenths of a per cent of panning for an octave above middle C.
        compression: of the Vorbis encoder, 0 best .. 1 smallest.
        keys: lowest and highest that are kept.
    """

    bank: int
    program: int
    name: str
    source: str = "musescore"
    of: tuple[int, int] | None = None
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    layers: tuple[tuple[tuple[str, ...], int, int], ...] = ()
    gap: int = 0
    seconds: float = 0.0
    loop: float = 0.0
    crisp: float | None = None
    generators: tuple[tuple[G, int], ...] = ()
    is_stereo: bool = False
    bright: float = 1.45
    swell: int = 0
    spread: int = 0
    compression: float = 0.73
    keys: tuple[int, int] = (0, 127)

    @property
    def origin(self) -> tuple[int, int]:
        """Bank and program in the source."""
        return self.of or (self.bank, self.program)


def presets() -> tuple[Preset, ...]:
    """All presets, by bank and program."""
    found = (*_KEYS, *_PLUCKED, *_strings(), *_WINDS, *_VOICES, *_SYNTHS, *_KITS)
    return tuple(sorted(found, key=lambda one: (one.bank, one.program)))


_STRUCK = ((G.VOLUME_RELEASE, -1500),)
_PIANO = Preset(0, 0, "Grand Piano", layers=(("Piano MF", 0, 95), ("Piano FF", 96, 127)), gap=6, seconds=5.0, spread=70,
                generators=_STRUCK, compression=0.6)  # fmt: skip
_SWELL = 1600
_ENSEMBLE = 0.78

_KEYS = (
    _PIANO,
    replace(_PIANO, bank=8, name="Felt Piano", layers=((("Piano MF",), 0, 127),),
            generators=(*_STRUCK, (G.FILTER_CUTOFF, 8200))),
    Preset(0, 4, "Tine Electric Piano"),
    Preset(8, 4, "Detuned Tine EP"),
    Preset(0, 5, "FM Electric Piano"),
    Preset(0, 8, "Celesta"),
    Preset(0, 9, "Glockenspiel"),
    Preset(0, 10, "Music Box"),
    Preset(0, 11, "Vibraphone", source="fluid"),
    Preset(0, 12, "Marimba"),
    Preset(0, 13, "Xylophone"),
    Preset(0, 14, "Tubular Bells"),
    Preset(0, 16, "Drawbar Organ", bright=0.0),
    Preset(0, 19, "Church Organ", bright=0.0, swell=_SWELL, gap=6),
    Preset(0, 21, "Accordion", swell=_SWELL),
)  # fmt: skip

_PLUCKED = (
    Preset(0, 24, "Nylon String Guitar", compression=0.6),
    Preset(0, 25, "Steel String Guitar", compression=0.6),
    Preset(0, 26, "Jazz Guitar"),
    Preset(0, 27, "Clean Guitar"),
    Preset(0, 28, "Palm Muted Guitar"),
    Preset(0, 29, "Overdrive Guitar", gap=6),
    Preset(0, 32, "Acoustic Bass"),
    Preset(0, 33, "Fingered Bass"),
    Preset(0, 35, "Fretless Bass", generators=NO_ENVELOPE_ON_FILTER),
    Preset(0, 38, "Synth Bass 1"),
    Preset(0, 39, "Synth Bass 2"),
    Preset(0, 46, "Harp", spread=60),
    Preset(0, 47, "Timpani"),
    Preset(0, 105, "Banjo"),
    Preset(0, 108, "Kalimba"),
    Preset(0, 114, "Steel Drums"),
    Preset(0, 116, "Taiko Drum"),
    Preset(0, 117, "Melodic Tom"),
    Preset(0, 119, "Reverse Cymbal", bright=0.0),
)


_LOUD = ((("_v2", "_v3"), 0, 127),)
_SOFT_AND_LOUD = ((("_v1",), 0, 79), (("_v2", "_v3"), 80, 127))
_PLUCKED_LAYERS = ((("_v2", "BassPzz_"), 0, 127),)
_LET_RING = ((G.VOLUME_RELEASE, -600),)


def _strings() -> Iterator[Preset]:
    """The string ensemble over all keys, its sections, and soloists."""
    for bank, name in ((0, "Strings"), (20, "Violins"), (30, "Violas"), (40, "Celli"), (50, "Basses")):
        common = Preset(bank, 48, f"{name} Quick", of=(bank, 49), gap=6, compression=_ENSEMBLE)
        held = replace(common, layers=_SOFT_AND_LOUD, loop=2.2, swell=_SWELL, generators=QUICK, crisp=0.05)
        yield held
        if not bank:
            yield replace(held, program=49, name="Strings Slow", generators=SLOW, crisp=None)
        yield replace(held, program=44, name=f"{name} Tremolo", of=(bank, 44), layers=_LOUD, loop=1.8, crisp=None)
        short = replace(common, bank=bank + 1, name=f"{name} Spiccato", of=(bank, 48), only=("Atk",))
        yield replace(short, layers=_SOFT_AND_LOUD, seconds=0.8, generators=SHORT, crisp=0.012)
        plucked = replace(common, program=45, name=f"{name} Pizzicato", of=(bank, 45), seconds=1.6, crisp=0.008)
        yield replace(plucked, layers=_PLUCKED_LAYERS, without=("_r2",), generators=_LET_RING)
        if bank != 50:  # of the basses there is one recording of each note
            again = replace(plucked, bank=bank + TURN, name=f"{name} Pizzicato 2")
            yield replace(again, layers=_PLUCKED_LAYERS, without=("_r1",), generators=_LET_RING)
    for program, name in ((40, "Violin"), (41, "Viola"), (42, "Cello"), (43, "Contrabass")):
        yield Preset(0, program, name, swell=_SWELL, generators=_STEADY)
    yield Preset(0, 110, "Fiddle", swell=_SWELL)
    for program, name in ((40, "Violin Short"), (42, "Cello Short")):
        yield Preset(1, program, name, of=(0, program), generators=(*SHORT, *NO_ENVELOPE_ON_FILTER), crisp=0.012)


def _wind(program: int, name: str, gap: int = 0) -> Preset:
    return Preset(0, program, name, gap=gap, swell=_SWELL, generators=_STEADY)


def _short(program: int, name: str) -> Preset:
    return replace(
        _wind(program, name), bank=1, of=(0, program), swell=0, generators=(*SHORT, *NO_ENVELOPE_ON_FILTER), crisp=0.012
    )


_WINDS = (
    _wind(56, "Trumpet"),
    _wind(57, "Trombone"),
    _wind(58, "Tuba"),
    _wind(60, "French Horns"),
    _wind(61, "Brass Section"),
    _wind(62, "Synth Brass 1"),
    _wind(66, "Tenor Sax", gap=6),
    _wind(68, "Oboe"),
    _wind(69, "English Horn"),
    _wind(70, "Bassoon"),
    _wind(71, "Clarinet"),
    _wind(72, "Piccolo"),
    _wind(73, "Flute"),
    _wind(75, "Pan Flute"),
    _wind(79, "Ocarina"),
    _short(56, "Trumpet Staccato"),
    _short(57, "Trombone Staccato"),
    _short(60, "Horns Staccato"),
    _short(61, "Brass Staccato"),
    _short(68, "Oboe Staccato"),
    _short(70, "Bassoon Staccato"),
    _short(71, "Clarinet Staccato"),
    _short(73, "Flute Staccato"),
)

_VOICES = (
    Preset(0, 52, "Choir Aahs", gap=4, swell=_SWELL, generators=((G.VOLUME_DELAY, -12000),)),
    Preset(0, 53, "Voice Oohs", swell=_SWELL),
)

_PLUCK = ((G.VOLUME_DELAY, -12000), (G.VOLUME_ATTACK, -10000), (G.VOLUME_HOLD, -12000), (G.VOLUME_DECAY, 400),
          (G.VOLUME_SUSTAIN, 1000), (G.VOLUME_RELEASE, -600))  # fmt: skip

_SYNTHS = (
    Preset(0, 50, "Synth Strings 1", gap=6, swell=_SWELL),
    Preset(0, 80, "Square Lead", swell=_SWELL),
    Preset(0, 81, "Saw Lead", swell=_SWELL),
    Preset(0, 88, "Fantasia", source="fluid", generators=NO_ENVELOPE_ON_FILTER),
    Preset(0, 89, "Warm Pad", source="fluid", swell=_SWELL),
    Preset(0, 90, "Polysynth", swell=_SWELL),
    Preset(0, 91, "Space Voice", swell=_SWELL),
    Preset(0, 92, "Bowed Glass", generators=NO_ENVELOPE_ON_FILTER, swell=_SWELL),
    Preset(0, 94, "Halo Pad", swell=_SWELL),
    Preset(0, 95, "Sweep Pad", swell=_SWELL),
    Preset(0, 98, "Crystal"),
    Preset(0, 99, "Atmosphere", generators=NO_ENVELOPE_ON_FILTER, swell=_SWELL),
    Preset(1, 81, "Saw Pluck", of=(20, 81), generators=_PLUCK),
    Preset(1, 90, "Poly Pluck", of=(0, 90), generators=_PLUCK),
    Preset(8, 81, "Saw Pad", of=(20, 81), swell=_SWELL, generators=(*SLOW, *NO_ENVELOPE_ON_FILTER)),
)

_KIT_KEYS = (27, 87)
_KITS = tuple(
    Preset(128, program, name, seconds=3.6, bright=0.0, keys=_KIT_KEYS, compression=0.73)
    for program, name in (
        (0, "Standard Kit"),
        (24, "Electronic Kit"),
        (25, "TR-808 Kit"),
        (32, "Jazz Kit"),
        (40, "Brush Kit"),
        (48, "Orchestra Kit"),
    )
)
