"""``hitpoint reroll`` from the outside, on an edit scored with models of random weights."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import mido
import pytest
import torch

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.cue.documents.cue_file import cue_bytes, read_cue
from hitpoint.core.cue.hit_wishes import hit_points
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.model.checkpoint import save_amt, save_regressor
from hitpoint.core.model.config import AMTConfig, RegressorConfig
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.plugin import cli
from hitpoint.plugin.hit_option import HitOption, hit_wish
from hitpoint.plugin.jobs.narrowed import locked_steps, narrowed

Node = dict[str, Any]
RATE = 25


def _time(value: float) -> Node:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": RATE}


def _span(frames: int) -> Node:
    return {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(0), "duration": _time(frames)}


def _document() -> Node:
    shots = [
        {"OTIO_SCHEMA": "Clip.2", "name": f"shot {index}", "source_range": _span(frames), "media_references": {}}
        for index, frames in enumerate((100, 75, 125))
    ]
    track = {"OTIO_SCHEMA": "Track.1", "name": "V1", "kind": "Video", "children": shots}
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track]}
    return {"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": stack}


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Options that name two tiny models of random weights."""
    folder = tmp_path_factory.mktemp("weights")
    torch.manual_seed(1)
    sizes = {"n_layers": 1, "n_heads": 2, "d_model": 16, "dim_feedforward": 16, "max_steps": 40}
    save_amt(AMT(AMTConfig(**sizes, has_start=True, masks_padding=True)), folder / "amt.safetensors", {})
    save_regressor(BiGRU(RegressorConfig(hidden=4, max_steps=40)), folder / "regressor.safetensors", {})
    return ["--checkpoint", str(folder / "amt.safetensors"), "--regressor", str(folder / "regressor.safetensors")]


@pytest.fixture(scope="module")
def run(weights: list[str]) -> Callable[..., Node]:
    """Runs a command with those models, and answers its report."""

    def call(command: str, edit: Path, *options: str) -> Node:
        report = edit.with_name("report.json")
        words = [command, str(edit), *options, *weights, "--synth", "sampler", "--no-cache", "--quiet"]
        assert cli.main([*words, "--report", str(report)]) == 0
        found: Node = json.loads(report.read_text())
        return found

    return call


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory, run: Callable[..., Node]) -> tuple[Path, Node]:
    """A folder with a scored edit of 12 s, and its report; to be copied."""
    folder = tmp_path_factory.mktemp("scored")
    (folder / "cut.otio").write_text(json.dumps(_document()))
    return folder, run("score", folder / "cut.otio", "--seed", "4", "--tempo", "120")


@pytest.fixture
def scored(original: tuple[Path, Node], tmp_path: Path) -> tuple[Path, Node]:
    """A scored edit of its own for one test, and the report of the scoring."""
    shutil.copytree(original[0], tmp_path / "here")
    return tmp_path / "here" / "cut_hitpoint.otio", original[1]


