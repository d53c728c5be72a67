"""What is in a cue that was stored: ``python look_into_a_cue.py EDIT_hitpoint.music/cue.json``."""

import sys
from pathlib import Path

from hitpoint.core import HitpointError, read_cue

try:
    cue = read_cue(Path(sys.argv[1]))
except HitpointError as error:
    sys.exit(str(error))  # one line: what, where, what to do
for span in cue.chord_spans:
    print(f"{float(span.start):8.3f}  {span.chord.symbol():10} {'locked' if span.locked else ''}")
