"""Two cues in one timeline, each with wishes of its own: ``python two_cues.py EDIT.otio``."""

import sys
from pathlib import Path

from hitpoint.bridge import deliver, read_edit
from hitpoint.core import CueEntry, CueList, Wishes, added, compose_cue, score_of

edit = read_edit(Path(sys.argv[1]))
second = edit.rate.nearest_frame(1)
cues = added(CueList(), CueEntry("1M1", 0, 2 * second, style="strings"))
cues = added(cues, CueEntry("1M2", 3 * second, 5 * second, style="piano"))  # one that overlaps is refused

composed = [
    compose_cue(edit, Wishes(one.start_frame, one.end_frame, style=one.style, name=one.name)) for one in cues.entries
]
for cue in composed:
    print(cue.name, cue.key, {part.name: len(part.notes) for part in score_of(cue).parts})
for name, files in deliver(composed).cues:
    print(name, files.mix)
