"""Small files of Final Cut Pro 7 XML in the manners of Premiere, Resolve and old Final Cut."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit


def rate(timebase: object = 25, ntsc: str = "FALSE") -> str:
    return f"<rate><timebase>{timebase}</timebase><ntsc>{ntsc}</ntsc></rate>"


def file(name: str, *, frames: int = 1000, timebase: object = 25, more: str = "") -> str:
    path = f"<pathurl>file://localhost/media/{name}</pathurl>"
    return f'<file id="file-{name}"><name>{name}</name>{path}{rate(timebase)}<duration>{frames}</duration>{more}</file>'


def clip(
    name: str,
    start: int,
    end: int,
    first: int = 0,
    last: int | None = None,
    *,
    enabled: str = "TRUE",
    timebase: object = 25,
    inside: str | None = None,
    more: str = "",
) -> str:
    last = first + end - start if last is None else last
    inside = file(name, timebase=timebase) if inside is None else inside
    return (
        f"<clipitem><name>{name}</name><enabled>{enabled}</enabled><duration>1000</duration>{rate(timebase)}"
        f"<start>{start}</start><end>{end}</end><in>{first}</in><out>{last}</out>{inside}{more}</clipitem>"
    )


def fade(start: int, end: int, alignment: str = "center") -> str:
    return (
        f"<transitionitem><start>{start}</start><end>{end}</end><alignment>{alignment}</alignment>{rate()}"
        "<effect><name>Cross Dissolve</name><effectid>Cross Dissolve</effectid></effect></transitionitem>"
    )


def generator(name: str, start: int, end: int, effect: str = "") -> str:
    effect = effect or name
    return (
        f"<generatoritem><name>{name}</name><enabled>TRUE</enabled>{rate()}<start>{start}</start><end>{end}</end>"
        f"<in>0</in><out>{end - start}</out><effect><name>{effect}</name><effectid>{effect}</effectid>"
        "<effecttype>generator</effecttype></effect></generatoritem>"
    )


def remap(speed: object, *, reverse: str = "FALSE", keys: str = "", variable: int = 0) -> str:
    graph = f"<parameter><parameterid>graphdict</parameterid>{keys}</parameter>" if keys else ""
    return (
        "<filter><effect><name>Time Remap</name><effectid>timeremap</effectid>"
        f"<parameter><parameterid>variablespeed</parameterid><value>{variable}</value></parameter>"
        f"<parameter><parameterid>speed</parameterid><value>{speed}</value></parameter>"
        f"<parameter><parameterid>reverse</parameterid><value>{reverse}</value></parameter>{graph}</effect></filter>"
    )


def key(when: object, value: object, *, virtual: bool = True) -> str:
    flag = "<speedvirtualkf>TRUE</speedvirtualkf>" if virtual else ""
    return f"<keyframe><when>{when}</when><value>{value}</value>{flag}</keyframe>"


def track(*items: str, enabled: str = "TRUE") -> str:
    return f"<track>{''.join(items)}<enabled>{enabled}</enabled></track>"


def sequence(*tracks: str, sounds: tuple[str, ...] = (), id_: str = "s1", rates: str = "", more: str = "") -> str:
    return (
        f'<sequence id="{id_}"><name>{id_}</name><duration>300</duration>{rates or rate()}{more}'
        f"<media><video>{''.join(tracks)}</video><audio>{''.join(sounds)}</audio></media></sequence>"
    )


def xmeml(*inside: str, head: str = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE xmeml>\n') -> str:
    return f'{head}<xmeml version="4">{"".join(inside)}</xmeml>'


@pytest.fixture
def fcp7():
    """The builders above."""
    names = ("clip", "fade", "file", "generator", "key", "rate", "remap", "sequence", "track", "xmeml")
    return SimpleNamespace(**{name: globals()[name] for name in names})


@pytest.fixture
def read_fcp7(tmp_path):
    """What is read of the text of a file."""

    def read(text: str, **options):
        path = tmp_path / "cut.xml"
        path.write_text(text, encoding="utf-8")
        return read_edit(path, **options)

    return read
