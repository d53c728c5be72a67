"""The music that a host script is to place: asked for in a process of our own, answered as one line of JSON.

``python -m hitpoint.plugin.hosts.placement FOLDER STEM`` prints ``{"wav", "name", "first_frame", "frames", "rate"}``.
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

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.heard import heard_range, heard_tail
from hitpoint.core.errors import EditReadError, HitpointError
from hitpoint.core.files.output import Outputs

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


def newest_placement(folder: Path, stem: str) -> Placement:
    """The newest music among the results for one timeline.

    Args:
        folder: where the host's script has exported to.
        stem: what it calls files of this timeline.

    Raises:
        EditReadError: if there is none, or its sound is gone.
        CueFileError: if its cue is damaged.
    """
    ranked = [(rank, path) for path in folder.glob("*.otio") if (rank := _rank(path, stem)) is not None]
    if not ranked:
        raise EditReadError(f"no music for this timeline in {folder} yet: let Hitpoint score it first")
    outputs = Outputs(max(ranked)[1].absolute())
    if not outputs.mix.is_file():
        raise EditReadError(f"{outputs.mix} is gone: render it again with 'hitpoint render {outputs.cue}'")
    cue = read_cue(outputs.cue)
    ducked = outputs.mix.with_name(f"{outputs.mix.stem}_ducked.wav")
    is_ducked = cue.sound.duck > 0 and cue.sound.delivers_ducked and ducked.is_file()
    return placement_of(cue, ducked if is_ducked else outputs.mix)


def exported_stem(result: Path) -> str | None:
    """The name that the host's script gave the export of a result; None if it is no result."""
    matched = _RESULT.fullmatch(result.stem)
    return matched["stem"] if matched else None


def main(words: Sequence[str]) -> int:
    """Answer one question of a host script."""
    folder, stem = words
    try:
        print(json.dumps(asdict(newest_placement(Path(folder), stem))))
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
