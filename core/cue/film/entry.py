"""A composed cue as an entry of the list of a timeline."""

from __future__ import annotations

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.heard import heard_range


def entry_of(cue: Cue, name: str, known: CueEntry | None = None) -> CueEntry:
    """A composed cue as an entry of a list; notes, theme and approval are those of the known one."""
    start, end = heard_range(cue)
    wished = [span.mood.value for span in cue.moods if span.wished]
    return CueEntry(
        name=name,
        start_frame=start,
        end_frame=end,
        style=cue.style,
        mood=wished[0] if wished else "",
        key=str(cue.key),
        tempo="" if cue.bpm is None else f"{cue.bpm:g}",
        prompt=known.prompt if known else "",
        like=known.like if known else "",
        theme=cue.theme_name or (known.theme if known else ""),
        crossfade=f"{cue.sound.fade_out:g}" if cue.join == Join.CROSSFADE.value else "",
        join="" if cue.join == Join.CUT.value else cue.join,
        state=known.state if known and known.state is CueState.APPROVED else CueState.COMPOSED,
        notes=known.notes if known else "",
        reason=known.reason if known else "",
    )
