"""Ctrl+C as "that will do"."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from hitpoint.plugin.jobs.searching.stopping import stop_on_interrupt


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl+C reaches the program, though what a shell starts in the background is deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heard")
def test_the_first_ctrl_c_is_remembered_and_the_second_ends_the_program() -> None:
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), stop_on_interrupt() as is_stopped:
        assert not is_stopped()
        signal.raise_signal(signal.SIGINT)
        assert is_stopped()
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
