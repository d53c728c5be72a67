"""A small edit with moving pictures of its own, for the first try of a newcomer.

Three short films are drawn and encoded with PyAV, and an OpenTimelineIO timeline cuts between them: seven shots, a
dissolve, a slowed shot, a title on top and a marker. Nothing is downloaded, and the same pictures come out every time.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Literal

import av
import numpy as np
import opentimelineio as otio
from numpy.typing import NDArray

from hitpoint.core.files.output import write_safely
from hitpoint.core.files.places import make_folder
from hitpoint.core.progress import SILENT, Progress

Picture = NDArray[np.uint8]

RATE = 25
SIZE = (180, 320)  # rows, columns
FILM_SECONDS = 10

# film, first frame in the film, frames on the timeline, speed
_SHOTS = (
    ("sea", 10, 125, 1.0),
    ("sea", 160, 75, 1.0),
    ("night", 20, 100, 1.0),
    ("night", 140, 50, 1.0),
    ("race", 0, 38, 1.0),
    ("race", 60, 37, 1.0),
    ("race", 110, 50, 0.5),
    ("sea", 60, 125, 1.0),
)
_DISSOLVE_AFTER, _DISSOLVE_FRAMES = 1, 12
_TITLE = (25, 75)  # first frame and length of the title on the second track


def make_demo_edit(folder: Path, progress: Progress = SILENT) -> Path:
    """Draw the films into ``folder/media`` and write ``folder/demo.otio``; what is there already is used again.

    Returns:
        The path of the edit.

    Raises:
        EditWriteError: if the folder cannot be written.
        Cancelled: if stopped.
    """
    media = folder / "media"
    make_folder(folder)
    make_folder(media)
    films = {"sea": _sea, "night": _night, "race": _race}
    for index, (name, draw) in enumerate(films.items()):
        part = progress.share(index, len(films))
        if not (media / f"{name}.mp4").exists():
            write_safely(media / f"{name}.mp4", partial(_encode, draw=draw, progress=part))
    edit = folder / "demo.otio"
    if not edit.exists():
        text = otio.adapters.write_to_string(_timeline(media.resolve()), "otio_json")
        write_safely(edit, partial(_write_text, text=text))
    return edit


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _encode(path: Path, draw: Callable[[float], Picture], progress: Progress) -> None:
    codec: Literal["h264", "mpeg4"] = "h264" if "libx264" in av.codecs_available else "mpeg4"
    options = {"preset": "veryfast"} if codec == "h264" else {}
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream(codec, rate=Fraction(RATE), options=options)
        stream.height, stream.width = SIZE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.thread_count = 1
        for frame in range(FILM_SECONDS * RATE):
            progress.step(frame / (FILM_SECONDS * RATE), "drawing the demo films")
            picture = av.VideoFrame.from_ndarray(draw(frame / RATE), format="rgb24")
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))


def _timeline(media: Path) -> otio.schema.Timeline:
    timeline = otio.schema.Timeline("Hitpoint demo")
    picture = otio.schema.Track("V1", kind=otio.schema.TrackKind.Video)
    for index, (film, first, frames, speed) in enumerate(_SHOTS):
        picture.append(_clip(media / f"{film}.mp4", film, first, frames, speed))
        if index == _DISSOLVE_AFTER:
            half = _time(_DISSOLVE_FRAMES // 2)
            picture.append(otio.schema.Transition("Dissolve", "SMPTE_Dissolve", half, half))
    title = otio.schema.Track("V2", kind=otio.schema.TrackKind.Video)
    title.append(otio.schema.Gap(source_range=_range(0, _TITLE[0])))
    generator = otio.schema.GeneratorReference("Title", "Title")
    title.append(otio.schema.Clip("A title", generator, _range(0, _TITLE[1])))
    timeline.tracks.extend([picture, title])
    turn = sum(frames for _, _, frames, _ in _SHOTS[:4])
    timeline.tracks.markers.append(otio.schema.Marker("The race begins", _range(turn, 1), comment="The race begins"))
    return timeline


def _clip(path: Path, name: str, first: int, frames: int, speed: float) -> otio.schema.Clip:
    reference = otio.schema.ExternalReference(str(path), _range(0, FILM_SECONDS * RATE))
    clip = otio.schema.Clip(name, reference, _range(first, frames))
    if speed != 1.0:
        clip.effects.append(otio.schema.LinearTimeWarp("Speed", speed))
    return clip


def _time(frames: int) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, RATE)


def _range(first: int, frames: int) -> otio.opentime.TimeRange:
    return otio.opentime.TimeRange(_time(first), _time(frames))


def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows, columns = SIZE
    y, x = np.meshgrid(np.linspace(0, 1, rows), np.linspace(0, columns / rows, columns), indexing="ij")
    return y, x


def _picture(red: NDArray[np.float64], green: NDArray[np.float64], blue: NDArray[np.float64]) -> Picture:
    return (np.clip(np.stack([red, green, blue], axis=-1), 0, 1) * 255).astype(np.uint8)


def _sea(seconds: float) -> Picture:
    """Slow swell under a bright sky, the sun rising."""
    y, x = _grid()
    waves = 0.06 * np.sin(18 * y**2 + 0.7 * np.sin(2 * x) - 0.8 * seconds) * (y > 0.5)
    sun = np.exp(-(((x - 1.2) ** 2 + (y - 0.42 + 0.012 * seconds) ** 2) / 0.012))
    sky = y < 0.5
    return _picture(
        0.55 * sky + 0.15 + waves + 0.5 * sun, 0.5 * sky + 0.4 + waves + 0.4 * sun, 0.85 + waves + 0 * x - 0.2 * sun
    )


def _night(seconds: float) -> Picture:
    """A dark street, few lights passing."""
    y, x = _grid()
    light = np.zeros_like(x)
    for index in range(4):
        centre = (0.4 * index + 0.16 * seconds * (1 if index % 2 else -1)) % 1.9
        light += np.exp(-(((x - centre) ** 2 + (y - 0.55 - 0.06 * index) ** 2) / 0.002))
    street = 0.06 * (1 - y)
    return _picture(street + 0.6 * light, street + 0.35 * light, 0.03 + street + 0.1 * light)


def _race(seconds: float) -> Picture:
    """Hot stripes rushing by."""
    y, x = _grid()
    stripes = np.sin(14 * x + 40 * seconds + 5 * y) * np.sin(9 * (y + 0.3 * x) - 31 * seconds)
    return _picture(0.75 + 0.25 * stripes, 0.35 + 0.35 * stripes, 0.1 + 0.1 * stripes)
