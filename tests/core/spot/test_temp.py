from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from hitpoint.core.edit import Edit, Shot
from hitpoint.core.media.sound_clip import SoundTrack
from hitpoint.core.spot.temp import temp_cues
from hitpoint.core.timebase import FrameRate

RATE = FrameRate(Fraction(24000, 1001))
EDIT = Edit("f", Path("f.otio"), RATE, 5000, (Shot("a", 0, 5000),))


def track(name: str, *frames: tuple[int, int]) -> SoundTrack:
    places = tuple((RATE.seconds(start), RATE.seconds(end)) for start, end in frames)
    return SoundTrack(3, name, True, (), places)


def test_each_stretch_of_temp_music_is_a_cue_exact_to_the_frame() -> None:
    cues = temp_cues(EDIT, [track("Dialogue", (0, 900)), track("Temp Music", (48, 480), (481, 700), (1200, 1801))])
    assert [(cue.start_frame, cue.end_frame) for cue in cues] == [(48, 700), (1200, 1801)]
    assert cues[0].reason == 'temp music on A3 "Temp Music"'


def test_a_sting_is_no_cue() -> None:
    assert temp_cues(EDIT, [track("MX", (48, 60))]) == ()


def test_other_tracks_are_none() -> None:
    assert temp_cues(EDIT, [track("Atmos", (0, 4000)), track("A2", (0, 4000))]) == ()
