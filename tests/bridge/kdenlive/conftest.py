"""Small Kdenlive projects, and a reader of them that works as MLT does: what is seen and heard at each frame."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from types import SimpleNamespace
from typing import Any

import pytest

UUID = "{11111111-2222-3333-4444-555555555555}"


def _clock(frames: int, fps: float = 25.0) -> str:
    seconds = frames / fps
    return f"{int(seconds // 3600):02d}:{int(seconds // 60) % 60:02d}:{seconds % 60:06.3f}"


def _properties(**values: object) -> str:
    named = {name.replace("__", ":").replace("_DOT_", "."): value for name, value in values.items()}
    return "".join(f'\n  <property name="{name}">{escape(str(value))}</property>' for name, value in named.items())


@dataclass
class ProjectText:
    """A project being written; ``str()`` is its XML."""

    fps: tuple[int, int] = (25, 1)
    definitions: list[str] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)
    transitions: list[str] = field(default_factory=list)
    bin: list[str] = field(default_factory=list)
    sequence: dict[str, object] = field(default_factory=dict)
    document: dict[str, object] = field(default_factory=dict)
    root: str = "/films"
    out: int = 300

    def file(self, id_: str, resource: str = "/films/a.mp4", length: int = 500, **more: object) -> None:
        """A file in the bin."""
        told = {"length": length, "mlt_service": "avformat", "resource": resource, "kdenlive__id": len(self.bin) + 4}
        self.definitions.append(
            f'<chain id="{id_}" out="{_clock(length - 1)}">{_properties(**{**told, **more})}\n </chain>'
        )
        self.bin.append(f'<entry in="0" out="{length - 1}" producer="{id_}"/>')

    def producer(self, id_: str, inside: str = "", **values: object) -> None:
        """Anything else that can be played."""
        self.definitions.append(f'<producer id="{id_}">{_properties(**values)}{inside}\n </producer>')

    def track(
        self,
        id_: str,
        *lanes: list[tuple[str | None, int, int]],
        is_audio: bool = False,
        hide: str = "",
        inside: str = "",
    ) -> None:
        """A track of clips (producer, first and last source frame) and gaps (None, 0, length), in one or two lanes."""
        usual = "video" if is_audio else "audio"
        playlists = [*lanes, [], []][:2]
        for number, items in enumerate(playlists):
            written = "".join(
                f'\n  <blank length="{_clock(last)}"/>'
                if producer is None
                else f'\n  <entry in="{_clock(first)}" out="{_clock(last)}" producer="{producer}"/>'
                for producer, first, last in items
            )
            self.definitions.append(f'<playlist id="{id_}_{number}">{written}\n </playlist>')
        told: dict[str, object] = {"kdenlive__track_name": id_, **({"kdenlive__audio_track": 1} if is_audio else {})}
        inner = "".join(f'\n  <track hide="{hide or usual}" producer="{id_}_{number}"/>' for number in (0, 1))
        self.definitions.append(
            f'<tractor id="{id_}" in="{_clock(0)}" '
            f'out="{_clock(self.out - 1)}">{_properties(**told)}{inner}{inside}\n </tractor>'
        )
        self.tracks.append(id_)
        index = len(self.tracks)
        kind = {"mlt_service": "mix", "sum": 1, "accepts_blanks": 1} if is_audio else {"mlt_service": "qtblend"}
        self.transition(0, index, **kind, internal_added=237, always_active=1)

    def transition(self, a: int, b: int, **values: object) -> None:
        """A transition between tracks of the sequence."""
        number = len(self.transitions)
        told = _properties(a_track=a, b_track=b, **values)
        self.transitions.append(f'<transition id="transition{number}">{told}\n  </transition>')

    def mix(self, start: int, end: int, after: int) -> str:
        """A mix inside a track."""
        told = _properties(a_track=0, b_track=1, mlt_service="luma", kdenlive__mixcut=after)
        return f'\n  <transition id="mix{start}" in="{_clock(start)}" out="{_clock(end)}">{told}\n  </transition>'

    def __str__(self) -> str:
        numbers = {
            "activeTrack": 0, "audioTarget": -1, "videoTarget": 1, "tracks": len(self.tracks) + 1,
            "tracksCount": len(self.tracks), "groups": "[\n]\n", "guides": "[\n]\n", **self.sequence,
        }  # fmt: skip
        told = {"kdenlive__uuid": UUID, "kdenlive__clipname": "Sequence 1", "kdenlive__duration": _clock(self.out)}
        told |= {f"kdenlive__sequenceproperties.{name}": value for name, value in numbers.items()}
        about = {"kdenliveversion": "26.08.2", "version": "1.1", "activetimeline": UUID, **self.document}
        named = {f"kdenlive__docproperties.{name}": value for name, value in about.items()}
        end = _clock(self.out - 1)
        parts = [
            "<?xml version='1.0' encoding='utf-8'?>",
            f'<mlt LC_NUMERIC="C" producer="main_bin" root="{self.root}" version="7.42.0">',
            f' <profile frame_rate_num="{self.fps[0]}" frame_rate_den="{self.fps[1]}" width="640" height="360"/>',
            ' <producer id="black">\n  <property name="mlt_service">color</property>\n </producer>',
            *(f" {each}" for each in self.definitions),
            f' <tractor id="{UUID}" in="{_clock(0)}" out="{end}">{_properties(**told)}',
            '  <track producer="black"/>',
            *(f'  <track producer="{track}"/>' for track in self.tracks),
            *(f"  {each}" for each in self.transitions),
            " </tractor>",
            f' <playlist id="main_bin">{_properties(**named)}',
            f'  <entry in="0" out="0" producer="{UUID}"/>',
            *(f"  {each}" for each in self.bin),
            " </playlist>",
            f' <tractor id="last" in="{_clock(0)}" out="{end}">',
            '  <property name="kdenlive:projectTractor">1</property>',
            f'  <track in="{_clock(0)}" out="{end}" producer="{UUID}"/>\n </tractor>',
            "</mlt>",
        ]
        return "\n".join(parts) + "\n"

    @property
    def content(self) -> bytes:
        """The file."""
        return str(self).encode()


class Played:
    """A project as MLT plays it: names resolved, playlists laid out, transitions applied by track index."""

    def __init__(self, content: bytes) -> None:
        self.root = ET.fromstring(content)
        self.named = {each.get("id"): each for each in self.root}
        self.sequence = next(each for each in self.root if self.property(each, "kdenlive:uuid") == UUID)
        self.tracks = [self.named[track.get("producer")] for track in self.sequence.findall("track")]
        self.frames = self.time(self.sequence.get("out")) + 1

    @staticmethod
    def property(element: ET.Element, name: str) -> str:
        return next((each.text or "" for each in element.findall("property") if each.get("name") == name), "")

    @staticmethod
    def time(text: str | None) -> int:
        hours, minutes, seconds = (text or "0:0:0").split(":")
        return round((int(hours) * 3600 + int(minutes) * 60 + float(seconds)) * 25)

    def layers(self, track: ET.Element, frame: int) -> tuple[tuple[str, int], ...]:
        """(resource, source frame) of each playlist of a track that has something at a frame."""
        found = []
        for inner in track.findall("track"):
            if inner.get("hide") != "both":
                found += self.at(self.named[inner.get("producer")], frame)
        return tuple(found)

    def at(self, playlist: ET.Element, frame: int) -> list[tuple[str, int]]:
        at = 0
        for item in playlist:
            first, last = (0, self.time(item.get("length")) - 1) if item.tag == "blank" else self.ends(item)
            if item.tag == "entry" and at <= frame < at + last - first + 1:
                return [(self.property(self.named[item.get("producer")], "resource"), first + frame - at)]
            at += last - first + 1 if item.tag in ("entry", "blank") else 0
        return []

    def ends(self, entry: ET.Element) -> tuple[int, int]:
        return self.time(entry.get("in")), self.time(entry.get("out"))

    def seen(self, frame: int) -> list[Any]:
        """What is blended over the black at a frame, by which transition, from the bottom up."""
        return self._through("qtblend", frame)

    def heard(self, frame: int) -> list[Any]:
        """What is summed at a frame."""
        return self._through("mix", frame)

    def _through(self, service: str, frame: int) -> list[Any]:
        pairs = [
            tuple(int(self.property(each, name)) for name in ("a_track", "b_track"))
            for each in self.sequence.findall("transition")
            if self.property(each, "mlt_service") == service
        ]
        assert all(below == 0 for below, _ in pairs)
        layers = [(self.layers(self.tracks[above], frame), self._mixes(above, frame)) for _, above in sorted(pairs)]
        return [layer for layer in layers if layer[0]]

    def _mixes(self, index: int, frame: int) -> list[tuple[str, int, int]]:
        found = []
        for each in self.tracks[index].findall("transition"):
            start, end = self.ends(each)
            if start <= frame <= end:
                found.append((self.property(each, "mlt_service"), start, end))
        return found

    def groups(self) -> Any:
        return json.loads(self.property(self.sequence, "kdenlive:sequenceproperties.groups"))

    def number(self, name: str) -> int:
        return int(self.property(self.sequence, f"kdenlive:sequenceproperties.{name}"))


@pytest.fixture
def project_text() -> Callable[..., ProjectText]:
    """Starts a new project."""
    return ProjectText


@pytest.fixture
def edited(project_text: Callable[..., ProjectText]) -> ProjectText:
    """A project as editors leave them: two audio tracks, a picture with a mix, a group, a composition, a gap."""
    text = project_text()
    text.file("voice", "/films/voice.wav")
    text.file("film")
    text.track("Sound", [("voice", 0, 299)], is_audio=True)
    text.track("A1", [("film", 50, 149), (None, 0, 25), ("film", 0, 99)], is_audio=True)
    lanes = [("film", 50, 161), (None, 0, 88), ("film", 300, 399)], [(None, 0, 87), ("film", 187, 274)]
    text.track("V1", *lanes, inside=text.mix(87, 112, 12))
    text.track("V2", [(None, 0, 40), ("film", 400, 419)])
    text.transition(3, 4, mlt_service="composite", kdenlive_id="wipe")
    leaves = [{"data": f"{track}:{frame}:-1", "leaf": "clip", "type": "Leaf"} for track, frame in ((1, 0), (2, 0))]
    subtitle = {"data": "-2:10:0", "leaf": "subtitle", "type": "Leaf"}
    inner = {"children": leaves, "type": "AVSplit"}
    text.sequence["groups"] = json.dumps([{"children": [inner, subtitle], "type": "Normal"}])
    return text


@pytest.fixture
def mlt() -> SimpleNamespace:
    """The reader that works as MLT does."""
    return SimpleNamespace(play=Played, uuid=UUID)
