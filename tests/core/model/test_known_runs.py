"""Fingerprints of songs, and what they find again."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.model.known_runs import (
    DISTINCT,
    RUN,
    fingerprints,
    known_runs,
    longest_known_run,
)
from hitpoint.core.training.data.fingerprints import all_fingerprints

SONG = np.random.default_rng(0).permutation(157)[:60].tolist()
KNOWN = all_fingerprints([np.array(SONG)])
FOREIGN = [token for token in range(1, 157) if token not in SONG]


@given(st.integers(0, 40), st.integers(0, 20), st.integers(1, 3))
def test_as_many_chords_are_found_as_were_copied_however_long_they_last(start: int, length: int, held: int) -> None:
    copied = [token for token in SONG[start : start + length] for _ in range(held)]
    length = len([token for token in SONG[start : start + length] if token != 0])
    tokens = [*FOREIGN[:5], *copied, *FOREIGN[5:10]]
    assert longest_known_run(tokens, range(len(tokens)), KNOWN) == (length if length >= RUN else 0)


def test_only_runs_that_touch_the_stretch_count() -> None:
    tokens = [*FOREIGN[:30], *SONG[1:21], *FOREIGN[30:60]]
    assert longest_known_run(tokens, range(30), KNOWN) == 0
    assert longest_known_run(tokens, range(49, 60), KNOWN) == 20
    assert longest_known_run(tokens, range(50, 80), KNOWN) == 0


def test_loops_have_no_fingerprint() -> None:
    loop = [1, 92, 118, 66] * 10
    assert not fingerprints(loop)[1].any()
    assert fingerprints([*loop[: RUN - 1], 5])[1].all()
    assert DISTINCT == 5


def test_short_songs_have_none() -> None:
    assert len(fingerprints([1, 2] * 7)[0]) == 0
    assert longest_known_run([1, 2], range(2), KNOWN) == 0
    assert longest_known_run(SONG, range(60), KNOWN[:0]) == 0


def test_those_that_come_with_hitpoint_are_those_of_about_two_thousand_songs() -> None:
    known = known_runs()
    assert 50_000 < len(known) < 500_000
    assert longest_known_run(SONG, range(60), known) == 0
