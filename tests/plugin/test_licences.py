from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import pytest

from hitpoint.plugin import cli
from hitpoint.plugin.licences import libraries, shipped_files

ROOT = Path(str(resources.files("hitpoint.resources")))
BINARY = {".safetensors", ".npz", ".sf3", ".sf2", ".onnx", ".bin", ".pt", ".npy", ".wav", ".ogg"}


def test_every_shipped_binary_is_covered() -> None:
    shipped = {path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.suffix in BINARY}
    assert shipped == {one.path for one in shipped_files()}


def test_every_notice_is_told() -> None:
    told = {one.notice for one in shipped_files()}
    for notice in ROOT.rglob("NOTICE*"):
        assert notice.read_text(encoding="utf-8") in told, notice


def test_weights_say_what_they_were_trained_on() -> None:
    for one in shipped_files():
        if one.path.endswith(".safetensors"):
            assert one.trained_on, one.path


def test_model_cards_name_the_file_and_its_data() -> None:
    for one in shipped_files():
        if one.card:
            card = (ROOT / one.card).read_text(encoding="utf-8")
            assert Path(one.path).name in card
            assert all(
                data.split(":")[0].split(",")[0].split(" (")[0].split()[-1].strip("0123456789.") in card
                for data in one.trained_on
            )


@pytest.mark.parametrize("name", ["MuVi-Sync", "POP909", "Billboard"])
def test_the_chord_model_names_all_of_its_data(name: str) -> None:
    (chords,) = [one for one in shipped_files() if one.path == "checkpoints/amt.safetensors"]
    assert any(name in data for data in chords.trained_on)


def test_libraries_are_those_that_are_required() -> None:
    found = {library.name.lower(): library for library in libraries()}
    assert found["numpy"].version and "BSD" in found["numpy"].licence
    assert found["pyqt6"].extra == "" and "GPL" in found["pyqt6"].licence
    assert "pytest" not in found


def test_the_command_tells_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["licences", "--notices"]) == 0
    text = capsys.readouterr().out
    assert "commercial songs" in text and "Copyright (c) 2020-present Silero Team" in text
    assert cli.main(["licences", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["schema"] == "hitpoint.licences.1"
