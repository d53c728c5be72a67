"""Forty cues in a feature of two hours: opened with all of them, and nothing that composes is loaded for it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue, write_cue
from hitpoint.core.files.output import Outputs

SHOTS, FRAMES, CUES, APART = 300, 600, 40, 4000

OPEN = """
import sys
from pathlib import Path
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.plugin.jobs.standing import list_of, standing_cues
path = Path(sys.argv[1])
edit, standing = read_edit(path), standing_cues(path)
names = [entry.name for entry in list_of(path, standing).entries]
print(len(edit.shots), len(standing), len(names), len({id(one.cue.edit) for one in standing}))
print(sorted({name.partition(".")[0] for name in sys.modules} & {"numpy", "torch", "scipy", "av"}))
"""


def film(path: Path) -> Path:
    """An edit of lost pictures at 25 frames a second."""

    def time(value: float) -> dict[str, Any]:
        return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": 25}

    shots = [
        {
            "OTIO_SCHEMA": "Clip.1",
            "name": f"shot {number}",
            "source_range": {"OTIO_SCHEMA": "TimeRange.1", "start_time": time(0), "duration": time(FRAMES)},
            "media_reference": {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{number}.mov"},
        }
        for number in range(SHOTS)
    ]
    track = {"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": shots}
    stack = {"OTIO_SCHEMA": "Stack.1", "children": [track]}
    path.write_text(json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "film", "tracks": stack}))
    return path


@pytest.fixture(scope="module")
def feature(tmp_path_factory: pytest.TempPathFactory, scored: Any) -> Path:
    """The film with forty cues in it, whose sound is not there: opening asks for none."""
    folder = tmp_path_factory.mktemp("forty")
    edit = read_edit(film(folder / "film.otio"))
    known, out = read_cue(scored.output("cue")), Outputs(folder / "scored.otio")
    clips = []
    for number in range(CUES):
        start = number * APART + 500
        cue: Cue = replace(known, edit=edit, start_frame=start, end_frame=start + 196, name=f"{number + 1}M1")
        place = out.of_cue(cue.name)
        place.folder.mkdir(parents=True)
        write_cue(cue, place.cue)
        path = place.cue.relative_to(folder).as_posix()
        state = {"seed": cue.seed, "style": cue.style, "key": str(cue.key)}
        clips.append(MusicClip(place.mix, place.mix.name, edit.rate, start, cue.end_frame, state, cue=path))
    write_scored_timeline(edit.path, out.timeline, clips, edit)
    return out.timeline


def test_the_feature_opens_with_all_its_cues_and_one_cut(feature: Path) -> None:
    done = subprocess.run([sys.executable, "-c", OPEN, str(feature)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [f"{SHOTS} {CUES} {CUES} 1", "[]"]
