"""Read an edit, compose music for it, lock a chord, compose the rest again, deliver.

``python score_an_edit.py EDIT.otio``.
"""

import sys
from pathlib import Path

from hitpoint.bridge import deliver, read_edit
from hitpoint.core import Wishes, chord_set, compose_cue, parse_chord, parse_key, reroll_cue, style_changed

edit = read_edit(Path(sys.argv[1]))
print(edit.name, edit.rate, len(edit.shots), "shots")

cue = compose_cue(edit, Wishes(key=parse_key("A minor"), seed=3))
cue = chord_set(cue, range(2), parse_chord("F:maj7"))  # set and locked
cue = reroll_cue(cue)
print(*(span.chord.symbol() for span in cue.chord_spans))

done = deliver(style_changed(cue, "chamber"))
print(done.timeline)
