"""``hitpoint install resolve``: menu entries for DaVinci Resolve.

The Python entries are for Studio, and for the free edition up to 21.0: they export, start us and place the music. From
21.1 on the free edition runs Lua only, in a sandbox that can neither read files nor start programs: one entry exports,
and ``hitpoint score`` writes the other (:mod:`hitpoint.plugin.hosts.place_script`).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Literal

from hitpoint.core.errors import EditWriteError, OptionError
from hitpoint.plugin.hosts.registry import Installation, installation, remember, replace_text
from hitpoint.plugin.hosts.script_text import filled, lua_literal, python_literal, resolve_template
from hitpoint.plugin.hosts.system import System, resolve_folders, work_folder

HOST = "resolve"
PLACE_SCRIPT = "Hitpoint - 2 place music (free).lua"
Edition = Literal["studio", "free", "auto"]

_MENU_FOLDER = "Utility"  # its entries are in Workspace > Scripts on every page
_ENTRIES = {"panel": "Hitpoint - open panel", "score": "Hitpoint - score now", "place": "Hitpoint - place music"}
_EXPORT_SCRIPT = "Hitpoint - 1 export timeline (free).lua"
_OURS = ("# Hitpoint ", "-- Hitpoint ")


@dataclass(frozen=True)
class Choice:
    """An editor's order.

    Attributes:
        edition: whose scripts; "auto" for both kinds, because no file of Resolve's tells its edition.
        folder: where Resolve looks for scripts; None for this user's folder.
        work: where timelines are exported to and music is written; None for the usual one.
    """

    edition: Edition = "auto"
    folder: Path | None = None
    work: Path | None = None


def resolve_script_texts(system: System, edition: Edition, work: Path) -> dict[str, str]:
    """Every script of an edition by its file name."""
    texts: dict[str, str] = {}
    if edition != "free":
        texts |= {f"{name}.py": _menu_script(system, action, work) for action, name in _ENTRIES.items()}
    if edition != "studio":
        place = lua_literal(PLACE_SCRIPT.removesuffix(".lua"))
        fields = {"WORK": lua_literal(f"{work}{os.sep}"), "PLACE": place}
        texts[_EXPORT_SCRIPT] = filled(resolve_template("export.lua"), fields)
    return texts


def planned_installation(system: System, choice: Choice) -> Installation:
    """The files that would be written.

    Raises:
        OptionError: if Resolve has left no folder here and none was told.
    """
    folder = _script_folder(system, choice) / _MENU_FOLDER
    work = (choice.work or work_folder(system)).absolute()
    names = resolve_script_texts(system, choice.edition, work)
    return Installation(tuple(folder / name for name in names), choice.edition, work)


def install_resolve(system: System, choice: Choice) -> Installation:
    """Put the scripts in their place; those of an earlier installation go.

    Raises:
        OptionError: if Resolve has left no folder here and none was told.
        EditWriteError: if something else has a name of ours, or a folder cannot be written to.
    """
    planned = planned_installation(system, choice)
    assert planned.work is not None
    for path in planned.files:
        if os.path.lexists(path) and not is_ours(path):
            raise EditWriteError(f"{path} is not Hitpoint's: rename it, or take another folder with --folder")
    try:
        planned.work.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EditWriteError(f"cannot make {planned.work} ({error.strerror}): take another with --work") from None
    earlier = installation(system, HOST)
    texts = resolve_script_texts(system, choice.edition, planned.work)
    for path in planned.files:
        replace_text(path, texts[path.name])
    remember(system, HOST, planned)
    if earlier is not None:
        _removed(set(earlier.files) - set(planned.files))
    return planned


def uninstall_resolve(system: System) -> tuple[Path, ...]:
    """Take away what was installed; answers what was there. Exports and music stay.

    Raises:
        EditWriteError: if a script cannot be removed.
    """
    installed = installation(system, HOST)
    if installed is None:
        return ()
    folders = {path.parent for path in installed.files}
    gone = _removed({*installed.files, *(folder / PLACE_SCRIPT for folder in folders)})
    remember(system, HOST, None)
    return gone


def is_current(system: System, installed: Installation) -> bool:
    """Whether every script is there and is what would be written today."""
    if installed.work is None or installed.edition not in ("studio", "free", "auto"):
        return False
    edition: Edition = installed.edition  # type: ignore[assignment]  # just compared
    texts = resolve_script_texts(system, edition, installed.work)
    found = {path.name: _text(path) for path in installed.files}
    return found == texts


def is_ours(path: Path) -> bool:
    """Whether a script was written by us."""
    return _text(path).startswith(_OURS)


def _menu_script(system: System, action: str, work: Path) -> str:
    inside = str(resources.files("hitpoint.plugin.hosts.resolve") / "in_resolve.py")
    fields = {
        "ACTION": python_literal(action),
        "PYTHON": python_literal(system.python),
        "SCRIPT": python_literal(inside),
        "WORK": python_literal(work),
    }
    return filled(resolve_template("menu.py.txt"), fields)


def _script_folder(system: System, choice: Choice) -> Path:
    """The folder told, else this user's, if Resolve is there at all."""
    if choice.folder is not None:
        if not choice.folder.is_dir():
            raise OptionError(f"no folder {choice.folder}: give the one where DaVinci Resolve looks for scripts")
        return choice.folder.absolute()
    own, shared = resolve_folders(system)
    if own.parents[1].is_dir() or shared.parents[1].is_dir():
        return own
    raise OptionError(
        f"DaVinci Resolve has left nothing at {own.parents[1]}: start it once, or tell its script folder with --folder"
    )


def _removed(paths: set[Path]) -> tuple[Path, ...]:
    """Remove scripts of ours; others of the same name stay."""
    gone = sorted(path for path in paths if is_ours(path))
    for path in gone:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise EditWriteError(f"cannot remove {path} ({error.strerror}): remove it by hand") from None
    return tuple(gone)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
