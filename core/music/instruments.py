"""Instruments by name: the program and bank that sound them, and how low and high people write for them.

Programs are General MIDI's, from 0. Banks other than 0 are the shipped font's own: 1 short articulations, 8 variants.
A player
without such a bank falls back on the program. Ranges are those of good amateurs (Adler, "The Study of Orchestration"),
sounding.
"""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.errors import OptionError


@dataclass(frozen=True)
class Instrument:
    """What sounds under a name.

    Attributes:
        name: as an editor asks for it.
        program: General MIDI program 0..127; of a kit, that of the kit.
        bank: of the font.
        low: lowest pitch it plays.
        high: highest.
        is_sustained: whether it can swell while a note sounds.
        is_kit: whether it is a drum kit.
    """

    name: str
    program: int
    low: int = 21
    high: int = 108
    bank: int = 0
    is_sustained: bool = False
    is_kit: bool = False


def _struck(name: str, program: int, low: int, high: int, bank: int = 0) -> Instrument:
    return Instrument(name, program, low, high, bank)


def _blown(name: str, program: int, low: int, high: int, bank: int = 0) -> Instrument:
    """Bowed, blown or sung."""
    return Instrument(name, program, low, high, bank, is_sustained=True)


def _kit(name: str, program: int) -> Instrument:
    return Instrument(name, program, 27, 87, is_kit=True)


INSTRUMENTS: dict[str, Instrument] = {
    one.name: one
    for one in (
        _struck("piano", 0, 21, 108), _struck("felt piano", 0, 21, 108, 8), _struck("electric piano", 4, 28, 103),
        _struck("detuned electric piano", 4, 28, 103, 8), _struck("fm piano", 5, 28, 103),
        _struck("celesta", 8, 60, 108),
        _struck("glockenspiel", 9, 72, 108), _struck("music box", 10, 60, 96), _struck("vibraphone", 11, 53, 91),
        _struck("marimba", 12, 41, 96), _struck("xylophone", 13, 60, 101), _struck("tubular bells", 14, 55, 79),
        _blown("organ", 16, 36, 96), _blown("church organ", 19, 36, 96), _blown("accordion", 21, 53, 93),
        _struck("nylon guitar", 24, 40, 83), _struck("steel guitar", 25, 40, 83), _struck("jazz guitar", 26, 40, 86),
        _struck("clean guitar", 27, 40, 86), _struck("muted guitar", 28, 40, 80),
        _struck("overdriven guitar", 29, 40, 86),
        _struck("acoustic bass", 32, 28, 60), _struck("electric bass", 33, 28, 60),
        _struck("fretless bass", 35, 28, 60),
        _struck("synth bass", 38, 24, 60), _struck("round synth bass", 39, 24, 60),
        _blown("violin", 40, 55, 100), _blown("viola", 41, 48, 88), _blown("cello", 42, 36, 76),
        _blown("contrabass", 43, 28, 62),
        _blown("tremolo strings", 44, 36, 96), _struck("pizzicato", 45, 28, 96), _struck("harp", 46, 24, 103),
        _struck("timpani", 47, 38, 57), _blown("strings", 48, 28, 98), _blown("slow strings", 49, 28, 98),
        _struck("spiccato", 48, 28, 98, 1), _blown("synth strings", 50, 28, 98), _blown("choir", 52, 41, 84),
        _blown("oohs", 53, 41, 84), _blown("trumpet", 56, 54, 86), _blown("trombone", 57, 40, 72),
        _blown("tuba", 58, 28, 58),
        _blown("horn", 60, 34, 77), _blown("brass", 61, 36, 84), _struck("short brass", 61, 36, 84, 1),
        _blown("synth brass", 62, 36, 84), _blown("saxophone", 66, 44, 76), _blown("oboe", 68, 58, 91),
        _blown("english horn", 69, 52, 81), _blown("bassoon", 70, 34, 74), _struck("short bassoon", 70, 34, 74, 1),
        _blown("clarinet", 71, 50, 91), _struck("short clarinet", 71, 50, 91, 1), _blown("piccolo", 72, 74, 105),
        _blown("flute", 73, 60, 96), _blown("pan flute", 75, 60, 96), _blown("ocarina", 79, 60, 96),
        _blown("square lead", 80, 36, 96), _blown("saw lead", 81, 36, 96), _blown("saw pad", 81, 28, 96, 8),
        _struck("fantasia", 88, 36, 103), _blown("warm pad", 89, 28, 96), _blown("polysynth", 90, 28, 96),
        _struck("poly pluck", 90, 28, 96, 1), _blown("space voice", 91, 36, 96), _blown("bowed glass", 92, 36, 96),
        _blown("halo pad", 94, 28, 96), _blown("sweep pad", 95, 28, 96), _struck("crystal", 98, 36, 103),
        _struck("atmosphere", 99, 36, 103), _struck("banjo", 105, 48, 86), _struck("kalimba", 108, 60, 93),
        _blown("fiddle", 110, 55, 96), _struck("steel drums", 114, 53, 91), _struck("taiko", 116, 28, 72),
        _struck("melodic tom", 117, 28, 72), _struck("reverse cymbal", 119, 48, 72),
        _kit("standard kit", 0), _kit("electronic kit", 24), _kit("808 kit", 25), _kit("jazz kit", 32),
        _kit("brush kit", 40),
        _kit("orchestra kit", 48),
    )
}  # fmt: skip


def instrument_named(name: str) -> Instrument:
    """The instrument an editor asked for, in any case.

    Raises:
        OptionError: if there is none of that name; the message tells some that are close, or all.
    """
    wished = " ".join(name.lower().split())
    if wished in INSTRUMENTS:
        return INSTRUMENTS[wished]
    close = [
        one for one in INSTRUMENTS if set(wished.split()) & set(one.split()) or (wished and one.startswith(wished))
    ]
    raise OptionError(f"there is no instrument {name!r}: choose one of {', '.join(close or INSTRUMENTS)}")
