"""The plugin, found by OpenTimelineIO's own loader through the entry point that pyproject.toml tells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.documents.cue_list_file import write_list
from hitpoint.core.cue.film.cue_list import CueEntry, listed
from hitpoint.plugin import cli

ROOT = Path(__file__).parents[3]
RATE = 24000 / 1001


def in_otio(program: str, site: Path, *words: str) -> str:
    """What a program says that has OpenTimelineIO and, by its entry point, the plugin."""
    folders = os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "PYTHONPATH": folders},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of packages in which the entry point is installed, as pip would write it."""
    folder = tmp_path_factory.mktemp("site")
    points = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"]
    info = folder / "hitpoint_here-0.dist-info"
    info.mkdir()
    lines = [f"[{group}]\n" + "".join(f"{a} = {b}\n" for a, b in of.items()) for group, of in points.items()]
    (info / "entry_points.txt").write_text("\n".join(lines))
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hitpoint-here\nVersion: 0\n")
    return folder


@pytest.fixture(scope="module")
def scored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The music folder of an edit with two cues, 1M1 composed and 1M2 proposed."""
    folder = tmp_path_factory.mktemp("plugin")

    def time(value: float) -> dict[str, Any]:
        return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 23.976023976023978}

    clip = {
        "OTIO_SCHEMA": "Clip.1",
        "name": "a",
        "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": time(0), "duration": time(150)},
        "media_reference": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": "/lost/a.mov"},
    }
    track = {"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [clip]}
    stack = {"OTIO_SCHEMA": "Stack.1", "children": [track]}
    edit = {"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": stack, "global_start_time": time(86400)}
    (folder / "cut.otio").write_text(json.dumps(edit))
    words = ["--cue", "1M1=1-4", "--hit", "2", "--quiet", "--no-cache"]
    assert cli.main(["score", str(folder / "cut.otio"), *words]) == 0
    music = folder / "cut_hitpoint.music"
    with_more = listed([CueEntry("1M1", 24, 96, cue="cue.json"), CueEntry("1M2", 110, 140, reason="a montage")])
    (music / "cues.json").unlink()
    write_list(with_more, music / "cues.json")
    return music


def read(site: Path, path: Path) -> dict[str, Any]:
    """A file as OpenTimelineIO reads it, in JSON."""
    program = "import sys, opentimelineio as otio; print(otio.adapters.read_from_file(sys.argv[1]).to_json_string())"
    found: dict[str, Any] = json.loads(in_otio(program, site, str(path)))
    return found


@pytest.fixture(scope="module")
def timeline(site: Path, scored: Path) -> dict[str, Any]:
    return read(site, scored / "cue.json")


def of_kind(timeline: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in timeline["tracks"]["markers"] if one["metadata"]["hitpoint"]["kind"] == kind]


def test_opentimelineio_lists_the_plugin_and_loads_little(site: Path) -> None:
    program = (
        "import sys, opentimelineio as otio; m = otio.plugins.ActiveManifest(); "
        "print(m.from_filepath('json').name, 'hitpoint_cue' in otio.schema.schemadef.available_schemadef_names()); "
        "print(sorted({n.partition('.')[0] for n in sys.modules} & {'numpy', 'torch', 'scipy'}))"
    )
    assert in_otio(program, site).splitlines() == ["hitpoint_cue True", "[]"]


def test_each_stem_is_a_track_at_its_place(timeline: dict[str, Any], scored: Path) -> None:
    tracks = timeline["tracks"]["children"]
    stems = sorted((scored / "stems").glob("*.wav"))
    assert len(tracks) == len(stems) and {track["kind"] for track in tracks} == {"Audio"}
    for track, stem in zip(tracks, stems, strict=True):
        gap, clip = track["children"]
        assert gap["source_range"]["duration"]["value"] == 24
        assert clip["media_references"]["DEFAULT_MEDIA"]["target_url"] == stem.as_uri()
        assert clip["source_range"]["duration"]["value"] == 72
    assert timeline["global_start_time"]["value"] == 86400


def test_chords_sections_and_hits_are_markers_on_their_frames(timeline: dict[str, Any], scored: Path) -> None:
    cue = read_cue(scored / "cue.json")
    chords = of_kind(timeline, "chord")
    assert [one["name"] for one in chords] == [span.chord.symbol() for span in cue.chord_spans]
    for one, span in zip(chords, cue.chord_spans, strict=True):
        assert one["marked_range"]["start_time"]["value"] == pytest.approx(float(span.start) * RATE, abs=0.5)
    assert cue.plan is not None
    assert [one["name"] for one in of_kind(timeline, "section")] == [one.name for one in cue.plan.sections]
    assert 48 in [one["marked_range"]["start_time"]["value"] for one in of_kind(timeline, "hit")]


def test_our_own_schema_comes_back_as_an_object(site: Path, scored: Path) -> None:
    program = (
        "import sys, opentimelineio as otio; t = otio.adapters.read_from_file(sys.argv[1]); "
        "t = otio.adapters.read_from_string(otio.adapters.write_to_string(t, 'otio_json'), 'otio_json'); "
        "c = t.metadata['hitpoint']['cues'][0]; print(c.schema_name(), c.name, c.state, c.seed)"
    )
    assert in_otio(program, site, str(scored / "cue.json")).strip() == "HitpointCue 1M1 composed 0"


def test_a_list_opens_with_what_is_composed_and_what_is_proposed(site: Path, scored: Path) -> None:
    found = read(site, scored / "cues.json")
    assert [(cue["name"], cue["state"]) for cue in found["metadata"]["hitpoint"]["cues"]] == [
        ("1M1", "proposed"),
        ("1M2", "proposed"),
    ]
    assert [one["name"] for one in of_kind(found, "cue")] == ["1M1", "1M2"]
    assert len(found["tracks"]["children"]) == len(list((scored / "stems").glob("*.wav")))


def test_otioconvert_makes_an_otio_of_a_cue(site: Path, scored: Path, tmp_path: Path) -> None:
    program = "import sys; from opentimelineio.console.otioconvert import main; sys.argv[0] = 'otioconvert'; main()"
    in_otio(program, site, "-i", str(scored / "cue.json"), "-o", str(tmp_path / "cue.otio"))
    assert json.loads((tmp_path / "cue.otio").read_text())["OTIO_SCHEMA"] == "Timeline.1"


@pytest.mark.parametrize("content", ["{}", "[", '{"schema": "hitpoint.cue.99"}'])
def test_what_is_no_cue_is_told_by_opentimelineio(site: Path, tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    program = (
        "import sys, opentimelineio as otio\n"
        "try: otio.adapters.read_from_file(sys.argv[1])\n"
        "except otio.exceptions.OTIOError as error: print('told', error)"
    )
    assert in_otio(program, site, str(tmp_path / "x.json")).startswith("told ")


def test_our_own_commands_do_not_take_a_cue_for_an_edit(site: Path, scored: Path) -> None:
    program = "import sys; from hitpoint.plugin import cli; print('exit', cli.main(sys.argv[1:]))"
    assert in_otio(program, site, "inspect", str(scored / "cue.json")) == "exit 1\n"
