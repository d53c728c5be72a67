"""Generate, score, keep: never worse than the first, the same for the same number, and it ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import count

import pytest

from hitpoint.core.compose.search import Found, Limit, moments_met, search_score, searched
from hitpoint.core.compose.takes import Take
from hitpoint.core.cue.cue import Cue
from hitpoint.core.progress import Progress

Maker = Callable[..., Cue]


@pytest.fixture(scope="module")
def take(make_chord_cue: Maker) -> Take:
    return Take(make_chord_cue("C F G C"), 0, -1.0)


def run(take: Take, likelihoods: list[float], limit: Limit, *, keep: int = 1, **options: object) -> Found:
    def write(first: int, size: int) -> tuple[Take, ...]:
        numbers = range(first, first + size)
        return tuple(replace(take, seed=n, likelihood=likelihoods[n % len(likelihoods)]) for n in reversed(numbers))

    clock = count(0.0, 1.0)
    return searched(write, limit, keep, lambda: next(clock), **options)  # type: ignore[arg-type]


def test_the_best_of_all_is_found_and_never_worse_than_the_first(take: Take) -> None:
    found = run(take, [-1.0, -2.0, -0.5, -3.0, -0.4, -1.0], Limit(takes=6))
    assert (found.takes[0].seed, found.composed, found.ended) == (4, 6, "all")
    assert found.score >= found.first == search_score(replace(take, likelihood=-1.0))


def test_the_first_is_kept_where_nothing_is_better(take: Take) -> None:
    assert run(take, [-1.0, -1.0, -2.0], Limit(takes=5)).takes[0].seed == 0


def test_it_ends_when_nothing_better_comes(take: Take) -> None:
    found = run(take, [-1.0, *[-2.0] * 999], Limit(takes=1000))
    assert found.ended == "nothing better" and found.composed < 1000


def test_time_ends_it(take: Take) -> None:
    assert run(take, [-float(1000 - n) for n in range(1000)], Limit(seconds=30.0)).ended == "time"


def test_who_stops_it_keeps_the_best_so_far(take: Take) -> None:
    found = run(take, [-2.0, -1.0, -0.1, -3.0, 0.0], Limit(takes=40), is_stopped=lambda: True)
    assert (found.ended, found.composed, found.takes[0].seed) == ("stopped", 4, 2)


def test_more_takes_are_kept_in_their_order_and_the_best_so_far_is_shown(take: Take) -> None:
    said: list[str] = []
    progress = Progress(lambda fraction, message: said.append(message))
    found = run(take, [-1.0, -0.5, -0.7, -9.0], Limit(takes=4), keep=3, progress=progress)
    assert [one.seed for one in found.takes] == [1, 2, 0]
    assert "seed 1" in said[-1]


def test_moments_are_met_by_a_change_of_chord(make_chord_cue: Maker) -> None:
    assert moments_met(make_chord_cue("C C F F", cuts=(50,))) == 1.0
    assert moments_met(make_chord_cue("C C C C", cuts=(50,))) == 0.0
