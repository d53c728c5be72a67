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
OTHER_CHORDS = "A:min F C:maj7 G E:min A:min D:min7 G:7 C:maj7 F C A:min D:min G C C"
OTHER_CUTS = (75, 137, 212, 333)


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


def lateness(cue, sampler):
    """Samples by which each wanted moment of a cue is heard late."""
    score, late = performed(arrange(cue), cue), []
    for time in sorted(cue.wanted_times):
        power = struck_at(score, float(cue.tempo.beat_at(time)), sampler, cue.tempo, round(float(time) * SECOND))
        level = np.sqrt(np.convolve(power, np.full(480, 1 / 480), "same"))
        if level.max() > 1e-4:
            late.append(int(np.argmax(level >= level.max() / 2)) - SECOND // 2)
    return late


@pytest.mark.parametrize("style", styles_one_in(4))
def test_hits_are_heard_on_their_frames(style, sampler):
    late = lateness(with_playing(cue_of(CHORDS, cuts=CUTS, style=style, density=12.0, loudness=0.25)), sampler)
    assert late
    assert max(map(abs, late)) <= HALF_FRAME, late


@pytest.mark.slow
@pytest.mark.parametrize("style", ["ambient", "horror", "strings", "tension"])
@pytest.mark.parametrize(("seed", "density", "loudness"), [(2, 6.0, 0.12), (3, 16.0, 0.3)])
def test_slow_instruments_are_heard_on_frames_at_any_dynamic(style, seed, density, loudness, sampler):
    cue = cue_of(OTHER_CHORDS, cuts=OTHER_CUTS, style=style, density=density, loudness=loudness, seed=seed)
    late = lateness(with_playing(cue), sampler)
    assert late
    assert max(map(abs, late)) <= HALF_FRAME, late
