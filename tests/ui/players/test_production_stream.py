from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from threading import Event

import numpy as np
import pytest

from hitpoint.ui.players.production_stream import BLOCK, ProductionStream
from hitpoint.ui.players.sound import Samples


class Ramp:
    """Sound that tells which frame it is, and remembers what was read of it."""

    def __init__(self) -> None:
        self.read_blocks: list[int] = []
        self.is_closed = False

    def read(self, first: int, last: int) -> Samples:
        self.read_blocks.append(first // BLOCK)
        return np.stack([np.arange(first, last)] * 2, axis=1).astype(np.float32)

    def close(self) -> None:
        self.is_closed = True


def until(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60.0
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.002)
    return condition()


@pytest.fixture
def stream() -> Iterator[ProductionStream]:
    made = ProductionStream(Ramp())
    yield made
    made.close()


def test_what_was_prepared_is_there(stream: ProductionStream) -> None:
    stream.prepare(3 * BLOCK + 100)
    assert until(lambda: bool(stream.read(3 * BLOCK + 100, BLOCK)[-1, 0]))
    assert np.array_equal(stream.read(3 * BLOCK + 100, 2000)[:, 0], np.arange(2000) + 3 * BLOCK + 100)


def test_reading_never_waits_and_what_is_not_there_is_silent() -> None:
    sound, may_go_on = Ramp(), Event()
    decoded = sound.read
    sound.read = lambda first, last: (may_go_on.wait(60), decoded(first, last))[1]  # type: ignore[method-assign]
    stream = ProductionStream(sound)
    stream.prepare(70 * BLOCK)
    assert not stream.read(70 * BLOCK, 500).any()
    may_go_on.set()
    stream.close()


@pytest.mark.parametrize(("path", "ahead"), [([5], range(5, 17)), ([20, 19], range(19, 7, -1))])
def test_it_is_decoded_along_the_direction(path: list[int], ahead: range) -> None:
    sound = Ramp()
    stream = ProductionStream(sound)
    for block in path:
        stream.prepare(block * BLOCK)
    assert until(lambda: set(ahead) <= set(sound.read_blocks))
    stream.close()
    assert until(lambda: sound.is_closed)
    assert len(sound.read_blocks) == len(set(sound.read_blocks))


def test_after_a_jump_back_what_follows_is_decoded_first() -> None:
    sound = Ramp()
    stream = ProductionStream(sound)
    stream.prepare(50 * BLOCK)
    assert until(lambda: 61 in sound.read_blocks)
    stream.prepare(20 * BLOCK)
    assert until(lambda: 31 in sound.read_blocks)
    stream.close()
    assert sound.read_blocks[12:15] == [20, 21, 22]


def test_it_keeps_no_more_than_a_minute(stream: ProductionStream) -> None:
    for block in range(0, 400, 12):
        stream.prepare(block * BLOCK)
        assert until(lambda block=block: bool(stream.read((block + 11) * BLOCK + 1, 1).any()))
    assert len(stream._blocks) <= 121
