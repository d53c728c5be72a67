"""The way through latent space in time with a cue: where it is at each frame, and how bright that is.

The walk arrives at a place on every section start, hit, bar line and chord change. It moves slowly away from an arrival
and fastest just before the next, and stops short on its frame: that is when the eye says "now". An arrival also lights
the picture up, as far as it matters. A section's places lie around its find, and a theme that comes back brings its own
places with it. Brightness follows the loudness of the mix.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.form.bar_lines import bar_beats
from hitpoint.core.cue.cue import Cue
from hitpoint.core.visuals.generator import Latent, slerp
from hitpoint.core.visuals.pattern import View

_NEAREST = 0.16  # seconds between two arrivals; of nearer ones the weightier counts
_REST = 0.25  # of the way goes evenly; all else speeds up towards the arrival
_PULSE_SECONDS = 0.7
_LIGHT_RANGE = (0.82, 1.12)  # factor on lightness, from the softest to the loudest
_PULSE_LIGHT, _PULSE_GLOW, _PULSE_ZOOM = 0.15, 0.9, 0.045
_FALL_SECONDS = 0.35  # in which brightness follows a sound that ends
_RANGE_DECIBELS = 24.0  # below the loudest that count as soft

Numbers = NDArray[np.float64]


class Kind(IntEnum):
    """What the walk arrives on; the higher counts where two fall together."""

    CHORD = 1
    BAR = 2
    HIT = 3
    SECTION = 4


_STRENGTH = {Kind.CHORD: 0.12, Kind.BAR: 0.5, Kind.HIT: 0.9, Kind.SECTION: 1.0}  # of the light
_AWAY = {Kind.CHORD: 0.07, Kind.BAR: 0.16, Kind.HIT: 0.30, Kind.SECTION: 0.0}  # of the way from the find to a stranger


@dataclass(frozen=True)
class Stretch:
    """A section of the cue as the walk sees it: frames from the start of the cue.

    Attributes:
        first: frame.
        end: first frame after it.
        name: for the editor.
        theme: letter of what comes back; a number where nothing is to come back.
        calm: 0 (excited) .. 1 (calm).
    """

    first: int
    end: int
    name: str
    theme: str
    calm: float


@dataclass(frozen=True, eq=False)
class Arrival:
    """A frame of the film, counted from 0, on which the walk reaches a place; ``stretch`` is its section's number."""

    frame: int
    kind: Kind
    stretch: int
    latent: Latent


@dataclass(frozen=True, eq=False)
class Walk:
    """Where the film is at each frame.

    Attributes:
        arrivals: in order, the first at frame 0.
        frames: of the film.
        flow: (frames,) turns that the waves have run.
        light: (frames,) factor on lightness.
        pulse: (frames,) 0..1, what is left of the last arrival's light.
    """

    arrivals: tuple[Arrival, ...]
    frames: int
    flow: Numbers
    light: Numbers
    pulse: Numbers

    def at(self, frame: int) -> tuple[Latent, View]:
        """Place and view of a frame."""
        number = self._before(frame)
        here = self.arrivals[number]
        latent = here.latent
        if number + 1 < len(self.arrivals) and frame > here.frame:
            there = self.arrivals[number + 1]
            latent = slerp(latent, there.latent, _eased((frame - here.frame) / (there.frame - here.frame)))
        pulse, flow = float(self.pulse[frame]), float(self.flow[frame])
        return latent, View(
            turn=0.11 * flow,
            zoom=1.0 + _PULSE_ZOOM * pulse,
            flow=flow,
            light=float(self.light[frame]) * (1.0 + _PULSE_LIGHT * pulse),
            glow=_PULSE_GLOW * pulse,
        )

    def _before(self, frame: int) -> int:
        return int(np.searchsorted([arrival.frame for arrival in self.arrivals], frame, side="right")) - 1


def stretches_of(cue: Cue) -> tuple[Stretch, ...]:
    """The sections of a cue, or all of it where nobody planned any."""
    frames, arousals = _film_frames(cue), [span.affect.arousal for span in cue.moods] or [0.0]
    calm = (1.0 - sum(arousals) / len(arousals)) / 2.0
    if cue.plan is None:
        return (Stretch(0, frames, "Music", "A", calm),)
    starts = [_frame(cue, cue.step_start(cue.plan.steps_of(section).start)) for section in cue.plan.sections]
    edges = [0, *starts[1:], frames]
    found = []
    for number, section in enumerate(cue.plan.sections):
        if edges[number] < edges[number + 1]:
            first, end = edges[number], edges[number + 1]
            calm = 1.0 - (0.5 * section.tension + 0.25 * (1.0 + _arousal(cue, first, end)))
            found.append(Stretch(first, end, section.name, section.letter or str(number), calm))
    return tuple(found)


