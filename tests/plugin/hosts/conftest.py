"""A machine with hosts on it, DaVinci Resolve's stand-in, and its Lua."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from hitpoint.plugin.hosts.resolve_scripts import Choice, install_resolve
from hitpoint.plugin.hosts.system import System


def _loaded(name: str) -> ModuleType:
    """A module beside this one: tests are no package."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


stand_in_module = _loaded("resolve_stand_in")
lua_module = _loaded("lua_sandbox")


@pytest.fixture(autouse=True)
def no_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test opens a window."""
    monkeypatch.setenv("HITPOINT_QUIET", "1")


@pytest.fixture
def stand_in() -> ModuleType:
    return stand_in_module


@pytest.fixture
def traps() -> Any:
    return stand_in_module.Traps()


@pytest.fixture
def resolve(traps, small_document) -> Any:
    """Resolve with the timeline "Cut: 1" of the project "Film" open, at 23.976 from one hour on."""
    timeline = stand_in_module.Timeline(traps, "Cut: 1", small_document, 24000 / 1001, 86400)
    return stand_in_module.Resolve(traps, stand_in_module.Project(traps, "Film", timeline))


@pytest.fixture
def timeline(resolve) -> Any:
    return resolve.GetProjectManager().GetCurrentProject().GetCurrentTimeline()


@pytest.fixture
def run_lua():
    return lua_module.run_lua


@pytest.fixture
def system(tmp_path) -> System:
    """A Linux machine on which Resolve and Kdenlive have run."""
    home = tmp_path / "home"
    (home / ".local/share/DaVinciResolve").mkdir(parents=True)
    (home / ".local/share/kdenlive").mkdir()
    return System("linux", home, {}, Path(sys.executable), tmp_path / "root")


@pytest.fixture
def installed(system, tmp_path):
    """The scripts, and a work folder."""
    return install_resolve(system, Choice(work=tmp_path / "work"))


@pytest.fixture
def script(installed):
    """The text of a script by a part of its name."""

    def find(part: str) -> str:
        (path,) = [path for path in installed.files if part in path.name]
        return path.read_text(encoding="utf-8")

    return find


@pytest.fixture
def run_menu(script, capsys):
    """Runs a Python menu script as Resolve does; answers what it prints."""

    def run(part: str, resolve: Any) -> str:
        exec(compile(script(part), part, "exec"), {"resolve": resolve, "__name__": "__main__"})  # noqa: S102
        return capsys.readouterr().out

    return run


@pytest.fixture
def music_in_work(installed, scored):
    """Puts the music of the small edit into the work folder, as if scored there from an export with some name."""

    def put(stem: str) -> Path:
        work = installed.work
        shutil.copy(scored.output("timeline"), work / f"{stem}.otio")
        folder = work / f"{stem}.music"
        folder.mkdir()
        shutil.copy(scored.output("cue"), folder / "cue.json")
        os.link(scored.output("mix"), folder / f"{stem}_mix.wav")
        return folder / f"{stem}_mix.wav"

    return put
