"""Exponentials, logarithms and complex products that have the same bits on every processor.

Numpy picks the code of its ``exp``, ``log``, ``power`` and complex products by what the processor can do, and these differ
in their last bits. Its sums, products, quotients and square roots of real numbers are those of IEEE 754 everywhere, so
whatever is built of these alone is the same everywhere. Everything that decides a sample goes through here.

``exp2`` is the Taylor series of e^x on half an octave to either side, ``log2`` that of the inverse hyperbolic tangent (Abramowitz
and Stegun, 4.2.1 and 4.1.27); both are within two units in the last place.
"""

from __future__ import annotations

from itertools import accumulate
from typing import overload

import numpy as np
from numpy.typing import NDArray

_LN_2 = 0.6931471805599453
_LOG10_2 = 0.3010299956639812
_OCTAVES_PER_DECIBEL = 0.16609640474436813  # log2(10) / 20
_SQRT_HALF = 0.7071067811865476
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
    bounded = np.clip(np.asarray(value, np.float64), _LOWEST, _HIGHEST)
    whole = np.rint(bounded)
    part = bounded - whole
    found = np.full_like(part, _EXP[-1])
    for term in _EXP[-2::-1]:
        found *= part
        found += term
    return _like(value, np.ldexp(found, whole.astype(np.int32)))


@overload
def log2(value: float) -> float: ...
@overload
def log2(value: Reals) -> Reals: ...
def log2(value: float | Reals) -> float | Reals:
    """The binary logarithm of a positive number, or of each in an array."""
    mantissa, exponent = np.frexp(np.asarray(value, np.float64))
    is_low = mantissa < _SQRT_HALF
    mantissa, exponent = np.where(is_low, 2.0 * mantissa, mantissa), exponent - is_low
    ratio = (mantissa - 1.0) / (mantissa + 1.0)
    square = ratio * ratio
    found = np.full_like(ratio, _ATANH[-1])
    for term in _ATANH[-2::-1]:
        found *= square
        found += term
    return _like(value, found * ratio + exponent)


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


def _like(value: float | Reals, found: Reals) -> float | Reals:
    return found if isinstance(value, np.ndarray) else float(found)
