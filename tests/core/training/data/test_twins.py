from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.errors import DatasetError
from hitpoint.core.music.key import Key
from hitpoint.core.training.data.song_measures import SongMeasures
from hitpoint.core.training.data.splits import split_songs
from hitpoint.core.training.data.twins import find_twins, groups_of


def _song(sound: int, picture: int, seconds: int = 80, delay: int = 0) -> SongMeasures:
    """A song whose chroma and picture are drawn by a number each."""
    heard = np.random.default_rng(sound).dirichlet(np.full(12, 0.3), seconds + 10)[10 - delay :][:seconds]
    seen = np.random.default_rng(picture)
    chroma, thumbnails = heard.astype(np.float32), seen.random((seconds, 64), np.float32)
    flat, moods = np.zeros(seconds, np.float32), np.full((seconds, 6), 1 / 6, np.float32)
    segments = ((0.0, float(seconds), "C"),)
    return SongMeasures(Key(0), segments, flat, flat, moods, flat, flat, None, chroma, thumbnails)


def test_the_same_sound_under_other_pictures_is_one_song() -> None:
    (twins,) = find_twins([_song(1, 1), _song(2, 2), _song(1, 3, delay=7)])
    assert (twins.first, twins.second, twins.by) == (0, 2, "sound")


def test_the_same_pictures_with_another_sound_are_one_song() -> None:
    (twins,) = find_twins([_song(1, 1), _song(2, 1)])
    assert twins.by == "picture"


def test_other_songs_are_no_twins() -> None:
    assert find_twins([_song(seed, 50 + seed) for seed in range(6)]) == ()


def test_songs_that_are_one_with_a_third_are_one_group() -> None:
    songs = [_song(1, 1), _song(2, 2), _song(1, 3), _song(4, 3)]
    assert groups_of(4, find_twins(songs)) == (0, 1, 0, 0)


def test_twins_are_never_held_out() -> None:
    splits = split_songs([str(n) for n in range(30)], [0, 0, 2, 2, *range(4, 30)])
    assert {0, 1, 2, 3} <= set(splits["train"])
    assert len(splits["val"]) == len(splits["test"]) == 3


def test_every_song_is_in_one_split() -> None:
    for count in range(3, 25):
        splits = split_songs([f"video {n}" for n in range(count)], range(count))
        assert sorted(place for places in splits.values() for place in places) == list(range(count))
        assert all(splits.values())


def test_splits_do_not_hang_on_the_order_of_the_files() -> None:
    contents = [f"video {n}" for n in range(20)]
    forwards = split_songs(contents, range(20))
    backwards = split_songs(contents[::-1], range(20))
    assert {contents[place] for place in forwards["val"]} == {contents[::-1][place] for place in backwards["val"]}


def test_two_songs_cannot_be_split() -> None:
    with pytest.raises(DatasetError, match="too few"):
        split_songs(["a", "b"], [0, 1])
