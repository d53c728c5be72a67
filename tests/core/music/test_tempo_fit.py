"""The fitted tempo: its promises, and its optimum against exhaustive search."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.music.tempo_fit import (
    BASE_COST,
    BEAT_SHARE,
    BINS,
    CHANGE_COST,
    END_WORTH,
    STRAY_COST,
    Neighbours,
    Target,
    TempoLimits,
    best_plans,
    fit_tempo,
    map_of,
)

pytestmark = pytest.mark.determinism

FRAMES = st.integers(1, 10_000)


def targets_at(frames: set[int], rate: int = 25) -> list[Target]:
    return [Target(Fraction(frame, rate)) for frame in sorted(frames)]


def beat_lengths(tempo: TempoMap) -> list[float]:
    return [float(point.seconds_per_beat) for point in tempo.points]


def every_plan(
    times: list[float], limits: TempoLimits, base: float
) -> Iterator[tuple[tuple[int, ...], tuple[int, ...]]]:
    """All choices of anchors and of beats between them that keep each stretch within the tolerance."""
    targets = range(1, len(times))
    for size in range(len(times)):
        for chosen in combinations(targets, size):
            spans = [(times[b] - times[a]) * base / 60 for a, b in pairwise((0, *chosen))]
            edge = math.exp(limits.stray)
            counts = [range(max(math.ceil(s / edge - 1e-9), 1), math.floor(s * edge + 1e-9) + 1) for s in spans]
            for beats in product(*counts):
                yield chosen, beats


def worth_of(
    chosen: tuple[int, ...],
    beats: tuple[int, ...],
    times: list[float],
    weights: list[float],
    limits: TempoLimits,
    base: float,
) -> float:
    """What the module says a plan is worth."""
    worth = -BASE_COST * times[-1] * math.log(base / 120) ** 2
    beat, bins = 0, []
    for (a, b), count in zip(pairwise((0, *chosen)), beats, strict=True):
        stray = round(math.log((times[b] - times[a]) * base / 60 / count), 9)
        bins.append(min(int((stray + limits.stray) / limits.bin_width), BINS - 1))
        beat += count
        worth -= STRAY_COST * (times[b] - times[a]) * stray**2
        if b == len(times) - 1:
            worth += END_WORTH if beat % 2 == 0 else -math.inf
        else:
            worth += weights[b - 1] * (BEAT_SHARE if beat % 2 else 1)
    for one, other in pairwise(bins):
        change = abs(one - other)
        worth -= CHANGE_COST * (change * limits.bin_width) ** 2 if change <= limits.most_bins else math.inf
    return worth


@given(
    frames=st.sets(st.integers(5, 180), max_size=5),
    weights=st.lists(st.sampled_from([0.5, 1.0, 3.0]), min_size=5, max_size=5),
    base=st.sampled_from([100.0, 120.0, 140.0]),
    tolerance=st.sampled_from([0.08, 0.03]),
)
def test_no_plan_is_better_than_the_one_found(
    frames: set[int], weights: list[float], base: float, tolerance: float
) -> None:
    limits = TempoLimits((base,), tolerance)
    targets = [Target(Fraction(f, 25), w) for f, w in zip(sorted(frames), weights, strict=False)]
    times = [0.0, *(float(target.time) for target in targets), 7.6]
    best = max(
        worth_of(chosen, beats, times, weights, limits, base) for chosen, beats in every_plan(times, limits, base)
    )
    assert best_plans(Fraction(38, 5), targets, limits)[0].worth == pytest.approx(best, abs=1e-9)


@given(frames=st.sets(FRAMES, max_size=60), more=st.integers(1, 3000))
def test_the_tempo_is_steady_enough_and_ends_on_a_step(frames: set[int], more: int) -> None:
    seconds = Fraction(max(frames, default=0) + more, 25)
    tempo = fit_tempo(seconds, targets_at(frames))
    lengths = beat_lengths(tempo)
    mean = float(seconds / tempo.beat_at(seconds))
    assert all(1 / 1.0801 <= length / mean <= 1.0801 for length in lengths)
    assert all(max(a / b, b / a) <= 1.06 for a, b in pairwise(lengths))
    assert all(point.beat.denominator == 1 for point in tempo.points)
    if seconds > 20:
        assert tempo.beat_at(seconds) % 2 == 0


@pytest.mark.parametrize("seconds", [Fraction(1, 10), Fraction(3, 5), Fraction(7, 5), Fraction(10_800)])
def test_music_without_cuts_is_steady(seconds: Fraction) -> None:
    tempo = fit_tempo(seconds, [])
    assert len(tempo.points) == 1
    assert 100 / 1.08 <= tempo.points[0].bpm <= 140 * 1.08


def test_one_cut_starts_a_step() -> None:
    tempo = fit_tempo(Fraction(30), [Target(Fraction(337, 25))])
    assert tempo.beat_at(Fraction(337, 25)) % 2 == 0
    assert tempo.beat_at(30) % 2 == 0


def test_a_weightier_moment_gets_the_step() -> None:
    near = [Target(Fraction(400, 25), 1.0), Target(Fraction(411, 25), 5.0)]
    tempo = fit_tempo(Fraction(40), near)
    assert tempo.beat_at(near[1].time) % 2 == 0


def test_most_cuts_of_a_slow_edit_start_a_step() -> None:
    targets = [Target(Fraction(frame * 1001, 24_000)) for frame in range(97, 24 * 240, 131)]
    tempo = fit_tempo(Fraction(250), targets)
    met = sum(tempo.beat_at(target.time) % 2 == 0 for target in targets)
    assert met >= 0.7 * len(targets)


def test_six_cuts_a_second_are_no_trouble() -> None:
    tempo = fit_tempo(Fraction(60), targets_at(set(range(4, 1500, 4))))
    assert sum(tempo.beat_at(Fraction(frame, 25)) % 1 == 0 for frame in range(4, 1500, 4)) > 60


def test_twice_the_cuts_take_twice_the_work(calls_in: Callable[[Callable[[], object]], int]) -> None:
    frames = [40 * index + 17 * (index * index % 23) // 10 for index in range(1, 1001)]
    half, whole = (
        calls_in(lambda some=some: fit_tempo(Fraction(max(some) + 100, 25), targets_at(set(some))))  # type: ignore[misc]
        for some in (frames[:500], frames)
    )
    assert whole < 2.1 * half


@settings(deadline=None)
@given(st.sets(st.integers(10, 190), max_size=4), st.integers(460, 540), st.integers(460, 540))
def test_a_plan_joins_on_to_the_beats_around_it(frames: set[int], before: int, after: int) -> None:
    neighbours = Neighbours(Fraction(before, 1000), Fraction(after, 1000))
    seconds, targets = Fraction(8), targets_at(frames)
    times = [Fraction(0), *(target.time for target in targets), seconds]
    for plan in best_plans(seconds, targets, TempoLimits(), neighbours):
        tempo = map_of(plan, times)
        if plan.stretches and plan.stretches[-1].last == len(times) - 1:
            lengths = beat_lengths(tempo)
            assert abs(math.log(lengths[0] * 1000 / before)) <= math.log(1.06) + 1e-9
            assert abs(math.log(lengths[-1] * 1000 / after)) <= math.log(1.06) + 1e-9
