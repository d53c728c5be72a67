from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.model.generate import (
    compose_chords,
    compose_takes,
    log_probabilities,
    predict_dynamics,
    video_matrix,
    windows,
    write_takes,
)
from hitpoint.core.model.networks.amt import AMT
from hitpoint.core.model.networks.bigru import BiGRU
from hitpoint.core.model.rules.decoding import DecodingOptions
from hitpoint.core.model.rules.rules import Cadence, LockedChords, NoLongRepeat, NoSilence
from hitpoint.core.model.vocabulary import END, token_named
from hitpoint.core.progress import Cancelled, Progress

pytestmark = pytest.mark.determinism

MakeAMT = Callable[..., AMT]
MakeRegressor = Callable[..., BiGRU]
MakeVideo = Callable[..., NDArray[np.float32]]

GREEDY = DecodingOptions(temperature=0.0)


def seeded(seed: int = 7) -> np.random.Generator:
    return np.random.default_rng(seed)


class Counter:
    """A model whose next chord is one more than the last; it notes what it was told."""

    max_steps = 6

    def __init__(self, *, has_start: bool) -> None:
        self.has_start = has_start
        self.encoded: list[list[float]] = []
        self.fed: list[list[int]] = []

    def encode(self, video: NDArray[np.float32], *, is_minor: bool, conditions: object = None) -> None:
        self.encoded.append(video[:, 768].tolist())

    def start(self, memory: None, batch: int = 1) -> int:
        self.fed.append([])
        return 0

    def step(self, state: int, tokens: NDArray[np.int64]) -> tuple[NDArray[np.float64], int]:
        assert state < self.max_steps
        self.fed[-1].append(int(tokens[0]))
        logits = np.zeros((len(tokens), 159))
        logits[np.arange(len(tokens)), [10 if token == END else token + 1 for token in tokens]] = 100.0
        return logits, state + 1


@pytest.mark.parametrize("rows", [1, 5, 6, 7, 9, 14])
def test_a_model_with_a_start_writes_every_row_in_order(rows: int) -> None:
    model = Counter(has_start=True)
    chords = compose_chords(model, np.zeros((rows, 776), np.float32), is_minor=False, rng=seeded(), options=GREEDY)
    assert chords == tuple(range(10, 10 + rows))


@pytest.mark.parametrize("rows", [1, 5, 6, 7, 9, 14])
def test_a_model_without_a_start_goes_on_from_the_tonic(rows: int) -> None:
    model = Counter(has_start=False)
    chords = compose_chords(model, np.zeros((rows, 776), np.float32), is_minor=True, rng=seeded(), options=GREEDY)
    assert chords == tuple(range(token_named("A:min"), token_named("A:min") + rows))


def test_each_window_reads_its_own_video_and_is_told_what_was_written(video: MakeVideo) -> None:
    model, rows = Counter(has_start=True), video(10)
    rows[:, 768] = np.arange(10)
    compose_chords(model, rows, is_minor=False, rng=seeded(), options=GREEDY)
    assert model.encoded == [[0, 1, 2, 3, 4, 5], [4, 5, 6, 7, 8, 9]]
    assert model.fed == [[END, 10, 11, 12, 13, 14], [13, 14, 15, 16, 17, 18]]


def test_the_past_stands_and_is_gone_on_from() -> None:
    model = Counter(has_start=True)
    past = (50, 60, 70)
    chords = compose_chords(
        model, np.zeros((5, 776), np.float32), is_minor=False, rng=seeded(), options=GREEDY, past=past
    )
    assert chords == (50, 60, 70, 71, 72)


def test_nothing_is_composed_for_nothing() -> None:
    model = Counter(has_start=False)
    assert compose_chords(model, np.zeros((0, 776), np.float32), is_minor=False, rng=seeded()) == ()


@pytest.mark.parametrize("past", [(1,) * 6, (157,), (-1,)], ids=["too long", "end", "no token"])
def test_a_past_that_cannot_be_is_refused(past: tuple[int, ...]) -> None:
    with pytest.raises(OptionError, match="beginning"):
        compose_chords(Counter(has_start=True), np.zeros((5, 776), np.float32), is_minor=False, rng=seeded(), past=past)


