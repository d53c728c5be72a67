from fractions import Fraction

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.errors import EditWriteError
from hitpoint.core.music.score import Bend, Control, Note, Part, Score, ScoreMarker
from hitpoint.core.music.tempo import TempoMap, TempoPoint, steady_tempo
from hitpoint.core.render.formats.midi import TICKS_PER_BEAT, midi_file, write_midi


def score_of(*notes, tempo=None, **fields):
    part = Part("Piano", 0, 0, tuple(Note(*note) for note in notes), (Control(1.0, 64, 127),), -3.0, 0.5)
    return Score((part,), tempo or steady_tempo(Fraction(1, 2)), **fields)


def absolute(track):
    now, found = 0, []
    for message in track:
        now += message.time
        found.append((now, message))
    return found


def read_notes(track):
    sounding, notes = {}, []
    for tick, message in absolute(track):
        if message.type == "note_on":
            assert message.note not in sounding
            sounding[message.note] = (tick, message.velocity)
        elif message.type == "note_off":
            start, velocity = sounding.pop(message.note)
            notes.append((start, tick, message.note, velocity))
    assert not sounding
    return sorted(notes)


def test_a_file_read_again_has_the_same_notes(tmp_path):
    notes = [(0, 1, 60, 90), (0.5, 2, 64, 80), (1, 1.25, 60, 70), (3.999, 4.5, 67, 60)]
    write_midi(score_of(*notes), tmp_path / "cue.mid", seconds=4)
    expected = sorted((round(a * 960), round(b * 960), pitch, velocity) for a, b, pitch, velocity in notes)
    assert read_notes(mido.MidiFile(tmp_path / "cue.mid").tracks[2]) == expected


def test_tracks_are_named_and_carry_program_volume_and_pan():
    tracks = midi_file(score_of((0, 1, 60, 90)), seconds=2).tracks
    assert [track.name for track in tracks] == ["Hitpoint", "Chords", "Piano"]
    said = {(m.type, getattr(m, "control", None)): m for m in tracks[2]}
    assert said["control_change", 7].value == 84
    assert said["control_change", 10].value == 96
    assert said["control_change", 64].value == 127
    assert ("program_change", None) in said


def test_bends_are_fourteen_bits_of_two_semitones():
    bends = (Bend(0.0, -2.0), Bend(1.0, 0.5), Bend(1.5, 0.0), Bend(2.0, 2.0))
    part = Part("Lead", 80, 3, (Note(1.0, 2.0, 60, 90),), bends=bends)
    track = absolute(midi_file(Score((part,), steady_tempo(Fraction(1, 2))), seconds=2).tracks[2])
    wheel = [(tick, m.channel, m.pitch) for tick, m in track if m.type == "pitchwheel"]
    assert wheel == [(0, 3, -8192), (960, 3, 2048), (1440, 3, 0), (1920, 3, 8191)]
    assert [m.type for tick, m in track if tick == 960] == ["pitchwheel", "note_on"]


@pytest.mark.parametrize(("beat", "semitones"), [(-1, 0), (0, 2.01), (0, -3), (0, float("nan"))])
def test_a_bend_that_the_wheel_cannot_say_is_refused(beat, semitones):
    with pytest.raises(ValueError, match="bend"):
        Bend(beat, semitones)


def test_chords_and_sections_are_markers_at_their_ticks():
    score = score_of(chords=(ScoreMarker(2.0, "A:min7"),), markers=(ScoreMarker(1.0, "Größe"),), key_name="Am")
    tracks = midi_file(score, seconds=4).tracks
    assert [(t, m.text) for t, m in absolute(tracks[1]) if m.type == "marker"] == [(1920, "A:min7")]
    assert [(t, m.text) for t, m in absolute(tracks[0]) if m.type == "marker"] == [(960, "Größe")]
    assert next(m.key for m in tracks[0] if m.type == "key_signature") == "Am"


def test_every_track_ends_with_the_cue():
    file = midi_file(score_of((0, 100, 60, 90), (3, 4, 62, 90), (50, 51, 60, 90)), seconds=3)
    assert {absolute(track)[-1][0] for track in file.tracks} == {6 * TICKS_PER_BEAT}
    assert read_notes(file.tracks[2]) == [(0, 5760, 60, 90), (2880, 3840, 62, 90)]


@given(st.lists(st.tuples(st.floats(0, 8), st.floats(0.01, 4), st.integers(60, 62), st.integers(1, 127)), max_size=12))
def test_no_note_hangs_whatever_overlaps(notes):
    score = score_of(*((start, start + length, pitch, velocity) for start, length, pitch, velocity in notes))
    track = midi_file(score, seconds=3).tracks[2]
    depth = 0
    for _, message in absolute(track):
        depth += (message.type == "note_on") - (message.type == "note_off")
    assert depth == 0


@pytest.mark.parametrize("seconds_per_beat", [Fraction(60, 97), Fraction(1001, 2000), Fraction(7, 11)])
def test_an_hour_later_the_beat_is_within_a_tick(seconds_per_beat):
    points = (
        TempoPoint(Fraction(0), seconds_per_beat),
        TempoPoint(Fraction(1234, 7), seconds_per_beat * Fraction(8, 9)),
    )
    tempo = TempoMap(points)
    file = midi_file(Score((), tempo), seconds=3600)
    now, before, microseconds = Fraction(0), 0, 500_000
    for tick, message in absolute(file.tracks[0]):
        now += Fraction((tick - before) * microseconds, TICKS_PER_BEAT * 1_000_000)
        before = tick
        one_tick = seconds_per_beat / TICKS_PER_BEAT
        assert abs(now - tempo.seconds_at(Fraction(tick, TICKS_PER_BEAT))) < one_tick
        microseconds = message.tempo if message.type == "set_tempo" else microseconds
    assert abs(now - 3600) < one_tick


def test_a_file_that_exists_is_left_alone(tmp_path):
    (tmp_path / "cue.mid").write_text("mine")
    with pytest.raises(EditWriteError, match="never overwritten"):
        write_midi(score_of((0, 1, 60, 90)), tmp_path / "cue.mid", seconds=4)


def test_a_bank_is_selected_before_its_program(make_part, tempo):
    file = midi_file(Score((make_part((0, 1, 60, 90), program=48, bank=20), make_part((0, 1, 60, 90), channel=1)), tempo),
                     seconds=2)  # fmt: skip
    first, second = ([message for message in track if not message.is_meta] for track in file.tracks[2:])
    assert [(one.type, getattr(one, "control", None), getattr(one, "value", None)) for one in first[:1]] == [
        ("control_change", 0, 20)
    ]
    assert first[1].type == "program_change" and second[0].type == "program_change"
