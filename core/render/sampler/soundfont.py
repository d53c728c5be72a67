"""Reads sound fonts: SF2 (16-bit samples) and SF3 (the same with Ogg Vorbis samples).

A font's presets, instruments and zones are resolved here into flat :class:`Zone` values: what to play for which keys
and velocities (SoundFont 2.04 specification, 7 and 9.4). Everything a file says is checked before it is used, so that a
damaged or hostile font ends in one :class:`~hitpoint.core.errors.SoundFontError`.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

from hitpoint.core.errors import SoundFontError
from hitpoint.core.render.sampler.generators import DEFAULTS, GENERATOR_COUNT, INSTRUMENT_ONLY, Generator, clipped

# The records of the "pdta" list, in the order a font has them (7.2 to 7.10).
RECORDS: dict[str, np.dtype[Any]] = {
    "phdr": np.dtype("S20,<u2,<u2,<u2,<u4,<u4,<u4"),  # name, program, bank, first bag, 3 unused
    "pbag": np.dtype("<u2,<u2"),  # first generator, first modulator
    "pmod": np.dtype("<u2,<u2,<i2,<u2,<u2"),  # source, destination, amount, amount source, transform
    "pgen": np.dtype("<u2,<u2"),  # generator, amount
    "inst": np.dtype("S20,<u2"),  # name, first bag
    "ibag": np.dtype("<u2,<u2"),
    "imod": np.dtype("<u2,<u2,<i2,<u2,<u2"),
    "igen": np.dtype("<u2,<u2"),
    # name, start, end, loop start, loop end, rate, root key, correction, link, type
    "shdr": np.dtype("S20,<u4,<u4,<u4,<u4,<u4,u1,i1,<u2,<u2"),
}
VORBIS = 0x10  # of a sample's type: SF3
ROM = 0x8000
MAX_SAMPLES = 48_000 * 600  # of one sample once decoded; a Vorbis bomb goes no further
_MAX_ZONES = 20_000  # of one preset; the largest real ones have some hundred


@dataclass(frozen=True)
class Modulator:
    """A controller's effect on a generator: the numbers of the file (8.2)."""

    source: int
    destination: int
    amount: int
    amount_source: int
    transform: int

    @property
    def identity(self) -> tuple[int, int, int, int]:
        """Modulators alike in this replace one another (9.5)."""
        return (self.source, self.destination, self.amount_source, self.transform)


@dataclass(frozen=True)
class Sample:
    """One recording; loop points count from its start."""

    index: int
    name: str
    start: int
    end: int
    loop_start: int
    loop_end: int
    rate: int
    root_key: int
    correction: int
    kind: int


@dataclass(frozen=True, eq=False)
class Zone:
    """One recording laid over a range of keys and velocities.

    Attributes:
        keys: lowest and highest MIDI pitch.
        velocities: lowest and highest.
        generators: amounts by generator number, resolved and clipped.
        modulators: of the instrument, which replace the default ones.
        preset_modulators: which add to those.
        sample: the recording.
    """

    keys: tuple[int, int]
    velocities: tuple[int, int]
    generators: tuple[int, ...]
    modulators: tuple[Modulator, ...]
    preset_modulators: tuple[Modulator, ...]
    sample: Sample

    def sounds(self, pitch: int, velocity: int) -> bool:
        """Whether a note is in the zone's ranges."""
        return self.keys[0] <= pitch <= self.keys[1] and self.velocities[0] <= velocity <= self.velocities[1]


@dataclass
class _Layer:
    """A zone as written: of a preset or of an instrument, its global zone included."""

    amounts: dict[int, int]
    modulators: dict[tuple[int, int, int, int], Modulator]
    keys: tuple[int, int]
    velocities: tuple[int, int]
    target: int


