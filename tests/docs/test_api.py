"""The programming interface: all its names are there, nothing loads before it is asked for, and its examples run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import hitpoint.bridge
import hitpoint.core

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
PAGE = (Path(__file__).parents[2] / "resources" / "docs" / "api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("package", [hitpoint.core, hitpoint.bridge])
def test_every_name_is_there_and_told_on_the_page(package: Any) -> None:
    for name in package.__all__:
        assert getattr(package, name).__doc__, name
        assert f"`{name}" in PAGE, name


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = hitpoint.core.nothing


def test_the_interface_loads_nothing_before_it_is_asked_for() -> None:
    program = "import sys, hitpoint.core, hitpoint.bridge; print(sorted(n for n in sys.modules if 'hitpoint.' in n))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['hitpoint.bridge', 'hitpoint.core']"


@pytest.fixture(scope="module")
def edit(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five seconds and a half of lost pictures."""

    def time(value: float) -> dict[str, Any]:
        return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 25}

    clips = [
        {
            "OTIO_SCHEMA": "Clip.1",
            "name": name,
            "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": time(0), "duration": time(frames)},
            "media_reference": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{name}"},
        }
        for name, frames in (("a.mov", 60), ("b.mov", 78))
    ]
    track = {"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": clips}
    timeline = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": "cut",
        "tracks": {"OTIO_SCHEMA": "Stack.1", "children": [track]},
    }
    path = tmp_path_factory.mktemp("api") / "cut.otio"
    path.write_text(json.dumps(timeline))
    return path


def run(example: str, argument: Path) -> list[str]:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / f"{example}.py"), str(argument)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_the_examples_run_and_leave_what_they_say(edit: Path) -> None:
    lines = run("score_an_edit", edit)
    timeline = Path(lines[-1])
    assert timeline.is_file() and lines[1].startswith("F:maj7")
    music = timeline.with_suffix(".music")
    assert {path.name for path in music.iterdir()} >= {"cue.json", "cues.json", "provenance.json", "stems"}
    assert "F:maj7" in run("look_into_a_cue", music / "cue.json")[0]
    assert all(Path(line.partition(" ")[2]).is_file() for line in run("two_cues", edit)[-2:])


@pytest.mark.slow
def test_what_was_delivered_can_be_gone_on_from(edit: Path) -> None:
    from hitpoint.plugin.jobs.standing import standing_cues

    timeline = Path(run("two_cues", edit)[-1].partition(" ")[2]).parents[1].with_suffix(".otio")
    assert [one.name for one in standing_cues(timeline)] == ["1M1", "1M2"]
    with pytest.raises(hitpoint.core.HitpointError, match="has music of ours already"):
        from hitpoint.core import compose_cue

        hitpoint.bridge.deliver(compose_cue(hitpoint.bridge.read_edit(timeline)))


def test_paths_may_be_texts_and_what_names_nothing_is_an_error_of_ours(tmp_path: Path) -> None:
    for read in (hitpoint.core.read_cue, hitpoint.core.read_list, hitpoint.bridge.read_edit):
        with pytest.raises(hitpoint.core.HitpointError, match=r"nothing\.json"):
            read(str(tmp_path / "nothing.json"))
    for symbol in ("H", "C:nosuch"):
        with pytest.raises(hitpoint.core.HitpointError, match="write for example C, A:min7"):
            hitpoint.core.parse_chord(symbol)
