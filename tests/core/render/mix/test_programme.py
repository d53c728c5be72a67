import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.render.mix.programme import programme_targets


def mean(cues):
    whole = sum(seconds for seconds, _ in cues)
    return 10 * math.log10(sum(seconds * 10 ** (loudness / 10) for seconds, loudness in cues) / whole)


@given(st.lists(st.tuples(st.floats(5, 600), st.floats(-26, -18)), min_size=1, max_size=6))
def test_together_they_have_the_target_and_keep_their_distances(cues):
    found = programme_targets(cues, -16.0)
    lengths = [seconds for seconds, _ in cues]
    assert mean(list(zip(lengths, found, strict=True))) == pytest.approx(-16.0, abs=0.02)
    distances = [loudness - target for (_, loudness), target in zip(cues, found, strict=True)]
    assert max(distances) - min(distances) < 0.02


def test_a_cue_far_below_the_others_does_not_count():
    assert programme_targets([(60, -20.0), (600, -45.0)], -16.0) == (-16.0, -40.0)


def test_silence_has_the_target():
    assert programme_targets([(10, -70.0), (10, -70.0)], -16.0) == (-16.0, -16.0)
    assert programme_targets([(10, -70.0), (10, -20.0)], -23.0) == (-23.0, -23.0)
