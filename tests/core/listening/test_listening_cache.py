from fractions import Fraction

import pytest

from hitpoint.core.listening import listening_cache
from hitpoint.core.listening.listening import Listening
from hitpoint.core.listening.listening_cache import heard_before_or_now
from hitpoint.core.media.sound_clip import SoundClip


@pytest.fixture
def count(monkeypatch):
    """Counts how often something is really listened to."""
    calls = []

    def hear(clips, start, seconds, tempo_factor, progress):
        calls.append(clips)
        return Listening(float(seconds), beats=(0.5, 1.0))

    monkeypatch.setattr(listening_cache, "hear", hear)
    return calls


def clip(path, start=0):
    return SoundClip(Fraction(start), Fraction(start + 5), path)


def listened(path, cache, start=0, factor=1.0):
    return heard_before_or_now((clip(path, start),), Fraction(start), Fraction(5), factor, cache)


def test_a_recording_is_heard_once(tmp_path, song, count):
    assert listened(song, tmp_path) == listened(song, tmp_path)
    assert len(count) == 1


def test_where_the_file_and_the_clip_lie_does_not_matter(tmp_path, song, count):
    copy = tmp_path / "copy.wav"
    copy.write_bytes(song.read_bytes())
    listened(song, tmp_path)
    listened(copy, tmp_path, start=60)
    assert len(count) == 1


def test_another_level_of_tempo_is_another_listening(tmp_path, song, count):
    listened(song, tmp_path)
    listened(song, tmp_path, factor=2.0)
    assert len(count) == 2


def test_a_changed_file_is_heard_anew(tmp_path, song, count):
    changed = tmp_path / "changed.wav"
    changed.write_bytes(song.read_bytes())
    listened(changed, tmp_path)
    changed.write_bytes(song.read_bytes()[:-4000])
    listened(changed, tmp_path)
    assert len(count) == 2


def test_a_damaged_memory_is_no_trouble(tmp_path, song, count):
    first = listened(song, tmp_path)
    for file in (tmp_path / "listenings-1").iterdir():
        file.write_text('{"schema": "hitpoint.listening.1", "seconds": null')
    assert listened(song, tmp_path) == first
    assert len(count) == 2


def test_without_a_folder_nothing_is_kept(tmp_path, song, count):
    listened(song, None)
    listened(song, None)
    assert len(count) == 2
    assert list(tmp_path.iterdir()) == []
