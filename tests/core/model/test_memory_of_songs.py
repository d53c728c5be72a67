"""What a song has done so far."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from hitpoint.core.model.networks.song_memory import PAIR_FEATURES, SongRecord, record_of
from hitpoint.core.model.vocabulary import PAD

pytestmark = pytest.mark.determinism

SONGS = st.lists(st.sampled_from([1, 5, 14, 66]), min_size=1, max_size=16).map(lambda chords: [159, *chords])


def record(*songs: list[int]) -> SongRecord:
    return record_of(torch.tensor(songs), torch.zeros((), dtype=torch.float64))


def feature(songs: SongRecord, name: str) -> Tensor:
    """(time, time) of the first song; ``name`` is how the feature's name begins."""
    (number,) = [n for n, told in enumerate(PAIR_FEATURES) if told.startswith(name)]
    return songs.pairs[number, 0]


def test_runs_are_counted() -> None:
    heard = record([159, 1, 1, 1, 5, 5, 1])
    assert heard.runs[0].tolist() == [1, 1, 2, 3, 1, 2, 1]
    assert heard.starts[0].tolist() == [0, 1, 1, 1, 4, 4, 6]
    assert heard.before[0, -1].tolist() == [5, 1, 159]
    assert heard.lengths[0, -1].tolist() == [2, 3, 1]
    assert heard.before[0, 0].tolist() == [PAD] * 3


def test_the_follower_of_a_place_is_the_next_different_chord() -> None:
    assert record([159, 1, 1, 5, 66]).followers[0].tolist() == [1, 5, 5, 66, PAD]


@given(SONGS)
def test_seconds_alike_are_the_longest_common_suffix(song: list[int]) -> None:
    heard = feature(record(song), "seconds alike")
    for t in range(len(song)):
        for j in range(t + 1):
            length = next((n for n in range(j + 1) if song[j - n] != song[t - n]), j + 1)
            assert heard[t, j].item() == pytest.approx(np.log1p(length) / 3)


@given(SONGS)
def test_chords_alike_leave_out_how_long_they_last(song: list[int]) -> None:
    heard = feature(record(song), "chords alike")
    for t in range(len(song)):
        for j in range(t):
            now, then = collapsed(song[: t + 1]), collapsed(song[: j + 1])
            if len(then) == len(now):
                length = 0  # the same run
            elif song[j] != song[t]:
                length = 0
            else:
                length = next(
                    (n for n, (a, b) in enumerate(zip(now[::-1], then[::-1], strict=False)) if a != b), len(then)
                )
            assert heard[t, j].item() == pytest.approx(np.log1p(length) / 3), (t, j)


def collapsed(song: list[int]) -> list[int]:
    return [chord for n, chord in enumerate(song) if n == 0 or chord != song[n - 1]]


@given(SONGS, st.data())
def test_no_row_knows_what_comes_after_it(song: list[int], data: st.DataObject) -> None:
    cut = data.draw(st.integers(1, len(song)))
    whole, part = record(song), record(song[:cut])
    assert torch.equal(whole.pairs[:, :, :cut, :cut], part.pairs)
    assert not whole.pairs.triu(1).any()


def test_whether_the_chord_changed_after_the_present_is_not_told() -> None:
    changed = feature(record([159, 1, 5, 5]), "the chord changed right after")
    assert changed.tolist() == [[0, 0, 0, 0], [1, 0, 0, 0], [1, 1, 0, 0], [1, 1, 0, 0]]


def test_roots_are_alike_across_qualities() -> None:
    same = feature(record([159, 1, 5, 14, 0]), "same root")
    assert same.int().tolist() == [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 1, 1, 0, 0], [0, 0, 0, 1, 0], [0, 0, 0, 0, 1]]


def test_songs_do_not_hear_each_other() -> None:
    one, two = [159, 1, 1, 5, 1, 1], [159, 66, 5, 5, 66, 5]
    assert torch.equal(record(one, two).pairs[:, 1], record(two).pairs[:, 0])
