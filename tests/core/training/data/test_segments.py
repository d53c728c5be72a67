from __future__ import annotations

from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.training.data.datasets import Segments, read_split
from hitpoint.core.training.data.segments import (
    TimedChords,
    has_harmony,
    joined,
    sample_times,
    sampled,
    timed_chords,
    without_flicker,
)

LENGTHS = st.lists(st.integers(1, 40), min_size=1, max_size=30)  # in tenths of a second


def _segments(lengths: list[int]) -> Segments:
    return Segments(np.cumsum(lengths) / 10.0, np.arange(len(lengths)) % 157)


def test_phase_0_and_step_1_give_the_published_labels(muvi: Path) -> None:
    for song in read_split(muvi, "train", with_semantic=False):
        chords = timed_chords(song)
        assert (sampled(chords, sample_times(chords.seconds, 0.0, 1.0)) == song.chords).all()


@given(LENGTHS)
def test_each_sample_is_the_chord_that_sounds_then(lengths: list[int]) -> None:
    segments = _segments(lengths)
    times = (np.arange(sum(lengths)) + 0.5) / 10.0
    chords = TimedChords("x", "pop909", False, segments, float(segments.ends[-1]))
    assert sampled(chords, times).tolist() == np.repeat(segments.tokens, lengths).tolist()


@given(LENGTHS)
def test_without_flicker_only_the_first_chord_may_be_short(lengths: list[int]) -> None:
    segments = _segments(lengths)
    cleaned = without_flicker(segments, 0.35)
    assert cleaned.ends[-1] == segments.ends[-1]
    assert (np.diff(cleaned.ends) >= 0.35).all()
    assert (
        cleaned.tokens[1:].tolist()
        == [token for token, length in zip(segments.tokens, lengths, strict=True) if length > 3][int(lengths[0] > 3) :]
    )


def test_a_short_chord_gives_way_to_the_one_before() -> None:
    cleaned = without_flicker(Segments(np.array([1.0, 1.2, 3.0]), np.array([5, 6, 7])), 0.3)
    assert cleaned.ends.tolist() == [1.2, 3.0] and cleaned.tokens.tolist() == [5, 7]


def test_joining_moves_the_start_to_0_and_merges_equal_neighbours() -> None:
    segments = joined([2.0, 3.0, 4.5, 6.0], [1, 1, 2, 1], 7.0)
    assert segments.ends.tolist() == [2.5, 4.0, 5.0] and segments.tokens.tolist() == [1, 2, 1]


def test_a_song_without_boundaries_is_sampled_by_its_seconds(muvi: Path) -> None:
    (muvi / "vevo_chord/lab/all/001.lab").unlink()
    song = read_split(muvi, "train", with_semantic=False)[0]
    assert sampled(timed_chords(song), np.array([0.0, 2.9, 3.0])).tolist() == song.chords[[0, 2, 3]].tolist()


def test_a_song_that_is_all_silence_has_no_harmony(muvi: Path) -> None:
    song = read_split(muvi, "train", with_semantic=False)[0]
    assert has_harmony(song)
    song.chords[:] = 0
    assert not has_harmony(song)