def test_only_the_range_and_the_locks_change(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    path, before = scored
    old = read_cue(path.with_suffix(".music") / "cue.json")
    after = run("reroll", path, "--range", "4", "8", "--lock", "5-6=Bbm7", "--lock", "1-2", "--lock", "10-11=F#dim7")
    new = read_cue(Path(after["outputs"]["cue"]))
    assert [(s.chord, s.density, s.loudness) for s in new.steps[:4]] == [
        (s.chord, s.density, s.loudness) for s in old.steps[:4]
    ]
    assert (new.steps[8:10], new.steps[11:]) == (old.steps[8:10], old.steps[11:])
    assert new.steps[5].chord.symbol(flats=True) == "Bb:min7"
    assert [index for index, step in enumerate(new.steps) if step.locked] == [1, 5, 10]
    assert [step.chord for step in new.steps[4:8]] != [step.chord for step in old.steps[4:8]]
    assert (after["cue"]["tempo"], after["cue"]["key"]) == (before["cue"]["tempo"], before["cue"]["key"])
    assert (
        "notes are played otherwise: the lock changed the chord at 10.000-11.000 s" in after["sound"]["kept"][1]["why"]
    )


def test_a_new_version_is_written_and_the_old_one_stays(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    path, _ = scored
    kept = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    after = run("reroll", path)
    assert Path(after["outputs"]["timeline"]).name == "cut_hitpoint_v2.otio"
    assert all(file.read_bytes() == content for file, content in kept.items() if file.name != "report.json")
    names = [
        track["name"] for track in json.loads(Path(after["outputs"]["timeline"]).read_text())["tracks"]["children"]
    ]
    assert names.count("Music") == 1


@pytest.mark.slow
def test_it_goes_on_from_its_own_result(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    first = run("reroll", scored[0], "--range", "2", "5")
    second = run("reroll", Path(first["outputs"]["timeline"]), "--range", "7", "9", "--unlock", "0-12")
    assert second["cue"]["rerolls"] == [{"start": 2, "end": 5, "seed": 5}, {"start": 7, "end": 9, "seed": 6}]
    assert second["cue"]["seed"] == 4


def test_the_same_seed_gives_the_same_chords(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    chords = [run("reroll", scored[0], "--seed", seed)["cue"]["chords"] for seed in ("7", "7", "8")]
    assert chords[0] == chords[1] != chords[2]


def test_the_seed_that_was_used_is_told_and_that_the_same_came_out(
    scored: tuple[Path, Node], weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["reroll", str(scored[0]), "--range", "4", "8", "--lock", "4-8", "--seed", "7", "--synth", "sampler"]
    assert cli.main([*words, "--no-cache", *weights]) == 0
    told = capsys.readouterr()
    assert "seed 4; 4.00-8.00 s again with seed 7" in told.out
    assert "the same chords and notes came out with seed 7" in told.err and "--unlock" in told.err


def test_less_than_was_asked_for_is_told_with_the_reason(scored: tuple[Path, Node]) -> None:
    cue = read_cue(scored[0].with_suffix(".music") / "cue.json")
    cue = replace(cue, steps=tuple(replace(step, locked=index == 6) for index, step in enumerate(cue.steps)))
    assert narrowed(cue, range(4, 8), ("4", "8")) == ()
    told, locks = narrowed(cue, range(5, 8), ("4.3", "8"), locked_steps(cue))
    assert told.startswith("--range 4.3 8: 5.00-8.00 s is composed again, because a half bar changes as a whole;")
    assert told.endswith("partly outside the range lies 4.00-5.00 s")
    assert locks == "locked chords stay as they are: 6.00-7.00 s"
    assert narrowed(cue, range(12), ("0", "12.0")) == ()


def test_other_takes_lie_beside_as_cues(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    after = run("reroll", scored[0], "--takes", "3")
    cues = [read_cue(Path(path)) for path in after["outputs"]["takes"]]
    assert [cue.rerolls[-1].seed for cue in cues] == [take["seed"] for take in after["takes"][1:]]
    assert len({cue.steps for cue in cues}) == 2


def test_a_cue_is_found_when_the_host_forgot_where_it_is(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    path, _ = scored
    document = json.loads(path.read_text())
    document["metadata"] = {}
    exported = path.with_name("exported.otio")
    exported.write_text(json.dumps(document))
    after = run("reroll", exported)
    assert after["cue"]["seed"] == 4
    assert Path(after["outputs"]["timeline"]).name == "exported_v2.otio"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--range", "4", "4"], "before it begins"),
        (["--range", "4.2", "4.6"], "longer range"),
        (["--range", "40", "50"], "past the end of the edit, at 12.000 s"),
        (["--lock", "4-8=H7"], "H7"),
        (["--lock", "4=C"], "A-B"),
        (["--lock", "40-50=C"], "past the end of the edit, at 12.000 s"),
        (["--lock", "0-99=C"], "past the end of the edit, at 12.000 s"),
        (["--lock", "x-8=C"], "no time"),
        (["--unlock", "3"], "A-B"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_nonsense_is_one_line_and_writes_nothing(
    words: list[str], told: str, scored: tuple[Path, Node], weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(scored[0].parent.iterdir())
    assert cli.main(["reroll", str(scored[0]), *words, *weights]) == cli.EXIT_ERROR
    error = capsys.readouterr().err
    assert told in error and error.count("\n") == 1
    assert sorted(scored[0].parent.iterdir()) == before


def test_an_edit_that_was_never_scored_is_told(
    scored: tuple[Path, Node], weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["reroll", str(scored[0].with_name("cut.otio")), *weights]) == cli.EXIT_ERROR
    assert "hitpoint score" in capsys.readouterr().err


def test_a_cut_that_changed_is_told(
    scored: tuple[Path, Node], weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    document = json.loads(scored[0].read_text())
    document["tracks"]["children"][0]["children"][0]["source_range"] = _span(90)
    scored[0].write_text(json.dumps(document))
    assert cli.main(["reroll", str(scored[0]), *weights]) == cli.EXIT_ERROR
    assert "conform" in capsys.readouterr().err


def test_another_take_is_made_the_current_one_without_composing(tmp_path: Path, run: Callable[..., Node]) -> None:
    edit = tmp_path / "cut.otio"
    edit.write_text(json.dumps(_document()))
    first = run("score", edit, "--takes", "2", "--tempo", "120")
    again = run("reroll", Path(first["outputs"]["timeline"]), "--take", "2")
    now, take = (read_cue(Path(file)) for file in (again["outputs"]["cue"], first["outputs"]["takes"][0]))
    assert replace(now, edit=take.edit, sound=replace(now.sound, level=None)) == take
    assert "compose" not in again["seconds"]


def test_a_take_that_is_not_there_is_refused(
    scored: tuple[Path, Node], weights: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["reroll", str(scored[0]), "--take", "7", *weights]) == 1
    assert "no take 7" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("word", "priority", "wanted"), [("6.2", 3.0, True), ("6.2=0", 0.0, False), ("00:00:06:05=9", 9.0, True)], ids=str
)
def test_hits_can_be_asked_for_and_let_pass(word: str, priority: float, wanted: bool, tmp_path: Path) -> None:
    edit = read_edit_of(tmp_path)
    options = cli.build_parser().parse_args(["score", "a.otio", "--hit", word])
    (wish,) = (hit_wish(edit, hit) for hit in options.hit)
    assert (wish.frame, wish.priority) == (155, priority)
    assert hit_points(edit, 0, edit.frames, [wish])[1].wanted is wanted


@pytest.mark.parametrize("word", ["", "=3", "4=x", "4=-1", "4=1001"])
def test_a_hit_that_makes_no_sense_is_wrong_usage(word: str) -> None:
    with pytest.raises(SystemExit):
        cli.build_parser().parse_args(["score", "a.otio", "--hit", word])


def test_what_was_not_composed_again_sounds_the_same(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    path, before = scored
    after = run("reroll", path, "--range", "9", "10")
    assert after["sound"]["gain_db"] == before["sound"]["gain_db"] is not None
    head, tail = after["sound"]["kept"]
    assert head["same"][0]["start"] == 0 and head["same"][0]["end"] > 4
    assert (tail["start"], tail["end"], tail["same"]) == (10, 12, []) and "heard into all of it" in tail["why"]


def test_a_cue_of_an_earlier_version_is_measured_anew(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    stored = scored[0].with_suffix(".music") / "cue.json"
    cue = read_cue(stored)
    stored.write_bytes(cue_bytes(replace(cue, sound=replace(cue.sound, level=None))))
    after = run("reroll", scored[0], "--range", "8", "10")
    assert after["sound"]["gain_db"] is not None and after["sound"]["level_change_db"] is None
    assert "did not note its level" in after["sound"]["kept"][0]["why"]


def test_a_hit_outside_the_edit_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match="the edit goes from 0"):
        hit_wish(read_edit_of(tmp_path), HitOption("12"))


def read_edit_of(folder: Path) -> Edit:
    path = folder / "cut.otio"
    path.write_text(json.dumps(_document()))
    return read_edit(path)


def _tracks(midi: str) -> dict[str, list[str]]:
    """The messages of each track that has notes, by its name."""
    tracks = mido.MidiFile(midi).tracks
    return {
        track.name: [str(message) for message in track] for track in tracks if any(m.type == "note_on" for m in track)
    }


def test_one_part_alone_is_played_anew(scored: tuple[Path, Node], run: Callable[..., Node]) -> None:
    path, before = scored
    after = run("reroll", path, "--part", "melody", "--seed", "11")
    old, new = _tracks(before["outputs"]["midi"]), _tracks(after["outputs"]["midi"])
    assert {name for name in old if old[name] != new[name]} == {"Melody", "Violin"}  # who both sing it
    assert after["cue"]["chords"] == before["cue"]["chords"]


def test_the_editors_theme_goes_into_the_melody_and_the_cue(
    scored: tuple[Path, Node], run: Callable[..., Node], tmp_path: Path
) -> None:
    track = mido.MidiTrack()
    for pitch, length in ((60, 480), (62, 480), (64, 960), (67, 1920)):
        track += [mido.Message("note_on", note=pitch, velocity=80), mido.Message("note_off", note=pitch, time=length)]
    mido.MidiFile(ticks_per_beat=480, tracks=[track]).save(tmp_path / "theme.mid")
    after = run("reroll", scored[0], "--theme", str(tmp_path / "theme.mid"))
    cue = read_cue(Path(after["outputs"]["cue"]))
    assert cue.theme is not None
    assert [note.slot for note in cue.theme.notes] == [0, 4, 8, 16]
    assert after["cue"]["chords"] == scored[1]["cue"]["chords"]


def test_an_unknown_part_is_told(scored: tuple[Path, Node], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["reroll", str(scored[0]), "--part", "Tuba", "--quiet"]) == 1
    assert "no part 'Tuba'" in capsys.readouterr().err
