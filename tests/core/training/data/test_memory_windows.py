from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.conditions import FREE, NO_WISH
from hitpoint.core.model.networks.pointers import BEGIN
from hitpoint.core.model.vocabulary import END, PAD
from hitpoint.core.training.data.attributes import attribute_levels
from hitpoint.core.training.data.datasets import Segments, Song, read_split
from hitpoint.core.training.data.memory_windows import (
    MemoryWindow,
    WindowRecipe,
    collated_windows,
    drawn_window,
    lock_mask,
    native_picture,
    turned_window,
    whole_window,
)
from hitpoint.core.training.data.segments import TimedChords, timed_chords

LOCKED = WindowRecipe(steps=64, lock_points=1.0, lock_around=0.0, lock_before=0.0)


@pytest.fixture
def song(muvi: Path) -> Song:
    return read_split(muvi, "train")[0]


def _drawn(song: Song, recipe: WindowRecipe, seed: int = 0) -> MemoryWindow:
    return drawn_window(timed_chords(song), np.random.default_rng(seed), recipe, native_picture(song))


def test_a_whole_window_is_the_published_song_and_its_end(song: Song) -> None:
    window = whole_window(timed_chords(song))
    assert window.targets.tolist() == [*song.chords.tolist(), END]
    assert window.tokens.tolist() == [BEGIN, *song.chords.tolist()]
    assert (window.conditions.locks == FREE).all() and not window.conditions.has_wishes
    assert window.conditions.has_end and set(window.conditions.groups) == {
        "semantic", "scene", "motion", "emotion", "clock",
    }  # fmt: skip


def test_a_song_longer_than_the_window_has_no_end_in_it(song: Song) -> None:
    window = whole_window(timed_chords(song), 60)
    assert window.targets.tolist() == song.chords[:60].tolist() and not window.conditions.has_end


def test_hidden_groups_are_not_shown(song: Song) -> None:
    window = whole_window(timed_chords(song), hidden=("semantic", "clock"))
    assert set(window.conditions.groups) == {"scene", "motion", "emotion"}


@given(st.integers(0, 10_000))
def test_a_drawn_window_hangs_together(seed: int) -> None:
    chords = TimedChords("x", "billboard", True, Segments(np.cumsum(np.full(90, 1.3)), np.arange(90) % 157), 117.0)
    window = drawn_window(chords, np.random.default_rng(seed), WindowRecipe(steps=64, lock_points=0.5), {})
    assert len(window.tokens) == len(window.targets) == len(window.levels) <= 64
    assert window.tokens[0] == BEGIN and window.source == 1
    assert window.tokens[2:].tolist() == window.targets[1:-1].tolist()
    assert window.targets[0] in (window.tokens[1], PAD)
    locked = window.conditions.locks[: len(window.targets)]
    asked = (locked != FREE) & (window.targets != PAD)
    assert (locked[asked] == window.targets[asked]).all()
    assert set(window.conditions.groups) <= {"clock"}
    assert (window.levels[:, 2:] == NO_WISH).all()


def test_the_same_generator_draws_the_same_window(song: Song) -> None:
    first, second, other = (_drawn(song, WindowRecipe(), seed) for seed in (1, 1, 2))
    assert first.targets.tolist() == second.targets.tolist() != other.targets.tolist()
    assert first.conditions.groups.keys() == second.conditions.groups.keys()


def test_locked_steps_are_those_of_the_song_and_are_asked_for(song: Song) -> None:
    window = _drawn(song, LOCKED)
    locked = np.flatnonzero(window.conditions.locks != FREE)
    assert 0 < len(locked) < 60
    assert (window.conditions.locks[locked][1:] == window.targets[locked][1:]).all()


@pytest.mark.parametrize(
    ("shares", "runs_of_free"),
    [((0.0, 1.0, 0.0), (1,)), ((0.0, 0.0, 1.0), (0, 1)), ((0.0, 0.0, 0.0), (1,))],
    ids=["around a span", "a beginning", "none"],
)
def test_locks_come_in_shapes(shares: tuple[float, float, float], runs_of_free: tuple[int, ...]) -> None:
    recipe = WindowRecipe(lock_points=shares[0], lock_around=shares[1], lock_before=shares[2])
    for seed in range(20):
        free = ~lock_mask(np.random.default_rng(seed), 100, recipe)
        assert int((np.diff(np.append(False, free).astype(int)) == 1).sum()) in runs_of_free
        assert free.all() or sum(shares) > 0
        assert not shares[1] or 4 <= free.sum() <= 64


def test_several_spans_may_be_free() -> None:
    recipe = WindowRecipe(lock_points=0.0, lock_around=1.0, most_spans=4)
    free = [~lock_mask(np.random.default_rng(seed), 200, recipe) for seed in range(40)]
    runs = [int((np.diff(np.append(False, rows).astype(int)) == 1).sum()) for rows in free]
    assert {1, 2, 3} <= set(runs) <= {1, 2, 3, 4}


def test_a_turned_window_hears_what_follows_a_span_before_it(song: Song) -> None:
    window = whole_window(timed_chords(song), 40)
    turned = turned_window(window, range(10, 14))
    chords = np.append(window.tokens[1:], window.targets[-1])
    assert turned.tokens[1:5].tolist() == chords[14:18].tolist()
    assert turned.targets[-12:].tolist() == chords[10:22].tolist()
    free = np.flatnonzero(turned.conditions.locks == FREE)
    assert free.tolist() == list(range(len(turned.targets) - 12, len(turned.targets) - 8))
    assert turned.targets[0] == PAD and not turned.conditions.has_end


def test_windows_are_turned_as_often_as_asked(song: Song) -> None:
    turned = [_drawn(song, WindowRecipe(lock_turned=0.5), seed) for seed in range(100)]
    assert 30 < sum(window.targets[0] == PAD and window.conditions.locks[0] != FREE for window in turned) < 75


def test_modalities_are_hidden_as_often_as_asked(song: Song) -> None:
    recipe = WindowRecipe(hide_semantic=0.5, hide_emotion=0.0, hide_group=0.0, hide_picture=0.0)
    shown = [_drawn(song, recipe, seed).conditions.groups for seed in range(200)]
    assert all("emotion" in groups and "clock" in groups for groups in shown)
    assert 70 < sum("semantic" in groups for groups in shown) < 130
    assert "scene" not in _drawn(song, WindowRecipe(hide_picture=1.0)).conditions.groups


def test_attribute_levels_by_hand(song: Song) -> None:
    chords = np.array([1, 1, 5, 5, 5, 5, 1, 1])  # C C Cm Cm Cm Cm C C: a change in the second and in the sixth
    levels = attribute_levels(chords, 100, None, np.arange(8))
    assert levels[:, 0].tolist() == [4] * 8  # half of it minor: .45 to .6
    assert levels[:, 1].tolist() == [2] * 8  # 2 / 8 changes: .2 to .3
    assert (levels[:, 2:] == NO_WISH).all()
    silent = attribute_levels(np.zeros(8, np.int64), 8, song, np.arange(8))
    assert (silent[:, 0] == NO_WISH).all() and (silent[:, 2:] >= 0).all()


def test_windows_side_by_side_are_padded(song: Song) -> None:
    windows = [whole_window(timed_chords(song), steps) for steps in (10, 20)]
    batch = collated_windows(windows)
    assert batch.tokens.shape == (2, 20) and (batch.targets[0, 10:] == PAD).all()
    assert batch.conditions.inside.sum(dim=1).tolist() == [10, 20]
