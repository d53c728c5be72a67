"""How loud each bar is while one ensemble passes into another, in the rendered sound."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.cue.changes import style_changed
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mix.loudness import KWeighting
from hitpoint.core.render.mixdown.delivery import mix_settings
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.timebase import SAMPLE_RATE

BAR = 2 * SAMPLE_RATE


def bars(cue: Cue, folder: Path, name: str) -> np.ndarray:
    """K-weighted loudness of each bar of two seconds, in decibels."""
    done = render_score(
        arrange(cue), cue.samples, choose_synthesizer("sampler", None), folder, name, settings=mix_settings(cue)
    )
    energy = np.square(KWeighting().heard(soundfile.read(done.mix)[0])).sum(axis=1)
    return np.asarray(10 * np.log10(energy[: len(energy) // BAR * BAR].reshape(-1, BAR).mean(axis=1)))


@pytest.mark.slow
@pytest.mark.parametrize(("first", "second"), [("piano", "strings"), ("chamber", "cinematic")])
def test_no_bar_is_far_off_the_line_between_its_neighbours(
    make_chord_cue: Callable[..., Cue], tmp_path: Path, first: str, second: str
) -> None:
    cue = with_playing(style_changed(make_chord_cue("C C A:min A:min F F G G " * 4), first))
    total = cue.end_frame
    start, end = total // 5, 4 * total // 5
    spans = (StyleSpan(start, end, first, second), StyleSpan(end, total, second))
    morph = bars(with_playing(replace(cue, styling=spans)), tmp_path, "morph")
    alone = [bars(with_playing(style_changed(cue, style)), tmp_path, style) for style in (first, second)]
    middles = (np.arange(len(morph)) + 0.5) * 50  # frames
    share = np.clip((middles - start) / (end - start), 0, 1)
    line = 10 * np.log10((1 - share) * 10 ** (alone[0] / 10) + share * 10 ** (alone[1] / 10))
    off = morph - line
    inner = off[1:-2]  # not the ending, which is another where the ensembles end otherwise
    assert np.max(np.abs(off[1:-2] - (off[:-3] + off[2:-1]) / 2)) < 2.0, np.round(inner, 1)
