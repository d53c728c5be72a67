"""The folders of hosts' scripts, and of what we know of hosts, on each operating system.

DaVinci Resolve's folders are those of its scripting documentation. Everything is asked of a :class:`System`, so that
tests can be any machine.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_RESOLVE_ON_MAC = Path("Library/Application Support/Blackmagic Design/DaVinci Resolve")
_SCRIPTS = Path("Fusion/Scripts")


@dataclass(frozen=True)
class System:
    """A machine and its user.

    Attributes:
        platform: as in ``sys.platform``: "darwin", "win32", "linux".
        home: the user's folder.
        environment: the variables that name folders.
        python: the interpreter that Hitpoint is installed for.
        root: what absolute folders of the system start from; "/" but in tests.
    """

    platform: str
    home: Path
    environment: Mapping[str, str]
    python: Path
    root: Path = Path("/")

    @property
    def data(self) -> Path:
        """The folder of this user's data."""
        if self.platform == "darwin":
            return self.home / "Library/Application Support"
        if self.platform == "win32":
            return Path(self.environment.get("APPDATA") or self.home / "AppData/Roaming")
        return Path(self.environment.get("XDG_DATA_HOME") or self.home / ".local/share")


def this_system() -> System:
    """The machine we run on."""
    return System(sys.platform, Path.home(), os.environ, Path(sys.executable))


def resolve_folders(system: System) -> tuple[Path, Path]:
    """The folders of DaVinci Resolve's scripts: this user's, and everybody's."""
    if system.platform == "darwin":
        return system.home / _RESOLVE_ON_MAC / _SCRIPTS, system.root / _RESOLVE_ON_MAC / _SCRIPTS
    if system.platform == "win32":
        shared = Path(system.environment.get("PROGRAMDATA") or "C:/ProgramData")
        blackmagic = Path("Blackmagic Design/DaVinci Resolve")
        return system.data / blackmagic / "Support" / _SCRIPTS, shared / blackmagic / _SCRIPTS
    return system.data / "DaVinciResolve" / _SCRIPTS, system.root / "opt/resolve" / _SCRIPTS


def kdenlive_folder(system: System) -> Path:
    """The folder of Kdenlive's data of this user; it is there once Kdenlive has run."""
    return system.data / "kdenlive"


def work_folder(system: System) -> Path:
    """The folder that scripts export edits to, unless told otherwise: one for films, which hosts may read."""
    return system.home / ("Movies" if system.platform == "darwin" else "Videos") / "Hitpoint"
