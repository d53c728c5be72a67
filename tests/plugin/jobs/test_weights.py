"""``--weights``: which chord model writes, and that a cue goes on with the one that wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hitpoint.core.compose import one_cue
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.errors import OptionError
from hitpoint.core.files.digests import sha256_of
from hitpoint.core.model.shipped_weights import CHORD_WEIGHTS, chord_weights, last_chord_weights, noted_weights
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.research.learning import StyleLesson


@pytest.fixture
def cue(scored: Any) -> Cue:
    return read_cue(scored.output("cue"))


def _digest(name: str) -> str:
    found = sha256_of(chord_weights(name))
    assert found is not None
    return found


def test_both_chord_models_ship() -> None:
    assert all(chord_weights(name).is_file() for name in CHORD_WEIGHTS)


def test_the_last_of_the_networks_that_wrote_a_cue_counts(cue: Cue) -> None:
    assert last_chord_weights(cue.weights) == "muvi"
    assert last_chord_weights((*cue.weights, _digest("open"))) == "open"
    assert last_chord_weights(("0" * 64,)) is None


def test_a_cue_goes_on_with_the_weights_that_wrote_it_unless_others_are_asked_for(cue: Cue) -> None:
    opened = altered(cue, weights=(_digest("open"), *cue.weights[1:]))
    assert engine_of_cue(Engine(), cue).checkpoint is None
    assert engine_of_cue(Engine(synth="sampler"), opened).checkpoint == chord_weights("open")
    asked = Engine(checkpoint=chord_weights("muvi"))
    assert engine_of_cue(asked, opened).checkpoint == chord_weights("muvi")


def test_a_program_goes_on_with_the_weights_that_wrote_a_cue(cue: Cue, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path | None] = []

    def models(chords: Path | None = None) -> None:
        asked.append(chords)

    monkeypatch.setattr(one_cue, "_models", models)
    monkeypatch.setattr(one_cue, "_seen", lambda *_: None)
    monkeypatch.setattr(one_cue, "regenerate", lambda cue, *_: SimpleNamespace(cue=cue))
    opened = altered(cue, weights=(*cue.weights, _digest("open")))
    assert last_chord_weights(one_cue.reroll_cue(opened).weights) == "open"
    assert last_chord_weights(one_cue.reroll_cue(cue).weights) == "muvi"
    assert asked == [chord_weights("open"), None]


def test_weights_that_write_again_are_the_last_of_a_cue(cue: Cue) -> None:
    both = noted_weights(cue.weights, (_digest("open"), cue.weights[1]))
    assert last_chord_weights(both) == "open" and sorted(both) == sorted({*cue.weights, _digest("open")})
    assert last_chord_weights(noted_weights(both, cue.weights)) == "muvi"
    assert noted_weights(cue.weights, cue.weights) == cue.weights


def test_a_style_is_learnt_with_the_weights_that_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    lessons: list[StyleLesson] = []

    def learn(lesson: StyleLesson, _: object) -> None:
        lessons.append(lesson)
        raise OptionError("enough")

    monkeypatch.setattr("hitpoint.plugin.commands.research.learn_style.learn_style_from", learn)
    for words in ([], ["--weights", "open"]):
        assert cli.main(["learn-style", "a.wav", "-o", "new", *words, "--quiet"]) == 1
    assert [lesson.engine.checkpoint for lesson in lessons] == [None, chord_weights("open")]


def test_the_chord_model_is_named_once(small_edit: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["score", str(small_edit), "--weights", "open", "--checkpoint", "other.safetensors", "--quiet"]
    assert cli.main(words) == 1
    assert "both name the chord model" in capsys.readouterr().err


@pytest.mark.slow
def test_open_weights_are_in_the_cue_and_its_provenance_and_are_kept(small_edit: Path) -> None:
    scored = small_edit.with_name("open.otio")
    run = ["score", str(small_edit), "-o", str(scored), "--weights", "open", "--no-cache", "--quiet"]
    assert cli.main(run) == 0
    again = small_edit.with_name("again.otio")
    assert cli.main(["reroll", str(scored), "-o", str(again), "--no-cache", "--quiet"]) == 0
    for timeline in (scored, again):
        record = json.loads((timeline.with_suffix(".music") / "provenance.json").read_text())
        assert [one["file"] for one in record["weights"]] == ["open_amt.safetensors", "regressor.safetensors"]
