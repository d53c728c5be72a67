"""Cuts the presets Hitpoint plays out of a large sound font and stores them as SF3 (Ogg Vorbis samples).

How the font in this folder was made, on Debian 12::

    apt-get install fluid-soundfont-gm
    python resources/soundfonts/cut_soundfont.py /usr/share/sounds/sf2/FluidR3_GM.sf2 resources/soundfonts/hitpoint.sf3

The source is FluidR3_GM.sf2, 148 MB, MIT licence: see NOTICE. The encoder is the one that ``soundfile`` brings, so another
version of it makes other bytes of the same sound.
"""

from __future__ import annotations

import argparse
import io
import math
import struct
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile  # type: ignore[import-untyped]

from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.soundfont import RECORDS, VORBIS, SoundFont

# bank, program: what an arranger of film music asks for
PRESETS = (
    (0, 0),  # grand piano
    (0, 8),  # celesta
    (0, 11),  # vibraphone
    (0, 24),  # nylon guitar
    (0, 32),  # acoustic bass
    (0, 33),  # finger bass
    (0, 42),  # cello
    (0, 45),  # pizzicato strings
    (0, 48),  # strings
    (0, 52),  # choir aahs
    (0, 60),  # French horns
    (0, 88),  # fantasia pad
    (0, 89),  # warm pad
    (128, 0),  # standard kit
)
COMPRESSION = 0.6  # of soundfile's Vorbis encoder, 0 best .. 1 smallest
CENTIBELS_COUNT = 0.4  # of an attenuation in a font, see voice.py
_END_NAMES = {"phdr": b"EOP", "inst": b"EOI", "shdr": b"EOS"}


@dataclass
class Cut:
    """The tables of the new font as they grow, and where each old instrument and sample went.

    Every sample is brought to full scale, and the zones that play it are attenuated by as much: FluidSynth does the first
    with Vorbis samples unasked, so that otherwise the two synthesisers would not agree.
    """

    source: SoundFont
    compression: float
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {name: [] for name in RECORDS})
    data: bytearray = field(default_factory=bytearray)
    instruments: dict[int, int] = field(default_factory=dict)
    samples: dict[int, int] = field(default_factory=dict)
    encoded: dict[int, tuple[float, bytes]] = field(default_factory=dict)

    def add_preset(self, index: int) -> None:
        """Copy a preset with all it needs."""
        name, program, bank, *_ = self.source.records["phdr"][index].item()
        first = len(self.rows["pbag"])
        self.rows["phdr"].append((name, program, bank, first, 0, 0, 0))
        bags = self.source.records["phdr"]["f3"][index : index + 2]
        self._add_bags("p", int(bags[0]), int(bags[1]))

    def _add_bags(self, kind: str, first: int, last: int) -> None:
        table = self.source.records[kind + "bag"]
        common = 0  # attenuation in the global zone
        for bag in range(first, last):
            generators, modulators = table[bag : bag + 2]["f0"], table[bag : bag + 2]["f1"]
            rows = [row.item() for row in self.source.records[kind + "gen"][generators[0] : generators[1]]]
            if kind == "i":
                rows, common = self._attenuated(rows, common)
            rows = [(number, self._moved(number, amount)) for number, amount in rows]
            self.rows[kind + "bag"].append((len(self.rows[kind + "gen"]), len(self.rows[kind + "mod"])))
            self.rows[kind + "gen"] += rows
            self.rows[kind + "mod"] += [
                row.item() for row in self.source.records[kind + "mod"][modulators[0] : modulators[1]]
            ]

    def _attenuated(self, rows: list[tuple[int, int]], common: int) -> tuple[list[tuple[int, int]], int]:
        """An instrument zone softer by what its sample is made louder, and the global zone's attenuation."""
        written = dict(rows)
        attenuation = written.get(Generator.ATTENUATION, common)
        if Generator.SAMPLE not in written:
            return rows, attenuation
        gain, _ = self._encoded(written[Generator.SAMPLE])
        centibels = 200.0 * math.log10(gain) / CENTIBELS_COUNT
        others = [row for row in rows if row[0] not in (Generator.ATTENUATION, Generator.SAMPLE)]
        sample = (int(Generator.SAMPLE), written[Generator.SAMPLE])
        new = [*others, (int(Generator.ATTENUATION), max(0, attenuation + round(centibels))), sample]
        return sorted(new, key=_place), common

    def _moved(self, number: int, amount: int) -> int:
        """A generator's amount, with instruments and samples copied and counted anew."""
        if number == Generator.INSTRUMENT:
            return self.instruments.setdefault(amount, len(self.instruments))
        if number == Generator.SAMPLE:
            return self.samples.setdefault(amount, len(self.samples))
        return amount

    def add_instruments(self) -> None:
        """Copy the instruments that the presets use."""
        for old in self.instruments:
            name, first = self.source.records["inst"][old].item()
            self.rows["inst"].append((name, len(self.rows["ibag"])))
            self._add_bags("i", first, int(self.source.records["inst"]["f1"][old + 1]))

    def _encoded(self, index: int) -> tuple[float, bytes]:
        """A sample as Vorbis whose decoded peak is full scale, and what it was multiplied by for that."""
        if index not in self.encoded:
            sample = self.source.sample(index)
            frames = self.source.frames(sample)
            gain = 1.0 / _peak(frames)
            for _ in range(3):  # the peak moves a little in coding
                data = _vorbis(frames * np.float32(gain), sample.rate, self.compression)
                peak = _peak(soundfile.read(io.BytesIO(data), dtype="float32")[0])
                self.encoded[index] = gain, data
                gain /= peak
        return self.encoded[index]

    def add_samples(self) -> None:
        """Encode the samples that the instruments use."""
        for old in self.samples:
            name, start, _, loop_start, loop_end, rate, root, correction, link, kind = self.source.records["shdr"][
                old
            ].item()
            _, encoded = self._encoded(old)
            begin = len(self.data)
            self.data += encoded
            link = self.samples.get(link, 0)
            loop = (loop_start - start, loop_end - start)
            self.rows["shdr"].append((name, begin, len(self.data), *loop, rate, root, correction, link, kind | VORBIS))

    def written(self, name: str) -> bytes:
        """The new font as the bytes of a RIFF file."""
        for table, end in _END_NAMES.items():
            width = len(RECORDS[table])
            bags = {"phdr": 3, "inst": 1}.get(table)
            row: list[Any] = [0] * width
            row[0] = end
            if bags is not None:
                row[bags] = len(self.rows["pbag" if table == "phdr" else "ibag"])
            self.rows[table].append(tuple(row))
        for kind in "pi":
            self.rows[kind + "bag"].append((len(self.rows[kind + "gen"]), len(self.rows[kind + "mod"])))
            self.rows[kind + "gen"].append((0, 0))
            self.rows[kind + "mod"].append((0, 0, 0, 0, 0))
        tables = [_chunk(table.encode(), np.array(self.rows[table], RECORDS[table]).tobytes()) for table in RECORDS]
        info = [
            _chunk(b"ifil", struct.pack("<HH", 3, 0)),
            _chunk(b"isng", b"EMU8000\0"),
            _chunk(b"INAM", _padded(name)),
            _chunk(b"ICOP", _padded("(c) 2000-2002, 2008 Frank Wen. MIT licence, see NOTICE")),
        ]
        lists = [
            _chunk(b"LIST", b"INFO" + b"".join(info)),
            _chunk(b"LIST", b"sdta" + _chunk(b"smpl", bytes(self.data))),
            _chunk(b"LIST", b"pdta" + b"".join(tables)),
        ]
        return _chunk(b"RIFF", b"sfbk" + b"".join(lists))


