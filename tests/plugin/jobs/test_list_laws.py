"""Real jobs in any order on a timeline of cues: what a job does not name keeps every byte of every file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.plugin import cli
from hitpoint.plugin.jobs.standing import StandingCue, standing_cues

SLOTS = {"a": ("0", "1.6"), "b": ("2", "3.6"), "c": ("4", "5.6")}
JOBS = st.lists(
    st.tuples(st.sampled_from(["score", "replace", "reroll", "conform"]), st.sampled_from(sorted(SLOTS))),
    min_size=3,
    max_size=5,
)


def bytes_of(one: StandingCue) -> dict[str, bytes]:
    assert one.file is not None
    return {path.name: path.read_bytes() for path in one.file.parent.rglob("*") if path.is_file()}


def words_of(kind: str, name: str, edit: Path, recut: Path) -> tuple[list[str], set[str]]:
    """A command line on a scored edit, and the names of the cues that it may write anew."""
    start, end = SLOTS[name]
    match kind:
        case "score":
            return ["score", str(edit), "--cue", f"{name}={start}-{end}"], {name}
        case "replace":
            return ["score", str(edit), "--replace", name, "--cue", f"{name}={start}-{float(end) - 0.3}"], {name}
        case "reroll":
            return ["reroll", str(edit), "--cue", name], {name}
        case _:
            return ["conform", str(edit), str(recut), "--cue", name], {name}


@pytest.mark.slow
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck))
@given(JOBS)
def test_every_other_cue_keeps_its_bytes(
    tmp_path_factory: pytest.TempPathFactory, small_document: dict[str, Any], jobs: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("laws")
    (folder / "cut.otio").write_text(json.dumps(small_document))
    edit = folder / "cut.otio"
    for number, (kind, name) in enumerate(jobs):
        before = {one.name: (one, bytes_of(one)) for one in standing_cues(edit)} if number else {}
        words, named = words_of(kind, name, edit, folder / "cut.otio")
        out = folder / f"step{number}.otio"
        code = cli.main([*words, "-o", str(out), "--quiet", "--no-cache"])
        assert all(bytes_of(one) == content for one, content in before.values()), "a file that was there changed"
        if code:
            assert not out.exists()
            continue
        after = {one.name: one for one in standing_cues(out)}
        if kind != "conform":
            stayed = set(before) - named
            assert {after[one].file for one in stayed} == {before[one][0].file for one in stayed}
        edit = out
