"""A stretch of a score as a score of its own."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.music.metre import Metre
from hitpoint.core.music.score import DRUM_CHANNEL, Bend, Control, Note, Part, Score, ScoreMarker
from hitpoint.core.music.score_excerpt import score_excerpt
from hitpoint.core.music.tempo import TempoMap, TempoPoint

TEMPO = TempoMap((TempoPoint(Fraction(0), Fraction(1, 2)), TempoPoint(Fraction(6), Fraction(3, 4))))
PIANO = Part("Piano", 0, 0, (Note(0, 2, 60, 90), Note(2, 5, 64, 90), Note(6, 7, 67, 90), Note(9, 11, 72, 90)),
             (Control(0.0, 64, 127), Control(5.0, 64, 0)), bends=(Bend(1.0, 0.5),))  # fmt: skip
DRUMS = Part("Drums", 0, DRUM_CHANNEL, (Note(2.5, 4, 36, 90), Note(4, 4.5, 38, 90)))
SCORE = Score(
    (PIANO, DRUMS), TEMPO, "C", (ScoreMarker(0.0, "A"), ScoreMarker(8.0, "B")),
    (ScoreMarker(0.0, "C"), ScoreMarker(4.0, "F"), ScoreMarker(10.0, "G")), keys=((4.0, "F"),),
)  # fmt: skip
START = Fraction(3, 2)  # beat 3


def heard(seconds: Fraction = Fraction(4), start: Fraction = START, *, whole_bars: bool = False) -> Score:
    return score_excerpt(SCORE, start, seconds, whole_bars=whole_bars)[0]


def test_from_the_start_on_a_score_stays_as_it_is() -> None:
    assert score_excerpt(SCORE, Fraction(0), Fraction(4)) == (SCORE, 4)


def test_only_notes_that_are_heard_are_there_and_a_held_one_begins_at_the_border() -> None:
    piano, drums = heard().parts
    assert [(note.start, note.end, note.pitch) for note in piano.notes] == [(0, 2, 64), (3, 4, 67), (6, 8, 72)]
    assert [(note.start, note.pitch) for note in drums.notes] == [(1, 38)]


def test_what_holds_at_the_border_is_said_there() -> None:
    score = heard()
    assert [(one.beat, one.text) for one in score.chords] == [(0, "C"), (1, "F")]
    assert [(one.beat, one.text) for one in score.markers] == [(0, "A"), (5, "B")]
    assert (score.key_name, score.keys) == ("C", ((1.0, "F"),))
    assert score.parts[0].controls == (Control(0.0, 64, 127), Control(2.0, 64, 0))
    assert score.parts[0].bends == (Bend(0.0, 0.5),)


def test_bars_stay_where_they_were() -> None:
    assert heard().metres == ((0.0, Metre(4, 4)), (1.0, Metre(4, 4)))


@given(st.fractions(0, 8, max_denominator=24), st.fractions(0, 8, max_denominator=24))
def test_every_beat_sounds_when_it_did(start: Fraction, later: Fraction) -> None:
    excerpt = heard(Fraction(10), start)
    first = SCORE.tempo.beat_at(start)
    assert excerpt.tempo.seconds_at(later) == SCORE.tempo.seconds_at(first + later) - start


def test_a_page_begins_with_the_bar_that_is_silent_up_to_what_is_heard() -> None:
    page, seconds = score_excerpt(SCORE, START, Fraction(4), whole_bars=True)
    assert seconds == START + 4 and page.metres == ((0.0, Metre(4, 4)),)
    assert [note.start for note in page.parts[0].notes] == [3, 6, 9]
    assert [(one.beat, one.text) for one in page.chords] == [(3, "C"), (4, "F")]
