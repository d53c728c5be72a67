import json
from fractions import Fraction

import numpy as np
import pytest
import soundfile

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.errors import MediaReadError, OptionError
from hitpoint.core.music.key import Key
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.hearing import named_source, with_recordings
from hitpoint.plugin.jobs.job import Job, Recordings

RATE = 25


def struck(seconds, every=0.5, chord=(261.6, 329.6, 392.0)):
    time = np.arange(int(every * 44100)) / 44100
    one = sum(np.sin(2 * np.pi * hertz * time) for hertz in chord) * np.exp(-6 * time)
    return np.tile(0.2 * one, int(seconds / every)).astype(np.float32)


def clip(name, target, frames, start=0):
    span = {"OTIO_SCHEMA": "TimeRange.1", "start_time": at(start), "duration": at(frames)}
    reference = {"OTIO_SCHEMA": "MissingReference.1"}
    if target:
        reference = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": target}
    return {"OTIO_SCHEMA": "Clip.1", "name": name, "source_range": span, "media_reference": reference}


def at(frame):
    return {"OTIO_SCHEMA": "RationalTime.1", "value": frame, "rate": RATE}


def gap(frames):
    span = {"OTIO_SCHEMA": "TimeRange.1", "start_time": at(0), "duration": at(frames)}
    return {"OTIO_SCHEMA": "Gap.1", "source_range": span}


@pytest.fixture
def edit(tmp_path):
    """Sixteen seconds; from 2 to 12 a temp on A2, a voice on A1."""
    soundfile.write(tmp_path / "song.wav", struck(12), 44100)
    soundfile.write(tmp_path / "voice.wav", np.zeros(44100, np.float32), 44100)

    def track(name, kind, *children):
        return {"OTIO_SCHEMA": "Track.1", "name": name, "kind": kind, "children": list(children)}

    shots = [clip(f"shot {number}", None, 100) for number in range(4)]
    tracks = [
        track("V1", "Video", *shots),
        track("Dialogue", "Audio", clip("voice", "voice.wav", 25)),
        track("Temp", "Audio", gap(50), clip("song", "song.wav", 250)),
    ]
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": tracks}
    path = tmp_path / "cut.otio"
    path.write_text(json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "cut", "tracks": stack}))
    return path


def heard(edit, recordings, **fields):
    job = Job(edit, engine=Engine(use_cache=False), recordings=recordings)
    return with_recordings(job, read_edit(edit), Wishes(**fields))


def test_a_track_is_found_by_its_name(edit):
    source = named_source(edit, "track:temp")
    assert (source.start, source.end) == (2, 12)


def test_a_temp_keeps_its_place_in_time(edit):
    wishes, _ = heard(edit, Recordings(like="track:A2", follow=Follow(chords=1.0)))
    assert wishes.follow.chords == 1.0
    assert wishes.like.offset == 2.0
    assert wishes.like.heard.seconds == pytest.approx(10.0)
    assert min(abs(wishes.like.beats - 5.0)) < 0.06


def test_only_what_lies_under_the_cue_is_heard(edit):
    wishes, _ = heard(edit, Recordings(like="track:A2"), start_frame=5 * RATE, end_frame=9 * RATE)
    assert (wishes.like.offset, wishes.like.heard.seconds) == (0.0, pytest.approx(4.0))


def test_a_file_is_laid_at_the_start_of_the_cue(edit):
    wishes, _ = heard(edit, Recordings(like=str(edit.parent / "song.wav")), start_frame=4 * RATE)
    assert wishes.like.offset == 0.0
    assert wishes.like.source == "song.wav"


def test_music_that_stays_gives_key_and_tempo(edit):
    wishes, _ = heard(edit, Recordings(after="track:Temp"))
    assert wishes.bpm in (pytest.approx(120, rel=0.02), pytest.approx(60, rel=0.02))
    assert wishes.key is not None
    assert wishes.like is None


def test_what_the_editor_chose_wins(edit):
    wishes, _ = heard(edit, Recordings(after="track:Temp"), key=Key(3), bpm=99.0)
    assert (wishes.key, wishes.bpm) == (Key(3), 99.0)


def test_silence_is_told(edit):
    wishes, told = heard(edit, Recordings(like="track:Dialogue"))
    assert told == ('A1 "Dialogue" is silent there: nothing of it is followed',)
    assert wishes.like.is_silent


def test_a_name_that_is_nothing_is_one_line(edit):
    with pytest.raises(OptionError, match="track:NAME"):
        named_source(edit, "no such thing")
    with pytest.raises(OptionError, match="no audio track or clip called 'A7'"):
        named_source(edit, "track:A7")


def test_a_broken_recording_is_one_line(edit):
    broken = edit.parent / "broken.wav"
    broken.write_bytes(b"RIFF nothing")
    with pytest.raises(MediaReadError, match=r"broken\.wav"):
        named_source(edit, str(broken))


def test_a_telephone_is_heard_like_a_studio(edit):
    soundfile.write(edit.parent / "mono.wav", struck(12)[::5], 8820, subtype="PCM_U8")
    wishes, _ = heard(edit, Recordings(like=str(edit.parent / "mono.wav")))
    assert wishes.like.heard.bpm in (pytest.approx(120, rel=0.02), pytest.approx(60, rel=0.02))


def test_of_two_hours_only_what_lies_under_the_cue_is_heard(edit):
    long = edit.parent / "long.wav"
    with soundfile.SoundFile(long, "w", 8000, 1, "PCM_U8") as file:
        file.write(struck(6)[::6])
        file.seek(7200 * 8000 - 1)
        file.write(np.zeros(1))
    wishes, _ = heard(edit, Recordings(like=str(long)), end_frame=4 * RATE)
    assert wishes.like.heard.seconds == pytest.approx(4.0)


def test_a_mix_has_no_melody_to_follow(edit):
    _, told = heard(edit, Recordings(like="track:Temp", follow=Follow(melody=1.0)))
    assert any("melody is not followed" in line for line in told)


@pytest.mark.slow
def test_a_scored_edit_tells_what_it_follows(edit, tmp_path, capsys):
    report = tmp_path / "report.json"
    words = ["score", str(edit), "-o", str(tmp_path / "out.otio"), "--like", "track:Temp", "--report", str(report)]
    assert cli.main([*words, "--no-cache"]) == 0
    like = json.loads(report.read_text())["cue"]["like"]
    assert like["source"] == 'A2 "Temp"'
    assert like["followed"]["beats"] >= 0.95
    assert set(like["closest_run"]) == {"chords", "melody"}
    told = capsys.readouterr().out
    assert '  like      A2 "Temp", 10.0 s: ' in told and "  followed  beats " in told
    assert not list(tmp_path.rglob("out.music/**/song*"))


@pytest.mark.slow
def test_a_temp_is_told_and_followed_only_when_asked(edit, tmp_path, capsys):
    report = tmp_path / "report.json"
    assert cli.main(["score", str(edit), "-o", str(tmp_path / "out.otio"), "--report", str(report)]) == 0
    assert 'A2 "Temp" looks like temp music; --like track:A2 follows it' in capsys.readouterr().out
    assert "like" not in json.loads(report.read_text())["cue"]


def test_the_source_tells_how_long_it_is(edit):
    assert named_source(edit, str(edit.parent / "song.wav")).end == Fraction(12)
