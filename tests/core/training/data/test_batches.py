from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.vocabulary import END, PAD, chord_of, token_named
from hitpoint.core.training.data.batches import (
    Hiding,
    chord_batch,
    collated,
    dynamics_batch,
    feature_statistics,
    hidden,
    published_window,
    random_window,
    song_video,
    transposed,
)
from hitpoint.core.training.data.datasets import Song, read_song, read_split

NOTHING_HIDDEN = Hiding(0.0, 0.0, 0.0)


@pytest.fixture
def song(muvi: Path) -> Song:
    return read_song(muvi, "002")


def test_a_measured_window_is_the_song_and_its_end(song: Song) -> None:
    window = published_window(song)
    assert window.targets.tolist() == [*song.chords.tolist(), END]
    assert window.inputs.tolist() == [END, *song.chords.tolist()]
    assert len(window.video) == len(song)


def test_a_long_song_is_measured_without_its_end(song: Song) -> None:
    window = published_window(song, max_steps=40)
    assert window.targets.tolist() == song.chords[:40].tolist()
    assert len(window.video) == 40


@pytest.mark.parametrize("seed", range(40))
def test_a_random_window_tells_the_chord_before_each_target(song: Song, seed: int) -> None:
    window = random_window(song, np.random.default_rng(seed), 1.2, 50)
    assert (window.inputs[1:] == window.targets[:-1]).all()
    assert not (window.targets[:-1] == END).any()
    assert len(window.video) == (window.targets != END).sum()
    assert 1 <= len(window.targets) <= 50


def test_windows_without_stretch_and_phase_hold_the_songs_own_chords(song: Song) -> None:
    text = ",".join(map(str, song.chords))
    for seed in range(20):
        window = random_window(song, np.random.default_rng(seed), 1.0, 30)
        assert ",".join(str(token) for token in window.targets if token != END) in text


def test_some_windows_begin_with_the_song_and_some_reach_its_end(song: Song) -> None:
    windows = [random_window(song, np.random.default_rng(seed), 1.1, 70) for seed in range(60)]
    assert 0.3 < np.mean([window.inputs[0] == END for window in windows]) < 0.7
    assert any(window.targets[-1] == END for window in windows)


def test_the_picture_of_a_step_is_that_of_its_second(song: Song) -> None:
    song.features.motion[:] = np.arange(len(song.features))
    window = random_window(song, np.random.default_rng(5), 1.2, 60)
    steps = np.diff(window.video[:, 769])
    assert set(steps[:-1]) <= {0.0, 1.0, 2.0} and 1 / 1.2 - 0.05 < steps.mean() < 1.25


@given(st.integers(0, 156), st.integers(-11, 11))
def test_transposing_a_token_is_transposing_its_chord(token: int, semitones: int) -> None:
    moved = int(transposed(np.array([token]), semitones)[0])
    assert chord_of(moved) == chord_of(token).transposed(semitones)


def test_the_end_and_padding_have_no_key() -> None:
    assert transposed(np.array([END, PAD, 0]), 5).tolist() == [END, PAD, 0]


def test_hiding_makes_whole_modalities_unknown(song: Song) -> None:
    rng = np.random.default_rng(0)
    assert not np.isnan(hidden(song_video(song), rng, NOTHING_HIDDEN)).any()
    without = hidden(song_video(song), rng, Hiding(1.0, 0.0, 0.0))
    assert np.isnan(without[:, :768]).all() and not np.isnan(without[:, 768:]).any()
    assert np.isnan(hidden(song_video(song), rng, Hiding(0.0, 0.0, 1.0))).all()


def test_a_batch_pads_what_is_short(song: Song) -> None:
    batch = collated([published_window(song), published_window(song, max_steps=10)])
    assert batch.lengths.tolist() == [len(song), 10]
    assert (batch.targets[1, 10:] == PAD).all() and (batch.inputs[1, 10:] == PAD).all()
    assert (batch.video[1, 10:] == 0).all()


def test_a_batch_follows_from_its_generator_alone(muvi: Path) -> None:
    songs = read_split(muvi, "train")
    first, second = (
        chord_batch(songs, np.random.default_rng(3), size=4, stretch=1.1, transposition=0.5, hiding=Hiding())
        for _ in range(2)
    )
    assert torch.equal(first.targets, second.targets)
    assert torch.equal(first.video.nan_to_num(), second.video.nan_to_num())


def test_dynamics_are_density_and_loudness_in_their_own_units(song: Song) -> None:
    batch = dynamics_batch([song], [song_video(song)], max_steps=30)
    assert batch.targets.shape == (1, 30, 2)
    assert batch.targets[0, :, 0].numpy() == pytest.approx(song.density[:30])
    assert batch.targets[0, :, 1].numpy() == pytest.approx(song.loudness[:30])


def test_statistics_are_those_of_the_rows_with_motion_as_a_logarithm(song: Song) -> None:
    mean, deviation = feature_statistics([song])
    assert mean[769] == pytest.approx(np.log1p(song.features.motion).mean(), abs=1e-4)
    assert mean[768] == pytest.approx(np.log1p(song.features.scene_offset + 1).mean(), abs=1e-4)
    assert deviation[770] == pytest.approx(song.features.emotion[:, 0].std(), abs=1e-4)


def test_a_plain_chord_moves_as_it_is_named() -> None:
    assert transposed(np.array([token_named("A:min")]), 3).tolist() == [token_named("C:min")]