class SoundFont:
    """A font opened for reading.

    Args:
        path: of an ``.sf2`` or ``.sf3`` file.

    Raises:
        SoundFontError: if it is none, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._bytes = _mapped(path)
        chunks = _chunks(self._bytes, path)
        self.records = {name: _records(chunks, name, path) for name in RECORDS}
        self._samples = chunks.get("smpl", (0, 0))
        self._zones: dict[tuple[int, int], tuple[Zone, ...]] = {}
        self._frames: dict[int, NDArray[np.float32]] = {}

    @cached_property
    def presets(self) -> dict[tuple[int, int], int]:
        """Index of the preset for each (bank, program)."""
        headers = self.records["phdr"][:-1]
        return {(int(row[2]), int(row[1])): index for index, row in reversed(list(enumerate(headers)))}

    def zones(self, bank: int, program: int) -> tuple[Zone, ...]:
        """All zones of a preset; empty if the font has no such preset.

        Raises:
            SoundFontError: if the preset refers to what is not in the file.
        """
        if (bank, program) not in self._zones:
            index = self.presets.get((bank, program))
            self._zones[bank, program] = () if index is None else self._resolved(index)
        return self._zones[bank, program]

    def frames(self, sample: Sample) -> NDArray[np.float32]:
        """A recording, -1..1, mono.

        Raises:
            SoundFontError: if its data lie outside the file or cannot be decoded.
        """
        frames = self._frames.get(sample.index)
        if frames is None:
            frames = self._frames[sample.index] = self._decoded(sample)
        return frames

    def stored_bytes(self, sample: Sample) -> bytes:
        """A recording as it stands in the file."""
        start, size = self._samples
        width = 1 if sample.kind & VORBIS else 2
        first, last = sample.start * width, sample.end * width
        if sample.kind & ROM or not 0 <= first <= last <= size:
            raise self._error(f"sample {sample.name!r} lies outside the file")
        return bytes(self._bytes[start + first : start + last])

    def sample(self, index: int) -> Sample:
        """A recording's header."""
        headers = self.records["shdr"]
        if not 0 <= index < len(headers) - 1:
            raise self._error(f"it has no sample {index}")
        name, start, end, loop_start, loop_end, rate, root, correction, _, kind = headers[index].item()
        origin = 0 if kind & VORBIS else start
        root = root if root <= 127 else 60
        loop = (loop_start - origin, loop_end - origin)
        return Sample(index, _text(name), start, end, *loop, min(max(rate, 400), 400_000), root, correction, kind)

    def _decoded(self, sample: Sample) -> NDArray[np.float32]:
        stored = self.stored_bytes(sample)
        if not sample.kind & VORBIS:
            return np.frombuffer(stored, "<i2").astype(np.float32) / np.float32(32768)
        try:
            frames, _ = soundfile.read(io.BytesIO(stored), frames=MAX_SAMPLES, dtype="float32", always_2d=True)
        except (soundfile.LibsndfileError, RuntimeError, ValueError) as error:
            raise self._error(f"sample {sample.name!r} cannot be decoded ({error})") from None
        mono: NDArray[np.float32] = np.nan_to_num(frames[:, 0], nan=0.0, posinf=0.0, neginf=0.0)
        return mono

    def _resolved(self, index: int) -> tuple[Zone, ...]:
        zones: list[Zone] = []
        for outer in self._layers("phdr", "pbag", "pgen", "pmod", index, Generator.INSTRUMENT):
            for inner in self._layers("inst", "ibag", "igen", "imod", outer.target, Generator.SAMPLE):
                zone = self._zone(outer, inner)
                if zone is not None:
                    zones.append(zone)
                if len(zones) > _MAX_ZONES:
                    raise self._error(f"a preset has more than {_MAX_ZONES} zones")
        return tuple(zones)

    def _zone(self, outer: _Layer, inner: _Layer) -> Zone | None:
        keys = (max(outer.keys[0], inner.keys[0]), min(outer.keys[1], inner.keys[1]))
        velocities = (max(outer.velocities[0], inner.velocities[0]), min(outer.velocities[1], inner.velocities[1]))
        if keys[0] > keys[1] or velocities[0] > velocities[1]:
            return None
        amounts = [inner.amounts.get(number, DEFAULTS[number]) for number in range(GENERATOR_COUNT)]
        for number, amount in outer.amounts.items():
            if number not in INSTRUMENT_ONLY:
                amounts[number] += amount
        generators = tuple(int(clipped(number, amount)) for number, amount in enumerate(amounts))
        modulators = tuple(inner.modulators.values())
        return Zone(
            keys, velocities, generators, modulators, tuple(outer.modulators.values()), self.sample(inner.target)
        )

    def _layers(self, heads: str, bags: str, gens: str, mods: str, index: int, target: int) -> Iterator[_Layer]:
        """Zones of one preset or instrument, each with its global zone's values below its own."""
        table = self.records[heads]
        if not 0 <= index < len(table) - 1:
            raise self._error(f"it has no {heads} {index}")
        column = "f3" if heads == "phdr" else "f1"
        first, last = int(table[index][column]), int(table[index + 1][column])
        common: _Layer | None = None
        for bag in range(first, last):
            layer = self._layer(bags, gens, mods, bag, target, common)
            if layer.target >= 0:
                yield layer
            elif bag == first:
                common = layer

    def _layer(self, bags: str, gens: str, mods: str, bag: int, target: int, common: _Layer | None) -> _Layer:
        table = self.records[bags]
        if bag + 1 >= len(table):
            raise self._error(f"a zone lies outside {bags}")
        layer = _Layer({}, {}, (0, 127), (0, 127), -1)
        if common is not None:
            layer = _Layer(dict(common.amounts), dict(common.modulators), common.keys, common.velocities, -1)
        for number, amount in self._slice(gens, table[bag]["f0"], table[bag + 1]["f0"]):
            _take_generator(layer, int(number), int(amount), target)
        for row in self._slice(mods, table[bag]["f1"], table[bag + 1]["f1"]):
            modulator = Modulator(*row)
            layer.modulators[modulator.identity] = modulator
        return layer

    def _slice(self, name: str, first: int, last: int) -> list[Any]:
        if not first <= last <= len(self.records[name]):
            raise self._error(f"a zone lies outside {name}")
        rows: list[Any] = self.records[name][first:last].tolist()
        return rows

    def _error(self, what: str) -> SoundFontError:
        return SoundFontError(f"sound font {self.path.name} is damaged: {what}; choose another with --soundfont")


