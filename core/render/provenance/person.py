"""What of a cue a person locked, wrote or asked for; times are seconds from the start of the timeline."""

from __future__ import annotations

from typing import Any

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.tune_changes import tune_of


def by_a_person(cue: Cue) -> dict[str, Any]:
    """All of it as JSON values; what nobody touched is left out."""
    rate, sound = cue.edit.rate, cue.sound
    found: dict[str, Any] = {
        "locked_chords": [
            {"start": float(one.start), "end": float(one.end), "symbol": one.chord.symbol()}
            for one in cue.chord_spans
            if one.locked
        ],
        "locked_notes": sum(one.note.locked for one in tune_of(cue)),
        "locked_sections": [] if cue.plan is None else [one.name for one in cue.plan.sections if one.locked],
        "drawn_dynamics": sum(step.drawn for step in cue.steps),
        "moods": [{"start": one.start, "end": one.end, "mood": one.mood.value} for one in cue.moods if one.wished],
        "hits": [{"time": float(rate.seconds(one.frame)), "event": one.event} for one in cue.hits],
        "theme": cue.theme is not None and cue.theme.is_given and not cue.theme_name,
        "shared_theme": cue.theme_name,
        "tempo_bpm": cue.bpm,
        "prompts": list(cue.prompts),
        "parts": sorted({*sound.left_out, *(part.name for part in sound.parts if not part.is_plain)}),
    }
    return {name: value for name, value in found.items() if value}


def in_words(cue: Cue) -> str:
    """The same in a few words of ASCII, without commas."""
    found = by_a_person(cue)
    told = [
        (len(found.get("locked_chords", ())), "chords locked"),
        (found.get("locked_notes", 0), "notes locked"),
        (found.get("drawn_dynamics", 0), "steps drawn"),
        (len(found.get("moods", ())), "moods wished"),
        (len(found.get("prompts", ())), "prompts"),
    ]
    words = [f"{count} {what}" for count, what in told if count]
    return "; ".join([*words, *(["a theme given"] if "theme" in found else [])])
