from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.cue.documents.sound_file import sound_of, sound_to_document, speech_of, speech_to_document
from hitpoint.core.cue.parts import PartSetting
from hitpoint.core.cue.sound import DuckPoint, Level, Sound, Speech, duck_curve, gain_at, speaking_share
from hitpoint.core.errors import CueFileError

spans = st.lists(st.tuples(st.floats(0, 100), st.floats(0.05, 20)), max_size=8).map(
    lambda pairs: [Speech(start, start + length) for start, length in pairs]
)
depths = st.floats(0.5, 40)
sounds = st.builds(
    Sound,
    loudness=st.floats(-40, -8),
    fade_in=st.floats(0, 60),
    fade_out=st.floats(0, 60),
    synth=st.sampled_from(["auto", "fluidsynth"]),
    soundfont=st.none() | st.sampled_from(["a.sf2", "/fonts/b c.sf3"]).map(Path),
    is_broadcast=st.booleans(),
    duck=st.floats(0, 40),
    delivers_ducked=st.booleans(),
    level=st.none() | st.builds(Level, st.floats(-70, 20), st.floats(-40, 40), st.floats(-40, -8)),
    feel=st.floats(0, 1),
    parts=st.just(())
    | st.builds(PartSetting, st.just("Pad"), st.just("oboe"), st.integers(-3, 3), st.floats(-40, 12)).map(
        lambda one: (one,)
    ),
)


@given(spans, depths, st.floats(0, 50), st.floats(1, 80))
def test_the_curve_is_in_order_inside_the_cue_and_between_its_depth_and_nothing(speech, depth, start, length):
    curve = duck_curve(speech, depth, start, start + length)
    assert all(a.time < b.time for a, b in pairwise(curve))
    assert all(start <= point.time <= start + length and -depth <= point.gain_decibels <= 0 for point in curve)


@given(spans, depths)
def test_all_speech_inside_the_cue_is_ducked_all_the_way(speech, depth):
    curve = duck_curve(speech, depth, 10.0, 90.0)
    for span in speech:
        for time in (span.start, (span.start + span.end) / 2, span.end):
            if 10.0 <= time <= 90.0 and span.start < 90.0 and span.end > 10.0:
                assert gain_at(curve, time) == pytest.approx(-depth, abs=1e-6)


def test_far_from_speech_the_music_is_itself():
    curve = duck_curve([Speech(10, 12)], 9.0, 0.0, 60.0)
    assert gain_at(curve, 9.0) == gain_at(curve, 14.0) == 0.0


def test_a_breath_between_two_sentences_does_not_pump():
    curve = duck_curve([Speech(2, 3), Speech(4, 5)], 6.0, 0.0, 10.0)
    assert [point.gain_decibels for point in curve] == [0.0, -6.0, -6.0, 0.0]


def test_speech_from_the_first_frame_on_starts_low():
    assert duck_curve([Speech(0.0, 3.0)], 9.0, 0.0, 10.0)[0] == DuckPoint(0.0, -9.0)


@pytest.mark.parametrize(("depth", "speech"), [(0.0, [Speech(1, 2)]), (9.0, []), (9.0, [Speech(50, 60)])])
def test_nothing_to_duck_is_no_curve(depth, speech):
    assert duck_curve(speech, depth, 0.0, 10.0) == ()


def test_the_share_of_speech_counts_each_stretch():
    assert speaking_share([Speech(0, 1), Speech(2, 2.5)], 0.5, 2.5) == pytest.approx(0.5)


@given(st.lists(st.integers(0, 400), unique=True, max_size=12), st.integers(0, 380), st.integers(1, 90))
def test_a_share_of_speech_is_that_of_all_spans(edges, start, length):
    pairs = sorted(edges)[: len(edges) // 2 * 2]
    speech = [Speech(first / 8, end / 8) for first, end in zip(pairs[::2], pairs[1::2], strict=True)]
    begin, stop = start / 8, (start + length) / 8
    spoken = sum(max(0.0, min(span.end, stop) - max(span.start, begin)) for span in speech)
    assert speaking_share(speech, begin, stop) == spoken / (stop - begin)


@given(sounds)
def test_a_sound_that_is_written_is_read_again(sound):
    assert sound_of(sound_to_document(sound)) == sound


def test_a_cue_of_an_earlier_version_has_todays_default():
    assert sound_of(None) == Sound()


@pytest.mark.parametrize(
    ("name", "value"), [("loudness", 3), ("fade_in", -1), ("synth", None), ("bext", 1), ("duck", 99)]
)
def test_a_damaged_sound_is_one_line(name, value):
    with pytest.raises(CueFileError, match=name):
        sound_of({**sound_to_document(Sound()), name: value})


@pytest.mark.parametrize("level", [3, {}, {"before": -20, "gain": 1e9, "target": -16}, {"before": -20, "gain": 3}])
def test_a_damaged_level_is_one_line(level):
    with pytest.raises(CueFileError, match=r"sound\.level"):
        sound_of({**sound_to_document(Sound()), "level": level})


def test_speech_is_read_in_order_only():
    speech = (Speech(1.0, 2.0), Speech(3.0, 4.5))
    assert speech_of(speech_to_document(speech)) == speech
    with pytest.raises(CueFileError, match="speech"):
        speech_of(speech_to_document(speech[::-1]))
