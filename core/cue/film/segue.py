"""How a cue went over to the next one in a segue: its last chord and its tempo, as they came out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.music.chord import Quality

_SAME = 0.025  # share by which two tempi differ that are told as one
_LEVELS = (1.0, 2.0, 0.5)  # of the next tempo: twice or half as fast is the same pulse


@dataclass(frozen=True)
class Segue:
    """How a cue led to the next.

    Attributes:
        to: name of the next cue; empty if it has none.
        chord: the last one.
        key: in which the next cue begins.
        leads: whether the chord is the dominant of that key.
        bpm: quarter notes a minute before the tempo began to turn.
        last_bpm: in which the cue ends.
        next_bpm: in which the next one begins.
        seconds: over which the tempo turns, up to the end; 0 where it does not.
        why: what of it could not be done, and why; empty where all was.
    """

    to: str
    chord: str
    key: str
    leads: bool
    bpm: float
    last_bpm: float
    next_bpm: float
    seconds: float
    why: str

    def line(self) -> str:
        """What the editor reads."""
        turned = f"the tempo stays at {self.last_bpm:.0f}"
        if self.seconds:
            turned = f"the tempo goes from {self.bpm:.0f} to {self.last_bpm:.0f} over the last {self.seconds:.1f} s"
        to = f"to {self.to}: " if self.to else ""
        chord = f"{self.chord} leads to its {self.key}" if self.leads else f"{self.chord} before its {self.key}"
        why = f"; {self.why}" if self.why else ""
        return f"{to}{chord}, {turned}, it begins at {self.next_bpm:.0f}{why}"

    def document(self) -> dict[str, Any]:
        """As JSON values."""
        return asdict(self)


def segue_of(cue: Cue, cues: Iterable[Cue]) -> Segue | None:
    """How a cue leads to the one after it; None if it goes over otherwise, or to nothing.

    Args:
        cue: that ends.
        cues: of its timeline, in any order.
    """
    later = [one for one in cues if heard_range(one)[0] >= heard_range(cue)[1]]
    if cue.join != Join.SEGUE.value or not later:
        return None
    following = min(later, key=lambda one: heard_range(one)[0])
    key, chord = following.key_at(0), cue.steps[-1].chord
    leads = chord.root == (key.tonic + 7) % 12 and chord.quality in (Quality.MAJ, Quality.DOM7)
    bpm, last, seconds = _turn(cue)
    begins = begins_at(following)
    why = [] if leads else ["its last chord is locked and stays"]
    if all(abs(last / (level * begins) - 1) > _SAME for level in _LEVELS):
        fixed = "its own tempo is fixed" if cue.bpm is not None else "what it meets leaves no room to turn the tempo"
        why.append(fixed)
    return Segue(
        to=following.name,
        chord=chord.symbol(flats=key.uses_flats),
        key=str(key),
        leads=leads,
        bpm=round(bpm, 2),
        last_bpm=round(last, 2),
        next_bpm=round(begins, 2),
        seconds=round(seconds, 3),
        why=", and ".join(why),
    )


def begins_at(cue: Cue) -> float:
    """The tempo in which a cue begins to sound, quarter notes a minute."""
    start = cue.tempo.beat_at(cue.edit.rate.seconds(heard_range(cue)[0] - cue.start_frame))
    return next(point.bpm for point in reversed(cue.tempo.points) if point.beat <= start)


def _turn(cue: Cue) -> tuple[float, float, float]:
    """The tempo before the last turn of a cue, its last tempo, and the seconds from the one to the end."""
    points = cue.tempo.points
    first = len(points) - 1
    while first >= 2 and _towards(*(points[index].bpm for index in (first - 2, first - 1, first))):
        first -= 1
    if first == 0 or abs(points[first - 1].bpm / points[-1].bpm - 1) <= _SAME:
        return points[-1].bpm, points[-1].bpm, 0.0
    return points[first - 1].bpm, points[-1].bpm, float(cue.seconds - cue.tempo.seconds_at(points[first].beat))


def _towards(one: float, two: float, three: float) -> bool:
    """Whether three tempi go one way."""
    return (two - one) * (three - two) > 0
