import pytest

from hitpoint.core.affect import Affect
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood, MoodSpan, nearest_mood, parse_mood, with_wishes


@pytest.mark.parametrize("mood", MOODS)
def test_each_class_is_nearest_to_its_own_point(mood):
    assert nearest_mood(Affect(*VALENCE_AROUSAL[mood])) is mood


def test_a_class_is_read_in_any_case():
    assert parse_mood(" Tense ") == (Mood.TENSE, None)


def test_a_point_is_read_and_named():
    assert parse_mood("-0.6,-0.3") == (Mood.SAD, Affect(-0.6, -0.3))


@pytest.mark.parametrize("text", ["hungry", "1,2", "a,b", "nan,0", "0.1,", ",", ""])
def test_what_is_no_mood_is_refused(text):
    with pytest.raises(OptionError):
        parse_mood(text)


def test_a_wished_point_survives_being_cut_to_the_cue():
    wish = MoodSpan(-5, 3, Mood.SAD, point=Affect(-0.5, -0.2))
    first = with_wishes((MoodSpan(0, 10, Mood.NEUTRAL),), (wish,))[0]
    assert first == MoodSpan(0, 3, Mood.SAD, wished=True, point=Affect(-0.5, -0.2))


def test_a_span_without_a_point_has_that_of_its_class():
    assert MoodSpan(0, 1, Mood.RELAXING).affect == Affect(0.68, -0.46)
