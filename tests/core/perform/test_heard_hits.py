"""What meets the picture is heard on its frame: half of the rise of what is struck there, in every style."""

from dataclasses import replace

import numpy as np
import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.perform.perform import performed
from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.mix.mix import stem_gains
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.sampler.sampler import Sampler
from tests.core.arrange.conftest import cue_of, styles_one_in

SECOND = 48_000
CHORDS = "C C F F G G A:min A:min F F D:min D:min G:7 G:7 C C"
CUTS = (100, 187, 250, 300)  # frames at 25 a second
HALF_FRAME = SECOND // 50
# of half a frame: chords of slow bows and pads, whose notes swell together and are half there a little sooner than each
SWELLS = {"ambient": 1.35, "strings": 1.85}


@pytest.fixture(scope="module")
def sampler():
    return Sampler(default_soundfont())


def struck_at(score, beat: float, sampler, tempo: TempoMap, start: int):
    """The sound of all that is struck at a beat, from half a second before it to half a second after: (n,)."""
    total = np.zeros((SECOND, 2), np.float32)
    for part in score.parts:
        notes = tuple(note for note in part.notes if abs(note.start - beat) < 1e-6)
        if notes and part.program != 119:  # a reversed cymbal swells towards what comes
            sound = render(sampler, replace(part, notes=notes), tempo, start + SECOND // 2) * stem_gains(part)
            total += sound[start - SECOND // 2 :].astype(np.float32)
    return np.square(total, dtype=np.float64).sum(axis=1)


@pytest.mark.parametrize("style", styles_one_in(4))
def test_hits_are_heard_on_their_frames(style, sampler):
    cue = with_playing(cue_of(CHORDS, cuts=CUTS, style=style, density=12.0, loudness=0.25))
    score = performed(arrange(cue), cue)
    late = []
    for time in sorted(cue.wanted_times):
        power = struck_at(score, float(cue.tempo.beat_at(time)), sampler, cue.tempo, round(float(time) * SECOND))
        level = np.sqrt(np.convolve(power, np.full(480, 1 / 480), "same"))
        if level.max() > 1e-4:
            late.append(int(np.argmax(level >= level.max() / 2)) - SECOND // 2)
    assert late
    assert max(map(abs, late)) <= HALF_FRAME * SWELLS.get(style, 1.0), late
