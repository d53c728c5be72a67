from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.spot.picture import Sight, pictured_cues
from hitpoint.core.timebase import FrameRate

SECONDS = 240


def film(cuts: list[int]) -> Edit:
    edges = [0, *sorted(set(cuts) - {0}), SECONDS * 25]
    shots = tuple(Shot(f"{a}", a, b) for a, b in itertools.pairwise(edges) if a < b)
    return Edit("f", Path("f.otio"), FrameRate(Fraction(25)), SECONDS * 25, shots)


@st.composite
def talks(draw: st.DrawFn) -> tuple[Speech, ...]:
    found, at = [], 0.0
    for _ in range(draw(st.integers(0, 12))):
        start = at + draw(st.floats(0.5, 30))
        at = start + draw(st.floats(0.3, 20))
        if at < SECONDS:
            found.append(Speech(start, at))
    return tuple(found)


@given(st.lists(st.integers(1, SECONDS * 25 - 1), max_size=60), talks(), st.floats(0.1, 1))
def test_nobody_ever_speaks_under_a_proposed_cue(cuts: list[int], speech: tuple[Speech, ...], share: float) -> None:
    edit = film(cuts)
    cues = pictured_cues(edit, Sight(np.ones(SECONDS), (), speech), share)
    for cue in cues:
        start, end = cue.start_frame / 25, cue.end_frame / 25
        assert not any(spoken.start < end and start < spoken.end for spoken in speech)
        assert cue.reason


@given(st.lists(st.integers(1, SECONDS * 25 - 1), max_size=60), talks(), st.floats(0.1, 0.9))
def test_there_is_silence_between_cues_and_no_more_music_than_asked(
    cuts: list[int], speech: tuple[Speech, ...], share: float
) -> None:
    cues = pictured_cues(film(cuts), Sight(np.ones(SECONDS), (), speech), share)
    assert all(b.start_frame - a.end_frame >= 4 * 25 - 2 for a, b in itertools.pairwise(cues))
    assert sum(cue.end_frame - cue.start_frame for cue in cues) <= (share * SECONDS + 1) * 25


def test_a_montage_is_preferred_to_a_still_stretch() -> None:
    quick = list(range(100 * 25, 140 * 25, 25))
    speech = (Speech(40.0, 60.0), Speech(90.0, 99.0), Speech(141.0, 160.0))
    motion = np.where((np.arange(SECONDS) >= 100) & (np.arange(SECONDS) < 140), 8.0, 1.0)
    cues = pictured_cues(film(quick), Sight(motion, (), speech), share=0.2)
    assert any(100 <= cue.start_frame / 25 < 141 for cue in cues)
    assert "quick cutting" in " ".join(cue.reason for cue in cues)
