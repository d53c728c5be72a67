from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hitpoint.core.errors import EditWriteError
from hitpoint.core.files.output import Outputs, Staging, free_version, plan_outputs, published, write_safely


def write_all(staging: Staging) -> None:
    staging.work.mix.write_bytes(b"sound")
    staging.work.cue.write_text(str(staging.final.mix))
    staging.work.timeline.write_text("{}")


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_results_lie_beside_the_edit_under_its_name(tmp_path: Path) -> None:
    outputs = plan_outputs(tmp_path / "my.edit.otio", None)
    assert outputs.timeline == tmp_path / "my.edit_hitpoint.otio"
    assert outputs.mix == tmp_path / "my.edit_hitpoint.music" / "my.edit_hitpoint_mix.wav"


@pytest.mark.parametrize(
    ("existing", "expected"),
    [
        ([], "a.otio"),
        (["a.otio"], "a_v2.otio"),
        (["a.otio", "a_v2.otio"], "a_v3.otio"),
        (["a.music"], "a_v2.otio"),
        (["a.otio", "a_v2.music"], "a_v3.otio"),
    ],
)
def test_a_version_is_chosen_so_that_timeline_and_folder_are_free(
    tmp_path: Path, existing: list[str], expected: str
) -> None:
    for name in existing:
        (tmp_path / name).write_text("old")
    assert plan_outputs(tmp_path / "edit.otio", tmp_path / "a.otio").timeline.name == expected


@pytest.mark.parametrize(("edit", "expected"), [("a_hitpoint", "a_hitpoint_v2"), ("a_hitpoint_v2", "a_hitpoint_v3")])
def test_a_scored_edit_gets_its_next_version(tmp_path: Path, edit: str, expected: str) -> None:
    for name in ("a_hitpoint.otio", "a_hitpoint_v2.otio")[: 1 + edit.endswith("v2")]:
        (tmp_path / name).write_text("{}")
    assert plan_outputs(tmp_path / f"{edit}.otio", None).timeline.stem == expected


