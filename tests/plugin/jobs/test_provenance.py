"""How music came about: the record beside the mix, and what the sound files say."""

from __future__ import annotations

import hashlib
import json
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import av
import pytest

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.model.checkpoint import default_checkpoint
from hitpoint.core.render.choice import default_soundfont
from hitpoint.plugin import cli


@pytest.fixture(scope="module")
def record(scored) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(scored.output("provenance").read_text())
    return found


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def chunk(path: Path, name: bytes) -> bytes:
    content = path.read_bytes()
    at = content.rindex(name)
    return content[at + 8 : at + 8 + int.from_bytes(content[at + 4 : at + 8], "little")]


def test_the_record_names_weights_and_fonts_with_their_hashes(record):
    weights = [(one["file"], one["sha256"]) for one in record["weights"]]
    assert weights == [(path.name, digest(path)) for path in map(default_checkpoint, ("amt", "regressor"))]
    (font,) = record["fonts"]
    assert font["sha256"] == digest(default_soundfont()) and font["licence"].startswith("MIT") and font["parts"]


def test_the_record_names_the_edit_and_the_seed(record, scored):
    assert record["inputs"]["edit"] == {"file": "small.otio", "sha256": digest(scored.edit)}
    assert record["cue"]["seed"] == scored.report["cue"]["seed"] and record["person"] == {}


def test_the_sound_says_which_cue_it_is_of_and_how_it_came_about(record, scored):
    cue = scored.output("cue").read_bytes()
    assert record["cue"]["id"] == hashlib.sha256(cue).hexdigest()[:16]
    xml = ET.fromstring(chunk(scored.output("mix"), b"iXML"))
    assert (xml.findtext("PROJECT"), xml.findtext("NOTE")) == ("small", record["summary"])


def test_what_a_person_locks_is_told_in_the_record(scored, tmp_path):
    report = tmp_path / "report.json"
    words = ["--lock", "0-1=A:min", "--range", "2", "7", "-o", str(tmp_path / "again.otio"), "--quiet", "--no-cache"]
    assert cli.main(["reroll", scored.report["outputs"]["timeline"], *words, "--report", str(report)]) == 0
    outputs = json.loads(report.read_text())["outputs"]
    found = json.loads(Path(outputs["provenance"]).read_text())
    assert found["person"]["locked_chords"][0]["symbol"] == "A:min" and "chords locked" in found["summary"]
    assert (
        found["cue"]["rerolls"] and found["weights"] == json.loads(scored.output("provenance").read_text())["weights"]
    )


def test_a_broadcast_file_tells_it_in_its_coding_history(scored, tmp_path):
    words = ["--range", "1", "2", "--bext", "-o", str(tmp_path / "b.otio"), "--quiet", "--no-cache"]
    assert cli.main(["score", str(scored.edit), *words]) == 0
    with av.open(str(tmp_path / "b.music" / "b_mix.wav")) as container:
        history = container.metadata["coding_history"]
    summary = json.loads((tmp_path / "b.music" / "provenance.json").read_text())["summary"]
    assert history.strip() == f"A=PCM,F=48000,W=24,M=stereo,T={summary}"


def test_the_same_job_gives_the_same_record(scored, tmp_path):
    (tmp_path / "small.otio").write_bytes(scored.edit.read_bytes())
    assert cli.main(["score", str(tmp_path / "small.otio"), "--quiet", "--no-cache"]) == 0
    again = json.loads((tmp_path / "small_hitpoint.music" / "provenance.json").read_text())
    before = json.loads(scored.output("provenance").read_text())
    assert again["cue"].pop("id") and before["cue"].pop("id")  # the cue file knows where its edit lies
    assert again == before


def test_a_cue_of_before_says_that_its_weights_were_not_noted(scored):
    from dataclasses import replace

    from hitpoint.core.render.provenance.summary import summary

    assert "weights not recorded" in summary(replace(read_cue(scored.output("cue")), weights=()))
