"""``hitpoint install kdenlive``: what there is to install for Kdenlive, which is little.

Kdenlive has no menu for programs like this one and runs no scripts (25.04 to 26.08); its projects are scored from
outside. What helps on Linux is the desktop's side: an entry in its menu and under "Open with", and one in
the context menu of Dolphin, KDE's file manager (KIO service menu), both for Kdenlive's projects. They call the
interpreter that Hitpoint is installed for.
"""

from __future__ import annotations

import os
from pathlib import Path

from hitpoint.core.errors import EditWriteError
from hitpoint.plugin.hosts.registry import Installation, installation, remember, replace_text
from hitpoint.plugin.hosts.system import System

HOST = "kdenlive"
STEPS = """\
In Kdenlive:
  1. Save the project. Then right-click it in the file manager: Open With > Hitpoint (Linux), or run
     hitpoint score PROJECT.kdenlive.
  2. Open the copy that is written, PROJECT_hitpoint.kdenlive: the music lies on a new audio track. Or stay in your
     project and drag the ..._mix.wav of the .music folder to the start of a new audio track.
  Never import an .otio back into the same project: Kdenlive resets in-points and drops mixes when it does."""

_TYPES = "application/x-kdenlive;"
_OURS = "X-Hitpoint=true"
_APPLICATION = """\
[Desktop Entry]
Type=Application
Name=Hitpoint
GenericName=Film music
Comment=Music that belongs to the cut
Exec={python} -P -m hitpoint.plugin panel %f
Terminal=false
Categories=AudioVideo;Audio;
MimeType={types}
{ours}
"""
_SERVICE_MENU = """\
[Desktop Entry]
Type=Service
MimeType={types}
Actions=hitpoint;
{ours}

[Desktop Action hitpoint]
Name=Open in Hitpoint
Exec={python} -P -m hitpoint.plugin panel %f
"""


def planned_entries(system: System, folder: Path | None = None) -> Installation:
    """The files that would be written; none but on Linux."""
    if system.platform in ("darwin", "win32"):
        return Installation(())
    return Installation(tuple(entry_texts(system, folder)))


def entry_texts(system: System, folder: Path | None = None) -> dict[Path, str]:
    """Every entry by its path under ``folder``, or the user's data folder."""
    data = (folder or system.data).absolute()
    words = {"python": exec_word(str(system.python)), "types": _TYPES, "ours": _OURS}
    return {
        data / "applications/hitpoint.desktop": _APPLICATION.format(**words),
        data / "kio/servicemenus/hitpoint.desktop": _SERVICE_MENU.format(**words),
    }


def install_kdenlive(system: System, folder: Path | None = None) -> Installation:
    """Write the desktop's entries, where there is such a desktop.

    Raises:
        EditWriteError: if something else has the name, or the folder cannot be written to.
    """
    planned = planned_entries(system, folder)
    texts = entry_texts(system, folder)
    for path in planned.files:
        if os.path.lexists(path) and not _is_ours(path):
            raise EditWriteError(f"{path} is not Hitpoint's: rename it, or take another folder with --folder")
    for path in planned.files:
        replace_text(path, texts[path])
        path.chmod(0o755)  # a service menu in a user's folder counts only if it may be run
    if planned.files:
        remember(system, HOST, planned)
    return planned


def uninstall_kdenlive(system: System) -> tuple[Path, ...]:
    """Take the entries away; answers which were there."""
    installed = installation(system, HOST)
    if installed is None:
        return ()
    gone = tuple(path for path in installed.files if _is_ours(path))
    for path in gone:
        path.unlink(missing_ok=True)
    remember(system, HOST, None)
    return gone


def entries_are_current(system: System, installed: Installation) -> bool:
    """Whether every entry is there and is what would be written today."""
    if not installed.files:
        return False
    texts = entry_texts(system, installed.files[0].parents[1])
    return {path: _text(path) for path in installed.files} == texts


def exec_word(word: str) -> str:
    """A word of an ``Exec`` line: quoted as the Desktop Entry Specification says, then escaped as its strings are."""
    quoted = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in word)
    return '"' + quoted.replace("\\", "\\\\").replace("%", "%%") + '"'


def _is_ours(path: Path) -> bool:
    return _OURS in _text(path).splitlines()


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
