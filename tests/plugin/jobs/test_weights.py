"""``--weights``: which chord model writes, and that a cue goes on with the one that wrote it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.files.digests import sha256_of
from hitpoint.core.model.shipped_weights import CHORD_WEIGHTS, chord_weights, last_chord_weights
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue


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
