from dataclasses import replace

import numpy as np
import pytest

from hitpoint.core.compose.like.curves import followed_curves, intensity, stroked_density
from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.listening.listening import Curves, DrumOnset, Listening

SECONDS = 60
TIMES = np.arange(0.0, SECONDS, 1.0).tolist()
OWN = np.full(SECONDS, 10.0), np.full(SECONDS, 0.17)


def temp(loudness=None, density=None, offset=0.0):
    arc = np.sin(np.linspace(0, np.pi, SECONDS))
    curves = Curves(
        tuple(2 + 6 * arc if density is None else density),
        tuple(-40 + 25 * arc if loudness is None else loudness),
        tuple(800 + 900 * arc),
        (60.0,) * SECONDS,
        (0.2,) * SECONDS,
    )
    return Temp("x", Listening(float(SECONDS), curves=curves), offset)


def test_weight_nothing_changes_nothing():
    density, loudness = followed_curves(temp(), TIMES, *OWN, (0.0, 0.0))
    assert np.array_equal(density, OWN[0])
    assert np.array_equal(loudness, OWN[1])


def test_full_weight_follows_the_arc():
    density, loudness = followed_curves(temp(), TIMES, *OWN, (1.0, 1.0))
    arc = np.sin(np.linspace(0, np.pi, SECONDS))
    assert np.corrcoef(density, arc)[0, 1] > 0.95
    assert np.corrcoef(loudness, arc)[0, 1] > 0.9


def test_a_quieter_copy_asks_for_the_same():
    quiet = temp(loudness=np.array(temp().heard.curves.loudness) - 20)
    same = followed_curves(temp(), TIMES, *OWN, (1.0, 1.0))[1]
    assert followed_curves(quiet, TIMES, *OWN, (1.0, 1.0))[1] == pytest.approx(same, abs=1e-5)


def test_half_the_weight_is_half_way():
    full, half = (followed_curves(temp(), TIMES, *OWN, (w, w))[0] for w in (1.0, 0.5))
    assert half == pytest.approx((full + OWN[0]) / 2, abs=1e-5)


def test_outside_the_recording_the_cue_is_its_own():
    density, _ = followed_curves(temp(offset=30.0), TIMES, *OWN, (1.0, 1.0))
    assert np.array_equal(density[:29], OWN[0][:29])
    assert not np.allclose(density[31:], 10.0)


def test_values_stay_playable():
    wild = temp(density=np.where(np.arange(SECONDS) == 30, 500.0, 0.0), loudness=np.full(SECONDS, -80.0))
    density, loudness = followed_curves(wild, TIMES, *OWN, (1.0, 1.0))
    assert density.min() >= 1 and density.max() <= 42
    assert loudness == pytest.approx(0.17)


def test_intensity_is_highest_where_most_goes_on():
    found = intensity(temp(), SECONDS)
    assert 25 <= int(found.argmax()) <= 35
    assert found.min() >= 0 and found.max() <= 1


def test_silence_has_the_middle():
    assert np.all(intensity(Temp("x", Listening(5.0)), 10) == 0.5)


def test_drums_count_more_where_the_kit_plays():
    strokes = tuple(DrumOnset(30 + 0.25 * n, "mid", 1.0) for n in range(80))
    kit = replace(temp(density=np.full(SECONDS, 4.0) + 0.01 * np.arange(SECONDS)).heard, drums=strokes)
    found = followed_curves(Temp("x", kit), TIMES, *OWN, (1.0, 0.0), drums=1.0)[0]
    assert found[32:48].mean() > found[:28].mean() + 3
    none = followed_curves(Temp("x", kit), TIMES, *OWN, (0.0, 0.0), drums=1.0)[0]
    assert np.array_equal(none, OWN[0])


def test_drums_alone_shape_the_density():
    strokes = tuple(DrumOnset(at + 0.2 * k, "high", 1.0) for at in range(30, 60) for k in range(4))
    kit = Temp("x", replace(temp().heard, drums=strokes))
    found = stroked_density(kit, TIMES, OWN[0], 1.0)
    assert found[35:55].mean() > found[:25].mean() + 5
    assert np.array_equal(stroked_density(kit, TIMES, OWN[0], 0.0), OWN[0])
    assert np.array_equal(stroked_density(temp(), TIMES, OWN[0], 1.0), OWN[0])
