"""What a composed cue is like as music: harmony in time, form, hits.

Measured on the cue and its score, no sound needed.

The reference values beside them are those of POP909 and Billboard, see ``resources/docs/music.md``: a sense of
proportion.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import chain, pairwise

import numpy as np

from hitpoint.core.arrange.form.bar_lines import bar_beats
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.score import Score

_NEAR = 0.1  # beats
_TRIADS = {Quality.MAJ, Quality.MIN}
_SUS = {Quality.SUS2, Quality.SUS4}
_DISSONANT = {Quality.DIM, Quality.DIM7, Quality.HDIM7, Quality.AUG}

Span = tuple[float, float, Chord]


def measured(cue: Cue, score: Score) -> dict[str, float]:
    """All measures of one cue."""
    return {**_form(cue, score), **_harmony(cue), **_hits(cue, score)}


def _merged(cue: Cue) -> list[Span]:
    """Chords as they are heard: seconds from the start of the cue."""
    spans: list[Span] = []
    for index, step in enumerate(cue.steps):
        start, end = (float(cue.step_start(at) - cue.start) for at in (index, index + 1))
        if spans and spans[-1][2] == step.chord:
            spans[-1] = (spans[-1][0], end, step.chord)
        else:
            spans.append((start, end, step.chord))
    return spans


def _harmony(cue: Cue) -> dict[str, float]:
    spans = _merged(cue)
    total = sum(end - start for start, end, _ in spans)
    chords = [chord for *_, chord in spans]
    shares: Counter[str] = Counter()
    outside = 0.0
    scale = set(cue.key.scale) | ({(cue.key.tonic + 11) % 12} if cue.key.is_minor else set())
    for start, end, chord in spans:
        shares[_kind(chord)] += end - start
        outside += (end - start) * (not set(chord.pitch_classes) <= scale)
    return {
        "two_chords_s": _longest_on_two(spans),
        "aba": float(np.mean([a == b for a, b in zip(chords, chords[2:], strict=False)])) if len(chords) > 2 else 0.0,
        "distinct_chords": len(set(chords)),
        "progressions_exact": _returns(cue, 1.0),
        "progressions_close": _returns(cue, 0.75),
        "progressions_own": _returns_of_sections(cue),
        "changes_on_bar": _on_bars(cue, spans),
        "share_triads": shares["triads"] / total,
        "share_dim_aug": shares["dissonant"] / total,
        "share_outside_key": outside / total,
    }


def _kind(chord: Chord) -> str:
    if chord.quality in _TRIADS:
        return "triads"
    return "dissonant" if chord.quality in _DISSONANT else "sus" if chord.quality in _SUS else "coloured"


def _longest_on_two(spans: Sequence[Span]) -> float:
    longest, left = 0.0, 0
    seen: Counter[Chord] = Counter()
    for _, end, chord in spans:
        seen[chord] += 1
        while len(seen) > 2:
            seen[spans[left][2]] -= 1
            if not seen[spans[left][2]]:
                del seen[spans[left][2]]
            left += 1
        longest = max(longest, end - spans[left][0])
    return longest


def _on_bars(cue: Cue, spans: Sequence[Span]) -> float:
    """Share of chord changes on a bar line, those on cuts left out."""
    lines = np.array([float(beat) for beat in bar_beats(cue)])
    cuts = [float(cut - cue.start) for cut in cue.edit.cuts]
    frame = float(cue.edit.rate.seconds(1))
    free = [start for start, *_ in spans[1:] if not any(abs(start - cut) <= frame for cut in cuts)]
    on = [np.abs(lines - float(cue.tempo.beat_at(Fraction(start)))).min() < _NEAR for start in free]
    return float(np.mean(on)) if on else float("nan")


def _returns(cue: Cue, alike: float) -> float:
    """Share of four-bar progressions that come again, at the offset that has most; a bar is told at its two halves."""
    beats = [*bar_beats(cue), cue.tempo.beat_at(cue.seconds)]
    starts = [float(cue.step_start(index) - cue.start) for index in range(len(cue.steps))]
    halves = []
    for first, end in pairwise(beats[:-1]):
        times = (float(cue.tempo.seconds_at(beat)) + 0.02 for beat in (first, (first + end) / 2))
        halves.append([cue.steps[max(int(np.searchsorted(starts, time, "right")) - 1, 0)].chord for time in times])
    best = 0.0
    for offset in range(4):
        phrases = [[*chain.from_iterable(halves[at : at + 4])] for at in range(offset, len(halves) - 3, 4)]
        likeness = [
            max(np.mean([x == y for x, y in zip(one, other, strict=True)]) for other in phrases[:at])
            for at, one in enumerate(phrases)
            if at
        ]
        best = max(best, float(np.mean([x >= alike for x in likeness])) if likeness else 0.0)
    return best


def _returns_of_sections(cue: Cue) -> float:
    """Share of four-bar progressions that come again exactly, told from where sections start instead of on one grid."""
    if cue.plan is None:
        return float("nan")
    starts, chords = cue.plan.bar_starts, [step.chord for step in cue.steps]
    firsts = chain.from_iterable(range(one.first_bar, one.end_bar - 3, 4) for one in cue.plan.sections)
    found = [chords[starts[first] : starts[first + 4]] for first in firsts]
    return float(np.mean([one in found[:at] for at, one in enumerate(found) if at])) if len(found) > 1 else float("nan")


def _form(cue: Cue, score: Score) -> dict[str, float]:
    beats = [float(beat) for beat in bar_beats(cue)]
    playing = [
        sum(any(note.start < end - 0.01 and note.end > start + 0.01 for note in part.notes) for part in score.parts)
        for start, end in pairwise(beats)
    ]
    spans = _merged(cue)
    last = float(cue.tempo.beat_at(Fraction(spans[-1][0])))
    names = [marker.text.lower() for marker in score.markers]
    return {
        "mean_bpm": 60 * float(cue.tempo.beat_at(cue.seconds) / cue.seconds),
        "bars": len(beats),
        "keys": len({section.key for section in cue.plan.sections}) if cue.plan else 1,
        "summits": sum(name.startswith(("peak", "climax", "summit")) for name in names),
        "rest_or_solo_bars": sum(count <= 1 for count in playing[4:-2]),
        "last_chord_s": float(cue.seconds) - spans[-1][0],
        "last_on_bar": float(min(abs(last - beat) for beat in beats) < _NEAR),
    }


def _hits(cue: Cue, score: Score) -> dict[str, float]:
    hits = [hit for hit in measured_hits(cue, score) if hit.kind != "ending"]
    half = float(cue.edit.rate.seconds(1)) / 2 + 1e-6
    wanted = [hit for hit in hits if hit.wanted]
    missed = sum(hit.error_seconds is None or abs(hit.error_seconds) > half for hit in wanted)
    return {
        "hits_full_a_minute": 60 * len(wanted) / float(cue.seconds),
        "hits_missed": missed,
        "cuts_met": float(np.mean([hit.grade != "passed" for hit in hits])) if hits else 1.0,
    }
