"""Exponentials, logarithms and complex products that have the same bits on every processor.

Numpy picks the code of its ``exp``, ``log``, ``power`` and complex products by what the processor can do, and these
differ in their last bits. Its sums, products, quotients and square roots of real numbers are those of IEEE 754
everywhere, so whatever is built of these alone is the same everywhere. Everything that decides a sample goes through
here.

``exp2`` is the Taylor series of e^x on half an octave to either side, ``log2`` that of the inverse hyperbolic tangent
(Abramowitz and Stegun, 4.2.1 and 4.1.27); both are within two units in the last place.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import overload

import numpy as np
from numpy.typing import NDArray

_LN_2 = 0.6931471805599453
_LOG10_2 = 0.3010299956639812
_OCTAVES_PER_DECIBEL = 0.16609640474436813  # log2(10) / 20
_SQRT_HALF = 0.7071067811865476
_PIECE = 1 << 13
_LOWEST, _HIGHEST = -1100.0, 1023.0  # octaves from 1; below is 0, above is held
_EXP = tuple(accumulate(range(1, 15), lambda term, k: term * _LN_2 / k, initial=1.0))
_ATANH = tuple(2.0 / (_LN_2 * (2 * k + 1)) for k in range(12))

Reals = NDArray[np.float64]


@overload
def exp2(value: float) -> float: ...
@overload
def exp2(value: Reals) -> Reals: ...
def exp2(value: float | Reals) -> float | Reals:
    """Two to the power of a number, or of each in an array."""
    return _in_pieces(_exp2, value)


@overload
def log2(value: float) -> float: ...
@overload
def log2(value: Reals) -> Reals: ...
def log2(value: float | Reals) -> float | Reals:
    """The binary logarithm of a positive number, or of each in an array."""
    return _in_pieces(_log2, value)


@overload
def log10(value: float) -> float: ...
@overload
def log10(value: Reals) -> Reals: ...
def log10(value: float | Reals) -> float | Reals:
    """The decadic logarithm of a positive number, or of each in an array."""
    return log2(value) * _LOG10_2


@overload
def gain_of(decibels: float) -> float: ...
@overload
def gain_of(decibels: Reals) -> Reals: ...
def gain_of(decibels: float | Reals) -> float | Reals:
    """The amplitude of a level in decibels: 10 to the power of a twentieth of it; minus infinity is silence."""
    return exp2(decibels * _OCTAVES_PER_DECIBEL)


@overload
def decibels_of(gain: float) -> float: ...
@overload
def decibels_of(gain: Reals) -> Reals: ...
def decibels_of(gain: float | Reals) -> float | Reals:
    """The level in decibels of a positive amplitude."""
    return log10(gain) * 20.0


def multiplied(
    first: NDArray[np.complex64], second: NDArray[np.complex64], into: NDArray[np.complex64] | None = None
) -> NDArray[np.complex64]:
    """The product of two complex arrays, in an array of the shape of ``first`` or in one that is given."""
    product = np.empty(np.broadcast_shapes(first.shape, second.shape), first.dtype) if into is None else into
    np.subtract(first.real * second.real, first.imag * second.imag, out=product.real)
    np.add(first.real * second.imag, first.imag * second.real, out=product.imag)
    return product


def _exp2(numbers: Reals) -> Reals:
    bounded = np.clip(numbers, _LOWEST, _HIGHEST)
    whole = np.rint(bounded)
    found: Reals = np.ldexp(_polynomial(bounded - whole, _EXP), whole.astype(np.int32))
    return found


def _log2(numbers: Reals) -> Reals:
    mantissa, exponent = np.frexp(numbers)
    is_low = mantissa < _SQRT_HALF
    mantissa, exponent = np.where(is_low, 2.0 * mantissa, mantissa), exponent - is_low
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    return _polynomial(ratio * ratio, _ATANH) * ratio + exponent


def _polynomial(numbers: Reals, terms: tuple[float, ...]) -> Reals:
    found = np.full_like(numbers, terms[-1])
    for term in terms[-2::-1]:
        found *= numbers
        found += term
    return found


def _in_pieces(function: Callable[[Reals], Reals], value: float | Reals) -> float | Reals:
    """A function of numbers, computed on as many at a time as the cache of a processor holds."""
    numbers = np.asarray(value, np.float64)
    flat = numbers.reshape(-1)
    found = np.empty_like(flat)
    for first in range(0, len(flat), _PIECE):
        found[first : first + _PIECE] = function(flat[first : first + _PIECE])
    return found.reshape(numbers.shape) if isinstance(value, np.ndarray) else float(found[0])
