"""What is played of a cue: tune, theme, accompaniment, hands and ending, measured on its score; no sound needed.

The theme is looked for as a listener would who has the notes of the lead alone: the six notes in a row that come again
most often, at any pitch (each interval within a semitone, for another mode), in the same rhythm or in one twice as
slow.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from hitpoint.core.arrange.form.bar_lines import bar_beats
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.score import Note, Part, Score

HEAD = 6  # notes by which a theme is found
_GRID_SECONDS = 0.003  # a note farther from the grid than this was not struck by a machine
_NEAR = 3  # semitones from the tune within which a held note masks it


def played_measures(cue: Cue, score: Score, hands: Score) -> dict[str, float]:
    """All of them.

    Args:
        cue: whose score it is.
        score: on the grid.
        hands: as it is played.
    """
    bars = [float(beat) for beat in bar_beats(cue)]
    return {
        **_tune(cue, score, bars),
        **_theme(cue, score),
        "masked": _masked(score),
        **_hands(hands, score, bars),
        **_arc(cue, score, bars),
    }


def lead_notes(score: Score) -> list[Note]:
    """The tune's notes in order, whoever sings them, the highest of those struck together."""
    tops: dict[float, Note] = {}
    for note in (note for part in score.parts if part.role == "lead" for note in part.notes):
        place = round(note.start, 2)
        if place not in tops or tops[place].pitch < note.pitch:
            tops[place] = note
    return [tops[place] for place in sorted(tops)]


def _tune(cue: Cue, score: Score, bars: Sequence[float]) -> dict[str, float]:
    notes = lead_notes(score)
    moves = np.array([abs(b.pitch - a.pitch) for a, b in pairwise(notes) if b.start - a.start <= 4])
    starts = np.array([float(cue.tempo.beat_at(cue.step_start(step) - cue.start)) for step in range(len(cue.steps))])
    tones = [
        note.pitch % 12 in cue.steps[max(int(np.searchsorted(starts, note.start + 1e-6, "right")) - 1, 0)].chord.pitch_classes
        for note in notes
    ]  # fmt: skip
    rhythms: dict[int, list[int]] = defaultdict(list)
    for note in notes:
        bar = _bar(bars, note.start)
        rhythms[bar].append(round(4 * (note.start - bars[bar])))
    sung = [len(found) >= 3 for found in rhythms.values()]
    return {
        "lead_chord_tones": float(np.mean(tones)) if tones else float("nan"),
        "lead_steps": float(np.mean((moves >= 1) & (moves <= 2))) if len(moves) else float("nan"),
        "lead_leaps": float(np.mean(moves >= 5)) if len(moves) else float("nan"),
        "lead_bars3": float(np.mean(sung)) if sung else float("nan"),
        "lead_bits_a_bar": _bits([tuple(found) for found in rhythms.values()]),
        "lead_silent": 1.0 - len(rhythms) / len(bars),
    }


def _bits(values: Sequence[object]) -> float:
    shares = np.array(list(Counter(values).values())) / max(len(values), 1)
    return float(-(shares * np.log2(shares)).sum()) if len(shares) else 0.0


def statements(notes: Sequence[Note]) -> list[int]:
    """Where the theme begins: numbers of notes, those of the run that comes again most often."""
    gaps = [round(4 * (b.start - a.start)) for a, b in pairwise(notes)]
    moves = [b.pitch - a.pitch for a, b in pairwise(notes)]
    size = HEAD - 1
    best: list[int] = []
    for first in range(len(moves) - size + 1):
        if len(set(moves[first : first + size])) < 2 or max(gaps[first : first + size]) > 16:
            continue
        found = [first]
        for other in range(first + HEAD, len(moves) - size + 1):
            if other >= found[-1] + HEAD and _is_alike(moves, gaps, first, other, size):
                found.append(other)
        best = max(best, found, key=len)
    return best


def _is_alike(moves: Sequence[int], gaps: Sequence[int], first: int, other: int, size: int) -> bool:
    near = all(abs(moves[first + at] - moves[other + at]) <= 1 for at in range(size))
    own, its = gaps[first : first + size - 1], gaps[other : other + size - 1]
    return near and (its == own or its == [2 * gap for gap in own])


