import pytest

from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.training.listening.charts import chart_names, read_chart


def spelled(corpora, beats_per_bar):
    chords = read_chart(corpora, "0001", beats_per_bar).chords
    return [(chord.start, symbol_of(chord.token)) for chord in chords[:6]]


def test_bars_are_read_with_their_quarters(corpora):
    assert spelled(corpora, 4) == [(0, "C"), (4, "F"), (7, "G:7"), (8, "A:min"), (10, "E:min"), (12, "C")]


@pytest.mark.parametrize(("metre", "division"), [(4, 2), (3, 2), (2, 3)])
def test_a_chart_can_be_played_in_other_metres(corpora, metre, division):
    chart = read_chart(corpora, "0001", metre)
    assert (chart.beats_per_bar, chart.beats, chart.division) == (metre, 20 * metre, division)


def test_a_waltz_keeps_the_changes_that_fit(corpora):
    assert spelled(corpora, 3)[:5] == [(0, "C"), (3, "F"), (5, "G:7"), (6, "A:min"), (7, "E:min")]


def test_other_metres_are_left_out(corpora):
    path = corpora / "billboard-2.0-salami_chords" / "0001" / "salami_chords.txt"
    path.write_text(path.read_text().replace("4/4", "6/8"))
    assert chart_names(corpora) == ("0001",)
    assert read_chart(corpora, "0001") is None
