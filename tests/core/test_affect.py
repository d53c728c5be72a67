import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.affect import Affect


def test_unhappy_means_more_minor_and_excited_means_more_changes():
    shares = [Affect(valence, 0).minor_share for valence in (-1, -0.5, 0, 0.5, 1)]
    rates = [Affect(0, arousal).change_rate for arousal in (-1, -0.5, 0, 0.5, 1)]
    assert shares == sorted(shares, reverse=True)
    assert rates == sorted(rates)


def test_the_middle_asks_for_what_music_does_anyway():
    assert (Affect(0, 0).minor_share, Affect(0, 0).change_rate, Affect(0, 0).dynamics_factor) == (0.35, 0.45, 1.0)
    assert Affect(0, 0).is_neutral


def test_a_point_off_the_plane_is_refused():
    with pytest.raises(ValueError, match="between -1 and 1"):
        Affect(1.1, 0)


@given(st.floats(-1, 1))
def test_tables_are_read_as_numpy_reads_them(arousal):
    assert Affect(0, arousal).dynamics_factor == np.interp(arousal, (-1, 0, 1), (0.5, 1.0, 1.5))
