"""How well a cue follows a recording, 0..1 in each respect, measured on the cue as it is written."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.like.curves import smoothed_curve
from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.cue.cue import Cue
from hitpoint.core.model.vocabulary import SILENCE, chord_of

_NEAR = 0.03  # seconds between beats that are one

Floats = NDArray[np.float64]


def agreements(cue: Cue, temp: Temp) -> dict[str, float]:
    """Each measure that can be taken; correlations below 0 count as 0."""
    times = np.array([float(cue.step_start(index) - cue.start) for index in range(len(cue.steps))])
    steps = cue.steps
    found = {
        "beats": beat_agreement(cue, temp),
        "form": border_agreement(cue, temp),
        "dynamics": curve_agreement(temp, "loudness", times, [step.loudness for step in steps]),
        "density": curve_agreement(temp, "density", times, [step.density for step in steps]),
        "chords": chord_agreement(cue, temp, times),
    }
    return {name: round(value, 4) for name, value in found.items() if value is not None}


def beat_agreement(cue: Cue, temp: Temp) -> float | None:
    """The share of the cue's beats, where the recording has any, that lie within 30 ms of one of its."""
    if len(temp.beats) < 2:
        return None
    beat = 1 if cue.plan is None else cue.plan.metre.pulse
    count = int(cue.tempo.beat_at(cue.seconds) / beat) + 1
    times = np.array([float(cue.tempo.seconds_at(index * beat)) for index in range(count)])
    inside = times[(times >= temp.beats[0] - _NEAR) & (times <= temp.beats[-1] + _NEAR)]
    if not len(inside):
        return None
    return float(np.mean(np.abs(inside[:, None] - temp.beats[None, :]).min(axis=1) <= _NEAR))


def border_agreement(cue: Cue, temp: Temp) -> float | None:
    """The share of the recording's section borders that lie within a bar of one of the cue's."""
    wanted = [start for start, _ in temp.sections(float(cue.seconds)) if start > 0]
    if cue.plan is None or not wanted:
        return None
    firsts = [cue.plan.bar_starts[section.first_bar] for section in cue.plan.sections]
    starts = [float(cue.step_start(step) - cue.start) for step in firsts]
    bar = float(cue.seconds) / max(len(cue.plan.bar_steps), 1)
    return float(np.mean([min(abs(start - want) for start in starts) <= bar for want in wanted]))


def curve_agreement(temp: Temp, name: str, times: Floats, values: Sequence[float]) -> float | None:
    """The correlation of a curve of the recording, over three seconds, with one of the cue, a value a step."""
    if not len(times):
        return None
    curve = smoothed_curve(temp, name, int(times[-1]) + 1)
    heard = np.array([curve[int(time)] for time in times])
    known = ~np.isnan(heard)
    own = np.array(values, dtype=np.float64)[known]
    heard = 10.0 ** (heard[known] / 20.0) if name == "loudness" else heard[known]
    if len(own) < 8 or own.std() < 1e-9 or heard.std() < 1e-9:
        return None
    return max(float(np.corrcoef(own, heard)[0, 1]), 0.0)


def chord_agreement(cue: Cue, temp: Temp, times: Floats) -> float | None:
    """The share of steps that have the root and the third of the chord that was heard, in the key that was heard."""
    if temp.heard.key is None:
        return None
    moved = temp.heard.key.tonic - cue.key.tonic
    same, count = 0, 0
    for step, time in zip(cue.steps, times, strict=True):
        heard = temp.chord_at(float(time) + 0.1)
        if heard is None or heard.token == SILENCE or step.chord.root is None:
            continue
        chord = chord_of(heard.token)
        count += 1
        own = step.chord.transposed(moved)
        same += own.root == chord.root and own.is_minor_type == chord.is_minor_type
    return same / count if count else None
