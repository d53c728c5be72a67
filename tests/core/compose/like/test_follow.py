import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.like.follow import NOTHING, Follow, parse_follow
from hitpoint.core.errors import OptionError


def test_what_is_not_named_keeps_its_default():
    follow = parse_follow("chords=1, drums=.25")
    assert follow == Follow(chords=1.0, drums=0.25)


def test_a_name_alone_is_followed_in_full():
    assert parse_follow("melody").melody == 1.0


@given(st.lists(st.floats(0, 1), min_size=7, max_size=7))
def test_what_is_written_is_read_back(weights):
    follow = Follow(*(round(weight, 4) for weight in weights))
    assert parse_follow(str(follow)) == follow


@pytest.mark.parametrize("text", ["bass=1", "beats=2", "beats=-0.1", "beats=x", "=1"])
def test_what_is_neither_name_nor_weight_is_refused(text):
    with pytest.raises(OptionError, match="NAME=WEIGHT"):
        parse_follow(text)


def test_nothing_is_nothing():
    assert NOTHING.is_nothing
    assert not Follow().is_nothing