def _theme(cue: Cue, score: Score) -> dict[str, float]:
    notes = lead_notes(score)
    found = statements(notes)
    end = float(cue.tempo.beat_at(cue.seconds))
    at = [notes[place].start for place in found]
    summit = next((s for s in cue.plan.sections if s.summit), None) if cue.plan else None
    bars = [float(beat) for beat in bar_beats(cue)]
    is_in_summit = summit is not None and any(
        bars[summit.first_bar] - 0.1 <= beat < ([*bars, end][min(summit.end_bar, len(bars))]) for beat in at
    )
    beats = cue.theme.bars * cue.theme.bar_slots / 4 if cue.theme else 16.0
    shapes = [_shape(notes, place, beats) for place in found]
    same = [shape == shapes[0] for shape in shapes[1:]]
    return {
        "theme_found": float(len(found)),
        "theme_at_summit": float(is_in_summit),
        "theme_last_third": float(any(3 * beat >= 2 * end for beat in at)),
        "theme_verbatim": float(np.mean(same)) if same else float("nan"),
    }


def _shape(notes: Sequence[Note], first: int, beats: float) -> tuple[tuple[int, int], ...]:
    inside = [note for note in notes[first:] if note.start < notes[first].start + beats - 0.1]
    return tuple((round(4 * (note.start - inside[0].start)), note.pitch - inside[0].pitch) for note in inside)


def _masked(score: Score) -> float:
    """The share of the tune's time in which a note held longer than it lies within :data:`_NEAR` semitones."""
    held = [n for part in score.parts if part.role == "pad" for n in part.notes if n.end - n.start >= 1.5]
    total = masked = 0.0
    for note in lead_notes(score):
        beats = np.arange(note.start + 0.01, note.end, 0.25)
        near = [
            one
            for one in held
            if abs(one.pitch - note.pitch) <= _NEAR and one.end > note.start and one.start < note.end
        ]
        total += len(beats)
        masked += sum(any(one.start <= beat < one.end for one in near) for beat in beats)
    return masked / total if total else float("nan")


def _hands(hands: Score, score: Score, bars: Sequence[float]) -> dict[str, float]:
    harmony = [part for part in score.parts if part.role == "harmony" and part.notes]
    found: dict[str, float] = {"harmony_top3": float("nan"), "velocity_sd": float("nan")}
    if harmony:
        part = max(harmony, key=lambda one: len({round(note.start, 2) for note in one.notes}))
        rhythms: dict[int, set[int]] = defaultdict(set)
        for note in part.notes:
            bar = _bar(bars, note.start)
            rhythms[bar].add(round(4 * (note.start - bars[bar])))
        counts = Counter(tuple(sorted(rhythm)) for rhythm in rhythms.values())
        found["harmony_top3"] = sum(count for _, count in counts.most_common(3)) / sum(counts.values())
        played = next(one for one in hands.parts if one.name == part.name)
        velocities: dict[int, list[int]] = defaultdict(list)
        for note in played.notes:
            velocities[_bar(bars, note.start + 0.02)].append(note.velocity)
        spread = [np.std(values) for values in velocities.values() if len(values) > 2]
        found["velocity_sd"] = float(np.mean(spread)) if spread else float("nan")
    return {**found, "off_grid": _off_grid(hands)}


def _off_grid(hands: Score) -> float:
    tempi = [(float(point.beat), float(point.seconds_per_beat)) for point in hands.tempo.points]
    beats = [beat for beat, _ in tempi]
    off = []
    for part in hands.parts:
        for note in part.notes:
            pace = tempi[max(int(np.searchsorted(beats, note.start + 1e-9, "right")) - 1, 0)][1]
            off.append(abs(note.start - round(12 * note.start) / 12) * pace > _GRID_SECONDS)
    return float(np.mean(off)) if off else 0.0


def _arc(cue: Cue, score: Score, bars: Sequence[float]) -> dict[str, float]:
    """How many parts sound in the summit beside the fullest other section.

    And in the last phrase beside the one before.
    """
    if cue.plan is None or len(cue.plan.sections) < 2:
        return {"summit_parts_more": float("nan"), "last_bars_parts": float("nan")}
    edges = [*bars, float(cue.tempo.beat_at(cue.seconds))]
    counts = [sum(_sounds(part, a, b) for part in score.parts) for a, b in pairwise(edges)]
    means = [float(np.mean(counts[s.first_bar : s.end_bar] or [0])) for s in cue.plan.sections]
    summit = next(index for index, section in enumerate(cue.plan.sections) if section.summit)
    final = min(cue.plan.final_bar, len(counts) - 1)
    return {
        "summit_parts_more": means[summit] - max(mean for index, mean in enumerate(means) if index != summit),
        "last_bars_parts": float(np.mean(counts[max(final - 2, 0) : final + 1])) / max(max(counts), 1),
    }


def _sounds(part: Part, start: float, end: float) -> bool:
    return any(note.start < end - 0.01 and note.end > start + 0.01 for note in part.notes)


def _bar(bars: Sequence[float], beat: float) -> int:
    return max(int(np.searchsorted(bars, beat + 1e-3, "right")) - 1, 0)
