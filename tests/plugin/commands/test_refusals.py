"""What cannot be done is refused before any work for it, in one line that names the option."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hitpoint.plugin import cli

Told = Callable[..., str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """The one line of a command that is refused."""

    def run(*words: object) -> str:
        assert cli.main([str(word) for word in words]) == 1
        said = capsys.readouterr().err.strip()
        assert len(said.splitlines()) == 1
        return said

    return run


def _never(*_: Any, **__: Any) -> Any:
    raise AssertionError("the work had begun")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--part", "Nope"), "no part 'Nope'"),
        (("--style", "nosuch"), "no style"),
        (("--morph", "90-95=piano>strings"), "--morph"),
        (("--curve", "late"), "--curve late says how a morph goes"),
    ],
)
def test_restyle_looks_up_what_is_named_first(
    scored: Any, told: Told, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], says: str
) -> None:
    monkeypatch.setattr("hitpoint.core.render.mixdown.ensemble.ensemble_for", _never)
    assert says in told("restyle", scored.output("timeline"), "--strength", "1", "--quiet", *options)


def test_score_says_that_a_curve_needs_a_morph(small_edit: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hitpoint.plugin.commands.score.score_edit", _never)
    assert "add --morph" in told("score", small_edit, "--curve", "ease", "--quiet")


def test_spot_sees_first_whether_it_can_write(small_edit: Path, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hitpoint.plugin.commands.spot.spot_edit", _never)
    said = told("spot", small_edit, "-o", small_edit.parent / "nowhere" / "cues.toml", "--quiet")
    assert "no such folder" in said and said.endswith("(-o names another place)")


def test_learn_style_sees_first_whether_it_can_be_kept(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference, config = tmp_path / "a.wav", tmp_path / "config"
    reference.touch()
    config.touch()  # a file where the folder should be
    monkeypatch.setenv("HITPOINT_CONFIG", str(config))
    monkeypatch.setattr("hitpoint.plugin.jobs.research.learning._heard", _never)
    assert "no style can be kept there" in told("learn-style", reference, "-o", "Mine", "--quiet")


@pytest.mark.parametrize(
    ("option", "place"),
    [("--contact-sheet", "nowhere/a.png"), ("--contact-sheet", "a.jpg"), ("--into", "nowhere/a.otio"), ("-o", "a.avi")],
)
def test_visualise_names_the_option_whose_place_will_not_do(
    scored: Any, told: Told, tmp_path: Path, option: str, place: str
) -> None:
    said = told("visualise", scored.output("timeline"), option, tmp_path / place, "--quiet")
    assert said.endswith(f"({option} names another place)")


def test_one_cue_is_not_cues(small_edit: Path) -> None:
    from hitpoint.bridge import read_edit
    from hitpoint.core import CueEntry, listed
    from hitpoint.plugin.commands.spot import table
    from hitpoint.plugin.jobs.spot import Spotted

    edit = read_edit(small_edit)
    entries = [CueEntry("1M1", 0, 47), CueEntry("1M2", 94, 141)]
    assert table(Spotted(edit, listed(entries[:1]))).endswith("1 cue, 25 % of the edit")
    assert table(Spotted(edit, listed(entries))).endswith("2 cues, 50 % of the edit")


@pytest.mark.parametrize(
    ("option", "missing"),
    [(("--follow", "beats=1"), "--like"), (("--double",), "--like"), (("--deliver", "mix"), "--duck")],
)
def test_score_names_the_option_that_another_needs(
    small_edit: Path, told: Told, monkeypatch: pytest.MonkeyPatch, option: tuple[str, ...], missing: str
) -> None:
    monkeypatch.setattr("hitpoint.plugin.commands.score.score_edit", _never)
    assert missing in told("score", small_edit, *option, "--quiet")


@pytest.mark.parametrize("command", [("export", "--format", "midi"), ("cuesheet",), ("conform", "small.otio")])
def test_a_damaged_cue_is_named_rather_than_called_no_music(
    small_edit: Path, told: Told, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    from hitpoint.bridge.reading.scored_edit import PlacedMusic

    file = small_edit.with_name("cue.json")
    file.write_text('{"schema": "hitpoint.cue.1", "kye": "C"}')
    monkeypatch.chdir(small_edit.parent)
    monkeypatch.setattr("hitpoint.plugin.jobs.standing.placed_music", lambda *_: (PlacedMusic("x", file),))
    assert "cue.json: the cue has no" in told(command[0], small_edit, *command[1:])


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--soundfont", "nosuch.sf2"), "there is no sound font nosuch.sf2"),
        (("--soundfont", "Piano=EDIT"), "small.otio is no sound font"),
        (("--instruments", "nosuch.toml"), "nosuch.toml cannot be read"),
        (("--checkpoint", "nosuch.safetensors"), "no weights nosuch.safetensors"),
    ],
)
def test_a_file_that_will_not_do_is_refused_before_anything_loads(
    small_edit: Path, told: Told, monkeypatch: pytest.MonkeyPatch, option: tuple[str, str], says: str
) -> None:
    monkeypatch.setattr("hitpoint.plugin.commands.score.score_edit", _never)
    assert says in told("score", small_edit, option[0], option[1].replace("EDIT", str(small_edit)), "--quiet")


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--range", "4", "2"), "--range 4 2: it is empty, or ends before it begins"),
        (("--cues", "cues.toml"), "cues.toml: cue 1M1: 'strngs' is no style"),
        (("--cues", "cues.toml", "--cue", "1M1=3-5"), "--cue 1M1=…: cues.toml has a cue '1M1' already"),
        (("--theme", "cues.toml"), "cues.toml is no MIDI file"),
    ],
)
def test_score_says_which_file_and_which_cue(
    small_edit: Path, told: Told, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], says: str
) -> None:
    monkeypatch.setattr("hitpoint.core.render.mixdown.ensemble.ensemble_for", _never)
    monkeypatch.chdir(small_edit.parent)
    Path("cues.toml").write_text('[[cue]]\nname = "1M1"\nin = 0\nout = 2\nstyle = "strngs"\n')
    assert says in told("score", small_edit, *options, "--quiet")


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("panel", "nosuch.otio"), "nothing found at nosuch.otio: check the path"),
        (("style", "check", "nosuch.toml"), "there is no style nosuch.toml: give the path of a .toml"),
    ],
)
def test_a_file_that_is_not_there_comes_first(told: Told, words: tuple[str, ...], says: str) -> None:
    assert says in told(*words)


def test_one_shot_is_not_shots(small_edit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inspect", str(small_edit)]) == 0
    assert "  3 shots, 2 cuts, 0 markers\n" in capsys.readouterr().out
    from hitpoint.plugin.console import counted

    assert counted(1, "shot") == "1 shot"
