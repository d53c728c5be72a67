"""The cue: everything needed to play it again and to go on with it.

A cue covers the timeline frames ``start_frame .. end_frame`` of its edit. It is divided into steps of half a bar (two
beats of 4/4, one and a half of 3/4 or 6/8; one or two seconds), each with one chord; with ``b`` beats a step, step
``i`` lasts from beat ``b * i`` to ``b * (i + 1)`` of the tempo map, and the last one ends with the cue. A wanted hit
point that lies off this grid draws the start of a step to itself. What bars and sections these steps make is the cue's
plan. A value never changes: what an editor does is a function from cue to cue.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from hitpoint.core.cue.dynamics import Dynamics
from hitpoint.core.cue.form.form_plan import FormPlan
from hitpoint.core.cue.hit_wishes import HitPoint, HitWish, hit_points, wanted_frames
from hitpoint.core.cue.likeness import Likeness
from hitpoint.core.cue.sound import DuckPoint, Sound, Speech, duck_curve
from hitpoint.core.cue.step_starts import drawn_starts
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.cue.tune import TuneNote
from hitpoint.core.edit import Edit
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.music.theme import Theme

BEATS_PER_STEP = 2  # of a cue without a plan, in 4/4

_LAYING = frozenset({"edit", "start_frame", "end_frame", "tempo", "hits", "plan"})  # what the starts of steps hang on
_LAID = frozenset({"start", "seconds", "hit_points", "wanted_times", "_starts"})  # what is worked out from those


@dataclass(frozen=True)
class Step:
    """Half a bar of a cue.

    Attributes:
        chord: in the sounding key.
        locked: whether the chord may not be composed anew.
        density: notes sounding in a second, 0..42 as in MuVi-Sync.
        loudness: RMS, linear 0..1 as in MuVi-Sync.
        drawn: whether the editor drew the density, so that the picture has no say in it.
        loudness_drawn: likewise the loudness.
    """

    chord: Chord
    locked: bool = False
    density: float = 10.0
    loudness: float = 0.17
    drawn: bool = False
    loudness_drawn: bool = False


@dataclass(frozen=True)
class Played:
    """How a step was played, where that hangs on other steps too: it is played so again, whatever becomes of those.

    Attributes:
        level: of activity, 0..8; it counts as long as the step's density allows it. None to find it anew.
        voicing: MIDI pitches of its chord, the bass first; it counts as long as it is one of its chord. None in a rest,
            or to have it led anew.
        figure: number of the played bar (:mod:`hitpoint.core.arrange.textures.texture_bank`) that accompanies the
            step's bar. None for none, or to have it chosen anew.
        tune: notes of the lead that begin in it, in order.
        is_written: whether that is all of the tune; otherwise notes that are not locked are written anew, in their own
            rhythm if there are any.
        hands: names of parts, empty for all, and the seed by which each chooses here instead of the cue's.
        tune_range: lowest and highest pitch of the tune that others made way for here; empty where it was silent. None
            to look at the tune again.
    """

    level: int | None = None
    voicing: tuple[int, int, int, int] | None = None
    figure: int | None = None
    tune: tuple[TuneNote, ...] = ()
    is_written: bool = False
    hands: tuple[tuple[str, int], ...] = ()
    tune_range: tuple[int, ...] | None = None


@dataclass(frozen=True)
class Reroll:
    """Steps ``first .. end`` (exclusive) were composed again with a seed of their own."""

    first: int
    end: int
    seed: int


@dataclass(frozen=True)
class KeptPhrase:
    """A phrase as it was before the cut changed.

    Attributes:
        first: number of its first step; it may lie before the steps that are kept, or before the cue.
        number: by which its motif, its line and its silence are drawn.
        section: what for, as the arranger calls it; None where the form decides again.
        opening: the ``place`` of its first step.
    """

    first: int
    number: int
    section: str | None
    opening: int


@dataclass(frozen=True)
class KeptSteps:
    """Steps that are played as they were before the cut changed and other steps came before them.

    Attributes:
        first: number of the first.
        end: of the first after them.
        place: number that the first one had when it was new; the players' choices hang on it.
        phrases: that they belong to, in order.
    """

    first: int
    end: int
    place: int
    phrases: tuple[KeptPhrase, ...]


@dataclass(frozen=True)
class ChordSpan:
    """Neighbouring steps with one chord and one lock state; seconds from the start of the timeline."""

    start: Fraction
    end: Fraction
    chord: Chord
    locked: bool


@dataclass(frozen=True)
class Cue:
    """Music for a stretch of an edit.

    Attributes:
        edit: the cut it was written for.
        start_frame: first timeline frame with music.
        end_frame: first timeline frame after it.
        key: in which it sounds.
        tempo: beats from the start of the cue.
        steps: cover the cue; the last may be cut short by its end.
        moods: wishes and proposals, in order, without overlap, inside the cue.
        style: name of the arrangement.
        seed: of every choice; the same cue and seed give the same notes.
        rerolls: what was composed again, in order. They leave ``seed`` alone, because the players' choices hang on it
            and a new one would change every note.
        hits: the editor's own hit points, besides cuts and markers.
        sound: how it is delivered.
        speech: where somebody speaks in the edit's own sound, in order, without overlap.
        mood_strength: how strongly wished moods are obeyed: 0 not at all, 1 clearly, 2 above all else.
        change_rate: chord changes a step that the editor wishes, 0..1, wherever no mood says otherwise; None for none.
        kept: stretches that are played as they were when they had other numbers, in order, without overlap.
        bpm: quarter notes a minute if the editor fixed them; None for a tempo fitted to the picture.
        playing: how each step was played, None where that is not known; empty if it is known of none.
        plan: its bars, sections, keys and tension; None of a cue that nobody planned, which is in 4/4.
        tail_frames: frames that the music rings on after its last one, over whatever comes in the timeline.
        like: the recording that it follows, if it does.
        prompts: what was asked for in words, as it was written.
        dynamics: "mean" for what the regressor expects, "flow" for curves drawn around it, other ones in each take.
        name: among the cues of its timeline, such as "1M1"; empty for the only one, which needs none.
        theme: of its tune; None for one that is still to be found.
        tune_seed: of the tune, where it was asked for again; None for ``seed``.
        part_seeds: names of parts that were asked for again, in order, and the seed of what each draws.
        theme_name: of a theme that it shares with other cues of its film; empty for one of its own.
        join: how it leads to the next cue, a value of :class:`hitpoint.core.cue.film.joins.Join`.
        weights: SHA-256 of the networks that wrote its chords and dynamics, in the order of use; empty where nobody
            noted it.
        styling: where other ensembles play, in order, without overlap.
        heard: first timeline frame that sounds of it and first one after that, where that is not all: what is composed
            beyond stays, as the handles of a clip do (:mod:`hitpoint.core.cue.heard`).
    """

    edit: Edit
    start_frame: int
    end_frame: int
    key: Key
    tempo: TempoMap
    steps: tuple[Step, ...]
    moods: tuple[MoodSpan, ...]
    style: str
    seed: int
    rerolls: tuple[Reroll, ...] = ()
    hits: tuple[HitWish, ...] = ()
    sound: Sound = field(default_factory=Sound)
    speech: tuple[Speech, ...] = ()
    mood_strength: float = 1.0
    change_rate: float | None = None
    bpm: float | None = None
    kept: tuple[KeptSteps, ...] = ()
    playing: tuple[Played | None, ...] = ()
    plan: FormPlan | None = None
    tail_frames: int = 0
    like: Likeness | None = None
    name: str = ""
    theme: Theme | None = None
    tune_seed: int | None = None
    part_seeds: tuple[tuple[str, int], ...] = ()
    prompts: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    styling: tuple[StyleSpan, ...] = ()
    theme_name: str = ""
    join: str = "cut"
    dynamics: Dynamics = "mean"
    heard: tuple[int, int] | None = None

    @cached_property
    def start(self) -> Fraction:
        """Seconds from the start of the timeline to the first sample of music."""
        return self.edit.rate.seconds(self.start_frame)

    @cached_property
    def seconds(self) -> Fraction:
        """Length of the music."""
        return self.edit.rate.seconds(self.end_frame - self.start_frame)

    @property
    def samples(self) -> int:
        """Length of the music in samples at 48 kHz, its tail included."""
        return self.edit.rate.samples(self.end_frame - self.start_frame + self.tail_frames)

    @property
    def tail(self) -> Fraction:
        """Seconds that it rings on after its end."""
        return self.edit.rate.seconds(self.tail_frames)

    @property
    def beats_per_step(self) -> Fraction:
        """Quarter notes a step."""
        return Fraction(BEATS_PER_STEP) if self.plan is None else self.plan.beats_per_step

    def key_at(self, index: int) -> Key:
        """The key that a step is in."""
        return self.key if self.plan is None else self.plan.key_at(index)

    def step_start(self, index: int) -> Fraction:
        """Start of a step in seconds from the start of the timeline; ``len(steps)`` gives the end of the cue."""
        starts = self._starts[0]
        return self.start + (starts[index] if index < len(starts) else self.seconds)

    @property
    def duck(self) -> tuple[DuckPoint, ...]:
        """The gain that lets speech through, if the sound asks for one."""
        return duck_curve(self.speech, self.sound.duck, float(self.start), float(self.start + self.seconds))

    @property
    def hit_steps(self) -> frozenset[int]:
        """The steps that start on a wanted hit point."""
        return self._starts[1]

    @cached_property
    def hit_points(self) -> tuple[HitPoint, ...]:
        """Cuts, markers and the editor's own hits inside the cue, in order."""
        full = None if self.plan is None else frozenset(hit.frame for hit in self.plan.full_hits)
        return hit_points(self.edit, self.start_frame, self.end_frame, self.hits, full)

    @cached_property
    def wanted_times(self) -> dict[Fraction, float]:
        """Seconds from the start of the cue to each moment that the music is to meet, and how much it matters."""
        frames = wanted_frames(self.hit_points)
        return {self.edit.rate.seconds(frame - self.start_frame): priority for frame, priority in frames.items()}

    @cached_property
    def _starts(self) -> tuple[tuple[Fraction, ...], frozenset[int]]:
        """Seconds from the start of the cue at which its steps start, as far as they lie inside it; which are hits."""
        return starts_of_steps(self, len(self.steps))

    @property
    def chord_spans(self) -> tuple[ChordSpan, ...]:
        """The harmony as it is heard: steps with the same chord and lock joined."""
        spans: list[ChordSpan] = []
        for index, step in enumerate(self.steps):
            end = self.step_start(index + 1)
            last = spans[-1] if spans else None
            if last is not None and (last.chord, last.locked) == (step.chord, step.locked):
                spans[-1] = ChordSpan(last.start, end, step.chord, step.locked)
            else:
                spans.append(ChordSpan(self.step_start(index), end, step.chord, step.locked))
        return tuple(spans)

    @property
    def next_seed(self) -> int:
        """A seed that no chord of this cue was composed with yet: one more than the largest."""
        parts = [seed for _, seed in self.part_seeds]
        tunes = [] if self.tune_seed is None else [self.tune_seed]
        return max([self.seed, *(reroll.seed for reroll in self.rerolls), *parts, *tunes]) + 1


