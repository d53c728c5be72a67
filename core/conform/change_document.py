"""The change list as plain JSON values; times are seconds from the start of each timeline."""

from __future__ import annotations

from typing import Any

from hitpoint.core.conform.change_list import (
    Changes,
    Fate,
    HitChange,
    KeptMusic,
    LockChange,
    MoodChange,
    ShotChange,
    Span,
)


def changes_to_document(changes: Changes) -> dict[str, Any]:
    """All of it: counts, each shot, locks, hits, lost moods, what was composed and kept, lines for the editor."""
    return {
        "unchanged": changes.is_empty,
        "range": {"before": _span(changes.old_range), "now": _span(changes.new_range)},
        "counts": {fate.value: sum(fate in shot.fates for shot in changes.shots) for fate in Fate},
        "shots": [_shot(shot) for shot in changes.shots],
        "locks": [_lock(lock) for lock in changes.locks],
        "lost_locks": len(changes.lost_locks),
        "hits": [_hit(hit) for hit in changes.hits],
        "lost_moods": [_mood(mood) for mood in changes.moods],
        "composed": [_span(span) for span in changes.composed],
        "kept": [_kept(music) for music in changes.kept],
        "lines": list(changes.lines()),
    }


def _span(span: Span | None) -> dict[str, float] | None:
    return None if span is None else {"start": float(span.start), "end": float(span.end)}


def _shot(shot: ShotChange) -> dict[str, Any]:
    return {
        "name": shot.name,
        "fates": [fate.value for fate in shot.fates],
        "before": _span(shot.old),
        "now": [_span(span) for span in shot.new],
    }


def _lock(lock: LockChange) -> dict[str, Any]:
    return {
        "chord": lock.chord.symbol(),
        "before": _span(lock.old),
        "now": _span(lock.new),
        "fate": "lost" if lock.new is None else "moved",
    }


def _hit(hit: HitChange) -> dict[str, Any]:
    return {
        "event": hit.event,
        "before": float(hit.old),
        "now": None if hit.new is None else float(hit.new),
        "fate": "lost" if hit.new is None else "moved",
    }


def _mood(mood: MoodChange) -> dict[str, Any]:
    return {"mood": mood.mood, "before": _span(mood.old)}


def _kept(music: KeptMusic) -> dict[str, Any]:
    return {"start": float(music.new.start), "end": float(music.new.end), "before": float(music.old_start)}
