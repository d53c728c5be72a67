import mido
import numpy as np
import pytest

MELODY = (60, 62, 64, 65, 67, 69, 71, 72)
OFFSET = 2  # beats from the first beat of the MIDI file to the first bar line


@pytest.fixture
def corpora(tmp_path):
    """A folder with one song as POP909 and its structure have it, and one chart as Billboard has it."""
    song, structure = tmp_path / "POP909" / "001", tmp_path / "pop909_structure" / "POP909" / "001"
    song.mkdir(parents=True)
    structure.mkdir(parents=True)
    beats = 0.1 + 0.5 * np.arange(66)
    (song / "beat_midi.txt").write_text("\n".join(f"{time} 1.0 0.0" for time in beats))
    names = ("C:maj", "A:min", "F:maj7", "G:7/B")
    bars = [(0.1 + 0.5 * (OFFSET + 4 * bar), names[bar % 4]) for bar in range(16)]
    lines = ["0.1 1.1 N", *(f"{start} {start + 2.0} {name}" for start, name in bars)]
    (song / "chord_midi.txt").write_text("\n".join(lines))
    (song / "key_audio.txt").write_text("0.1 33.0 C:maj")
    midi = mido.MidiFile(ticks_per_beat=480)
    midi.tracks.append(mido.MidiTrack([mido.MetaMessage("set_tempo", tempo=500000)]))
    for name in ("MELODY", "BRIDGE", "PIANO"):
        track = mido.MidiTrack([mido.MetaMessage("track_name", name=name)])
        now = 0
        for number in range(32):
            at = round((0.1 + 0.5 * (OFFSET + 2 * number)) * 960)
            pitch = MELODY[number % 8]
            track.append(mido.Message("note_on", note=pitch, velocity=90, time=at - now))
            track.append(mido.Message("note_off", note=pitch, time=240))
            now = at + 240
        midi.tracks.append(track)
    midi.save(song / "001.mid")
    (structure / "melody.txt").write_text("\n".join(f"{MELODY[number % 8]} 8" for number in range(32)))
    chart = tmp_path / "billboard-2.0-salami_chords" / "0001"
    chart.mkdir(parents=True)
    head = "# title: x\n# metre: 4/4\n# tonic: C\n\n0.0\tsilence\n"
    body = "1.0\tA, verse, | C:maj | F:maj . . G:7 | A:min E:min | C:maj | x5\n30.0\tend\n"
    (chart / "salami_chords.txt").write_text(head + body)
    return tmp_path
