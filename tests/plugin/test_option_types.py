import argparse
from fractions import Fraction

import pytest

from hitpoint.plugin.option_types import rate_option


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