def _take_generator(layer: _Layer, number: int, amount: int, target: int) -> None:
    if number == Generator.KEY_RANGE:
        layer.keys = (amount & 0xFF, min(amount >> 8, 127))
    elif number == Generator.VELOCITY_RANGE:
        layer.velocities = (amount & 0xFF, min(amount >> 8, 127))
    elif number == target:
        layer.target = amount
    elif number < GENERATOR_COUNT and number not in (Generator.INSTRUMENT, Generator.SAMPLE):
        layer.amounts[number] = amount - 65536 if amount >= 32768 else amount


def _mapped(path: Path) -> NDArray[np.uint8]:
    try:
        return np.memmap(path, np.uint8, mode="r")
    except FileNotFoundError:
        raise SoundFontError(f"there is no sound font {path}; give the path of an .sf2 or .sf3 file") from None
    except (OSError, ValueError) as error:
        raise SoundFontError(f"sound font {path} cannot be read ({error})") from None


def _chunks(data: NDArray[np.uint8], path: Path) -> dict[str, tuple[int, int]]:
    """Offset and size of each chunk inside the lists of the RIFF file, by its name."""
    if len(data) < 12 or bytes(data[:4]) != b"RIFF" or bytes(data[8:12]) != b"sfbk":
        raise SoundFontError(f"{path} is no sound font; give the path of an .sf2 or .sf3 file")
    found: dict[str, tuple[int, int]] = {}
    for name, start, size in _walk(data, 12, len(data)):
        if name == "LIST" and size >= 4:
            found.update({inner: (begin, length) for inner, begin, length in _walk(data, start + 4, start + size)})
    return found


def _walk(data: NDArray[np.uint8], start: int, end: int) -> Iterator[tuple[str, int, int]]:
    while start + 8 <= end:
        name, size = struct.unpack("<4sI", bytes(data[start : start + 8]))
        size = min(size, end - start - 8)
        yield name.decode("latin-1"), start + 8, size
        start += 8 + size + size % 2


def _records(chunks: dict[str, tuple[int, int]], name: str, path: Path) -> NDArray[Any]:
    start, size = chunks.get(name, (0, 0))
    width = RECORDS[name].itemsize
    if size < width or size % width:
        raise SoundFontError(f"sound font {path.name} is damaged: its {name} table is cut short or missing")
    return np.frombuffer(bytes(np.memmap(path, np.uint8, mode="r", offset=start, shape=(size,))), RECORDS[name])


def _text(name: bytes) -> str:
    return name.split(b"\0")[0].decode("latin-1")
