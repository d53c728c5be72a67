"""The producers of a project: a file, a colour, a title, another sequence; at what speed, seen or not.

Sped-up clips are producers of their own ("timewarp"), whose frames are those of the sped-up file; a chain with a
"timeremap" link plays its file by a map from its own time to the file's.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path, PurePosixPath, PureWindowsPath

from hitpoint.bridge.kdenlive.clock import frames_of
from hitpoint.bridge.kdenlive.project import PlacedClip, Project, is_sequence
from hitpoint.bridge.xml_tree import Element
from hitpoint.core.timebase import FrameRate

_FILES = (
    "avformat",
    "avformat-novalidate",
    "timewarp",
    "framebuffer",
    "qimage",
    "pixbuf",
    "glaxnimate",
    "vorbis",
    "sox",
)
_STILLS = ("qimage", "pixbuf")
_PROJECTS = ("xml", "consumer")  # another file of MLT as a clip
_PATTERN = re.compile(r"%0?\d*d")  # of a slide show whose images are numbered
_ALL_IMAGES = ".all."
_TITLES = ("kdenlivetitle", "qtext", "pango", "webvfx")
_KEYFRAME = re.compile(r"\s*([^=]*?)[^\d=]?=([^;]*)")
_FASTEST = 10_000


@dataclass(frozen=True)
class Source:
    """The source that a clip shows.

    Attributes:
        kind: "file", "color", "title", "sequence" or "generator".
        name: for people.
        url: of a file, as the project says it, made absolute if it can be.
        start: frames of the project from the file's first frame to what the clip shows first (or, backwards, last).
        speed: of the file's time to the timeline's; negative is backwards.
        available: how many frames the file has; None if nobody knows, or it is a still.
        is_ramp: whether ``speed`` is the mean of one that varies.
        hold: frames of the project that each image of a sequence stays; 0 for what is no sequence.
    """

    kind: str
    name: str
    url: str = ""
    start: Fraction = Fraction(0)
    speed: Fraction = Fraction(1)
    available: int | None = None
    is_ramp: bool = False
    hold: int = 0


def source_of(clip: PlacedClip, project: Project, folder: Path) -> Source:
    """The source that a clip shows; ``folder`` is that of the project file."""
    producer = clip.producer
    service = producer.property("mlt_service")
    if is_sequence(producer):
        return Source("sequence", producer.property("kdenlive:clipname"), start=Fraction(clip.source))
    if service in ("color", "colour"):
        return Source("color", producer.property("kdenlive:clipname") or producer.property("resource"))
    if service not in _FILES:
        kind = "title" if service in _TITLES else "generator"
        file = PureWindowsPath(producer.property("resource")).name if service in _PROJECTS else ""
        return Source(kind, producer.property("kdenlive:clipname") or file or service)
    return _file(clip, project, folder)


def is_on(producer: Element, *, is_audio: bool) -> bool:
    """Whether a clip is seen (or heard).

    Kdenlive switches a clip off by testing for its picture, or its sound, instead.
    """
    return producer.property("set.test_audio" if is_audio else "set.test_image") in ("", "0")


def is_see_through(producer: Element) -> bool:
    """Whether a colour clip is not opaque (``0xRRGGBBAA``, ``#AARRGGBB``)."""
    text = producer.property("resource").casefold()
    if re.fullmatch(r"0x[0-9a-f]{8}", text):
        return not text.endswith("ff")
    return re.fullmatch(r"#[0-9a-f]{8}", text) is not None and not text.startswith("#ff")


def resource_of(producer: Element, project: Project, folder: Path) -> str:
    """The address of a producer's file; that of the original where a proxy is in use."""
    text = producer.property("kdenlive:originalurl") or producer.property("warp_resource")
    if not text:
        text = producer.property("resource")
        if producer.property("mlt_service") == "timewarp":
            text = text.partition(":")[2]
        elif producer.property("mlt_service") == "framebuffer":  # until Kdenlive 17: FILE?SPEED&strobe=N
            text = text.rpartition("?")[0] or text
    if not text or PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute() or "://" in text:
        return text
    root = project.root.get("root")
    places = [Path(root) / text, folder / root / text, folder / text] if root else [folder / text]
    return str(next((place for place in places if os.path.exists(place)), places[0]))


def _file(clip: PlacedClip, project: Project, folder: Path) -> Source:
    producer = clip.producer
    url = resource_of(producer, project, folder)
    name = producer.property("kdenlive:clipname") or PureWindowsPath(url).name or url
    length = project.length_of(producer)
    speed = _warp_speed(producer)
    if speed != 1:
        first = clip.source if speed > 0 else max(0, (length or clip.source) - clip.source - (clip.end - clip.start))
        available = None if length is None else round(length * abs(speed))
        return Source("file", name, url, first * abs(speed), speed, available)
    ramp = _time_map(producer, project.rate)
    if ramp:
        frames = clip.end - clip.start
        ends = (_mapped(ramp, frame) * project.rate.frames_per_second for frame in (clip.source, clip.source + frames))
        start, end = ends
        return Source("file", name, url, min(start, end), (end - start) / frames, None, is_ramp=True)
    is_still = producer.property("mlt_service") in _STILLS
    if is_still and _PATTERN.search(PureWindowsPath(url).name):
        return Source("file", name, url, Fraction(clip.source), available=length, hold=max(1, _hold(producer, project)))
    if is_still and PureWindowsPath(url).name.startswith(_ALL_IMAGES):
        url = _first_image(url)
    return Source("file", name, url, Fraction(0 if is_still else clip.source), available=None if is_still else length)


def _hold(producer: Element, project: Project) -> int:
    """The number of frames that each image of a slide show stays."""
    text = producer.property("ttl")
    return project.frames(text, default=1) if text else 1


def _first_image(pattern: str) -> str:
    """The first image that a slide show of a whole folder (``.all.jpg``) shows; the pattern itself if there is none."""
    folder, ending = Path(pattern).parent, PureWindowsPath(pattern).suffix.casefold()
    try:
        names = sorted(name for name in os.listdir(folder) if Path(name).suffix.casefold() == ending)
    except OSError:
        return pattern
    return str(folder / names[0]) if names else pattern


def _warp_speed(producer: Element) -> Fraction:
    if producer.property("mlt_service") == "framebuffer":
        speed = _number(producer.property("resource").rpartition("?")[2].partition("&")[0])
    elif producer.property("mlt_service") == "timewarp":
        speed = _number(producer.property("warp_speed") or producer.property("resource").partition(":")[0])
    else:
        return Fraction(1)
    return speed if 0 < abs(speed) <= _FASTEST else Fraction(1)


def _time_map(producer: Element, rate: FrameRate) -> list[tuple[int, Fraction]]:
    """The key frames of a speed ramp: frame of the clip, second of the file; none if the clip has no ramp."""
    links = [link for link in producer.all("link") if link.property("mlt_service") == "timeremap"]
    if not links or links[-1].property("disable") == "1":
        return []
    text = links[-1].property("time_map") or links[-1].property("map")
    found = []
    for keyframe in text.split(";"):
        matched = _KEYFRAME.match(keyframe)
        frame = frames_of(matched[1], rate) if matched else None
        if matched is not None and frame is not None:
            found.append((frame, _number(matched[2])))
    return sorted(found)


def _mapped(ramp: Sequence[tuple[int, Fraction]], frame: int) -> Fraction:
    """The second of the file at a frame of the clip, on the straight lines between key frames and beyond them."""
    if len(ramp) == 1:
        return ramp[0][1]
    pairs = list(pairwise(ramp))
    (first, start), (last, end) = next((pair for pair in pairs if frame <= pair[1][0]), pairs[-1])
    return start + (end - start) * Fraction(frame - first, max(last - first, 1))


def _number(text: str) -> Fraction:
    """A number as Kdenlive writes it; 0 for what is none, or beyond any clip."""
    try:
        value = float(text.replace(",", "."))  # old projects write numbers as their language does
    except ValueError:
        return Fraction(0)
    return Fraction(value).limit_denominator(1_000_000) if abs(value) < 1e9 else Fraction(0)