def arrival_frames(cue: Cue, stretches: Sequence[Stretch]) -> dict[int, Kind]:
    """The frames (from the start of the cue) on which the walk arrives, in order, and on what."""
    found: dict[int, Kind] = {}
    bars = [cue.start + cue.tempo.seconds_at(beat) for beat in bar_beats(cue)]
    for kind, times in (
        (Kind.CHORD, [span.start for span in cue.chord_spans]),
        (Kind.BAR, bars),
        (Kind.HIT, [cue.start + time for time in cue.wanted_times]),
    ):
        found.update({_frame(cue, time): kind for time in times})
    found.update({stretch.first: Kind.SECTION for stretch in stretches})
    apart = max(1, cue.edit.rate.nearest_frame(_NEAREST))
    kept: dict[int, Kind] = {}
    for frame, kind in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        if 0 <= frame < _film_frames(cue) and all(abs(frame - other) >= apart for other in kept):
            kept[frame] = kind
    return dict(sorted(kept.items()))


def plan_walk(
    cue: Cue, stretches: Sequence[Stretch], finds: Mapping[str, Latent], loudness: Numbers, seed: int
) -> Walk:
    """The walk of a cue.

    Args:
        cue: the music.
        stretches: its sections.
        finds: a place for each theme.
        loudness: (frames,) RMS of the mix in each frame of the film, 0..1.
        seed: of the places around the finds.
    """
    arrivals: list[Arrival] = []
    counts: dict[int, int] = {}
    for frame, kind in arrival_frames(cue, stretches).items():
        number = next(n for n in reversed(range(len(stretches))) if stretches[n].first <= frame)
        theme = stretches[number].theme
        count = counts[number] = counts.get(number, -1) + 1
        rng = np.random.default_rng([seed, count, *theme.encode()])
        find = finds[theme]
        stranger = rng.normal(0.0, 1.0, find.shape)
        arrivals.append(Arrival(frame, kind, number, slerp(find, stranger, _AWAY[kind])))
    frames, rate = len(loudness), float(cue.edit.rate.frames_per_second)
    pulse = _pulse(arrivals, stretches, frames, rate)
    flow = _flow(arrivals, stretches, frames, rate)
    return Walk(tuple(arrivals), frames, flow, _light(loudness, rate), pulse)


def pace(calm: float) -> float:
    """Turns that waves run in a second."""
    return 0.030 + 0.090 * (1.0 - min(max(calm, 0.0), 1.0))


def _eased(share: float) -> float:
    return _REST * share + (1.0 - _REST) * share**3


def _film_frames(cue: Cue) -> int:
    return cue.end_frame - cue.start_frame + cue.tail_frames


def _frame(cue: Cue, time: object) -> int:
    """The frame of the film that shows a time of the timeline."""
    return int(cue.edit.rate.nearest_frame(time)) - cue.start_frame  # type: ignore[arg-type]


def _arousal(cue: Cue, first: int, end: int) -> float:
    start, stop = (float(cue.start + cue.edit.rate.seconds(frame)) for frame in (first, end))
    shares = [(max(0.0, min(m.end, stop) - max(m.start, start)), m.affect.arousal) for m in cue.moods]
    total = sum(share for share, _ in shares)
    return sum(share * arousal for share, arousal in shares) / total if total else 0.0


def _pulse(arrivals: Sequence[Arrival], stretches: Sequence[Stretch], frames: int, rate: float) -> Numbers:
    """What is left at each frame of the strongest light so far."""
    found = np.zeros(frames)
    for arrival in arrivals:
        strength = _STRENGTH[arrival.kind] * (1.0 - 0.6 * stretches[arrival.stretch].calm)
        left = np.maximum(1.0 - np.arange(frames - arrival.frame) / rate / _PULSE_SECONDS, 0.0)
        part = found[arrival.frame :]
        np.maximum(part, strength * left * left, out=part)
    return found


def _flow(arrivals: Sequence[Arrival], stretches: Sequence[Stretch], frames: int, rate: float) -> Numbers:
    """Turns run until each frame: as fast as the section is excited, faster towards an arrival."""
    steps = np.zeros(frames)
    ends = [*(arrival.frame for arrival in arrivals[1:]), frames]
    for arrival, end in zip(arrivals, ends, strict=True):
        share = np.arange(1, end - arrival.frame + 1) / (end - arrival.frame)
        speed = _REST + 3.0 * (1.0 - _REST) * share * share
        steps[arrival.frame : end] = pace(stretches[arrival.stretch].calm) / rate * (0.6 + 0.4 * speed)
    return np.concatenate([[0.0], np.cumsum(steps)[:-1]])


def _light(loudness: Numbers, rate: float) -> Numbers:
    """Brightness by loudness: up at once, down within a third of a second."""
    level = 20.0 * np.log10(np.maximum(loudness, 1e-6))
    share = np.clip(1.0 + (level - level.max(initial=-120.0)) / _RANGE_DECIBELS, 0.0, 1.0)
    kept, held = 1.0 - 1.0 / max(_FALL_SECONDS * rate, 1.0), 0.0
    smooth = np.empty_like(share)
    for frame, value in enumerate(share):
        held = max(value, held * kept + value * (1.0 - kept))
        smooth[frame] = held
    low, high = _LIGHT_RANGE
    return np.asarray(low + (high - low) * smooth)
