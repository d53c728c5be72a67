"""A Lua script with the WAVs' paths and places baked in, which free DaVinci Resolve 21.1 needs after cues were written.

Only edits in the work folder that ``hitpoint install resolve`` was told of are for Resolve, and that folder is known
from this user's own data: nothing in an edit, or beside it, can have a script written.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

from hitpoint.plugin.hosts.placement import Placement, exported_stem
from hitpoint.plugin.hosts.registry import installation, replace_text
from hitpoint.plugin.hosts.resolve_scripts import HOST, PLACE_SCRIPT
from hitpoint.plugin.hosts.script_text import filled, lua_literal, resolve_template
from hitpoint.plugin.hosts.system import System


def write_place_script(system: System, edit: Path, places: Iterable[Placement], timeline: Path) -> Path | None:
    """Write the menu entry that places this music; the one before it is replaced.

    Args:
        system: the machine.
        edit: that was scored.
        places: of all music of the timeline; looked at only where there is something to write.
        timeline: the copy of the edit.

    Returns:
        The script; None if the edit was not exported by ours, or no Lua scripts are installed.

    Raises:
        EditReadError: if the sound of a cue is gone.
        EditWriteError: if it cannot be written.
    """
    installed = installation(system, HOST)
    if installed is None or installed.work is None or not _lies_in(edit, installed.work):
        return None
    scripts = [path for path in installed.files if path.suffix == ".lua"]
    stem = exported_stem(timeline)
    if not scripts or stem is None:
        return None
    path = scripts[0].with_name(PLACE_SCRIPT)
    replace_text(path, place_script_text(places, stem))
    return path


def place_script_text(places: Iterable[Placement], stem: str) -> str:
    """The script: Lua 5.1 that calls nothing but Resolve. Clips that overlap lie in different lanes."""
    ends: list[int] = []  # of the lanes
    clips = []
    ordered = sorted(places, key=lambda one: one.first_frame)
    for place in ordered:
        lane = next((number for number, end in enumerate(ends) if end <= place.first_frame), len(ends))
        ends[lane : lane + 1] = [place.first_frame + place.frames]
        words = f"first = {place.first_frame}, frames = {place.frames}, lane = {lane + 1}"
        clips.append(f"  {{wav = {lua_literal(place.wav)}, {words}}},")
    fields = {
        "STEM": lua_literal(stem),
        "RATE": repr(float(Fraction(ordered[0].rate))),
        "LANES": str(len(ends)),
        "CLIPS": "\n".join(clips),
    }
    return filled(resolve_template("place.lua"), fields)


def _lies_in(edit: Path, folder: Path) -> bool:
    try:
        return edit.absolute().parent.samefile(folder)
    except OSError:
        return False
