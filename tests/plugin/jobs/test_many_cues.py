"""Several cues in one timeline, from the command line: each is scored, kept, changed and carried over by its name."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hitpoint.bridge.reading.scored_edit import placed_music
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.documents.cue_list_file import read_list
from hitpoint.core.edit import Edit
from hitpoint.core.progress import Progress
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Job
from hitpoint.plugin.jobs.score import score_edit
from hitpoint.plugin.jobs.standing import standing_cues

Run = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small_document: dict[str, Any]) -> Path:
    """An edit with a cue at 1-3 s in one.otio, and one more at 4-7 s in two.otio."""
    folder = tmp_path_factory.mktemp("cues")
    (folder / "small.otio").write_text(json.dumps(small_document))
    assert run(folder, "score", "small.otio", "--cue", "1M1=1-3", "-o", "one.otio") == 0
    assert run(folder, "score", "one.otio", "--cue", "1M2=4-7,mood=tense", "-o", "two.otio") == 0
    return folder


def run(folder: Path, *words: str) -> int:
    made = [str(folder / word) if word.endswith((".otio", ".toml", ".json", ".xml")) else word for word in words]
    engine = [] if words[0] in ("spot", "inspect") else ["--no-cache", "--quiet"]
    return cli.main([*made, *engine])


def report_of(folder: Path, *words: str) -> dict[str, Any]:
    assert run(folder, *words, "--report", "report.json") == 0
    report: dict[str, Any] = json.loads((folder / "report.json").read_text())
    return report


def clips(path: Path) -> list[tuple[str, float]]:
    """Name and first second of each clip on the music track."""
    tracks = json.loads(path.read_text())["tracks"]["children"]
    music = next(track for track in tracks if track["name"] == "Music")
    found, at = [], 0.0
    for item in music["children"]:
        duration = item["source_range"]["duration"]
        if item["OTIO_SCHEMA"].startswith("Clip"):
            found.append((item["name"], round(at, 3)))
        at += duration["value"] / duration["rate"]
    return found


def test_a_second_range_leaves_the_first_cue_where_it_is(folder: Path) -> None:
    assert [start for _, start in clips(folder / "two.otio")] == pytest.approx([1.0, 4.0], abs=0.03)
    assert [one.name for one in standing_cues(folder / "two.otio")] == ["1M1", "1M2"]
    assert all(one.mix is not None and one.mix.is_file() for one in standing_cues(folder / "two.otio"))


def test_the_report_names_what_stayed(folder: Path) -> None:
    report = report_of(folder, "score", "one.otio", "--cue", "late=5-7", "-o", "third.otio")
    assert [(cue["name"], cue["kept"]) for cue in report["cues"]] == [("1M1", True), ("late", False)]
    assert report["cues"][0]["outputs"]["mix"].endswith("one_mix.wav")
    assert report["cue"]["start"] == pytest.approx(5.0, abs=0.03)


def test_cues_of_a_list_that_are_composed_are_kept_and_named(folder: Path) -> None:
    (folder / "more.toml").write_text(_list(("1M1", 1, 3), ("1M2", 4, 5)))
    report = report_of(folder, "score", "one.otio", "--cues", "more.toml", "-o", "more.otio")
    assert [(cue["name"], cue["kept"]) for cue in report["cues"]] == [("1M1", True), ("1M2", False)]
    assert report["cues"][0]["outputs"]["mix"].endswith("one_mix.wav")


@pytest.mark.parametrize(("end", "told"), [(3, "1M1 are composed already"), (3.5, "already: give another name")])
def test_a_list_replaces_no_cue_unless_it_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str], end: float, told: str
) -> None:
    (folder / "same.toml").write_text(_list(("1M1", 1, end)))
    assert run(folder, "score", "one.otio", "--cues", "same.toml", "-o", "same.otio") == 1
    error = capsys.readouterr().err
    assert told in error and "--replace 1M1" in error


def _list(*cues: tuple[str, float, float]) -> str:
    return "\n".join(f'[[cue]]\nname = "{name}"\nin = {start}\nout = {end}' for name, start, end in cues)


def test_a_range_over_a_cue_is_refused_with_what_to_say(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "score", "two.otio", "--range", "2", "5") == 1
    told = capsys.readouterr().err
    assert "--replace 1M1" in told and "--replace 1M2" in told


def test_a_cue_is_replaced_by_name_and_the_other_stays(folder: Path) -> None:
    report = report_of(folder, "score", "two.otio", "--range", "2", "3.5", "--replace", "1M1", "-o", "new.otio")
    assert [(cue["name"], cue["kept"]) for cue in report["cues"]] == [("1M1", False), ("1M2", True)]


def test_several_cues_are_scored_in_one_run(folder: Path) -> None:
    report = report_of(
        folder, "score", "small.otio", "--cue", "b=5-7,style=strings", "--cue", "a=0-2,key=A minor", "-o", "both.otio"
    )
    assert [cue["name"] for cue in report["cues"]] == ["a", "b"]
    assert [cue["style"] for cue in report["cues"]] == ["piano", "strings"]
    assert report["cues"][0]["key"] == "A minor"
    assert all(Path(cue["outputs"]["mix"]).is_file() for cue in report["cues"])
    assert len(placed_music(folder / "both.otio")) == 2
    assert read_list(folder / "both.music" / "cues.json").names == ("a", "b")


def test_of_several_cues_one_must_be_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(folder, "reroll", "two.otio") == 1
    assert "--cue NAME" in capsys.readouterr().err


def test_a_reroll_leaves_the_other_cue_alone(folder: Path) -> None:
    before = standing_cues(folder / "two.otio")
    report = report_of(folder, "reroll", "two.otio", "--cue", "1M2", "-o", "again.otio")
    assert [(cue["name"], cue["kept"]) for cue in report["cues"]] == [("1M1", True), ("1M2", False)]
    after = standing_cues(folder / "again.otio")
    assert after[0].file == before[0].file and after[1].file != before[1].file


def test_conforming_takes_all_cues_along(folder: Path, small_document: dict[str, Any]) -> None:
    longer = json.loads(json.dumps(small_document))
    longer["tracks"]["children"][0]["children"].insert(0, longer["tracks"]["children"][0]["children"][2])
    (folder / "longer.otio").write_text(json.dumps(longer))
    report = report_of(folder, "conform", "two.otio", "longer.otio", "-o", "carried.otio")
    assert [cue["name"] for cue in report["cues"]] == ["1M1", "1M2"]
    shift = 78 / 23.976
    assert [cue["start"] for cue in report["cues"]] == pytest.approx([1 + shift, 4 + shift], abs=0.1)
    assert set(report["conform_others"]) == {"1M2"}


@pytest.mark.parametrize(
    ("option", "told"),
    [
        ("x", "write NAME=A-B"),
        ("a=5-3", "it is empty, or ends before it begins"),
        ("a=0-99", "it reaches past the end of the edit"),
        ("a=0-2,tempo=3", "cue a: '3' is no tempo"),
        ("a=0-2,colour=red", "'colour' is not known"),
    ],
)
def test_a_cue_that_makes_no_sense_is_told(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str, told: str
) -> None:
    assert run(folder, "score", "small.otio", "--cue", option) == 1
    assert told in capsys.readouterr().err


def test_progress_never_goes_back_over_several_cues(folder: Path) -> None:
    told: list[float] = []

    def wished(_: Edit) -> tuple[Wishes, ...]:
        return (Wishes(0, 48, name="a"), Wishes(60, 100, name="b"), Wishes(110, 160, name="c"))

    job = Job(folder / "small.otio", folder / "steady.otio", wishes=wished, engine=Engine(use_cache=False))
    score_edit(job, Progress(lambda fraction, _: told.append(fraction)))
    assert told == sorted(told) and told[-1] > 0.9


@pytest.mark.parametrize("words", [("score", "small.otio"), ("reroll", "one.otio")])
def test_music_without_a_part_is_refused_before_the_work(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    off = [word for player in style_named("piano").players for word in ("--part", f"{player.name}=off")]
    assert run(folder, *words, *off, "-o", "silent.otio") == 1
    assert "every part of piano is switched off" in capsys.readouterr().err
    assert not (folder / "silent.otio").exists() and not (folder / "silent.music").exists()


def test_cues_whose_names_differ_only_in_signs_are_scored_together(folder: Path) -> None:
    report = report_of(folder, "score", "small.otio", "--cue", "a/b=0-2", "--cue", "a_b=3-5", "-o", "signs.otio")
    mixes = [Path(cue["outputs"]["mix"]) for cue in report["cues"]]
    assert [cue["name"] for cue in report["cues"]] == ["a/b", "a_b"]
    assert mixes[0] != mixes[1] and all(mix.is_file() for mix in mixes)


def test_what_is_handed_over_stays_in_its_folder_whatever_a_cue_is_called(folder: Path) -> None:
    report_of(folder, "score", "small.otio", "--cue", "q/../../x=0-2", "--cue", "b=3-5", "-o", "names.otio")
    outside = set(folder.parent.iterdir())
    assert cli.main(["export", str(folder / "names.otio"), "--format", "midi"]) == 0
    assert set(folder.parent.iterdir()) == outside
    assert len(list(folder.glob("names_*.mid"))) == 2


def test_the_list_says_where_every_cue_lies(folder: Path) -> None:
    found = read_list(folder / "two.music" / "cues.json")
    assert [entry.cue for entry in found.entries] == ["../one.music/cue.json", "cue.json"]
    assert all((folder / "two.music" / entry.cue).is_file() for entry in found.entries)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("two.otio", "--cue", "1M1=3.2-3.9"), "the edit has a cue '1M1' already: give another name"),
        (("two.otio", "--cue", "1M1=1-3"), "--replace 1M1"),
        (("small.otio", "--cue", "a=0-4", "--cue", "2=3-6"), "the same command asks for a (0.00-4.00 s) and 2 (3.00-6"),
        (("small.otio", "--cue", "a=0-2", "--cue", "a=1-6"), "two cues are called 'a'"),
        (("one.otio", "--cue", "x=2-6"), "cue x overlaps 1M1 (1.00-3.00 s), which stays"),
    ],
)
def test_a_cue_in_the_way_is_told_with_what_helps(
    folder: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], told: str
) -> None:
    assert run(folder, "score", *words) == 1
    error = capsys.readouterr().err
    assert told in error and "frame" not in error
    assert ("--replace" in error) == (words[0] != "small.otio")


@pytest.mark.slow
def test_the_summary_names_every_cue_of_several(
    folder: Path, small_document: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    made = [str(folder / name) for name in ("small.otio", "told.otio", "recut.otio")]
    assert cli.main(["score", made[0], "--cue", "a=0-3", "--cue", "b=4-7", "-o", made[1], "--no-cache"]) == 0
    assert re.findall(r"^(\w+): [\d.]+ s of piano", capsys.readouterr().out, re.MULTILINE) == ["a", "b"]
    shorter = json.loads(json.dumps(small_document))
    shorter["tracks"]["children"][0]["children"][0]["source_range"]["duration"]["value"] -= 12
    Path(made[2]).write_text(json.dumps(shorter))
    capsys.readouterr()
    assert cli.main(["conform", made[1], made[2], "-o", str(folder / "recut_scored.otio"), "--no-cache"]) == 0
    out = capsys.readouterr().out
    assert re.findall(r"^(\w+): [\d.]+ s of piano", out, re.MULTILINE) == ["a", "b"]
    changes = [line for line in out.splitlines() if "kept" in line or "bit for bit" in line or "composed" in line]
    assert changes and all(re.match(r"  [ab]: ", line) for line in changes), changes


def test_ducking_where_nobody_speaks_is_told_and_the_mix_is_played(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    report = report_of(folder, "score", "small.otio", "--range", "1", "3", "--duck", "9", "-o", "nobody.otio")
    assert "no speech was found under cue 1M1: ducking by 9 dB changes nothing" in capsys.readouterr().err
    assert report["outputs"]["delivered"] == report["outputs"]["mix"]
    assert [name for name, _ in clips(folder / "nobody.otio")] == ["nobody_mix.wav"]


def test_a_cue_whose_file_is_gone_beside_whole_ones_is_named(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    film = shutil.copytree(folder, tmp_path / "film") / "two.otio"
    gone, _ = (one.file for one in standing_cues(film))
    assert gone is not None
    gone.unlink()
    assert cli.main(["export", str(film), "--format", "midi", "-o", str(tmp_path)]) == 1
    said = capsys.readouterr()
    assert len(said.out.splitlines()) == 1 and f"{gone.parent.name}/cue.json" in said.err
    assert cli.main(["cuesheet", str(film)]) == 1
    assert "1M2" in (sheet := capsys.readouterr()).out and f"{gone.parent.name}/cue.json" in sheet.err
