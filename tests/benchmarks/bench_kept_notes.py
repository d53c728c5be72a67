"""How far from a change notes change too: cues of 90 to 180 s in every style, before and after what editors do.

::

    OMP_NUM_THREADS=1 PYTHONPATH=tests/benchmarks python tests/benchmarks/bench_kept_notes.py [--cues 24] [--margin 4]

Each cue is composed by the shipped networks for a made-up cut, and each change made to it as it was: 15 s in its middle
composed again ("range"); the same under a wished mood, so that density and loudness change too ("mood"); one step's
chord ("chord"); density drawn for four steps ("drawn"); a shot in the middle made longer by up to three seconds, and
the cue conformed ("cut"). All notes and controllers outside of what changed are compared. Told are, for each style, the
share of cues in which anything beyond the margin is other, and how far away the farthest of it is; first with voices
led over the whole cue, as if no step knew its voicing, then as it is. Below stand what that costs the voice leading of
the changed cues: semitones that an upper voice moves on average from chord to chord, and the count of parallel fifths
and octaves between the outer voices.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from hitpoint.core.arrange.arranger import arrange, step_voicings, with_playing
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.styles.styles import style_named, style_names
from hitpoint.core.compose.compose import Models, compose, regenerate
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.conform.conforming import composed, conformed
from hitpoint.core.cue.changes import chord_set, density_drawn, mood_set, recomposed, style_changed
from hitpoint.core.cue.cue import Cue, steps_inside
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model, load_regressor
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.voicing import has_outer_parallels
from hitpoint.core.timebase import FrameRate

KINDS = ("range", "mood", "chord", "drawn", "cut")
_RATE = 25
_LONG = 15.0  # seconds composed again
_TICK = 1e-3  # seconds: what differs by less is at the same time


@dataclass(frozen=True)
class Stretch:
    """Seconds of a changed cue that are to be what they were ``shift`` seconds earlier.

    ``end`` tells at which end of them the change lies.
    """

    start: float
    end: float
    shift: float = 0.0
    after_change: bool = False
    before_change: bool = False


@dataclass(frozen=True)
class Case:
    """A cue, what became of it, and what is to be as before; chords and dynamics are the same in all styles."""

    kind: str
    old: Cue
    new: Cue
    span: range
    kept: tuple[Stretch, ...]

    def in_style(self, style: str, *, remembers: bool) -> tuple[Cue, Cue]:
        """Both in a style, the change made to the cue in that style, which remembers its playing or does not."""
        old = replace(style_changed(self.old, style), playing=())
        old = with_playing(old) if remembers else old
        if self.kind == "cut":
            plan = conformed(old, self.new.edit)
            new = plan.cue
            for span in plan.fresh:
                new = recomposed(new, span, self.new.steps[span.start : span.stop], 1)
            return old, new
        return old, recomposed(old, self.span, self.new.steps[self.span.start : self.span.stop], 1)


def cases_of(seed: int, models: Models) -> Iterator[Case]:
    """One cue and all that is done to it."""
    rng = np.random.default_rng(seed)
    edit = _edit(rng)
    features = _features(edit, rng)
    cue = compose(edit, Wishes(seed=seed), features, models).cue
    middle = float(cue.seconds) / 2
    first, last = middle - _LONG / 2, middle + _LONG / 2
    span = steps_inside(cue, Fraction(first), Fraction(last))
    mood = Mood.EXCITING if seed % 2 else Mood.RELAXING
    yield _case("range", cue, regenerate(cue, span, features, models).cue, span)
    yield _case("mood", cue, regenerate(mood_set(cue, first, last, mood), span, features, models).cue, span)
    one = range(span.start, span.start + 1)
    yield _case("chord", cue, chord_set(cue, one, _other(cue, one.start, rng)), one)
    four = range(span.start, span.start + 4)
    yield _case("drawn", cue, density_drawn(cue, four.start, [float(rng.uniform(4, 20))] * 4), four)
    yield _recut(cue, features, models, rng)


def _case(kind: str, old: Cue, new: Cue, span: range) -> Case:
    edges = (float(old.step_start(span.start)), float(old.step_start(span.stop)))
    kept = (Stretch(0.0, edges[0], before_change=True), Stretch(edges[1], float(old.seconds), after_change=True))
    return Case(kind, old, new, span, kept)


def _recut(cue: Cue, features: PictureFeatures, models: Models, rng: np.random.Generator) -> Case:
    place, more = len(cue.edit.shots) // 2, int(rng.integers(1, 76))
    shots = [
        replace(shot, start=shot.start + more * (index > place), end=shot.end + more * (index >= place))
        for index, shot in enumerate(cue.edit.shots)
    ]
    edit = replace(cue.edit, frames=cue.edit.frames + more, shots=tuple(shots))
    plan = conformed(cue, edit)
    new = composed(plan, _longer(features, -(-edit.frames // _RATE)), models)
    whole = float(new.seconds)
    kept = tuple(
        Stretch(
            float(music.new.start),
            float(music.new.end),
            float(music.new.start - music.old_start),
            after_change=music.new.start > 0,
            before_change=float(music.new.end) < whole,
        )
        for music in plan.changes.kept
        if music.is_barred
    )
    return Case("cut", cue, new, range(0), kept)


def _edit(rng: np.random.Generator) -> Edit:
    """A cut of 90 to 180 seconds, its shots of one to nine seconds, faster here and slower there."""
    total, shots, start, pace = int(rng.integers(90, 181)) * _RATE, [], 0, 1.0
    while start < total:
        pace = float(np.clip(pace * rng.uniform(0.7, 1.4), 0.4, 1.8))
        end = min(start + int(_RATE * pace * rng.uniform(1.5, 5.0)), total)
        end = total if total - end < _RATE else end
        name = f"m{len(shots)}"
        shots.append(Shot(name, start, end, media_name=name, source_start=Fraction(4)))
        start = end
    return Edit("made up", Path("made_up.otio"), FrameRate(Fraction(_RATE)), total, tuple(shots))


def _features(edit: Edit, rng: np.random.Generator) -> PictureFeatures:
    """Motion and emotion that wander."""
    seconds = -(-edit.frames // _RATE)
    cuts = np.array([shot.start // _RATE for shot in edit.shots])
    at = np.arange(seconds)
    offsets = at - cuts[np.searchsorted(cuts, at, side="right") - 1]
    motion = np.abs(np.cumsum(rng.normal(0, 2, seconds)) + 8)
    weights = np.exp(np.cumsum(rng.normal(0, 0.2, (seconds, 6)), axis=0))
    emotion = weights / weights.sum(axis=1, keepdims=True)
    return PictureFeatures(
        offsets.astype(np.float32), motion.astype(np.float32), emotion.astype(np.float32), None, np.ones(seconds, bool)
    )


def _longer(features: PictureFeatures, seconds: int) -> PictureFeatures:
    return features.rows_at(np.arange(seconds))


def _other(cue: Cue, index: int, rng: np.random.Generator) -> Chord:
    """A chord that the cue has elsewhere, other than those here."""
    near = {step.chord for step in cue.steps[index - 1 : index + 2]}
    others = [step.chord for step in cue.steps if step.chord not in near]
    return others[int(rng.integers(len(others)))]


Voice = tuple[int, int]  # number of a part, and a pitch, or 1000 and more for a controller
Event = tuple[float, float, int]  # seconds, its end as far as it lies in the stretch, velocity or value


def differing(old: Cue, new: Cue, stretch: Stretch) -> list[float]:
    """Seconds of the new cue at which a note or a controller in a stretch is other than it was."""
    before, after = _events(old, stretch, stretch.shift), _events(new, stretch, 0.0)
    return [
        time
        for voice in before.keys() | after.keys()
        for time in _unmatched(before.get(voice, []), after.get(voice, []))
    ]


def _unmatched(before: list[Event], after: list[Event]) -> Iterator[float]:
    """The times of events that only one of two lists has."""
    one, other = 0, 0
    while one < len(before) and other < len(after):
        (start, end, value), (new_start, new_end, new_value) = before[one], after[other]
        if abs(start - new_start) < _TICK and value == new_value:
            one, other = one + 1, other + 1
            if abs(end - new_end) >= _TICK:
                yield min(end, new_end)
        elif start < new_start:
            yield start
            one += 1
        else:
            yield new_start
            other += 1
    yield from (event[0] for event in (*before[one:], *after[other:]))


def _events(cue: Cue, stretch: Stretch, shift: float) -> dict[Voice, list[Event]]:
    """What is struck or moved in a stretch, in order."""
    found: dict[Voice, list[Event]] = defaultdict(list)
    for number, part in enumerate(arrange(cue).parts):
        for note in part.notes:
            start, end = (float(cue.tempo.seconds_at(beat)) + shift for beat in (note.start, note.end))
            if stretch.start - _TICK <= start < stretch.end - _TICK:
                found[number, note.pitch].append((start, min(end, stretch.end), note.velocity))
        for control in part.controls:
            at = float(cue.tempo.seconds_at(control.beat)) + shift
            if stretch.start - _TICK <= at < stretch.end - _TICK:
                found[number, 1000 + control.number].append((at, at, control.value))
    return found


def reach(times: list[float], stretch: Stretch) -> float:
    """How far into a stretch, from the change it lies beside, anything is other."""
    edges = [stretch.start] * stretch.after_change + [stretch.end] * stretch.before_change
    return max((min(abs(time - edge) for edge in edges) for time in times if edges), default=0.0)


def leading(cue: Cue) -> tuple[float, int]:
    """Semitones that an upper voice moves from chord to chord on average, and outer parallels."""
    style = style_named(cue.style)
    voicings = [v for v in step_voicings(cue, form_of(cue, stops=style.stops), style) if v is not None]
    moves = [(a, b) for a, b in pairwise(voicings) if a != b]
    motion = sum(abs(y - x) for a, b in moves for x, y in zip(a.upper, b.upper, strict=True)) / 3 / max(len(moves), 1)
    return motion, sum(has_outer_parallels(a, b) for a, b in moves)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cues", type=int, default=24)
    parser.add_argument("--margin", type=float, default=4.0, help="seconds")
    options = parser.parse_args()
    models = Models(
        load_chord_model(default_checkpoint("amt")).double(), load_regressor(default_checkpoint("regressor")).double()
    )
    cases = [case for seed in range(options.cues) for case in cases_of(seed, models)]
    for remembers in (False, True):
        print("as it is" if remembers else "without memory of the playing")
        table(cases, options.margin, remembers=remembers)


def table(cases: list[Case], margin: float, *, remembers: bool) -> None:
    """Print a row for each style."""
    print("| style |" + "".join(f" {kind} |" for kind in KINDS) + " motion | parallels |")
    print("|---|" + "---|" * (len(KINDS) + 2))
    for style in style_names():
        reaches: dict[str, list[float]] = defaultdict(list)
        motions, parallels = [], 0
        for case in cases:
            old, new = case.in_style(style, remembers=remembers)
            found = [(differing(old, new, stretch), stretch) for stretch in case.kept]
            reaches[case.kind].append(max((reach(times, stretch) for times, stretch in found), default=0.0))
            motion, count = leading(new)
            motions.append(motion)
            parallels += count
        cells = [
            f"{100 * sum(far > margin for far in reaches[kind]) / len(reaches[kind]):.0f} % ({max(reaches[kind]):.0f} "
            f"s)"
            for kind in KINDS
        ]
        print(f"| {style} | " + " | ".join(cells) + f" | {np.mean(motions):.3f} | {parallels} |", flush=True)


if __name__ == "__main__":
    main()
