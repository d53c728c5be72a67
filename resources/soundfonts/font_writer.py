"""Flat zones into the bytes of a sound font with Vorbis samples (SF3).

Each preset has one instrument with all its zones. Every recording is brought to full scale, and the zones that play it
are attenuated by as much: FluidSynth does the first with Vorbis samples unasked, so that otherwise the two synthesisers
would not agree.
"""

from __future__ import annotations

import io
import math
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np
import soundfile  # type: ignore[import-untyped]
from flat_zones import FlatZone, Recording
from numpy.typing import NDArray

from hitpoint.core.render.sampler.generators import DEFAULTS, GENERATOR_COUNT, Generator, clipped
from hitpoint.core.render.sampler.soundfont import RECORDS, VORBIS

_G = Generator
CENTIBELS_COUNT = 0.4  # of an attenuation in a font, see voice.py
_END_NAMES = {"phdr": b"EOP", "inst": b"EOI", "shdr": b"EOS"}
_FIRST = {int(_G.KEY_RANGE): -2, int(_G.VELOCITY_RANGE): -1}


class FontWriter:
    """The tables of the new font as they grow."""

    def __init__(self) -> None:
        self._rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in RECORDS}
        self._data = bytearray()
        self._samples: dict[int, int] = {}
        self._gains: dict[int, float] = {}
        self._kept: list[Recording] = []  # so that their ids stay theirs
        self.seconds = 0.0

    @property
    def bytes(self) -> int:
        """Of all recordings so far."""
        return len(self._data)

    def add(self, name: str, bank: int, program: int, zones: Sequence[FlatZone], compression: float) -> None:
        """Add a preset; recordings that were written for another are written once."""
        rows, index = self._rows, len(self._rows["inst"])
        rows["phdr"].append((name.encode("ascii"), program, bank, len(rows["pbag"]), 0, 0, 0))
        rows["pbag"].append((len(rows["pgen"]), 0))
        rows["pgen"].append((int(_G.INSTRUMENT), index))
        rows["inst"].append((name.encode("ascii"), len(rows["ibag"])))
        numbers = [self._sample(zone.recording, compression) for zone in zones]
        attenuations = [self._attenuation(zone) for zone in zones]
        lift = max(0.0, -min(attenuations))  # none may be negative; the trims make up for it
        for zone, number, attenuation in zip(zones, numbers, attenuations, strict=True):
            self._add_zone(zone, number, round(attenuation + lift))

    def _attenuation(self, zone: FlatZone) -> float:
        gain = self._gains[id(zone.recording)]
        return zone.generators.get(_G.ATTENUATION, 0) + 200.0 * math.log10(gain) / CENTIBELS_COUNT

    def _add_zone(self, zone: FlatZone, sample: int, attenuation: int) -> None:
        rows = self._rows
        rows["ibag"].append((len(rows["igen"]), len(rows["imod"])))
        values = {**zone.generators, int(_G.ATTENUATION): attenuation}
        values.setdefault(_G.SAMPLE_MODES, int(zone.recording.loop is not None))
        generators = [
            (int(_G.KEY_RANGE), zone.keys[0] | zone.keys[1] << 8),
            (int(_G.VELOCITY_RANGE), zone.velocities[0] | zone.velocities[1] << 8),
            *((int(number), _word(number, amount)) for number, amount in sorted(values.items())
              if number < GENERATOR_COUNT and amount != DEFAULTS[number]),
            (int(_G.SAMPLE), sample),
        ]  # fmt: skip
        rows["igen"] += generators
        rows["imod"] += [
            (one.source, one.destination, one.amount, one.amount_source, one.transform) for one in zone.modulators
        ]

    def _sample(self, recording: Recording, compression: float) -> int:
        """The number of a recording, which is encoded the first time it is met."""
        if id(recording) not in self._samples:
            gain, encoded = _encoded(recording, compression)
            begin, loop = len(self._data), recording.loop or (0, len(recording.frames))
            self._data += encoded
            self._samples[id(recording)] = len(self._rows["shdr"])
            self._gains[id(recording)] = gain
            self._kept.append(recording)
            self.seconds += len(recording.frames) / recording.rate
            name = recording.name.encode("ascii")[:20]
            place = (begin, len(self._data), *loop, recording.rate, recording.root, recording.correction)
            self._rows["shdr"].append((name, *place, 0, 1 | VORBIS))
        return self._samples[id(recording)]

    def written(self, name: str, rights: str) -> bytes:
        """The font as the bytes of a RIFF file."""
        rows = self._rows
        for table, end in _END_NAMES.items():
            row: list[Any] = [0] * len(RECORDS[table])
            row[0] = end
            if table != "shdr":
                row[{"phdr": 3, "inst": 1}[table]] = len(rows["pbag" if table == "phdr" else "ibag"])
            rows[table].append(tuple(row))
        for kind in "pi":
            rows[kind + "bag"].append((len(rows[kind + "gen"]), len(rows[kind + "mod"])))
            rows[kind + "gen"].append((0, 0))
            rows[kind + "mod"].append((0, 0, 0, 0, 0))
        tables = [_chunk(table.encode(), np.array(rows[table], RECORDS[table]).tobytes()) for table in RECORDS]
        info = [
            _chunk(b"ifil", struct.pack("<HH", 3, 0)),
            _chunk(b"isng", b"EMU8000\0"),
            _chunk(b"INAM", _padded(name)),
            _chunk(b"ICOP", _padded(rights)),
        ]
        lists = [
            _chunk(b"LIST", b"INFO" + b"".join(info)),
            _chunk(b"LIST", b"sdta" + _chunk(b"smpl", bytes(self._data))),
            _chunk(b"LIST", b"pdta" + b"".join(tables)),
        ]
        return _chunk(b"RIFF", b"sfbk" + b"".join(lists))


def _word(number: int, amount: int) -> int:
    return int(clipped(number, amount)) & 0xFFFF


def _encoded(recording: Recording, compression: float) -> tuple[float, bytes]:
    """A recording as Vorbis whose decoded peak is full scale, and what it was multiplied by for that."""
    gain = 1.0 / _peak(recording.frames)
    for _ in range(2):  # the peak moves a little in coding
        data = _vorbis(recording.frames * np.float32(gain), recording.rate, compression)
        peak = _peak(soundfile.read(io.BytesIO(data), dtype="float32")[0])
        found = gain, data
        gain /= peak
    return found


def _peak(frames: NDArray[np.float32]) -> float:
    return max(float(np.abs(frames).max(initial=0.0)), 1e-3)


def _vorbis(frames: NDArray[np.float32], rate: int, compression: float) -> bytes:
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
