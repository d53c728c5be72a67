"""The plan of a cue: what all its players share, for each step of the form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.form import Form
from hitpoint.core.arrange.textures import pitch_of
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.progression import passing_tone
from hitpoint.core.music.voicing import Voicing


@dataclass(frozen=True, eq=False)
class Plan:
    """What all players share.

    Attributes:
        form: sections, phrases, accents, ending.
        key: for passing tones.
        chords: one a step.
        voicings: one a step; None for a rest.
        levels: of activity, one a step.
        velocities: the curve that loudness asks for, one value a step.
        wander: (places, 8) whole numbers, how each sixteenth's velocity wanders; by the step's place.
        choice: (places,) whole numbers from which variants are chosen, by the place of the phrase's first step.
        spoken: whether somebody speaks in a step, so that the top line keeps still.
        seed: of the motif.
    """

    form: Form
    key: Key
    chords: tuple[Chord, ...]
    voicings: tuple[Voicing | None, ...]
    levels: tuple[int, ...]
    velocities: tuple[float, ...]
    wander: NDArray[np.int64]
    choice: NDArray[np.int64]
    spoken: tuple[bool, ...]
    seed: int

    def is_rest(self, step: int) -> bool:
        """Whether nothing is struck in a step: it has no chord, or lies after the last one."""
        return step > self.form.final or self.voicings[step] is None

    def starts(self, step: int) -> float:
        """The beat at which the chord of a step starts."""
        return self.form.steps[step].chord_beat

    def changes_after(self, step: int) -> float:
        """The beat at which another chord follows the one of a step, or the next step starts with the same."""
        return self.starts(step + 1) if step + 1 < len(self.form.steps) else self.form.release

    def pitch(self, step: int, role: str) -> int:
        """What a role is in a step that is no rest."""
        voicing = self.voicings[step]
        assert voicing is not None, "a rest has no pitch"
        return pitch_of(role, voicing, self.chords[step])

    def passing_pitch(self, step: int, role: str) -> int | None:
        """The tone that leads a role to its next pitch, unless a voice of the chord has it already."""
        if step + 1 > self.form.final or self.is_rest(step + 1):
            return None
        tone = passing_tone(self.pitch(step, role), self.pitch(step + 1, role), self.key)
        voicing = self.voicings[step]
        return None if voicing is None or tone in voicing.pitches else tone
