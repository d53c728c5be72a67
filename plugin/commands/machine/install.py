"""``hitpoint install resolve|kdenlive``: put a host's scripts in their place, or take them away."""

from __future__ import annotations

import argparse

from hitpoint.core.errors import OptionError
from hitpoint.plugin.hosts.kdenlive import STEPS, install_kdenlive, planned_entries, uninstall_kdenlive
from hitpoint.plugin.hosts.resolve_scripts import (
    Choice,
    install_resolve,
    planned_installation,
    uninstall_resolve,
)
from hitpoint.plugin.hosts.system import System, this_system

_AFTER_RESOLVE = """\
In DaVinci Resolve: Workspace > Scripts. Studio, and the free edition up to 21.0, show
  Hitpoint - open panel     exports the timeline and opens Hitpoint's window on it
  Hitpoint - score now      exports, composes with the defaults, and places the music
  Hitpoint - place music    puts the newest music for this timeline on a new stereo track
The free edition from 21.1 on shows Lua scripts only:
  Hitpoint - 1 export timeline (free)    exports; a marker then tells which command to run
  Hitpoint - 2 place music (free)        written by that command; places its music"""


def run(options: argparse.Namespace) -> None:
    """Do it, and say what was done and what comes next."""
    system = this_system()
    if options.host == "kdenlive":
        _kdenlive(system, options)
    else:
        _resolve(system, options)


def _resolve(system: System, options: argparse.Namespace) -> None:
    if options.uninstall:
        _tell("removed", uninstall_resolve(system))
        return
    choice = Choice(options.edition, options.folder, options.work)
    if options.dry_run:
        planned = planned_installation(system, choice)
        _tell("would write", planned.files)
        print(f"would export to {planned.work}")
        return
    installed = install_resolve(system, choice)
    _tell("wrote", installed.files)
    print(f"edits and music go to {installed.work}\n\n{_AFTER_RESOLVE}")


def _kdenlive(system: System, options: argparse.Namespace) -> None:
    if options.work is not None or options.edition != "auto":
        raise OptionError("--work and --edition are for DaVinci Resolve: leave them out")
    if options.uninstall:
        _tell("removed", uninstall_kdenlive(system))
        return
    if options.dry_run:
        _tell("would write", planned_entries(system, options.folder).files)
        return
    _tell("wrote", install_kdenlive(system, options.folder).files)
    print(f"\n{STEPS}")


def _tell(done: str, files: tuple[object, ...]) -> None:
    for file in files:
        print(f"{done} {file}")
    if not files:
        print(f"{done} nothing")
