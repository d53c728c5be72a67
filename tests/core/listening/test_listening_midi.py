import mido
import pytest

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import DrumOnset, HeardNote, HeardSection, Listening
from hitpoint.core.listening.listening_midi import write_listening_midi
from hitpoint.core.model.vocabulary import token_named


@pytest.fixture
def written(tmp_path):
    beats = tuple(0.4 + 0.5 * n for n in range(8))
    heard = Listening(
        5.0,
        beats,
        beats[::4],
        chords=(HeardChord(0.0, 2.4, token_named("C"), 1.0), HeardChord(2.4, 5.0, token_named("N"), 1.0)),
        melody=(HeardNote(0.4, 0.9, 72, 0.9),),
        drums=(DrumOnset(0.4, "low", 1.0),),
        sections=(HeardSection(0.0, 5.0, "A"),),
    )
    write_listening_midi(heard, tmp_path / "heard.mid")
    return mido.MidiFile(tmp_path / "heard.mid")


def seconds_of(midi, kind):
    now, found = 0.0, []
    for message in midi:
        now += message.time
        if message.type == kind and getattr(message, "velocity", 1):
            found.append((now, message))
    return found


def test_notes_lie_where_they_were_heard(written):
    starts = {message.note: time for time, message in seconds_of(written, "note_on")}
    assert starts[72] == pytest.approx(0.4, abs=0.01)
    assert starts[36] == pytest.approx(0.4, abs=0.01)
    assert starts[60] == pytest.approx(0.0, abs=0.01)


def test_a_beat_of_the_file_is_a_beat_that_was_heard(written):
    tempos = [message.tempo for _, message in seconds_of(written, "set_tempo")]
    assert tempos[2] == 500000


def test_tracks_and_sections_are_named(written):
    names = [message.name for _, message in seconds_of(written, "track_name")]
    assert names == ["Chords", "Melody", "Drums"]
    assert [message.text for _, message in seconds_of(written, "marker")] == ["A"]


def test_silence_can_be_written(tmp_path):
    write_listening_midi(Listening(2.0), tmp_path / "silence.mid")
    assert mido.MidiFile(tmp_path / "silence.mid").length == pytest.approx(2.0, abs=0.6)
