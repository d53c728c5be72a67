"""Small files of FCPXML."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit

RATES = {25: "100/2500s", 24: "100/2400s", 23.976: "1001/24000s", 29.97: "1001/30000s"}


def asset(id_: str = "r2", name: str = "c.mov", start: str = "0s", duration: str = "1000s", more: str = "") -> str:
    return (
        f'<asset id="{id_}" name="{name}" start="{start}" duration="{duration}" hasVideo="1" format="r1" {more}>'
        f'<media-rep kind="original-media" src="file:///media/{name}"/></asset>'
    )


def clip(offset: str, duration: str, name: str = "c", tag: str = "asset-clip", inside: str = "", **more: str) -> str:
    words = {"ref": "r2", **{key.rstrip("_"): value for key, value in more.items()}}
    attributes = "".join(f' {key}="{value}"' for key, value in words.items() if value)
    return f'<{tag} name="{name}" offset="{offset}" duration="{duration}"{attributes}>{inside}</{tag}>'


def project(*story: str, resources: str | None = None, rate: float = 25, start: str = "0s", more: str = "") -> str:
    resources = asset() if resources is None else resources
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE fcpxml>\n<fcpxml version="1.11"><resources>'
        f'<format id="r1" name="f" frameDuration="{RATES[rate]}" width="1920" height="1080"/>{resources}</resources>'
        f'<library><event name="e"><project name="p"><sequence format="r1" tcStart="{start}" {more}>'
        f"<spine>{''.join(story)}</spine></sequence></project></event></library></fcpxml>"
    )


@pytest.fixture
def fcpxml():
    """The builders above."""
    return SimpleNamespace(asset=asset, clip=clip, project=project)


@pytest.fixture
def read_fcpxml(tmp_path):
    """What is read of the text of a file."""

    def read(text: str, **options):
        path = tmp_path / "cut.fcpxml"
        path.write_text(text, encoding="utf-8")
        return read_edit(path, **options)

    return read
