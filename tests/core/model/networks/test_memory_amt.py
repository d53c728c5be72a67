"""The AMT with a memory: causal, the same step by step, and obedient to what it is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from torch import Tensor

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.conditions import Conditions, conditions_of
from hitpoint.core.model.memory_config import MemoryConfig, memory_config_from, memory_config_json
from hitpoint.core.model.networks.condition_encoder import stacked
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.networks.pointers import BEGIN
from hitpoint.core.model.places import PlacedSection, places_of

pytestmark = pytest.mark.determinism

MakeVideo = Callable[..., NDArray[np.float32]]

SMALL = {"d_model": 24, "n_heads": 2, "n_layers": 3, "encoder_layers": 1, "max_steps": 24, "n_pointers": 2,
         "pointer_width": 8, "pair_hidden": 6, "biased_layers": (0, 2), "dropout": 0.0}  # fmt: skip
FEW = np.array([1, 5, 66, 0])  # chords that come again and again, as in songs


def make(seed: int = 0, **config: object) -> MemoryAMT:
    """In float64, and every parameter counts."""
    torch.manual_seed(seed)
    model = MemoryAMT(MemoryConfig(**{**SMALL, **config})).double().eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    return model


def song(length: int, seed: int = 0) -> NDArray[np.int64]:
    """BEGIN and chords that hold and repeat."""
    rng = np.random.default_rng(seed)
    chords = np.repeat(rng.choice(FEW, length), rng.integers(1, 4, length))[: length - 1]
    return np.concatenate(([BEGIN], chords)).astype(np.int64)


def some_conditions(rows: int, seed: int = 0) -> Conditions:
    rng = np.random.default_rng(seed)
    video = rng.random((rows, 776)).astype(np.float32)
    video[:, 768] = rng.integers(1, 4, rows)
    return conditions_of(video, locks={3: 66, rows - 2: 5}, levels=rng.integers(-1, 8, (rows, 4)))


def placed_conditions(rows: int) -> Conditions:
    """In bars, with a theme that comes back in the other mode."""
    bars = rows // 2
    sections = [PlacedSection(3, "A", (3,)), PlacedSection(2, "B", (2,)), PlacedSection(bars - 5, "A'", (bars - 5,))]
    places = places_of(sections, "half", [2] * bars)
    return conditions_of(np.full((rows, 776), np.nan, np.float32), places=places)


def read_whole(model: MemoryAMT, tokens: NDArray[np.int64], conditions: Conditions) -> Tensor:
    """(batch, time, 158) log-probabilities of (batch, time) tokens."""
    batch = stacked([conditions] * len(tokens), model.turns)
    with torch.inference_mode():
        return model(torch.from_numpy(tokens), torch.ones(len(tokens), dtype=torch.int64), batch).log_p


VARIETIES = [{}, {"pair_hidden": 0}, {"biased_layers": ()}, {"has_expert": False}, {"has_encoder": False}]


@pytest.mark.parametrize("config", VARIETIES, ids=str)
def test_decoding_step_by_step_equals_reading_all_at_once(config: dict[str, object]) -> None:
    model, conditions = make(**config), some_conditions(20)
    tokens = np.stack([song(20, seed) for seed in range(3)])
    whole = read_whole(model, tokens, conditions).numpy()
    state = model.start(model.encode(np.zeros((20, 776), np.float32), is_minor=True, conditions=conditions), 3)
    for position in range(20):
        logits, state = model.step(state, tokens[:, position])
        np.testing.assert_allclose(logits[:, :158], whole[:, position], atol=1e-6, rtol=0)


def test_decoding_in_places_equals_reading_all_at_once() -> None:
    model, conditions = make(place_hidden=5), placed_conditions(20)
    tokens = np.stack([song(20, seed) for seed in range(3)])
    batch = stacked([conditions] * 3, model.turns)
    with torch.inference_mode():
        manner = torch.full((3,), 2)
        whole = model(torch.from_numpy(tokens), torch.ones(3, dtype=torch.int64), batch, manner).log_p.numpy()
    piece = model.encode(np.zeros((20, 776), np.float32), is_minor=True, conditions=conditions)
    for count in (3, 1):
        state = model.start(piece, count)
        for position in range(20):
            logits, state = model.step(state, tokens[:count, position])
            np.testing.assert_allclose(logits[:, :158], whole[:count, position], atol=1e-6, rtol=0)
    state = model.start(piece)
    model.tell(state, tokens[0, :12])
    logits, _ = model.step(state, tokens[:1, 12])
    np.testing.assert_allclose(logits[:, :158], whole[:1, 12], atol=1e-6, rtol=0)


def test_unknown_places_change_nothing() -> None:
    model, tokens, conditions = make(place_hidden=5), song(20)[None], placed_conditions(20)
    assert conditions.places is not None
    unknown = replace(conditions, places=np.zeros_like(conditions.places))
    plain = read_whole(model, tokens, replace(conditions, places=None))
    assert torch.equal(read_whole(model, tokens, unknown), plain)
    assert not torch.equal(read_whole(model, tokens, conditions), plain)


def test_rows_may_be_in_another_mode_than_the_piece() -> None:
    model, conditions = make(place_hidden=5), placed_conditions(20)
    nothing = np.zeros((20, 776), np.float32)
    mixed = replace(conditions, minor=np.arange(21) >= 10)
    major = model.encode(nothing, is_minor=False, conditions=conditions).rows
    both = model.encode(nothing, is_minor=False, conditions=mixed).rows
    shift = (model.chords.minor.weight[1] - model.chords.minor.weight[0]).detach()
    torch.testing.assert_close(both[:, :10], major[:, :10])
    torch.testing.assert_close(both[:, 10:], major[:, 10:] + shift)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, 22), st.integers(0, 99))
def test_what_comes_later_changes_nothing_before(changed: int, seed: int) -> None:
    model, tokens, conditions = make(), song(23, seed), some_conditions(23)
    other = tokens.copy()
    other[changed:] = np.random.default_rng(seed + 1).choice(FEW, 23 - changed)
    before, after = read_whole(model, np.stack([tokens, other]), conditions)
    torch.testing.assert_close(before[:changed], after[:changed], rtol=0, atol=1e-12)  # products round by their size


def test_what_was_sung_is_heard() -> None:
    model, tokens, conditions = make(), song(20), some_conditions(20)
    other = tokens.copy()
    other[4] = 100
    before, after = read_whole(model, np.stack([tokens, other]), conditions)
    assert not torch.allclose(before[4:], after[4:])


def test_probabilities_sum_to_one() -> None:
    sums = read_whole(make(), song(20)[None], some_conditions(20)).exp().sum(-1)
    torch.testing.assert_close(sums, torch.ones_like(sums), atol=1e-9, rtol=0)


@pytest.mark.parametrize("group", ["semantic", "scene", "motion", "emotion", "clock"])
def test_each_group_is_seen_when_it_is_there(group: str) -> None:
    model, conditions = make(), some_conditions(20)
    with_it, without = (read_whole(model, song(20)[None], one) for one in (conditions, conditions.without(group)))
    assert not torch.allclose(with_it, without)


def test_a_lock_to_come_is_known_from_the_start() -> None:
    model, video = make(), np.ones((20, 776), np.float32)
    free, fixed = (read_whole(model, song(20)[None], conditions_of(video, locks=locks)) for locks in ({}, {15: 66}))
    assert not torch.allclose(free[0, 0], fixed[0, 0])


def test_songs_of_different_length_do_not_disturb_each_other() -> None:
    model, long, short = make(), some_conditions(20), some_conditions(12, seed=1)
    tokens = np.stack([song(20), np.concatenate((song(13, 1), np.full(7, 158)))])
    both, alone = stacked([long, short], model.turns), stacked([short], model.turns)
    with torch.inference_mode():
        together = model(torch.from_numpy(tokens), torch.zeros(2), both).log_p[1, :13]
        single = model(torch.from_numpy(tokens[1:, :13]), torch.zeros(1), alone).log_p[0]
    torch.testing.assert_close(together, single, atol=1e-9, rtol=0)


def test_the_first_token_given_does_not_matter() -> None:
    model, video = make(), np.ones((8, 776), np.float32)
    memory = model.encode(video, is_minor=False)
    first, second = (model.step(model.start(memory), np.array([token]))[0] for token in (157, 66))
    np.testing.assert_array_equal(first, second)


def test_takes_side_by_side_are_those_one_by_one() -> None:
    model, video = make(), np.ones((16, 776), np.float32)
    memory, tokens = model.encode(video, is_minor=False), np.stack([song(16, seed) for seed in (1, 2)])
    both, one = model.start(memory, 2), model.start(memory)
    for position in range(16):
        together, both = model.step(both, tokens[:, position])
        alone, one = model.step(one, tokens[1:, position])
        np.testing.assert_allclose(together[1:], alone, atol=1e-9)


def test_there_is_no_position_after_the_last() -> None:
    model = make(max_steps=5)
    state = model.start(model.encode(np.ones((5, 776), np.float32), is_minor=False))
    for _ in range(5):
        _, state = model.step(state, np.array([1]))
    with pytest.raises(ValueError, match="ends at 5"):
        model.step(state, np.array([1]))


def test_every_weight_is_reached_by_training() -> None:
    model, conditions = make(dropout=0.1).train(), some_conditions(20)
    bare = conditions.without("semantic", "scene", "motion", "emotion", "clock")
    tokens = torch.from_numpy(np.stack([song(20), song(20, 1)]))
    said = model(tokens, torch.tensor([0, 1]), stacked([conditions, bare], model.turns))
    (said.log_p[..., 0].sum() + said.vocabulary[..., 1].sum() + said.attributes[..., 0].sum()).backward()
    assert [name for name, weight in model.named_parameters() if weight.grad is None or not weight.grad.any()] == []


def test_the_configuration_survives_json() -> None:
    config = MemoryConfig(biased_layers=(0, 3), pair_hidden=0)
    assert memory_config_from(memory_config_json(config)) == config


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (None, "not a table"),
        ({"colour": 1}, "newer"),
        ({"d_model": 1 << 30}, "d_model"),
        ({"d_model": 190}, "even width"),
        ({"d_model": True}, "cannot be"),
        ({"biased_layers": [9]}, "no layer 9"),
        ({"biased_layers": [1, 1]}, "once"),
        ({"biased_layers": 1}, "not a list"),
        ({"dropout": 2.0}, "dropout"),
        ({"max_steps": 1}, "its own past"),
    ],
    ids=str,
)
def test_configurations_that_make_no_sense_are_refused(values: object, told: str) -> None:
    with pytest.raises(CheckpointError, match=told):
        memory_config_from(values)