def test_a_folder_can_be_asked_for(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    outputs = plan_outputs(tmp_path / "cut.edl", tmp_path / "results")
    assert outputs.timeline == tmp_path / "results" / "cut_hitpoint.otio"


def test_a_very_long_name_is_cut_to_what_a_disk_can_hold(tmp_path: Path) -> None:
    with published(plan_outputs(tmp_path / f"{'ü' * 120}.otio", None)) as staging:
        write_all(staging)
    assert staging.final.mix.exists()


@pytest.mark.parametrize("name", ["a.edl", "a.otio.txt"])
def test_a_suffix_we_do_not_write_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(EditWriteError, match=r"\.otio"):
        plan_outputs(tmp_path / "edit.otio", tmp_path / name)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(EditWriteError, match="no such folder"):
        plan_outputs(tmp_path / "edit.otio", tmp_path / "nowhere" / "a.otio")


def test_a_read_only_folder_is_answered_with_o(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(EditWriteError, match="-o"):
        plan_outputs(tmp_path / "edit.otio", None)


def test_nothing_is_seen_before_the_end_and_everything_after(tmp_path: Path) -> None:
    with published(plan_outputs(tmp_path / "a.otio", None)) as staging:
        write_all(staging)
        assert [name for name in names_in(tmp_path) if not name.startswith(".")] == []
    assert names_in(tmp_path) == ["a_hitpoint.music", "a_hitpoint.otio"]
    assert staging.final.cue.read_text() == str(staging.final.mix)


def test_a_bundle_folder_is_published_as_a_whole(tmp_path: Path) -> None:
    with published(plan_outputs(tmp_path / "a.otio", tmp_path / "b.otiod")) as staging:
        staging.work.timeline.mkdir()
        (staging.work.timeline / "content.otio").write_text("{}")
    assert (tmp_path / "b.otiod" / "content.otio").read_text() == "{}"


@pytest.mark.parametrize("failure", [KeyboardInterrupt, RuntimeError, EditWriteError])
def test_a_failure_leaves_nothing(tmp_path: Path, failure: type[BaseException]) -> None:
    with pytest.raises(failure), published(plan_outputs(tmp_path / "a.otio", None)) as staging:
        write_all(staging)
        raise failure
    assert names_in(tmp_path) == []


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(EditWriteError, match="disk is full"), published(plan_outputs(tmp_path / "a.otio", None)):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names_in(tmp_path) == []


def test_an_error_about_something_else_is_not_disguised(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), published(plan_outputs(tmp_path / "a.otio", None)):
        (tmp_path.parent / "other-media.mov").read_bytes()


def test_a_name_taken_while_we_worked_is_kept_and_our_folder_taken_back(tmp_path: Path) -> None:
    with (
        pytest.raises(EditWriteError, match="try again"),
        published(plan_outputs(tmp_path / "a.otio", None)) as staging,
    ):
        write_all(staging)
        staging.final.timeline.write_text("theirs")
    assert names_in(tmp_path) == ["a_hitpoint.otio"]
    assert staging.final.timeline.read_text() == "theirs"


def test_two_at_once_take_different_versions(tmp_path: Path) -> None:
    plan = plan_outputs(tmp_path / "a.otio", None)
    with published(plan) as first, published(plan) as second:
        write_all(first)
        write_all(second)
    assert names_in(tmp_path) == [
        "a_hitpoint.music",
        "a_hitpoint.otio",
        "a_hitpoint_v2.music",
        "a_hitpoint_v2.otio",
    ]


KILLED = """
import sys, time
from pathlib import Path
from hitpoint.core.files.output import plan_outputs, published
with published(plan_outputs(Path(sys.argv[1]), None)) as staging:
    staging.work.mix.write_bytes(b"half")
    print("written", flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(os.name == "nt", reason="signals are POSIX's")
def test_a_killed_run_shows_nothing_and_the_next_takes_the_same_name(tmp_path: Path) -> None:
    edit = tmp_path / "a.otio"
    with subprocess.Popen([sys.executable, "-c", KILLED, str(edit)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        os.kill(process.pid, signal.SIGKILL)
    assert all(name.startswith(".") and "hitpoint-tmp" in name for name in names_in(tmp_path))
    with published(plan_outputs(edit, None)) as staging:
        write_all(staging)
    assert names_in(tmp_path) == ["a_hitpoint.music", "a_hitpoint.otio"]
    assert staging.final.mix.read_bytes() == b"sound"


@pytest.mark.parametrize("is_named", [False, True], ids=["before its name", "after its name"])
def test_a_run_killed_in_its_last_step_is_brought_to_its_end(tmp_path: Path, is_named: bool) -> None:
    planned = plan_outputs(tmp_path / "a.otio", None)
    hidden = tmp_path / ".a_hitpoint.otio.hitpoint-tmp"
    hidden.mkdir()
    (hidden / "lock").touch()
    (hidden / "a_hitpoint.otio").write_text("timeline")
    planned.folder.mkdir()
    if is_named:
        os.link(hidden / "a_hitpoint.otio", planned.timeline)
    with published(plan_outputs(tmp_path / "b.otio", None)) as staging:
        write_all(staging)
    assert planned.timeline.read_text() == "timeline"
    assert not hidden.exists()


def test_a_hidden_folder_whose_end_was_killed_is_cleared(tmp_path: Path) -> None:
    planned = plan_outputs(tmp_path / "a.otio", None)
    planned.folder.mkdir()
    planned.timeline.write_text("timeline")
    (tmp_path / ".a_hitpoint.otio.hitpoint-tmp").mkdir()
    with published(plan_outputs(tmp_path / "b.otio", None)) as staging:
        write_all(staging)
    assert names_in(tmp_path) == ["a_hitpoint.music", "a_hitpoint.otio", "b_hitpoint.music", "b_hitpoint.otio"]


def test_a_run_that_is_at_work_is_not_brought_to_its_end_by_another(tmp_path: Path) -> None:
    with published(plan_outputs(tmp_path / "a.otio", None)) as first:
        write_all(first)
        os.rename(first.work.folder, first.final.folder)
        with published(plan_outputs(tmp_path / "b.otio", None)) as second:
            write_all(second)
        assert first.work.timeline.exists() and not first.final.timeline.exists()
        os.rename(first.final.folder, first.work.folder)
    assert first.final.timeline.exists()


RACER = """
import sys
from pathlib import Path
from hitpoint.core.files.output import write_safely
for turn in range(20):
    write_safely(Path(sys.argv[1]), lambda path: path.write_text(sys.argv[2] * 1000))
"""


def test_racing_writers_lose_nothing(tmp_path: Path) -> None:
    racers = [subprocess.Popen([sys.executable, "-c", RACER, str(tmp_path / "r.json"), who]) for who in "xy"]
    assert [racer.wait(timeout=60) for racer in racers] == [0, 0]
    texts = [path.read_text() for path in tmp_path.iterdir()]
    assert sorted(text[0] for text in texts) == ["x"] * 20 + ["y"] * 20
    assert all(len(set(text)) == 1 and len(text) == 1000 for text in texts)


def test_a_file_is_written_as_others_are(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    path = write_safely(tmp_path / "a.json", lambda path: path.write_text("a") and None)
    assert path.stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_failing_writer_leaves_nothing(tmp_path: Path) -> None:
    def write(path: Path) -> None:
        path.write_text("half")
        raise ValueError

    with pytest.raises(ValueError):
        write_safely(tmp_path / "a.json", write)
    assert names_in(tmp_path) == []


def test_a_disk_without_hard_links_still_never_overwrites(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(source: Path, target: Path) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    for text in ("one", "two"):
        write_safely(tmp_path / "a.json", lambda path, text=text: path.write_text(text) and None)
    assert (tmp_path / "a.json").read_text() == "one"
    assert (tmp_path / "a_v2.json").read_text() == "two"


def test_a_dangling_link_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "a.json").symlink_to(tmp_path / "elsewhere")
    assert free_version(tmp_path / "a.json").name == "a_v2.json"


def test_writing_into_a_missing_folder_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(EditWriteError, match="no such folder"):
        write_safely(tmp_path / "nowhere" / "a.json", lambda path: path.write_text("") and None)


def test_cues_whose_names_a_disk_confuses_have_folders_of_their_own(tmp_path: Path) -> None:
    names = ["1M1", "a/b", "a_b", "A", "a", "e\u0301", "\u00e9"]
    outputs = Outputs(tmp_path / "x.otio")
    folders = [outputs.of_cue(name, names).folder.name for name in names]
    assert len({folder.casefold() for folder in folders}) == len(names)
    assert folders[0] == "x_1M1.music"
    assert outputs.of_cue("a/b", reversed(names)).folder.name == folders[1]
    assert outputs.of_cue("a/b", ["a/b", "1M1"]).folder.name == "x_a_b.music"
