from fractions import Fraction

import pytest

from hitpoint.bridge.reading.production_sound import read_production_sound, read_sound_tracks
from hitpoint.core.errors import EditReadError


@pytest.fixture
def media(tmp_path):
    for name in ("voice.wav", "room.wav"):
        (tmp_path / name).write_bytes(b"")
    return tmp_path


def heard(path):
    return [
        (clip.media.name, clip.start, clip.end, clip.source_start, clip.speed) for clip in read_production_sound(path)
    ]


def test_clips_of_all_audio_tracks_are_read(otio_build, stored, media):
    b = otio_build
    voice = b.track(b.gap(50), b.clip(25, 100, url="voice.wav"), kind="Audio")
    room = b.track(b.clip(0, 200, url="room.wav", effects=b.warp(2.0)), kind="Audio")
    assert heard(stored(b.timeline(b.track(b.clip(0, 200)), voice, room))) == [
        ("voice.wav", 2, 6, 1, 1),
        ("room.wav", 0, 8, 0, 2),
    ]


def test_the_medias_own_timecode_is_taken_off(otio_build, stored, media):
    b = otio_build
    clip = b.clip(90_025, 100, url="voice.wav", available=b.range(90_000, 500))
    ((_, start, _, source_start, _),) = heard(stored(b.timeline(b.track(clip, kind="Audio"))))
    assert (start, source_start) == (0, Fraction(1))


def test_what_is_switched_off_is_not_heard(otio_build, stored, media):
    b = otio_build
    off = b.track(b.clip(url="voice.wav"), kind="Audio", enabled=False)
    partly = b.track(b.clip(url="voice.wav", enabled=False), b.clip(url="room.wav"), kind="Audio")
    assert [name for name, *_ in heard(stored(b.timeline(b.track(b.clip()), off, partly)))] == ["room.wav"]


def test_our_own_music_is_not_heard(otio_build, stored, media):
    b = otio_build
    track, clip = ({"hitpoint": {"schema": f"hitpoint.{place}.1"}} for place in ("track", "clip"))
    music = b.clip(url="voice.wav", metadata=clip)
    ours = b.track(music, b.clip(url="room.wav"), kind="Audio", metadata=track)
    assert [name for name, *_ in heard(stored(b.timeline(b.track(b.clip()), ours)))] == ["room.wav"]


def test_missing_media_are_left_out(otio_build, stored, media):
    b = otio_build
    track = b.track(b.clip(url="lost.wav"), b.clip(url="voice.wav"), kind="Audio")
    assert [name for name, *_ in heard(stored(b.timeline(b.track(b.clip()), track)))] == ["voice.wav"]


def test_media_that_moved_are_found_in_a_media_folder(otio_build, stored, tmp_path):
    b = otio_build
    (tmp_path / "moved").mkdir()
    (tmp_path / "moved" / "voice.wav").write_bytes(b"")
    path = stored(b.timeline(b.track(b.clip()), b.track(b.clip(url="/old/voice.wav"), kind="Audio")))
    (clip,) = read_production_sound(path, [tmp_path / "moved"])
    assert clip.media == tmp_path / "moved" / "voice.wav"


def test_a_movie_is_heard_from_its_start(filmed, panned, tmp_path):
    filmed(tmp_path / "film.mp4", [panned(1, 50)])
    (clip,) = read_production_sound(tmp_path / "film.mp4")
    assert (clip.start, clip.source_start, float(clip.end)) == (0, 0, pytest.approx(2.0))


def test_no_edit_is_one_line(tmp_path):
    with pytest.raises(EditReadError):
        read_production_sound(tmp_path / "none.otio")


def test_tracks_go_by_number_and_name(otio_build, stored, media):
    b = otio_build
    voice = b.track(b.clip(25, 100, url="voice.wav"), kind="Audio", name="Dialogue")
    off = b.track(b.gap(50), b.clip(0, 200, url="room.wav"), kind="Audio", name="Temp", enabled=False)
    tracks = read_sound_tracks(stored(b.timeline(b.track(b.clip(0, 200)), voice, off)))
    assert [(track.number, track.name, track.is_on) for track in tracks] == [(1, "Dialogue", True), (2, "Temp", False)]
    assert [(clip.media.name, clip.start, clip.end) for clip in tracks[1].clips] == [("room.wav", 2, 10)]


def test_tracks_leave_our_own_music_out(otio_build, stored, media):
    b = otio_build
    track, clip = ({"hitpoint": {"schema": f"hitpoint.{place}.1"}} for place in ("track", "clip"))
    ours = b.track(b.clip(url="voice.wav", metadata=clip), kind="Audio", metadata=track)
    (known,) = read_sound_tracks(stored(b.timeline(b.track(b.clip()), ours)))
    assert (known.clips, known.has_ours) == ((), True)


def test_a_movie_has_one_track(filmed, panned, tmp_path):
    filmed(tmp_path / "film.mp4", [panned(1, 50)])
    (track,) = read_sound_tracks(tmp_path / "film.mp4")
    assert (track.number, track.name) == (1, "film")
