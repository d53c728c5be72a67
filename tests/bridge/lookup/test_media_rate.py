from fractions import Fraction

import pytest

from hitpoint.bridge.lookup.media import MediaFinder
from hitpoint.bridge.lookup.media_probe import probed
from hitpoint.bridge.lookup.media_rate import rate_of_media


@pytest.fixture
def films(tmp_path, filmed, panned):
    for name, rate in (("a.mov", 25), ("b.mov", 25), ("c.mov", 50)):
        filmed(tmp_path / name, [panned(1, 4)], Fraction(rate))
    (tmp_path / "voice.wav").write_bytes(b"")
    (tmp_path / "broken.mov").write_bytes(b"no movie")
    return tmp_path


def test_the_rate_is_that_of_most_films(films):
    finder = MediaFinder(films)
    assert rate_of_media(finder, ["c.mov", "a", "/lost/b.mov", "voice.wav"]).frames_per_second == 25
    assert rate_of_media(finder, ["c.mov"]).frames_per_second == 50


@pytest.mark.parametrize("names", [[], ["lost.mov"], ["voice.wav"], ["broken.mov"]])
def test_what_is_not_found_or_shows_nothing_has_no_rate(films, names):
    assert rate_of_media(MediaFinder(films), names) is None


def test_a_steady_film_keeps_its_exact_rate(tmp_path, filmed, panned):
    for rate in (Fraction(24000, 1001), Fraction(12), Fraction(15), Fraction(60000, 1001)):
        filmed(tmp_path / "a.mov", [panned(1, 30)], rate)
        assert probed(tmp_path / "a.mov").rate.frames_per_second == rate
