import json
from dataclasses import replace

import pytest

from hitpoint.core.cue.likeness import Likeness, likeness_lines, likeness_of, likeness_report, likeness_to_document
from hitpoint.core.errors import CueFileError

LIKE = Likeness(
    "A3", 118.0, "4/4", "C minor", 61.4, "beats=1", (("beats", 0.98),), 4, 2, False, (10.0, 11.0), (0.1, 0.2)
)


def test_a_likeness_comes_back_from_its_document():
    assert likeness_of(json.loads(json.dumps(likeness_to_document(LIKE)))) == LIKE
    assert likeness_of(likeness_to_document(None)) is None


def test_without_beats_and_key_it_comes_back_too():
    silent = replace(LIKE, bpm=None, key=None)
    assert likeness_of(likeness_to_document(silent)) == silent


def test_the_report_keeps_the_contract():
    report = likeness_report(LIKE)
    assert set(report) >= {"source", "heard", "followed", "closest_run"}
    assert report["heard"] == {"bpm": 118.0, "metre": "4/4", "key": "C minor", "seconds": 61.4}
    assert report["closest_run"] == {"chords": 4, "melody": 2}


def test_a_likeness_is_told_in_two_lines():
    assert likeness_lines(LIKE) == ("A3, 61.4 s: 118.0 beats a minute in 4/4, C minor", "beats 98%")
    assert likeness_lines(replace(LIKE, bpm=None, key=None, followed=())) == ("A3, 61.4 s: no beats, silence",)


@pytest.mark.parametrize("change", [{"heard": None}, {"followed": []}, {"followed": {"beats": 7}}, {"closest_run": {}}])
def test_what_is_no_likeness_is_refused(change):
    with pytest.raises(CueFileError):
        likeness_of({**likeness_to_document(LIKE), **change})
