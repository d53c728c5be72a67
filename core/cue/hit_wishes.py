"""Hit points as wishes: which moments of the picture the music should meet, and how much each matters.

Cuts and markers are moments by themselves; the editor adds others, or gives one of these another priority. A plan
chooses the cuts that are wanted (:mod:`hitpoint.core.cue.form.form_plan`); without one all are. Moments that crowd each
other are thinned: of those less than :data:`CLOSEST` apart only the one that matters more is wanted.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Container, Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from hitpoint.core.edit import Edit

CUT_PRIORITY, OWN_PRIORITY, MARKER_PRIORITY = 1.0, 3.0, 3.0
CLOSEST = Fraction(2, 5)  # seconds between two wanted moments
QUIET_SECONDS = Fraction(1, 2)  # before the end, where nothing new begins: the end is the hit


@dataclass(frozen=True)
class HitWish:
    """A moment the editor asks for.

    Attributes:
        frame: of the timeline.
        event: what happens there.
        priority: 0 for none (also takes the wish from a cut or marker on this frame); a cut's is 1, a marker's 3.
    """

    frame: int
    event: str
    priority: float = OWN_PRIORITY


@dataclass(frozen=True)
class HitPoint:
    """A moment of the picture inside a cue.

    Attributes:
        frame: of the timeline.
        event: "cut", a marker's text, or what the editor wrote.
        priority: how much it matters, from 0.
        wanted: whether the music is to meet it.
    """

    frame: int
    event: str
    priority: float
    wanted: bool


def hit_points(
    edit: Edit,
    start_frame: int,
    end_frame: int,
    own: Sequence[HitWish] = (),
    full: Container[int] | None = None,
) -> tuple[HitPoint, ...]:
    """The moments between the first and the last frame of a stretch, both excluded, in order.

    Args:
        edit: gives cuts and markers.
        start_frame: first frame of the music, which its beginning meets.
        end_frame: first frame after it, which its ending meets.
        own: the editor's wishes; one on a frame replaces the priority of what is there.
        full: frames of the cuts that a plan chose; None for all.
    """
    wishes = [wish for wish in _moments(edit, own) if start_frame < wish.frame < end_frame]
    let_pass = _let_pass(edit, own, full)
    asked: dict[int, float] = {}
    for wish in wishes:
        if wish.frame not in let_pass:
            asked[wish.frame] = max(asked.get(wish.frame, 0.0), wish.priority)
    last = end_frame - QUIET_SECONDS * edit.rate.frames_per_second
    wanted = _thinned({frame: p for frame, p in asked.items() if frame <= last}, edit.rate.frames_per_second * CLOSEST)
    return tuple(HitPoint(w.frame, w.event, w.priority, w.priority > 0 and w.frame in wanted) for w in wishes)


def _let_pass(edit: Edit, own: Sequence[HitWish], full: Container[int] | None) -> frozenset[int]:
    """The cuts that a plan lets pass: those it did not choose, nobody marked, and the editor says nothing of."""
    if full is None:
        return frozenset()
    certain = {marker.frame for marker in edit.markers} | {wish.frame for wish in own}
    return frozenset(frame for frame in edit.cut_frames if frame not in full and frame not in certain)


def wanted_frames(points: Sequence[HitPoint]) -> dict[int, float]:
    """The frames that are wanted, in order, and how much each matters."""
    found: dict[int, float] = {}
    for point in points:
        if point.wanted:
            found[point.frame] = max(found.get(point.frame, 0.0), point.priority)
    return found


def _moments(edit: Edit, own: Sequence[HitWish]) -> list[HitWish]:
    replaced = {wish.frame: wish.priority for wish in own}
    found = [HitWish(frame, "cut", replaced.get(frame, CUT_PRIORITY)) for frame in edit.cut_frames]
    found += [HitWish(m.frame, m.text or "marker", replaced.get(m.frame, MARKER_PRIORITY)) for m in edit.markers]
    taken = {wish.frame for wish in found}
    found += [wish for wish in own if wish.frame not in taken]
    return sorted(found, key=attrgetter("frame"))


def _thinned(asked: dict[int, float], closest: Fraction) -> set[int]:
    """The frames kept: the ones that matter most first, earlier before later, none closer than ``closest`` frames."""
    kept: list[int] = []
    for frame, priority in sorted(asked.items(), key=lambda item: (-item[1], item[0])):
        place = bisect_left(kept, frame)
        near = kept[max(place - 1, 0) : place + 1]
        if priority > 0 and all(abs(frame - other) >= closest for other in near):
            insort(kept, frame)
    return set(kept)
