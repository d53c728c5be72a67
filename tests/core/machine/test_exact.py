from __future__ import annotations

import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.machine.exact import decibels_of, exp2, gain_of, log2, log10, multiplied

ULP = 2.0**-52

_BYTES = """
import hashlib, numpy as np
from hitpoint.core.machine.exact import exp2, log2, multiplied
numbers = np.random.default_rng(0).normal(0.0, 20.0, 30_000)
waves = (numbers[:10_000] + 1j * numbers[10_000:20_000]).astype(np.complex64)
found = exp2(numbers), log2(np.abs(numbers)), multiplied(waves, waves[::-1])
print(hashlib.sha256(b"".join(one.tobytes() for one in found)).hexdigest())
"""


@given(st.floats(-1000, 1000))
def test_a_power_of_two_is_near_the_true_one(exponent: float) -> None:
    assert exp2(exponent) == pytest.approx(2.0**exponent, rel=2 * ULP)


@given(st.floats(1e-300, 1e300))
def test_a_logarithm_is_near_the_true_one(number: float) -> None:
    assert log2(number) == pytest.approx(math.log2(number), rel=3 * ULP, abs=2 * ULP)
    assert log10(number) == pytest.approx(math.log10(number), rel=4 * ULP, abs=2 * ULP)


@given(st.integers(-1000, 1000))
def test_whole_octaves_are_exact(octaves: int) -> None:
    assert exp2(float(octaves)) == 2.0**octaves
    assert log2(2.0**octaves) == octaves


@given(st.floats(-300, 300))
def test_decibels_of_a_gain_are_those_it_was_made_of(decibels: float) -> None:
    assert decibels_of(gain_of(decibels)) == pytest.approx(decibels, abs=1e-12)


def test_silence_is_no_gain_and_too_much_is_held() -> None:
    assert gain_of(-math.inf) == 0.0
    assert exp2(5000.0) == exp2(1023.0)


def test_arrays_are_taken_number_by_number() -> None:
    numbers = np.random.default_rng(1).normal(0, 9, (3, 5))
    assert exp2(numbers).tolist() == [[exp2(one) for one in row] for row in numbers.tolist()]
    assert log2(np.abs(numbers)).tolist() == [[log2(abs(one)) for one in row] for row in numbers.tolist()]


def test_complex_numbers_are_multiplied() -> None:
    dice = np.random.default_rng(2)
    first, second = (dice.normal(size=shape) + 1j * dice.normal(size=shape) for shape in ((2, 7, 9), (2, 1, 9)))
    one, other = first.astype(np.complex64), second.astype(np.complex64)
    np.testing.assert_allclose(multiplied(one, other), one * other, rtol=1e-5, atol=1e-6)
    into = np.empty_like(one)
    assert multiplied(one, other, into) is into


@pytest.mark.determinism
def test_the_bits_are_the_same_on_the_simplest_machine(simplest_machine: dict[str, str]) -> None:
    found = {
        subprocess.run([sys.executable, "-c", _BYTES], env=environment, check=True, capture_output=True).stdout
        for environment in (None, simplest_machine)
    }
    assert len(found) == 1
