"""Builders of small OpenTimelineIO documents with the quirks of real hosts, and of movies with known cuts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray

Node = dict[str, Any]
Picture = NDArray[np.uint8]


def _time(value: float, rate: float) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": rate}


def _range(start: float, frames: float, rate: float = 25.0) -> Node:
    return {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(start, rate), "duration": _time(frames, rate)}


def _clip(
    start: float = 0,
    frames: float = 100,
    rate: float = 25.0,
    *,
    url: str = "a.mov",
    available: Node | None = None,
    **more: Any,
) -> Node:
    reference = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": url, "available_range": available}
    more = {"media_references": {"DEFAULT_MEDIA": reference}, **more}
    return {"OTIO_SCHEMA": "Clip.2", "name": "clip", "source_range": _range(start, frames, rate), **more}


def _gap(frames: float, rate: float = 25.0) -> Node:
    return {"OTIO_SCHEMA": "Gap.1", "source_range": _range(0, frames, rate)}


def _title(frames: float, rate: float = 25.0) -> Node:
    generator = {"OTIO_SCHEMA": "GeneratorReference.1", "generator_kind": "title"}
    return _clip(0, frames, rate, name="Title", media_references={"DEFAULT_MEDIA": generator})


def _dissolve(before: float, after: float, rate: float = 25.0) -> Node:
    return {
        "OTIO_SCHEMA": "Transition.1",
        "transition_type": "SMPTE_Dissolve",
        "in_offset": _time(before, rate),
        "out_offset": _time(after, rate),
    }


def _track(*children: Any, kind: str = "Video", **more: Any) -> Node:
    return {"OTIO_SCHEMA": "Track.1", "name": "", "kind": kind, "children": list(children), **more}


def _stack(*children: Any, **more: Any) -> Node:
    return {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": list(children), **more}


def _timeline(*tracks: Any, stack: Node | None = None, **more: Any) -> Node:
    return {"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": _stack(*tracks, **(stack or {})), **more}


def _warp(scalar: float) -> list[Node]:
    return [{"OTIO_SCHEMA": "LinearTimeWarp.1", "time_scalar": scalar}]


def _marker(frame: float, rate: float = 25.0, **more: Any) -> Node:
    return {"OTIO_SCHEMA": "Marker.2", "marked_range": _range(frame, 1, rate), "color": "RED", **more}


@pytest.fixture(scope="session")
def otio_build() -> SimpleNamespace:
    """Functions that build the nodes of a document."""
    return SimpleNamespace(
        time=_time,
        range=_range,
        clip=_clip,
        gap=_gap,
        title=_title,
        dissolve=_dissolve,
        track=_track,
        stack=_stack,
        timeline=_timeline,
        warp=_warp,
        marker=_marker,
    )


@pytest.fixture
def stored(tmp_path: Path) -> Callable[..., Path]:
    """Writes a document to an .otio file and says where."""

    def store(document: object, name: str = "cut.otio") -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(document), encoding="utf-8")
        return path

    return store


@pytest.fixture(scope="session")
def filmed() -> Callable[..., list[int]]:
    """Encodes shots as a movie; answers the frames of its cuts."""

    def film(path: Path, shots: Sequence[Iterable[Picture]], rate: Fraction = Fraction(25), **tags: str) -> list[int]:
        firsts: list[int] = []
        with av.open(str(path), "w") as container:
            container.metadata.update(tags)
            stream = container.add_stream("libx264", rate=rate)
            stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
            number = 0
            for shot in shots:
                firsts.append(number)
                for picture in shot:
                    frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                    frame.pts, frame.time_base = number, 1 / rate
                    container.mux(stream.encode(frame))
                    number += 1
            container.mux(stream.encode(None))
        return firsts[1:]

    return film


@pytest.fixture(scope="session")
def panned() -> Callable[..., Iterator[Picture]]:
    """Frames of a camera moving over a texture of its own; ``speed`` in pixels a frame."""

    def pan(seed: int, frames: int, speed: float = 0.0, base: int = 100) -> Iterator[Picture]:
        random = np.random.default_rng(seed)
        scene = np.zeros((96, 960, 3))
        for size in (4, 8, 16):
            coarse = random.normal(size=(96 // size, 960 // size, 3))
            scene += np.kron(coarse, np.ones((size, size, 1))) * size * 3
        scene = np.clip(base + scene, 0, 255)
        for number in range(frames):
            left = int(number * speed) % 800
            grain = random.normal(0, 3, (90, 160, 1))
            yield np.clip(scene[:90, left : left + 160] + grain, 0, 255).astype(np.uint8)

    return pan
