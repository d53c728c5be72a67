from __future__ import annotations

import numpy as np

from hitpoint.core.melody.copying import (
    RUN,
    copied_share,
    known_tunes,
    longest_shared_run,
    tune_fingerprints,
)

ONSETS = [0, 2, 4, 8, 10, 14, 16, 20, 22, 26, 28, 32, 36]
PITCHES = [60, 64, 62, 67, 65, 69, 64, 62, 60, 59, 62, 65, 60]


def test_a_copied_run_is_known_in_every_key() -> None:
    known = np.sort(tune_fingerprints(ONSETS, PITCHES)[0])
    assert longest_shared_run([one + 7 for one in ONSETS], [one + 5 for one in PITCHES], known) == len(ONSETS) - 1
    assert copied_share(ONSETS, PITCHES, known) == 1.0


def test_another_rhythm_is_another_tune() -> None:
    known = np.sort(tune_fingerprints(ONSETS, PITCHES)[0])
    assert longest_shared_run([3 * one for one in ONSETS], PITCHES, known) == 0


def test_scales_and_repeated_notes_are_common_property() -> None:
    onsets, pitches = list(range(0, 40, 2)), [60 + at % 2 for at in range(20)]
    assert not tune_fingerprints(onsets, pitches)[1].any()


def test_short_tunes_have_none() -> None:
    assert longest_shared_run(ONSETS[:RUN], PITCHES[:RUN], np.zeros(3, np.uint32)) == 0


def test_the_shipped_bank_can_be_read() -> None:
    assert len(known_tunes()) > 50_000
