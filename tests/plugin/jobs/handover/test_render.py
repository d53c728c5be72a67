import json
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.errors import OptionError
from hitpoint.plugin import cli
from hitpoint.plugin.jobs.handover.render import cue_file_of

RATE = 16_000


def files_in(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.suffix in (".wav", ".mid")
    }


def voice(seconds):
    """Somebody who speaks."""
    path = Path(__file__).parents[3] / "core" / "features" / "voices" / "en.ogg"
    return soundfile.read(path)[0][: int(seconds * RATE)]


@pytest.fixture(scope="module")
def spoken(tmp_path_factory, small_document):
    """The small edit with speech from 3 to 5 seconds, scored with every wish for its sound; its report."""
    folder = tmp_path_factory.mktemp("spoken")
    soundfile.write(folder / "a.wav", np.concatenate([np.zeros(3 * RATE), voice(2), np.zeros(3 * RATE)]), RATE)
    document = small_document | {"global_start_time": {"OTIO_SCHEMA": "RationalTime.1", "value": 86400, "rate": 23.976}}
    (folder / "talk.otio").write_text(json.dumps(document))
    wishes = ["--loudness", "-23", "--fade-in", "0.5", "--bext", "--duck", "9", "--seed", "4"]
    words = ["score", str(folder / "talk.otio"), "--report", str(folder / "report.json"), "--quiet", "--no-cache"]
    assert cli.main([*words, *wishes]) == 0
    return json.loads((folder / "report.json").read_text())


def test_a_stored_cue_renders_again_byte_for_byte(spoken, tmp_path):
    assert cli.main(["render", spoken["outputs"]["cue"], "-o", str(tmp_path / "again"), "--quiet"]) == 0
    again, before = files_in(tmp_path / "again"), files_in(Path(spoken["outputs"]["cue"]).parent)
    assert again == before
    assert len(again) >= 5


@pytest.mark.slow
def test_rendering_again_writes_over_nothing(spoken, tmp_path):
    for _ in range(2):
        assert cli.main(["render", spoken["outputs"]["cue"], "-o", str(tmp_path), "--quiet"]) == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert {"talk_hitpoint_mix.wav", "talk_hitpoint_mix_v2.wav", "talk_hitpoint.mid", "stems"} <= names


def test_without_a_folder_it_lies_beside_the_music(scored, capsys):
    assert cli.main(["render", str(scored.output("cue"))]) == 0
    told = [Path(line) for line in capsys.readouterr().out.splitlines()]
    assert told[0] == scored.edit.with_name("small_hitpoint.render") / "small_hitpoint_mix.wav"
    assert all(path.is_file() for path in told)


def test_no_cue_is_one_line(tmp_path, capsys):
    assert cli.main(["render", str(tmp_path / "none.json")]) == cli.EXIT_ERROR
    assert capsys.readouterr().err.count("\n") == 1


def test_the_mix_has_the_loudness_asked_for(spoken):
    assert spoken["sound"]["loudness_lufs"] == pytest.approx(-23, abs=0.1)
    assert spoken["sound"]["true_peak_dbtp"] <= -1.0


def test_speech_in_the_edit_is_found_and_told(spoken):
    (span,) = spoken["sound"]["speech"]
    assert (span["start"], span["end"]) == (pytest.approx(3, abs=0.3), pytest.approx(5, abs=0.3))
    cue = read_cue(Path(spoken["outputs"]["cue"]))
    assert [(one.start, one.end) for one in cue.speech] == [(span["start"], span["end"])]


def test_the_ducking_curve_is_in_report_and_cue(spoken):
    curve = spoken["sound"]["duck"]
    assert [point["gain_db"] for point in curve] == [0, -9, -9, 0]
    assert json.loads(Path(spoken["outputs"]["cue"]).read_text())["duck"] == curve


def test_the_timeline_plays_the_mix_that_gives_way(spoken):
    timeline = json.loads(Path(spoken["outputs"]["timeline"]).read_text())
    clip = timeline["tracks"]["children"][-1]["children"][-1]
    assert clip["media_references"]["DEFAULT_MEDIA"]["target_url"] == spoken["outputs"]["ducked"]
    assert spoken["outputs"]["delivered"] == spoken["outputs"]["ducked"]


def test_the_second_mix_gives_way_under_speech_only(spoken):
    mix, ducked = (soundfile.read(spoken["outputs"][name])[0] for name in ("mix", "ducked"))
    np.testing.assert_array_equal(ducked[: 2 * 48_000], mix[: 2 * 48_000])
    np.testing.assert_allclose(ducked[180_000:220_000], mix[180_000:220_000] * 10 ** (-9 / 20), atol=2e-7)


def test_broadcast_files_tell_their_place_in_timecode(spoken):
    with av.open(spoken["outputs"]["mix"]) as container:
        assert container.metadata["time_reference"] == str(86_400 * 2002)


def test_by_default_there_is_no_bext_and_no_second_mix(scored):
    assert scored.report["outputs"]["ducked"] is None
    assert b"bext" not in scored.output("mix").read_bytes()[:64]
    assert scored.report["sound"]["target_lufs"] == -16.0


def test_the_styles_are_listed_without_an_edit(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["score", "--style", "list"])
    assert ended.value.code == 0
    lines = capsys.readouterr().out.splitlines()
    assert {"piano", "strings"} <= {line.split()[0] for line in lines}


@pytest.mark.parametrize("words", [["--loudness", "-50"], ["--loudness", "x"], ["--duck", "-3"], ["--fade-in", "nan"]])
def test_a_sound_that_cannot_be_is_wrong_usage(words, small_edit):
    with pytest.raises(SystemExit) as ended:
        cli.main(["score", str(small_edit), *words])
    assert ended.value.code == cli.EXIT_USAGE


def test_a_scored_edit_names_its_cue(scored):
    assert cue_file_of(scored.output("timeline")).samefile(scored.output("cue"))


def test_a_name_that_no_cue_has_is_refused(scored):
    with pytest.raises(OptionError, match="no cue '9M9'"):
        cue_file_of(scored.output("timeline"), "9M9")


def test_an_edit_without_music_says_what_to_give(small_edit, capsys):
    assert cli.main(["render", str(small_edit)]) == cli.EXIT_ERROR
    assert "give an edit that 'hitpoint score' has written" in capsys.readouterr().err
