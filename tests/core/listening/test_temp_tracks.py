from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.errors import OptionError
from hitpoint.core.listening.temp_tracks import find_track, only_track, temp_in
from hitpoint.core.media.sound_clip import SoundClip, SoundTrack


def track(number, name, *clips):
    placed = [
        (called, SoundClip(Fraction(10 * i), Fraction(10 * i + 8), Path(f"{called}.wav")))
        for i, called in enumerate(clips)
    ]
    return SoundTrack(number, name, True, tuple(placed))


DIALOGUE, EFFECTS, TEMP = (
    track(1, "Dialogue", "take 1", "take 2"),
    track(2, "", "door"),
    track(3, "Temp music", "Zimmer"),
)


@pytest.mark.parametrize("name", ["A3", "a3", "3", "temp music", "Zimmer", "Audio 3"])
def test_a_track_goes_by_number_name_or_clip(name):
    assert find_track((DIALOGUE, EFFECTS, TEMP), name).clips == TEMP.clips


def test_a_name_that_is_not_there_tells_which_are():
    with pytest.raises(OptionError, match="no audio track or clip called 'A9': there is A1 \"Dialogue\", A2, A3"):
        find_track((DIALOGUE, EFFECTS, TEMP), "A9")


def test_a_track_without_sound_here_is_told():
    with pytest.raises(OptionError, match="not on this machine"):
        find_track((replace(track(1, "Music"), places=((Fraction(0), Fraction(8)),)),), "Music")


def test_music_of_ours_is_said_to_be_no_temp():
    with pytest.raises(OptionError, match='track A1 "Temp" is Hitpoint\'s own music'):
        find_track((replace(track(1, "Temp"), has_ours=True),), "A1")


def test_an_edit_without_sound_is_not_asked_for_its_folder():
    with pytest.raises(OptionError, match="no sound to listen to"):
        only_track(())


@pytest.mark.parametrize("name", ["Music", "TEMP", "temp_score", "MX", "Score 2"])
def test_a_temp_is_found_by_its_name(name):
    found = temp_in((DIALOGUE, track(2, name, "x")))
    assert found is not None and found.name.startswith("A2")


def test_a_temp_is_found_by_its_clips():
    assert temp_in((DIALOGUE, track(2, "", "temp 1", "temp_2"))) is not None


@pytest.mark.parametrize("name", ["Dialogue", "Musician interview", "Attempt", ""])
def test_other_tracks_are_no_temp(name):
    assert temp_in((track(1, name, "take 1"),)) is None


def test_the_only_track_needs_no_name():
    assert only_track((track(1, "", "song"), track(2, ""))).name == "A1"


def test_a_choice_is_the_editors():
    with pytest.raises(OptionError, match="which track is the music"):
        only_track((DIALOGUE, EFFECTS))


def test_a_source_lies_where_its_clips_do():
    source = find_track((DIALOGUE,), "A1")
    assert (source.start, source.end) == (0, 18)