def altered(cue: Cue, **fields: Any) -> Cue:
    """The cue with other values; where its steps start is not worked out again if nothing of that changed."""
    changed = replace(cue, **fields)
    if not _LAYING.intersection(fields) and len(changed.steps) == len(cue.steps):
        known = {name: value for name, value in vars(cue).items() if name in _LAID}
        vars(changed).update(known)
    return changed


def step_count(seconds: Fraction, tempo: TempoMap, beats_per_step: Fraction | int = BEATS_PER_STEP) -> int:
    """Steps that a cue of this length begins; the last one may be cut short."""
    return max(1, math.ceil(tempo.beat_at(seconds) / beats_per_step))


def starts_of_steps(cue: Cue, count: int) -> tuple[tuple[Fraction, ...], frozenset[int]]:
    """Where the steps of a cue would start if it had so many, in seconds from its start, and which are hits."""
    grid = cue.tempo.seconds_of_grid(cue.beats_per_step, count)
    inside = grid[: bisect_left(grid, cue.seconds)]
    return drawn_starts(inside, cue.seconds, cue.wanted_times, cue.edit.rate.seconds(1) / 2)


def steps_inside(cue: Cue, start: Fraction, end: Fraction) -> range:
    """The steps that lie in a stretch of the timeline (seconds) from beginning to end, give or take a frame.

    Nothing outside the stretch sounds with them. Empty if no step fits into it.
    """
    frame = cue.edit.rate.seconds(1)
    count = len(cue.steps)
    first = next((index for index in range(count) if cue.step_start(index) >= start - frame), count)
    last = next((index for index in range(count, first, -1) if cue.step_start(index) <= end + frame), first)
    return range(first, last)


def steps_touching(cue: Cue, start: Fraction, end: Fraction) -> range:
    """The steps that sound in a stretch of the timeline (seconds) for more than a frame."""
    frame = cue.edit.rate.seconds(1)
    touching = [
        index
        for index in range(len(cue.steps))
        if cue.step_start(index) < end - frame and cue.step_start(index + 1) > start + frame
    ]
    return range(touching[0], touching[-1] + 1) if touching else range(0)
