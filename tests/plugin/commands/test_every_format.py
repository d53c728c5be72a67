"""Two scores with two ranges leave two clips, both sounds, and a report that names what stayed: in every format."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import opentimelineio as otio
import pytest
import soundfile

from hitpoint.bridge.edl.document import edl_document
from hitpoint.plugin import cli
from tests.plugin.kdenlive_project import PROJECT

Node = dict[str, Any]
SPANS = {"1M1": (1.0, 3.0), "1M2": (4.0, 6.0)}
FRAMES, RATE = 175, 25

FCP7 = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE xmeml>
<xmeml version="4"><sequence id="s1"><name>s1</name><duration>{FRAMES}</duration>
<rate><timebase>{RATE}</timebase><ntsc>FALSE</ntsc></rate><media><video><track><clipitem><name>a.mov</name>
<rate><timebase>{RATE}</timebase><ntsc>FALSE</ntsc></rate><start>0</start><end>{FRAMES}</end><in>0</in>
<out>{FRAMES}</out>
<file id="f"><name>a.mov</name><pathurl>file:///lost/a.mov</pathurl></file></clipitem></track></video>
<audio></audio></media></sequence></xmeml>
"""
EDL = "TITLE: cut\n001  AX  V  C  00:00:00:00 00:00:07:00 01:00:00:00 01:00:07:00\n* FROM CLIP NAME: a.mov\n"


def document(host: str = "", clip: str = "Clip.2", url: str = "/lost/a.mov") -> str:
    """An edit of one shot in the manner of a host."""
    found, _ = edl_document(EDL.encode(), Path("cut.edl"))
    found["metadata"] |= {host: {"kept": True}} if host else {}
    for track in found["tracks"]["children"]:
        for item in track["children"]:
            media = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": url}
            item["media_references"] = {"DEFAULT_MEDIA": media}
            if clip == "Clip.1":
                del item["media_references"], item["active_media_reference_key"]
                item |= {"OTIO_SCHEMA": clip, "media_reference": media}
    return json.dumps(found)


def clips_of_otio(path: Path) -> dict[float, tuple[float, str]]:
    """Start of each clip on the music tracks, with its end and its media, as OpenTimelineIO reads them."""
    if path.is_dir():
        text = (path / "content.otio").read_text()
    elif path.suffix == ".otioz":
        text = zipfile.ZipFile(path).read("content.otio").decode()
    else:
        text = path.read_text()
    timeline = otio.adapters.read_from_string(text, "otio_json")
    found = {}
    for track in timeline.audio_tracks():
        for clip in track.find_clips():
            span = track.trimmed_range_of_child(clip)
            start, end = (round(time.to_seconds(), 3) for time in (span.start_time, span.end_time_exclusive()))
            found[start] = (end, clip.media_reference.target_url)
    return found


def clips_of_project(path: Path) -> dict[float, tuple[float, str]]:
    """The same of a Kdenlive project, by its XML alone."""
    root = ET.fromstring(path.read_text())
    media = {
        chain.get("id"): chain.findtext("property[@name='resource']") or ""
        for chain in (*root.iter("chain"), *root.iter("producer"))
    }
    found = {}
    for playlist in root.iter("playlist"):
        at = 0.0
        for item in playlist:
            if item.tag == "blank":
                at += _seconds(item.get("length", ""))
            elif item.tag == "entry":
                length = _seconds(item.get("out", "")) - _seconds(item.get("in", "")) + 1 / RATE
                if media.get(item.get("producer"), "").endswith(".wav") and playlist.get("id") != "main_bin":
                    found[round(at, 3)] = (round(at + length, 3), media[item.get("producer")])
                at += length
    return found


def _seconds(words: str) -> float:
    if ":" not in words:
        return float(words or 0) / RATE
    hours, minutes, seconds = words.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(seconds)


def clips_of_fcp7(path: Path) -> dict[float, tuple[float, str]]:
    """The same of Final Cut Pro 7 XML; both channels of a cue begin together."""
    found = {}
    for item in ET.fromstring(path.read_text()).iterfind(".//audio/track/clipitem"):
        start, end = (int(item.findtext(tag) or 0) / RATE for tag in ("start", "end"))
        found[start] = (end, item.findtext("name") or "")
    return found


Written = Callable[[Path], dict[float, tuple[float, str]]]
CASES: dict[str, tuple[str, str, str, Written]] = {
    "otio": ("cut.otio", document(), ".otio", clips_of_otio),
    "otio with urls": ("cut.otio", document(url="file:///lost/a%20b.mov"), ".otio", clips_of_otio),
    "otio of before": ("cut.otio", document(clip="Clip.1"), ".otio", clips_of_otio),
    "otio of Resolve": ("cut.otio", document("Resolve_OTIO"), ".otio", clips_of_otio),
    "otio of Premiere": ("cut.otio", document("PremierePro_OTIO"), ".otio", clips_of_otio),
    "otio of Kdenlive": ("cut.otio", document("kdenlive"), ".otio", clips_of_otio),
    "otioz": ("cut.otio", document(), ".otioz", clips_of_otio),
    "otiod": ("cut.otio", document(), ".otiod", clips_of_otio),
    "Kdenlive": ("cut.kdenlive", PROJECT, ".kdenlive", clips_of_project),
    "Final Cut Pro 7": ("cut.xml", FCP7, ".xml", clips_of_fcp7),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_a_second_range_leaves_the_first_with_its_sound(case: str, tmp_path: Path) -> None:
    name, text, suffix, read = CASES[case]
    edit, one, two = tmp_path / name, tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    edit.write_text(text)
    score(edit, "1M1", one, tmp_path)
    sound = Path(score_outputs(tmp_path)["1M1"]["mix"])
    before = hashlib.sha256(sound.read_bytes()).hexdigest()
    report = score(one, "1M2", two, tmp_path)
    assert [(cue["name"], cue["kept"]) for cue in report["cues"]] == [("1M1", True), ("1M2", False)]
    assert hashlib.sha256(sound.read_bytes()).hexdigest() == before
    found = read(two)
    assert {start: end for start, (end, _) in found.items()} == {first: last for first, last in SPANS.values()}
    names = [Path(cue["outputs"]["mix"]).stem for cue in report["cues"]]
    assert all(name in media for name, (_, (_, media)) in zip(names, sorted(found.items()), strict=True))
    for cue in report["cues"]:
        first, last = SPANS[cue["name"]]
        assert soundfile.info(cue["outputs"]["mix"]).frames == round((last - first) * 48_000)


def score(edit: Path, cue: str, out: Path, folder: Path) -> Node:
    first, last = SPANS[cue]
    words = ["--cue", f"{cue}={first}-{last}", "-o", str(out), "--report", str(folder / "report.json")]
    assert cli.main(["score", str(edit), *words, "--quiet", "--no-cache"]) == 0
    report: Node = json.loads((folder / "report.json").read_text())
    return report


def score_outputs(folder: Path) -> Node:
    return {cue["name"]: cue["outputs"] for cue in json.loads((folder / "report.json").read_text())["cues"]}
