"""Keys that several takes share are read as if each had its own."""

from __future__ import annotations

import torch

from hitpoint.core.model.networks.key_cache import HeardKeys, room_for

LENGTH, WIDTH = 7, 4


def heard() -> HeardKeys:
    """One take with two variants and three heads, of which seven places of twelve are heard."""
    torch.manual_seed(0)
    keys = room_for(torch.zeros((), dtype=torch.float64), 2, 2, 3, 1, 12, WIDTH)
    keys.tell(slice(0, 2), torch.randn(2, 2, 3, LENGTH, WIDTH, dtype=torch.float64))
    return keys


def test_takes_of_one_share_all_but_the_last_place() -> None:
    several = heard().chosen(torch.zeros(4, dtype=torch.int64), LENGTH)
    assert several.shared.shape == (2, 2, 3, LENGTH - 1, WIDTH)
    assert several.own.shape == (2, 2, 3, 4, 12 - (LENGTH - 1), WIDTH)


def test_what_is_shared_is_read_by_every_take() -> None:
    keys, query = heard(), torch.randn(6, 4, WIDTH, dtype=torch.float64)
    several = keys.chosen(torch.zeros(4, dtype=torch.int64), LENGTH)
    for take in range(4):
        alone = keys.scores(0, query[:, take : take + 1], LENGTH)
        torch.testing.assert_close(several.scores(0, query, LENGTH)[:, take : take + 1], alone)
        own = keys.mixed(1, alone.softmax(-1))
        mixed = several.mixed(1, several.scores(0, query, LENGTH).softmax(-1))
        torch.testing.assert_close(mixed[:, take : take + 1], own)


def test_what_a_take_writes_is_its_own() -> None:
    several = heard().chosen(torch.zeros(2, dtype=torch.int64), LENGTH)
    several.at(slice(0, 2), LENGTH, 1)[:, :, :, 0] = 1.0
    several.at(slice(0, 2), LENGTH, 1)[:, :, :, 1] = 2.0
    query = torch.ones(6, 2, WIDTH, dtype=torch.float64)
    assert several.scores(0, query, LENGTH + 1)[0, :, -1].tolist() == [4.0, 8.0]
    swapped = several.chosen(torch.tensor([1, 0]), LENGTH + 1)
    assert swapped.scores(0, query, LENGTH + 1)[0, :, -1].tolist() == [8.0, 4.0]
