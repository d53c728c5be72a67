"""``hitpoint conform`` from the outside, on an edit scored with models of random weights."""

from __future__ import annotations

import json
import shutil
import wave
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.cue.changes import chord_set
from hitpoint.core.cue.cue import Cue, steps_touching
from hitpoint.core.cue.documents.cue_file import cue_bytes, read_cue
from hitpoint.core.model.checkpoint import save_amt, save_regressor
from hitpoint.core.model.config import AMTConfig, RegressorConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.music.chord import parse_chord
from hitpoint.plugin import cli
from hitpoint.plugin.jobs import conform as module
from hitpoint.plugin.jobs.conform import ConformJob

Node = dict[str, Any]
Cut = list[tuple[str, int, int]]  # media, first frame of the source, frames
RATE = 25
BASE: Cut = [("a.mov", 0, 60), ("b.mov", 10, 45), ("c.mov", 0, 75), ("d.mov", 50, 120)]


def _time(value: float) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": RATE}


def _clip(media: str, first: int, frames: int) -> Node:
    span = {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(first), "duration": _time(frames)}
    reference = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": f"/lost/{media}"}
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": media,
        "source_range": span,
        "media_references": {"DEFAULT_MEDIA": reference},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def written(path: Path, cut: Cut) -> Path:
    """An edit file with these shots."""
    track = {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": [_clip(*shot) for shot in cut]}
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track]}
    path.write_text(json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": stack}))
    return path


@pytest.fixture(scope="module")
def options(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options that name two tiny models of random weights."""
    folder = tmp_path_factory.mktemp("weights")
    torch.manual_seed(1)
    sizes = {"n_layers": 1, "n_heads": 2, "d_model": 16, "dim_feedforward": 16, "max_steps": 60}
    save_amt(AMT(AMTConfig(**sizes, has_start=True, masks_padding=True)), folder / "amt.safetensors", {})
    save_regressor(BiGRU(RegressorConfig(hidden=4, max_steps=60)), folder / "regressor.safetensors", {})
    files = ["--checkpoint", str(folder / "amt.safetensors"), "--regressor", str(folder / "regressor.safetensors")]
    return [*files, "--synth", "sampler", "--no-cache"]


@pytest.fixture(scope="module")
def run(options: list[str]) -> Callable[..., Node]:
    """Runs a command with those models, and answers its report."""

    def call(command: str, *words: str | Path, quiet: bool = True) -> Node:
        report = Path(words[0]).with_name("report.json")
        line = [command, *map(str, words), *options, *(["--quiet"] if quiet else [])]
        assert cli.main([*line, "--report", str(report)]) == 0
        found: Node = json.loads(report.read_text())
        return found

    return call


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, run: Callable[..., Node]) -> Path:
    """A folder with a scored edit of 12 s, to be copied."""
    folder = tmp_path_factory.mktemp("scored")
    run("score", written(folder / "cut.otio", BASE), "--seed", "4")
    return folder


@pytest.fixture
def scored(original: Path, tmp_path: Path) -> Path:
    """A scored edit of its own for one test."""
    shutil.copytree(original, tmp_path / "here")
    return tmp_path / "here" / "cut_hitpoint.otio"


def cue_beside(scored: Path) -> Path:
    return scored.with_name(f"{scored.stem}.music") / "cue.json"


def locked(scored: Path, start: float, end: float, chord: str) -> Cue:
    """The stored cue with a lock written into it."""
    path = cue_beside(scored)
    cue = read_cue(path)
    span = steps_touching(cue, Fraction(start), Fraction(end))
    cue = chord_set(cue, span, parse_chord(chord))
    path.write_bytes(cue_bytes(cue))
    return cue


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def samples(path: Path) -> bytes:
    with wave.open(str(path)) as file:
        return file.readframes(file.getnframes())


def test_the_same_edit_changes_nothing_bit_for_bit(scored: Path, run: Callable[..., Node]) -> None:
    report = run("conform", scored, scored.with_name("cut.otio"))
    old, new = scored.with_name("cut_hitpoint.music"), Path(report["outputs"]["cue"]).parent
    assert report["conform"]["unchanged"]
    assert new.name == "cut_hitpoint_v2.music"
    before, after = read_cue(old / "cue.json"), read_cue(new / "cue.json")
    assert after == replace(before, edit=replace(before.edit, path=after.edit.path))
    assert samples(new / "cut_hitpoint_v2_mix.wav") == samples(old / "cut_hitpoint_mix.wav")
    assert (new / "cut_hitpoint_v2.mid").read_bytes() == (old / "cut_hitpoint.mid").read_bytes()


def test_the_old_version_stays_as_it_is(scored: Path, run: Callable[..., Node]) -> None:
    edit = written(scored.with_name("cut.otio"), BASE[1:])
    before = files_below(scored.parent)
    run("conform", scored, edit)
    after = files_below(scored.parent)
    assert {name: after[name] for name in before if name != "report.json"} == {
        name: content for name, content in before.items() if name != "report.json"
    }


@pytest.mark.slow
def test_the_music_is_as_long_as_the_new_edit_to_the_sample(scored: Path, run: Callable[..., Node]) -> None:
    edit = written(scored.with_name("new.otio"), [BASE[0], ("b.mov", 10, 38), *BASE[2:]])
    report = run("conform", scored, edit)
    cue = read_cue(Path(report["outputs"]["cue"]))
    assert cue.samples == 293 * 1920
    assert Path(report["outputs"]["mix"]).stat().st_size >= cue.samples * 6


def test_a_new_shot_is_composed_and_the_rest_keeps_its_chords(scored: Path, run: Callable[..., Node]) -> None:
    before = read_cue(cue_beside(scored))
    edit = written(scored.with_name("new.otio"), [*BASE, ("e.mov", 0, 90)])
    report = run("conform", scored, edit)
    after = read_cue(Path(report["outputs"]["cue"]))
    assert [span["start"] >= 11 for span in report["conform"]["composed"]] == [True]
    kept = len(before.steps) - 2
    assert [step.chord for step in after.steps[:kept]] == [step.chord for step in before.steps[:kept]]


def test_a_lock_whose_shot_is_gone_is_told_even_when_quiet(
    scored: Path, run: Callable[..., Node], capsys: pytest.CaptureFixture[str]
) -> None:
    locked(scored, 5.0, 5.5, "F#:dim7")  # within c.mov
    report = run("conform", scored, written(scored.with_name("new.otio"), [*BASE[:2], BASE[3]]))
    lost = [lock for lock in report["conform"]["locks"] if lock["fate"] == "lost"]
    assert [lock["chord"] for lock in lost] == ["F#:dim7"]
    assert "lock F♯dim7" in capsys.readouterr().err


@pytest.mark.slow
def test_a_lock_goes_with_its_shot(scored: Path, run: Callable[..., Node]) -> None:
    locked(scored, 4.6, 6.6, "F#:dim7")
    report = run("conform", scored, written(scored.with_name("new.otio"), [BASE[0], BASE[2], BASE[1], BASE[3]]))
    spans = [chord for chord in report["cue"]["chords"] if chord["locked"]]
    assert {span["symbol"] for span in spans} == {"F#:dim7"}
    assert all(span["start"] >= 2 and span["end"] <= 6 for span in spans)


@pytest.mark.slow
def test_a_cue_file_can_be_given_itself(scored: Path, run: Callable[..., Node]) -> None:
    report = run("conform", cue_beside(scored), scored.with_name("cut.otio"), "-o", scored.with_name("out.otio"))
    assert report["conform"]["unchanged"]
    assert Path(report["outputs"]["timeline"]).name == "out.otio"


def test_further_hits_can_be_asked_for(scored: Path, run: Callable[..., Node]) -> None:
    report = run("conform", scored, scored.with_name("cut.otio"), "--hit", "9.2=5")
    hit = next(hit for hit in report["cue"]["hits"] if hit["event"] == "hit")
    assert (hit["time"], hit["wanted"]) == (9.2, True)
    assert abs(hit["error_seconds"]) <= 0.02


@pytest.mark.slow
def test_what_changed_is_told_line_by_line(
    scored: Path, run: Callable[..., Node], capsys: pytest.CaptureFixture[str]
) -> None:
    edit = written(scored.with_name("new.otio"), [BASE[0], ("x.mov", 0, 50), *BASE[2:]])
    run("conform", scored, edit, quiet=False)
    told = capsys.readouterr().out
    assert "shot 'x.mov' new: 2.400-4.400 s" in told
    assert "shot 'b.mov' removed: 2.400-4.200 s" in told


def test_an_edit_with_none_of_the_shots_is_refused_kindly(
    scored: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    edit = written(scored.with_name("other.otio"), [("z.mov", 0, 100)])
    assert cli.main(["conform", str(scored), str(edit), *options]) == 1
    assert "score it anew" in capsys.readouterr().err


@pytest.mark.slow
def test_a_conformed_edit_can_be_conformed_again(scored: Path, run: Callable[..., Node]) -> None:
    edit = written(scored.with_name("cut.otio"), [BASE[0], ("b.mov", 10, 60), *BASE[2:]])
    once = run("conform", scored, edit)
    twice = run("conform", Path(once["outputs"]["timeline"]), edit)
    assert twice["conform"]["unchanged"]
    old, new = (read_cue(Path(report["outputs"]["cue"])) for report in (once, twice))
    assert new == old
    assert new.edit == replace(old.edit, path=read_edit(edit).path)


def test_what_is_kept_sounds_the_same_and_the_report_says_where(
    scored: Path, run: Callable[..., Node], capsys: pytest.CaptureFixture[str]
) -> None:
    edit = written(scored.with_name("new.otio"), [*BASE[:3], ("d.mov", 50, 60), ("x.mov", 0, 60)])
    report = run("conform", scored, edit, quiet=False)
    before, after = (read_cue(path) for path in (cue_beside(scored), Path(report["outputs"]["cue"])))
    (kept,) = report["sound"]["kept"]
    assert after.sound.level == before.sound.level and report["sound"]["level_change_db"] is None
    # a slow bar before what changed, less the room's 0.75 s and what pads are played early
    assert kept["same"][0]["start"] == 0 and kept["same"][0]["end"] > 1.5
    assert "the same, bit for bit" in capsys.readouterr().out
    count = int(kept["same"][0]["end"] * 48_000) * 6
    old, new = scored.with_name("cut_hitpoint.music"), Path(report["outputs"]["mix"])
    assert samples(old / "cut_hitpoint_mix.wav")[:count] == samples(new)[:count]


@pytest.mark.slow
def test_a_conformed_cue_is_rendered_again_byte_for_byte(scored: Path, run: Callable[..., Node]) -> None:
    report = run("conform", scored, written(scored.with_name("new.otio"), BASE[:3]))
    mix = Path(report["outputs"]["mix"])
    assert cli.main(["render", report["outputs"]["cue"], "-o", str(scored.with_name("again")), "--quiet"]) == 0
    assert (scored.with_name("again") / mix.name).read_bytes() == mix.read_bytes()


def test_watch_scores_what_has_no_music_and_follows_what_changed(tmp_path: Path, run: Callable[..., Node]) -> None:
    edit = written(tmp_path / "cut.otio", BASE)
    first = run("watch", edit, "--once", "--seed", "4")
    assert "conform" not in first
    written(edit, [BASE[0], *BASE[2:]])
    second = run("watch", edit, "--once")
    assert second["conform"]["counts"]["removed"] == 1
    assert Path(second["outputs"]["timeline"]).name == "cut_hitpoint_v2.otio"


def test_watch_writes_nothing_when_nothing_changed_under_the_music(
    scored: Path, options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = files_below(scored.parent)
    assert cli.main(["watch", str(scored.with_name("cut.otio")), "--once", *options]) == 0
    assert files_below(scored.parent) == before
    assert capsys.readouterr().out == "cut.otio: nothing changed under the music\n"


def test_an_interrupted_watch_ends_with_zero(
    scored: Path, options: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupt(clock: object, seconds: float) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hitpoint.plugin.jobs.watch.SystemClock.sleep", interrupt)
    assert cli.main(["watch", str(scored.with_name("cut.otio")), *options]) == 0
    assert "no longer watching" in capsys.readouterr().out


def test_cues_that_are_not_carried_over_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    standing = [SimpleNamespace(name=name) for name in ("1M1", "1M2", "1M3")]
    monkeypatch.setattr(module, "standing_cues", lambda _: standing)
    job = ConformJob(Path("film.otio"), Path("new.otio"), cue="1M2")
    assert [line.split(" is not carried over")[0] for line in module._left(job)] == ["cue 1M1", "cue 1M3"]
    assert module._left(replace(job, cue=None)) == []
