"""What ships is what stands in the checkout, and its version is one."""

import tomllib
from importlib import resources
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def test_every_package_folder_is_listed():
    tops = ("bridge", "core", "plugin", "resources", "ui")
    found = {path.parent.relative_to(ROOT) for top in tops for path in (ROOT / top).rglob("__init__.py")}
    listed = PROJECT["tool"]["setuptools"]["packages"]
    assert {"hitpoint." + ".".join(path.parts) for path in found} == set(listed)


def test_every_layered_package_ships_its_type_mark():
    assert all((ROOT / package / "py.typed").exists() for package in ("bridge", "core", "plugin", "ui"))


def test_the_sound_font_and_its_notice_are_installed():
    names = {entry.name for entry in (resources.files("hitpoint.resources") / "soundfonts").iterdir()}
    assert any(name.endswith(".sf3") for name in names)
    assert any(name.startswith("NOTICE") for name in names)


def test_both_checkpoints_and_their_model_card_are_installed():
    names = {entry.name for entry in (resources.files("hitpoint.resources") / "checkpoints").iterdir()}
    assert {"amt.safetensors", "regressor.safetensors", "README.md"} <= names


def test_the_weights_that_hear_speech_and_their_notice_are_installed():
    names = {entry.name for entry in (resources.files("hitpoint.resources") / "speech").iterdir()}
    assert {"silero_vad.safetensors", "NOTICE"} <= names


def test_readme_begins_with_the_two_commands():
    blocks = (ROOT / "README.md").read_text().split("```")[1::2]
    assert "hitpoint demo" in blocks[0]
    assert "pytest" in blocks[1]
