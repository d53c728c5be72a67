"""The music that a host script is to place: asked for in a process of our own, answered as one line of JSON.

``python -m hitpoint.plugin.hosts.placement FOLDER STEM`` prints a list of
``{"wav", "name", "first_frame", "frames", "rate"}``, one for each cue in order of time.
The newest is told by names and never by clocks: the export's number (``STEM.cut3.otio``), then the version
(``STEM.cut3_hitpoint_v2.otio``).
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from hitpoint.bridge.reading.scored_edit import placed_music
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.heard import heard_range, heard_tail
from hitpoint.core.errors import CueFileError, EditReadError, HitpointError
from hitpoint.core.files.output import mix_beside

_RESULT = re.compile(r"(?P<stem>.+?)(\.cut(?P<cut>\d{1,9}))?_hitpoint(_v(?P<version>\d{1,9}))?", re.DOTALL)


@dataclass(frozen=True)
class Placement:
    """Music for a timeline: its file, and where it lies in frames of the timeline, counted from 0 at its start."""

    wav: str
    name: str
    first_frame: int
    frames: int
    rate: str


def placement_of(cue: Cue, wav: Path) -> Placement:
    """Where a cue's music goes."""
    start, end = heard_range(cue)
    return Placement(str(wav), wav.name, start, end + heard_tail(cue) - start, str(cue.edit.rate))


def newest_placements(folder: Path, stem: str) -> tuple[Placement, ...]:
    """The newest music among the results for one timeline: that of each of its cues, in order of time.

    Args:
        folder: where the host's script has exported to.
        stem: what it calls files of this timeline.

    Raises:
        EditReadError: if there is none, or its sound is gone.
        CueFileError: if a cue is damaged or lost.
    """
    ranked = [(rank, path) for path in folder.glob("*.otio") if (rank := _rank(path, stem)) is not None]
    if not ranked:
        raise EditReadError(f"no music for this timeline in {folder} yet: let Hitpoint score it first")
    result = max(ranked)[1].absolute()
    files = [one.cue for one in placed_music(result)]
    lost = next((one.noted for one in placed_music(result) if one.cue is None), None)
    if lost is not None or not files:
        raise CueFileError(f"the music of {result.name} is not there any more ({lost or 'no cue'}): score it again")
    found = (stored_placement(read_cue(file), file) for file in files if file is not None)
    return tuple(sorted(found, key=lambda one: one.first_frame))


def stored_placement(cue: Cue, file: Path) -> Placement:
    """Where a cue goes, with the sound that it is delivered with.

    Raises:
        EditReadError: if that is gone.
    """
    mix = mix_beside(file)
    if not mix.is_file():
        raise EditReadError(f"{mix} is gone: render it again with 'hitpoint render {file}'")
    ducked = mix.with_name(f"{mix.stem}_ducked.wav")
    is_ducked = cue.sound.duck > 0 and cue.sound.delivers_ducked and ducked.is_file()
    return placement_of(cue, ducked if is_ducked else mix)


def exported_stem(result: Path) -> str | None:
    """The name that the host's script gave the export of a result; None if it is no result."""
    matched = _RESULT.fullmatch(result.stem)
    return matched["stem"] if matched else None


def main(words: Sequence[str]) -> int:
    """Answer one question of a host script."""
    folder, stem = words
    try:
        print(json.dumps([asdict(one) for one in newest_placements(Path(folder), stem)]))
    except (HitpointError, OSError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


def _rank(path: Path, stem: str) -> tuple[int, int] | None:
    """The age of a result: its cut, then its version; None if it is not this timeline's."""
    matched = _RESULT.fullmatch(path.stem)
    if matched is None or matched["stem"] != stem:
        return None
    return int(matched["cut"] or 0), int(matched["version"] or 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
