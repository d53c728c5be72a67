"""What the lanes show, as plain values without Qt: made once from an edit and a cue, then only looked at.

Times are seconds from the start of the timeline, as floats: the lanes only draw them. Frames are whole numbers of the
timeline. Waveforms and thumbnails arrive later, by calls of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import DuckPoint
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.edit import Edit, ShotKind
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.tempo import TempoMap
from hitpoint.ui.lanes.drawing.overlay_items import OverlayItem, overlay_items
from hitpoint.ui.lanes.drawing.scale import TimecodeRuler, TimeScale

Floats = NDArray[np.float64]
_COARSER = 16  # peaks in one of the next coarser level
CUT, MARKER, OWN = "cut", "marker", "own"


def _none() -> Floats:
    return np.zeros(0)


@dataclass(frozen=True)
class ShotItem:
    """What is seen between two cuts."""

    start: float
    end: float
    name: str
    kind: ShotKind
    is_missing: bool


@dataclass(frozen=True)
class HitItem:
    """A moment that the music may meet.

    Attributes:
        frame: of the timeline.
        time: of that frame.
        event: "cut", a marker's text, or what the editor wrote.
        source: CUT, MARKER or OWN; a marker on a cut is a marker.
        wanted: whether the music is to meet it.
        error: seconds from the moment to the musical event nearest to it, negative when that is early; None when nobody
            has measured it.
    """

    frame: int
    time: float
    event: str
    source: str
    wanted: bool
    error: float | None = None


@dataclass(frozen=True, eq=False)
class StepCurves:
    """The steps of a cue, one entry a step.

    Attributes:
        edges: start of each step, and the end of the last.
        chords: in the sounding key.
        locked: whether the chord may not be composed anew.
        density: notes a second, 0..42.
        loudness: RMS, 0..1.
        drawn: whether the density was drawn by hand; ``loudness_drawn`` whether the loudness was.
        uses_flats: whether the key is written with flats.
    """

    edges: Floats = field(default_factory=_none)
    chords: tuple[Chord, ...] = ()
    locked: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    density: Floats = field(default_factory=_none)
    loudness: Floats = field(default_factory=_none)
    drawn: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    loudness_drawn: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(0, np.bool_))
    uses_flats: bool = False

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self.chords)

    def step_at(self, seconds: float) -> int | None:
        """The step that sounds at a time; None outside the cue."""
        if not len(self) or not self.edges[0] <= seconds < self.edges[-1]:
            return None
        return min(int(np.searchsorted(self.edges, seconds, side="right")) - 1, len(self) - 1)

    def nearest_step(self, seconds: float) -> int:
        """The step at a time, the first or last one outside; only when there are steps."""
        place = int(np.searchsorted(self.edges, seconds, side="right")) - 1
        return min(max(place, 0), len(self) - 1)


@dataclass(frozen=True, eq=False)
class TempoCurve:
    """Where beats lie and how fast they come.

    Attributes:
        beats: time of each beat of the cue.
        beats_per_bar: of the metre.
        times: where a tempo begins.
        bpm: quarter notes a minute from there on.
    """

    beats: Floats = field(default_factory=_none)
    beats_per_bar: int = 4
    times: Floats = field(default_factory=_none)
    bpm: Floats = field(default_factory=_none)


@dataclass(frozen=True, eq=False)
class WavePeaks:
    """A sound made small enough to draw.

    Attributes:
        start: seconds from the start of the timeline to the first peak.
        per_second: peaks a second.
        low: lowest sample of each peak, -1..0.
        high: highest sample of each peak, 0..1; as many as ``low``.
    """

    start: float
    per_second: float
    low: NDArray[np.float32]
    high: NDArray[np.float32]

    def columns(self, scale: TimeScale, width: int) -> tuple[Floats, Floats]:
        """The lowest and highest sample in each pixel ``0 .. width`` (exclusive); NaN where there is no sound."""
        if self.per_second > 2 * _COARSER * scale.pixels_per_second:
            return self._coarser.columns(scale, width)
        low, high = np.full(width, np.nan), np.full(width, np.nan)
        seconds = (np.arange(width + 1) + scale.offset) / scale.pixels_per_second
        place = (seconds - self.start) * self.per_second
        first = np.floor(place[:-1]).astype(np.int64)
        end = np.maximum(np.ceil(place[1:]).astype(np.int64), first + 1)
        there = (end > 0) & (first < len(self.high))
        if there.any():
            first, end = np.clip(first[there], 0, None), np.clip(end[there], 0, len(self.high))
            pairs = np.stack([first, end], axis=1).ravel() - first[0]
            seen = slice(int(first[0]), int(end[-1]))
            low[there] = np.minimum.reduceat(np.append(self.low[seen], 0.0), pairs)[::2]
            high[there] = np.maximum.reduceat(np.append(self.high[seen], 0.0), pairs)[::2]
        return low, high

    @cached_property
    def _coarser(self) -> WavePeaks:
        """The same sound in fewer peaks, for a view of hours."""
        starts = np.arange(0, len(self.high), _COARSER)
        low, high = np.minimum.reduceat(self.low, starts), np.maximum.reduceat(self.high, starts)
        return WavePeaks(self.start, self.per_second / _COARSER, low, high)


@dataclass(frozen=True)
class NoteItem:
    """A note of the melody.

    The beat it is named by, seconds of start and end, pitch, lock, and how long a sixteenth is.
    """

    beat: Fraction
    start: float
    end: float
    pitch: int
    locked: bool
    slot_seconds: float


@dataclass(frozen=True)
class SectionItem:
    """A section of the plan: seconds, first bar, words, key, tension 0..1."""

    start: float
    end: float
    first_bar: int
    name: str
    theme: str
    key: str
    tension: float
    is_summit: bool
    is_locked: bool


@dataclass(frozen=True)
class FormCurve:
    """The plan of the cue.

    Attributes:
        sections: in order; none without a plan.
        bars: seconds of each bar line, and the end of the music.
        tension: 0..1, one a bar.
    """

    sections: tuple[SectionItem, ...] = ()
    bars: tuple[float, ...] = ()
    tension: tuple[float, ...] = ()


@dataclass(frozen=True, eq=False)
class TimelineData:
    """Everything the lanes show of one edit and one cue.

    Attributes:
        ruler: timecode of the edit.
        seconds: length of the edit, or of the cue if that is longer.
        shots: in order.
        overlays: dissolves and titles over them, in order.
        music: start and end of the cue; None while there is none.
        hits: moments inside the cue, in order, one a frame.
        moods: stretches in order.
        steps: chords, density, loudness.
        tempo: beats and their speed.
        duck: gain of the music under speech.
        notes: of the melody, in order.
        form: sections and tension.
        source: what it was made from, so that the next one need not be made from nothing.
    """

    ruler: TimecodeRuler
    seconds: float
    shots: tuple[ShotItem, ...] = ()
    music: tuple[float, float] | None = None
    hits: tuple[HitItem, ...] = ()
    moods: tuple[MoodSpan, ...] = ()
    steps: StepCurves = field(default_factory=StepCurves)
    tempo: TempoCurve = field(default_factory=TempoCurve)
    duck: tuple[DuckPoint, ...] = ()
    notes: tuple[NoteItem, ...] = ()
    form: FormCurve = field(default_factory=FormCurve)
    source: Cue | None = field(default=None, repr=False)
    overlays: tuple[OverlayItem, ...] = ()

    @property
    def unheard(self) -> tuple[tuple[float, float], ...]:
        """Stretches of the cue that do not sound, in seconds."""
        cue = self.source
        if cue is None or cue.heard is None:
            return ()
        edges = (cue.start_frame, cue.heard[0]), (cue.heard[1], cue.end_frame)
        rate = cue.edit.rate
        return tuple((float(rate.seconds(a)), float(rate.seconds(b))) for a, b in edges if a < b)


def timeline_data(
    edit: Edit, cue: Cue | None = None, measured: Sequence[Hit] = (), before: TimelineData | None = None
) -> TimelineData:
    """What the lanes show.

    Args:
        edit: gives shots and timecode.
        cue: gives the rest; None before anything is composed.
        measured: how well the hits are met, from ``measured_hits`` of the cue's score.
        before: what was shown before; where steps and beats lie is taken from it if nothing has moved them, which for a
            feature takes a sixth of a second to find out anew.
    """
    ruler = TimecodeRuler(edit.rate, edit.start_timecode_frame, edit.drop_frame)
    shots = _shots(edit)
    if cue is None:
        return TimelineData(ruler, float(edit.seconds), shots, overlays=overlay_items(edit))
    start, end = float(cue.start), float(cue.start + cue.seconds)
    lie_alike = before is not None and before.source is not None and _lie_alike(before.source, cue)
    sings_alike = before is not None and before.source is not None and before.source.playing is cue.playing
    made = TimelineData(
        ruler,
        max(float(edit.seconds), end),
        shots,
        (start, end),
        before.hits if before is not None and lie_alike else _hits(cue),
        cue.moods,
        _steps(cue, before.steps.edges if before is not None and lie_alike else _edges(cue)),
        before.tempo if before is not None and lie_alike else _tempo(cue.tempo, start, end),
        cue.duck,
        before.notes if before is not None and lie_alike and sings_alike else _notes(cue),
        _form(cue),
        cue,
        overlay_items(edit),
    )
    return with_errors(made, measured) if measured else made


def with_errors(data: TimelineData, measured: Sequence[Hit]) -> TimelineData:
    """The same with how well its hits are met; those that were not measured lose what was said of them."""
    errors = {data.ruler.rate.nearest_frame(hit.time): hit.error_seconds for hit in measured}
    return replace(data, hits=tuple(replace(hit, error=errors.get(hit.frame)) for hit in data.hits))


def with_tune(data: TimelineData, playing: Cue) -> TimelineData:
    """The same with the melody of its cue as that remembers how it is played."""
    return replace(data, notes=_notes(playing))


def _lie_alike(cue: Cue, other: Cue) -> bool:
    """Whether steps, beats and hits of two cues certainly lie at the same times.

    Changes share what they do not change.
    """
    return (
        cue.edit is other.edit
        and cue.tempo is other.tempo
        and (cue.start_frame, cue.end_frame, len(cue.steps)) == (other.start_frame, other.end_frame, len(other.steps))
        and cue.hits == other.hits
        and (cue.plan and cue.plan.full_hits) == (other.plan and other.plan.full_hits)
    )


def _notes(cue: Cue) -> tuple[NoteItem, ...]:
    """The notes of the tune, in seconds of the timeline."""
    found = []
    for one in tune_of(cue):
        start, end = (float(cue.start + cue.tempo.seconds_at(beat)) for beat in (one.start, one.end))
        slot = float((cue.tempo.seconds_at(one.end) - cue.tempo.seconds_at(one.start)) / (4 * one.note.length))
        found.append(NoteItem(one.start, start, end, one.note.pitch, one.note.locked, slot))
    return tuple(found)


def _shots(edit: Edit) -> tuple[ShotItem, ...]:
    edges = _frame_times(edit, [0, *(shot.end for shot in edit.shots)])
    return tuple(
        ShotItem(edges[i], edges[i + 1], shot.name, shot.kind, shot.kind is ShotKind.PICTURE and shot.media is None)
        for i, shot in enumerate(edit.shots)
    )


def _frame_times(edit: Edit, frames: Sequence[int]) -> list[float]:
    rate = edit.rate.frames_per_second
    times: list[float] = (np.asarray(frames, np.float64) * rate.denominator / rate.numerator).tolist()
    return times


def _hits(cue: Cue) -> tuple[HitItem, ...]:
    cuts = set(cue.edit.cut_frames)
    markers = {marker.frame for marker in cue.edit.markers}
    found: dict[int, HitItem] = {}
    for point in cue.hit_points:
        source = MARKER if point.frame in markers else CUT if point.frame in cuts else OWN
        if point.frame in found and point.event == "cut":
            continue
        time = float(cue.edit.rate.seconds(point.frame))
        found[point.frame] = HitItem(point.frame, time, point.event, source, point.wanted)
    return tuple(found[frame] for frame in sorted(found))


def _form(cue: Cue) -> FormCurve:
    if cue.plan is None:
        return FormCurve()
    end = float(cue.start + cue.seconds)
    grid = cue.tempo.seconds_of_grid(cue.beats_per_step, cue.plan.steps)
    bars = (*(min(float(cue.start + grid[start]), end) for start in cue.plan.bar_starts[:-1]), end)
    sections = tuple(
        SectionItem(
            bars[one.first_bar], bars[one.end_bar], one.first_bar, one.name, one.theme, str(one.key), one.tension,
            one.summit, one.locked,
        )
        for one in cue.plan.sections
    )  # fmt: skip
    return FormCurve(sections, bars, cue.plan.tension)


def _edges(cue: Cue) -> Floats:
    return np.array([float(cue.step_start(index)) for index in range(len(cue.steps) + 1)])


def _steps(cue: Cue, edges: Floats) -> StepCurves:
    return StepCurves(
        edges,
        tuple(step.chord for step in cue.steps),
        np.array([step.locked for step in cue.steps], np.bool_),
        np.array([step.density for step in cue.steps], np.float64),
        np.array([step.loudness for step in cue.steps], np.float64),
        np.array([step.drawn for step in cue.steps], np.bool_),
        np.array([step.loudness_drawn for step in cue.steps], np.bool_),
        cue.key.uses_flats,
    )


def _tempo(tempo: TempoMap, start: float, end: float) -> TempoCurve:
    """The beats of a tempo map from its start to the end of the cue, all times of the timeline."""
    points = np.array([[float(point.beat), float(point.seconds_per_beat)] for point in tempo.points])
    times = np.concatenate([[0.0], np.cumsum(np.diff(points[:, 0]) * points[:-1, 1])])
    beats = np.arange(np.ceil(float(tempo.beat_at(Fraction(end) - Fraction(start)))))
    place = np.searchsorted(points[:, 0], beats, side="right") - 1
    at = start + times[place] + (beats - points[place, 0]) * points[place, 1]
    inside = start + times < end
    return TempoCurve(at, tempo.beats_per_bar, (start + times)[inside], 60 / points[inside, 1])
