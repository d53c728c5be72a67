import argparse
from fractions import Fraction

import pytest

from hitpoint.plugin.option_types import WholeNumber, rate_option


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("25", 25),
        ("23.976", Fraction(24000, 1001)),
        ("23.98", Fraction(24000, 1001)),
        ("30000/1001", Fraction(30000, 1001)),
    ],
)
def test_a_rate_is_whole_rounded_or_exact(text, rate):
    assert rate_option(text).frames_per_second == rate


@pytest.mark.parametrize("text", ["", "0", "fast", "-25", "1/0.0", "25/0", "nan", "1e9"])
def test_what_is_no_rate_is_refused(text):
    with pytest.raises(argparse.ArgumentTypeError, match="no frame rate"):
        rate_option(text)


def test_a_number_that_is_too_large_is_told_the_limit():
    assert WholeNumber(0)("9" * 18) == 10**18 - 1
    with pytest.raises(argparse.ArgumentTypeError, match=r"too large: write a whole number up to 9{18}$"):
        WholeNumber(0)("9" * 32)
