"""The film at a glance: its arrivals and what lies between, in rows, as a PNG."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.visuals.generator import PictureGenerator, drawn
from hitpoint.core.visuals.walk import Kind, Walk

COLUMNS = 4
_TILE = (180, 320)  # rows, columns
_GAP = 8
_GROUND = 24  # grey of the paper
_MOST = 32  # pictures
_MARK = {
    Kind.SECTION: (235, 200, 120),
    Kind.HIT: (230, 110, 90),
    Kind.BAR: (120, 160, 200),
    Kind.CHORD: (120, 120, 120),
}


def sheet_frames(walk: Walk) -> tuple[int, ...]:
    """The frames on a contact sheet, in order.

    Section starts and hits first, then bars, as many as there is room for.
    """
    weighed = sorted(walk.arrivals, key=lambda arrival: (-arrival.kind, arrival.frame))
    frames = [arrival.frame for arrival in weighed if arrival.kind >= Kind.HIT][:_MOST]
    rest = [arrival.frame for arrival in walk.arrivals if arrival.kind < Kind.HIT]
    room = max(0, min(_MOST, max(len(frames), 12)) - len(frames))
    if rest and room:
        places = np.unique(np.linspace(0, len(rest) - 1, room).round().astype(int))
        frames += [rest[place] for place in places]
    return tuple(sorted(set(frames)))


def contact_sheet(
    generator: PictureGenerator, walk: Walk, frames: Sequence[int], progress: Progress = SILENT
) -> NDArray[np.uint8]:
    """Pictures in rows of four, each with a line of the colour of what it arrives on: (height, width, 3) uint8 RGB."""
    height, width = _TILE
    rows = -(-len(frames) // COLUMNS)
    size = (rows * (height + _GAP) + _GAP, COLUMNS * (width + _GAP) + _GAP, 3)
    sheet = np.full(size, _GROUND, np.uint8)
    kinds = {arrival.frame: arrival.kind for arrival in walk.arrivals}
    for place, frame in enumerate(frames):
        progress.step(place / len(frames), "Drawing the contact sheet")
        latent, view = walk.at(frame)
        top = _GAP + place // COLUMNS * (height + _GAP)
        left = _GAP + place % COLUMNS * (width + _GAP)
        sheet[top : top + height, left : left + width] = drawn(generator, latent, view, height, width)
        if frame in kinds:
            sheet[top + height : top + height + 3, left : left + width] = _MARK[kinds[frame]]
    return sheet


def write_png(path: Path, picture: NDArray[np.uint8]) -> None:
    """Write a (height, width, 3) uint8 RGB picture."""
    context = av.CodecContext.create("png", "w")
    context.height, context.width, context.pix_fmt = picture.shape[0], picture.shape[1], "rgb24"
    context.time_base = Fraction(1)
    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
    packets = [*context.encode(frame), *context.encode(None)]
    path.write_bytes(b"".join(bytes(packet) for packet in packets))