def cut(source: Path, presets: tuple[tuple[int, int], ...], compression: float = COMPRESSION) -> bytes:
    """A font with only these presets of another, as SF3."""
    font = SoundFont(source)
    new = Cut(font, compression)
    for preset in sorted(presets, key=lambda one: (one[0], one[1])):
        new.add_preset(font.presets[preset])
    new.add_instruments()
    new.add_samples()
    return new.written("Hitpoint, cut from FluidR3 GM")


def _peak(frames: np.ndarray[Any, np.dtype[np.float32]]) -> float:
    return max(float(np.abs(frames).max(initial=0.0)), 1e-3)


def _place(row: tuple[int, int]) -> int:
    """Ranges come first in a zone and the sample last (SoundFont 2.04, 7.9)."""
    order = {int(Generator.KEY_RANGE): -2, int(Generator.VELOCITY_RANGE): -1, int(Generator.SAMPLE): 1}
    return order.get(row[0], 0)


def _vorbis(frames: np.ndarray[Any, np.dtype[np.float32]], rate: int, compression: float) -> bytes:
    """One sample as Ogg Vorbis, exactly as long as it was."""
    stream = io.BytesIO()
    with soundfile.SoundFile(
        stream, "w", samplerate=rate, channels=1, format="OGG", subtype="VORBIS", compression_level=compression
    ) as file:
        for start in range(0, len(frames), 4096):  # libsndfile's encoder overruns its stack on large writes
            file.write(frames[start : start + 4096])
    encoded = stream.getvalue()
    if soundfile.info(io.BytesIO(encoded)).frames != len(frames):
        raise ValueError("the encoder changed the length of a sample")
    return encoded


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _padded(text: str) -> bytes:
    raw = text.encode("ascii") + b"\0"
    return raw + b"\0" * (len(raw) % 2)


def main() -> None:
    """Cut the font named first and write the one named second."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    options = parser.parse_args()
    data = cut(options.source, PRESETS)
    options.target.write_bytes(data)
    print(f"{options.target}: {len(data) / 1e6:.2f} MB, {len(PRESETS)} presets")


if __name__ == "__main__":
    main()
