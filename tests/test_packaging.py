"""What ships is what stands in the checkout, and its version is one."""

import re
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


def test_a_newcomer_reads_no_more_than_eight_kilobytes():
    assert (ROOT / "README.md").stat().st_size <= 8192


def test_every_page_that_is_linked_is_there():
    pages = [ROOT / "README.md", *(ROOT / "resources" / "docs").glob("*.md"), *(ROOT / ".github").glob("*.md")]
    links = [(page, link) for page in pages for link in re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text())]
    assert [(page.name, link) for page, link in links if not (page.parent / link).exists()] == []