@given(st.integers(1, 40), st.integers(3, 12))
def test_windows_cover_every_row_and_overlap(rows: int, longest: int) -> None:
    stretches = windows(rows, longest)
    assert stretches[0][0] == 0
    assert stretches[-1][1] == rows
    assert all(0 < end - start <= longest for start, end in stretches)
    assert all(late[0] <= early[1] - longest // 3 for early, late in pairwise(stretches))
    assert all(early[0] < late[0] for early, late in pairwise(stretches))


@pytest.mark.parametrize("has_start", [True, False])
def test_the_same_seed_writes_the_same_chords(small_amt: MakeAMT, video: MakeVideo, has_start: bool) -> None:
    model = small_amt(has_start=has_start)
    one, two, other = (compose_chords(model, video(30), is_minor=True, rng=seeded(seed)) for seed in (1, 1, 2))
    assert one == two
    assert one != other


def test_rules_hold_over_a_whole_piece(small_amt: MakeAMT, video: MakeVideo) -> None:
    locks = {3: token_named("F#:dim"), 20: token_named("N")}
    rules = (LockedChords(locks), Cadence(30, is_minor=True), NoSilence(), NoLongRepeat(1))
    chords = compose_chords(small_amt(), video(30), is_minor=True, rng=seeded(), rules=rules)
    assert {row: chords[row] for row in locks} == locks
    assert chords[-1] == token_named("A:min")
    assert chords.count(0) == 1
    assert all(first != second for first, second in pairwise(chords))


def test_a_lock_changes_nothing_before_it(small_amt: MakeAMT, video: MakeVideo) -> None:
    model = small_amt(has_start=True)
    free = compose_chords(model, video(20), is_minor=False, rng=seeded())
    locked = compose_chords(model, video(20), is_minor=False, rng=seeded(), rules=(LockedChords({12: 77}),))
    assert locked[:12] == free[:12]
    assert locked[12] == 77


def test_takes_together_are_the_takes_alone(small_amt: MakeAMT, video: MakeVideo) -> None:
    model = small_amt(has_start=True)
    together = compose_takes(model, video(20), is_minor=False, rngs=[seeded(seed) for seed in range(4)])
    alone = tuple(compose_chords(model, video(20), is_minor=False, rng=seeded(seed)) for seed in range(4))
    assert together == alone
    assert len(set(alone)) == 4


def test_composing_reports_and_can_be_stopped(small_amt: MakeAMT, video: MakeVideo) -> None:
    told: list[float] = []
    progress = Progress(lambda fraction, _: told.append(fraction), lambda: len(told) == 5)
    with pytest.raises(Cancelled):
        compose_chords(small_amt(), video(10), is_minor=False, rng=seeded(), progress=progress)
    assert told == [0.1, 0.2, 0.3, 0.4, 0.5]


def test_the_callers_threads_are_left_as_they_were(small_amt: MakeAMT, video: MakeVideo) -> None:
    before = torch.get_num_threads()
    compose_chords(small_amt(), video(3), is_minor=False, rng=seeded())
    assert torch.get_num_threads() == before


def test_the_video_matrix_has_the_papers_columns() -> None:
    matrix = video_matrix([0, 1], [5.0, 6.0], np.arange(12).reshape(2, 6), np.full((2, 768), 9.0))
    assert matrix.dtype == np.float32
    assert matrix[1].tolist() == [9.0] * 768 + [2.0, 6.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0]


def test_without_clip_meaning_is_unknown_and_music_is_still_written(small_amt: MakeAMT) -> None:
    matrix = video_matrix(np.zeros(8), np.full(8, np.nan), np.full((8, 6), 1 / 6), None)
    assert np.isnan(matrix[:, :768]).all()
    assert len(compose_chords(small_amt(), matrix, is_minor=False, rng=seeded())) == 8


@pytest.mark.parametrize("rows", [1, 7, 12, 13, 40])
def test_dynamics_are_given_for_every_row(small_regressor: MakeRegressor, video: MakeVideo, rows: int) -> None:
    density, loudness = predict_dynamics(small_regressor(), video(rows))
    assert density.shape == loudness.shape == (rows,)
    assert np.isfinite(density).all()
    assert min(density.min(), loudness.min()) >= 0.0


@torch.no_grad()
def test_dynamics_of_a_short_video_are_the_regressors(small_regressor: MakeRegressor, video: MakeVideo) -> None:
    model, rows = small_regressor(masks_padding=True), video(9)
    model.target_mean.fill_(5.0)
    expected = model(torch.from_numpy(rows).double()[None])[0].numpy()
    np.testing.assert_allclose(np.stack(predict_dynamics(model, rows), axis=1), expected)


@torch.no_grad()
def test_a_regressor_trained_on_filled_videos_is_given_one(small_regressor: MakeRegressor, video: MakeVideo) -> None:
    model, rows = small_regressor(), video(9)
    model.target_mean.fill_(5.0)
    filled = torch.from_numpy(np.concatenate((rows, np.zeros((3, 776), np.float32)))).double()
    np.testing.assert_allclose(np.stack(predict_dynamics(model, rows), axis=1), model(filled[None])[0, :9].numpy())


@torch.no_grad()
def test_where_windows_meet_dynamics_go_over_gently(small_regressor: MakeRegressor) -> None:
    model, rows = small_regressor(masks_padding=True, max_steps=30), np.ones((50, 776), np.float32)
    model.target_mean.fill_(5.0)
    faded, _ = predict_dynamics(model, rows)
    early, late = (model(torch.from_numpy(rows[part]).double()[None])[0, :, 0] for part in (slice(30), slice(20, 50)))
    hard = np.concatenate((early[:25], late[5:]))
    assert np.abs(np.diff(faded[15:35])).max() < np.abs(np.diff(hard[15:35])).max() / 2
    np.testing.assert_allclose(faded[:20], early[:20])
    np.testing.assert_allclose(faded[30:], late[10:])


def test_no_video_has_no_dynamics(small_regressor: MakeRegressor) -> None:
    density, loudness = predict_dynamics(small_regressor(), np.zeros((0, 776), np.float32))
    assert len(density) == len(loudness) == 0


@pytest.mark.parametrize("has_start", [True, False])
def test_takes_come_with_what_the_model_thinks_of_their_chords(
    has_start: bool, small_amt: MakeAMT, video: MakeVideo
) -> None:
    model, picture = small_amt(has_start=has_start), video(20)
    takes, chances = write_takes(model, picture, is_minor=True, rngs=[seeded(1), seeded(2)], rules=(NoSilence(),))
    assert chances == pytest.approx(log_probabilities(model, picture, takes, is_minor=True), abs=1e-9)


def test_writing_can_end_early(small_amt: MakeAMT, video: MakeVideo) -> None:
    model, picture = small_amt(), video(20)
    whole = compose_takes(model, picture, is_minor=False, rngs=[seeded()])
    part, _ = write_takes(model, picture, is_minor=False, rngs=[seeded()], until=9)
    assert part[0] == whole[0][:9]
