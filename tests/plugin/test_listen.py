import json

import mido
import numpy as np
import pytest
import soundfile

from hitpoint.plugin import cli


@pytest.fixture
def recording(tmp_path):
    """Eight seconds of a chord struck every half second."""
    time = np.arange(int(0.5 * 44100)) / 44100
    struck = sum(np.sin(2 * np.pi * hertz * time) for hertz in (261.6, 329.6, 392.0)) * np.exp(-6 * time)
    path = tmp_path / "struck.wav"
    soundfile.write(path, np.tile(0.2 * struck, 16), 44100)
    return path


def told(capsys, *words):
    assert cli.main(["listen", *map(str, words)]) == 0
    return capsys.readouterr().out


def test_json_keeps_the_contract(recording, capsys):
    document = json.loads(told(capsys, recording, "--json", "--no-cache"))
    assert document["schema"] == "hitpoint.listening.1"
    assert document["seconds"] == pytest.approx(8.0, abs=0.01)
    assert {"bpm", "metre", "beats", "downbeats", "key", "keys", "chords", "melody", "drums"} <= set(document)


def test_a_summary_is_printed(recording, capsys):
    assert "struck.wav  8.0 s" in told(capsys, recording)


def test_midi_and_plot_are_written_and_nothing_is_overwritten(recording, capsys, tmp_path):
    pytest.importorskip("PyQt6.QtGui", exc_type=ImportError)
    midi, plot = tmp_path / "heard.mid", tmp_path / "heard.png"
    plot.write_bytes(b"mine")
    out = told(capsys, recording, "--midi", midi, "--plot", plot)
    assert plot.read_bytes() == b"mine"
    assert len(list(tmp_path.glob("heard*.png"))) == 2
    assert mido.MidiFile(midi).length > 0
    assert out.count("  written ") == 2


def test_a_file_without_sound_is_one_line(tmp_path, capsys):
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"nothing")
    assert cli.main(["listen", str(broken)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_file_that_is_not_there_is_one_line(tmp_path, capsys):
    assert cli.main(["listen", str(tmp_path / "none.wav")]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_a_place_that_takes_no_file_is_named_by_its_option_before_the_listening(recording, capsys, tmp_path):
    assert cli.main(["listen", str(recording), "--plot", str(tmp_path / "lost" / "heard.png")]) == 1
    assert "(--plot names another place)" in capsys.readouterr().err
