from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from hitpoint.core.arrange.form.bar_lines import bar_beats
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.visuals.walk import Kind, Stretch, Walk, arrival_frames, plan_walk, stretches_of

FINDS = {name: np.random.default_rng(ord(name)).normal(size=27) for name in "AB"}


@pytest.fixture(scope="module")
def cue(make_chord_cue: Callable[..., Cue]) -> Cue:
    return make_chord_cue("C C F F G G C C A:min A:min F F", cuts=(88,))


@pytest.fixture(scope="module")
def walk(cue: Cue) -> Walk:
    loudness = np.concatenate([np.full(150, 0.02), np.full(150, 0.2)])
    return plan_walk(cue, stretches(), FINDS, loudness, 1)


def stretches() -> tuple[Stretch, ...]:
    return (
        Stretch(0, 100, "Theme", "A", 0.2),
        Stretch(100, 200, "Other", "B", 0.9),
        Stretch(200, 300, "Theme", "A", 0.2),
    )


def test_it_arrives_on_every_bar_within_half_a_frame(cue: Cue) -> None:
    arrivals = np.array(list(arrival_frames(cue, stretches_of(cue))))
    for beat in bar_beats(cue):
        seconds = float(cue.tempo.seconds_at(beat))
        assert np.abs(arrivals / 25 - seconds).min() <= 0.5 / 25


def test_it_arrives_on_hits_and_the_editors_own(cue: Cue) -> None:
    wished = replace(cue, hits=(HitWish(137, 3),))
    kinds = arrival_frames(wished, stretches_of(wished))
    assert kinds[88] is Kind.HIT and kinds[137] is Kind.HIT


def test_of_arrivals_too_near_the_weightier_counts(cue: Cue) -> None:
    wished = replace(cue, hits=(HitWish(102, 3),))
    kinds = arrival_frames(wished, stretches_of(wished))
    assert kinds[102] is Kind.HIT and 100 not in kinds


def test_at_an_arrival_it_is_there(walk: Walk) -> None:
    for arrival in walk.arrivals:
        assert np.array_equal(walk.at(arrival.frame)[0], arrival.latent)


def test_it_is_fastest_before_an_arrival_and_slow_after(walk: Walk) -> None:
    for before, after in pairwise(walk.arrivals[:-1]):
        if after.frame - before.frame < 12:
            continue
        into = walk.at(after.frame)[0] - walk.at(after.frame - 1)[0]
        out = walk.at(after.frame + 1)[0] - walk.at(after.frame)[0]
        assert np.linalg.norm(into) > np.linalg.norm(out)


def test_a_theme_that_returns_brings_its_places(walk: Walk) -> None:
    places = {number: [a.latent for a in walk.arrivals if a.stretch == number] for number in (0, 2)}
    assert np.array_equal(places[0][0], places[2][0]) and np.allclose(places[0][0], FINDS["A"])


def test_louder_is_brighter(walk: Walk) -> None:
    assert walk.light[200:].mean() > walk.light[50:140].mean() + 0.1


def test_a_calm_section_flows_slower(walk: Walk) -> None:
    speeds = np.diff(walk.flow)
    assert speeds[110:190].mean() < 0.6 * speeds[10:90].mean()


def test_an_arrival_lights_up_and_fades(walk: Walk) -> None:
    assert walk.pulse[100] > walk.pulse[99] and walk.pulse[100] > walk.pulse[112] > walk.pulse[115]


def test_it_is_the_same_again_and_another_with_another_seed(cue: Cue) -> None:
    loudness = np.ones(300)
    first, again, other = (plan_walk(cue, stretches(), FINDS, loudness, seed) for seed in (1, 1, 2))
    assert np.array_equal(first.at(77)[0], again.at(77)[0])
    assert not np.array_equal(first.at(77)[0], other.at(77)[0])


def test_moods_make_an_unplanned_cue_calm_or_not(cue: Cue) -> None:
    calm, excited = (
        stretches_of(replace(cue, moods=(MoodSpan(0.0, 12.0, mood),)))[0].calm
        for mood in (Mood.RELAXING, Mood.EXCITING)
    )
    assert calm > excited + 0.2
