"""Looking ahead in a decoding of one take changes nothing but how long it takes."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.model.conditions import Conditions, conditions_of
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import EncodedPiece, MemoryAMT
from hitpoint.core.model.networks.song_memory import SongMemory
from hitpoint.core.model.networks.speculation import GUESSES, hearing

pytestmark = pytest.mark.determinism

ROWS = 24
SMALL = MemoryConfig(d_model=24, n_heads=2, n_layers=2, encoder_layers=1, max_steps=ROWS, n_pointers=2,
                     pointer_width=8, pair_hidden=6, biased_layers=(1,), dropout=0.0)  # fmt: skip
SONGS = {
    "held": [1] * ROWS,
    "a loop": [1, 1, 5, 5, 66, 0] * 4,
    "never guessed": list(range(1, ROWS + 1)),
    "surprises": [1, 5, 1, 5, 1, 66, 66, 66, 5, 1, 5, 66, 66, 66, 5, 5, 5, 0, 0, 0, 0, 1, 5, 1],
}


@pytest.fixture
def model() -> MemoryAMT:
    torch.manual_seed(0)
    made = MemoryAMT(SMALL).double().eval()
    for parameter in made.parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    return made


def two_wishes(model: MemoryAMT) -> EncodedPiece:
    """The same rows with wishes and without."""
    video = np.random.default_rng(0).random((ROWS, 776)).astype(np.float32)
    asked: Conditions = conditions_of(video, levels=np.full((ROWS, 4), 3))
    return model.encode_variants((asked, asked.without_wishes()), is_minor=False)


def answers(model: MemoryAMT, song: list[int], takes: int) -> list[NDArray[np.float64]]:
    """After each chord, (variants, takes, 158), of takes that are all the same."""
    state = model.start(two_wishes(model), takes)
    return [model.advance(state, np.full(takes, token)).numpy() for token in song]


@pytest.mark.parametrize("song", SONGS.values(), ids=SONGS)
def test_one_take_that_looks_ahead_is_told_what_two_are_that_do_not(model: MemoryAMT, song: list[int]) -> None:
    for alone, beside in zip(answers(model, song, 1), answers(model, song, 2), strict=True):
        np.testing.assert_allclose(alone, beside[:, :1], atol=1e-9, rtol=0)


def test_right_guesses_cost_no_step(model: MemoryAMT, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    monkeypatch.setattr(
        "hitpoint.core.model.networks.memory_amt.hearing", lambda *asked: steps.append(1) or hearing(*asked)
    )
    answers(model, SONGS["held"], 1)
    assert len(steps) == 1 + -(-(ROWS - 1) // (GUESSES + 1))  # nothing is guessed before the first chord


@pytest.mark.parametrize("place", range(2, 9))
def test_takes_chosen_between_guesses_go_on_as_if_none_had_been_made(model: MemoryAMT, place: int) -> None:
    song = SONGS["surprises"]
    state = model.start(two_wishes(model))
    for token in song[:place]:
        model.advance(state, np.array([token]))
    several = model.chosen(state, np.zeros(3, np.int64))
    for token, beside in zip(song[place:], answers(model, song, 2)[place:], strict=True):
        np.testing.assert_allclose(model.advance(several, np.full(3, token))[:, 2:], beside[:, 1:], atol=1e-9, rtol=0)


def test_a_guess_is_what_followed_a_like_place() -> None:
    memory = SongMemory(1, ROWS)
    for token in (159, 1, 5, 66, 0, 1):
        memory.hear(np.array([token]))
    assert hearing(memory, np.array([5]), 2).tokens.ravel().tolist() == [5, 66, 0]


def test_a_guess_leaves_the_memory_as_it_was() -> None:
    guessing, plain = SongMemory(1, ROWS), SongMemory(1, ROWS)
    for token in (159, 1, 1, 5, 1, 1, 66, 66, 5):
        hearing(guessing, np.array([token]), 2)
        plain.hear(np.array([token]))
    np.testing.assert_array_equal(guessing.hear(np.array([1])), plain.hear(np.array([1])))
