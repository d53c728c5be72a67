"""A sound font in memory: presets of plain waves, so that every law of the sampler can be heard alone."""

from __future__ import annotations

import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hitpoint.core.music.score import Bend, Control, Note, Part
from hitpoint.core.music.tempo import TempoMap, steady_tempo
from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.soundfont import RECORDS

RATE = 44_100
FontMaker = Callable[..., Path]


def _chunk(name: bytes, data: bytes) -> bytes:
    return name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2)


def _signed(amount: int) -> int:
    return amount & 0xFFFF


def font_bytes(
    zones: list[dict[int, int]], frames: np.ndarray, loop: tuple[int, int], root: int, bank: int = 0, program: int = 0
) -> bytes:
    """A font of one preset and one sample; each zone is generators by number."""
    data = np.concatenate([np.rint(frames * 32767).astype("<i2"), np.zeros(46, "<i2")])
    generators = [
        row for zone in zones for row in [*((k, _signed(v)) for k, v in sorted(zone.items())), (Generator.SAMPLE, 0)]
    ]
    ends = np.cumsum([0, *(len(zone) + 1 for zone in zones)])
    tables: dict[str, list[tuple[Any, ...]]] = {
        "phdr": [(b"Wave", program, bank, 0, 0, 0, 0), (b"EOP", 0, 0, 1, 0, 0, 0)],
        "pbag": [(0, 0), (1, 0)],
        "pmod": [(0, 0, 0, 0, 0)],
        "pgen": [(Generator.INSTRUMENT, 0), (0, 0)],
        "inst": [(b"Wave", 0), (b"EOI", len(zones))],
        "ibag": [(int(end), 0) for end in ends],
        "imod": [(0, 0, 0, 0, 0)],
        "igen": [*generators, (0, 0)],
        "shdr": [(b"Wave", 0, len(frames), *loop, RATE, root, 0, 0, 1), (b"EOS", 0, 0, 0, 0, 0, 0, 0, 0, 0)],
    }
    lists = [
        _chunk(b"LIST", b"INFO" + _chunk(b"ifil", struct.pack("<HH", 2, 4))),
        _chunk(b"LIST", b"sdta" + _chunk(b"smpl", data.tobytes())),
        _chunk(
            b"LIST", b"pdta" + b"".join(_chunk(n.encode(), np.array(tables[n], RECORDS[n]).tobytes()) for n in RECORDS)
        ),
    ]
    return _chunk(b"RIFF", b"sfbk" + b"".join(lists))


@pytest.fixture
def make_font(tmp_path: Path) -> FontMaker:
    """Writes a font with a sine of 441 Hz at key 69 in a loop of 100 samples; the zones are generators by number."""

    def make(
        *zones: dict[int, int], frames: np.ndarray | None = None, loop: tuple[int, int] | None = None, **preset: int
    ):
        sine = 0.5 * np.sin(2 * np.pi * np.arange(2000) / 100)
        chosen = sine if frames is None else frames
        path = tmp_path / f"font{len(list(tmp_path.iterdir()))}.sf2"
        looped = [{Generator.SAMPLE_MODES: 1, **zone} for zone in zones or ({},)]
        path.write_bytes(font_bytes(looped, chosen, loop or (500, 1500), 69, **preset))
        return path

    return make


@pytest.fixture
def tempo() -> TempoMap:
    """One beat a second."""
    return steady_tempo(Fraction(1))


@pytest.fixture
def make_part() -> Callable[..., Part]:
    """A part of notes (start, end, pitch, velocity), controls (beat, number, value) and bends (beat, semitones)."""

    def make(
        *notes: tuple[float, float, int, int],
        controls: tuple[tuple[float, int, int], ...] = (),
        bends: tuple[tuple[float, float], ...] = (),
        **fields: Any,
    ) -> Part:
        values = {"name": "Wave", "program": 0, "channel": 0} | fields
        return Part(
            **values,
            notes=tuple(Note(*note) for note in notes),
            controls=tuple(Control(*one) for one in controls),
            bends=tuple(Bend(*one) for one in bends),
        )

    return make
