"""Room for speech: where somebody speaks, the lead plays on the beats only, and softer.

What meets a hit point stays, as do the chords, the other parts and every note outside the spoken steps.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import speaking_share
from hitpoint.core.music.score import Note, Part

_SPOKEN = 0.5  # share of a step
_SOFTER = 8  # of a velocity
_ON_BEAT = 0.02  # beats


def with_room_for_speech(parts: tuple[Part, ...], cue: Cue) -> tuple[Part, ...]:
    """The parts of a cue, the first of them (the lead) thinned where somebody speaks."""
    if not cue.speech or not parts:
        return parts
    starts = [float(cue.step_start(index)) for index in range(len(cue.steps) + 1)]
    spoken = [speaking_share(cue.speech, *starts[index : index + 2]) > _SPOKEN for index in range(len(cue.steps))]
    wanted = sorted(float(cue.start + time) for time in cue.wanted_times)
    frame = float(cue.edit.rate.seconds(1))
    kept: list[Note] = []
    for note in parts[0].notes:
        time = float(cue.start + cue.tempo.seconds_at(note.start))
        step = max(bisect_left(starts, time + frame / 2) - 1, 0)
        if step >= len(spoken) or not spoken[step] or _is_near(wanted, time, frame):
            kept.append(note)
        elif abs(note.start - round(note.start)) < _ON_BEAT or _is_near(starts, time, frame):
            kept.append(replace(note, velocity=max(note.velocity - _SOFTER, 1)))
    return (replace(parts[0], notes=tuple(kept)), *parts[1:])


def _is_near(times: list[float], time: float, reach: float) -> bool:
    index = bisect_left(times, time)
    return any(abs(other - time) <= reach for other in times[max(index - 1, 0) : index + 1])
