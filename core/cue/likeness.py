"""What a cue remembers of the recording that it follows: numbers only, no sound and no notes.

``cue.json`` has it under ``like``::

    {"source": "A3", "heard": {"bpm": 118.0, "metre": "4/4", "key": "C minor", "seconds": 61.4},
     "follow": "beats=1,form=1,…", "followed": {"beats": 0.98, …}, "closest_run": {"chords": 4, "melody": 0},
     "alarming": false, "density": [a step …], "loudness": [a step …]}
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hitpoint.core.cue.json_values import field, items, number, text, truth, whole
from hitpoint.core.errors import CueFileError

_MOST = 10**6
_FASTEST = 1000.0


@dataclass(frozen=True)
class Likeness:
    """How a cue follows a recording.

    Attributes:
        source: what the editor calls the recording.
        bpm: as heard; None without beats.
        metre: as heard.
        key: as heard; None where nothing sounds.
        seconds: of the recording, as far as it was heard.
        follow: how much of what was to be followed, as on the command line.
        followed: how well it was, 0..1, in each respect that could be measured.
        chords: longest run of chords that both have.
        melody: longest run of melody intervals that both have.
        alarming: whether these runs are longer than chance would have them.
        density: a step, as followed; empty if density was not.
        loudness: likewise.
    """

    source: str
    bpm: float | None
    metre: str
    key: str | None
    seconds: float
    follow: str
    followed: tuple[tuple[str, float], ...] = ()
    chords: int = 0
    melody: int = 0
    alarming: bool = False
    density: tuple[float, ...] = ()
    loudness: tuple[float, ...] = ()


def likeness_report(like: Likeness) -> dict[str, Any]:
    """The ``like`` of a report."""
    return {
        "source": like.source,
        "heard": {"bpm": like.bpm, "metre": like.metre, "key": like.key, "seconds": like.seconds},
        "follow": like.follow,
        "followed": dict(like.followed),
        "closest_run": {"chords": like.chords, "melody": like.melody},
        "alarming": like.alarming,
    }


def likeness_lines(like: Likeness) -> tuple[str, ...]:
    """What was heard of the recording, and how well it is followed, a line each for an editor to read."""
    beats = "no beats" if like.bpm is None else f"{like.bpm:.1f} beats a minute in {like.metre}"
    heard = f"{like.source}, {like.seconds:.1f} s: {beats}, {like.key or 'silence'}"
    if not like.followed:
        return (heard,)
    followed = ", ".join(f"{name} {share:.0%}" for name, share in like.followed)
    return (heard, f"{followed}{'; it shares longer runs with it than chance would have' if like.alarming else ''}")


def likeness_to_document(like: Likeness | None) -> dict[str, Any] | None:
    """As ``cue.json`` has it."""
    if like is None:
        return None
    return {**likeness_report(like), "density": list(like.density), "loudness": list(like.loudness)}


def likeness_of(value: Any) -> Likeness | None:
    """What JSON values tell.

    Raises:
        CueFileError: if they tell of no recording.
    """
    if value is None:
        return None
    heard, run = field(value, "heard", "like"), field(value, "closest_run", "like")
    followed = field(value, "followed", "like")
    if not isinstance(followed, dict):
        raise CueFileError("like.followed: it is a number for each respect")
    bpm, key = field(heard, "bpm", "like.heard"), field(heard, "key", "like.heard")
    return Likeness(
        source=text(field(value, "source", "like"), "like.source"),
        bpm=None if bpm is None else number(bpm, "like.heard.bpm", 0, _FASTEST),
        metre=text(field(heard, "metre", "like.heard"), "like.heard.metre"),
        key=None if key is None else text(key, "like.heard.key"),
        seconds=number(field(heard, "seconds", "like.heard"), "like.heard.seconds", 0, _MOST),
        follow=text(field(value, "follow", "like"), "like.follow"),
        followed=tuple((str(name), number(share, "like.followed", 0, 1)) for name, share in followed.items()),
        chords=whole(field(run, "chords", "like.closest_run"), "like.closest_run.chords", 0, _MOST),
        melody=whole(field(run, "melody", "like.closest_run"), "like.closest_run.melody", 0, _MOST),
        alarming=truth(value.get("alarming", False), "like.alarming"),
        density=items(value.get("density", []), "like.density", lambda one, where: number(one, where, 0, 1000)),
        loudness=items(value.get("loudness", []), "like.loudness", lambda one, where: number(one, where, 0, 100)),
    )
