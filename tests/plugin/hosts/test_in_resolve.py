import json
import os
import re
import sys
import time
from pathlib import Path

import pytest

from hitpoint.plugin import cli
from hitpoint.plugin.hosts import message
from hitpoint.plugin.hosts.placement import newest_placements
from hitpoint.plugin.hosts.resolve import in_resolve


def music_track(timeline):
    """Name, kind, and (start, frames) of all clips of the last audio track."""
    index = timeline.GetTrackCount("audio")
    clips = [(item.GetStart(), item.GetDuration()) for item in timeline.GetItemListInTrack("audio", index)]
    return timeline.GetTrackName("audio", index), timeline.GetTrackSubType("audio", index), clips


def test_music_lies_on_a_new_stereo_track_from_the_start_timecode_on(resolve, timeline, run_menu, music_in_work):
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    assert "lies on audio track 3" in run_menu("place", resolve)
    assert music_track(timeline) == ("Hitpoint music", "stereo", [(86400, 188)])


def test_music_for_a_range_lies_where_the_range_began(resolve, timeline, installed, scored):
    host = in_resolve.Host(resolve, sys.executable, str(installed.work))
    item = host.imported(str(scored.output("mix")))
    placement = {"item": item, "first_frame": 24, "frames": 100, "rate": "24000/1001"}
    assert host.appended([placement], host.new_track())
    assert music_track(timeline)[2] == [(86424, 100)]


def test_all_cues_of_a_timeline_are_placed_those_that_overlap_on_a_track_more(
    resolve, timeline, run_menu, installed, scored, monkeypatch
):
    wav, rate = str(scored.output("mix")), "24000/1001"
    clips = [{"wav": wav, "name": "x", "first_frame": at, "frames": 40, "rate": rate} for at in (0, 30, 60)]
    monkeypatch.setattr(in_resolve.Host, "newest", lambda host: clips)
    told = in_resolve.place_music(in_resolve.Host(resolve, sys.executable, str(installed.work)))
    assert told.endswith("lies on audio track 3, 4")
    assert music_track(timeline)[2] == [(86430, 40)]
    assert [placed.start for placed in timeline._tracks["audio"][2].placed] == [86400, 86460]
    assert all(track.enabled for track in timeline._tracks["audio"])


def test_the_newest_music_has_a_clip_for_every_cue(installed, small_document):
    edit = installed.work / "Film_Cut.cut1.otio"
    edit.write_text(json.dumps(small_document))
    cues = ["--cue", "1M1=0-2", "--cue", "1M2=4-6"]
    out = installed.work / "Film_Cut.cut1_hitpoint.otio"
    assert cli.main(["score", str(edit), *cues, "-o", str(out), "--quiet", "--no-cache"]) == 0
    found = newest_placements(installed.work, "Film_Cut")
    assert [(one.first_frame, one.frames) for one in found] == [(0, 48), (96, 48)]
    assert all(Path(one.wav).is_file() for one in found)


def test_a_rate_frozen_at_import_moves_no_end(resolve, timeline, traps, run_menu, music_in_work):
    traps.project_rate = 60.0
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    run_menu("place", resolve)
    assert music_track(timeline)[2] == [(86400, 188)]


def test_an_answer_of_nothing_is_not_believed(resolve, timeline, traps, run_menu, music_in_work):
    traps.append_answers_none = True
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    assert "lies on" in run_menu("place", resolve)


@pytest.mark.parametrize("trap", ["append_is_lost", "append_goes_elsewhere"])
def test_music_that_is_not_in_its_place_leaves_no_track(resolve, timeline, traps, run_menu, music_in_work, trap):
    setattr(traps, trap, True)
    wav = music_in_work("Film_Cut_ 1.cut1_hitpoint")
    assert f"drag {wav}" in run_menu("place", resolve)
    assert timeline.GetTrackCount("audio") == 2


def test_a_track_that_is_not_stereo_is_taken_back(resolve, timeline, traps, run_menu, music_in_work):
    traps.always_mono = True
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    assert "not stereo" in run_menu("place", resolve)
    assert timeline.GetTrackCount("audio") == 2


def test_two_versions_never_sound_at_once(resolve, timeline, run_menu, music_in_work):
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    run_menu("place", resolve)
    music_in_work("Film_Cut_ 1.cut1_hitpoint_v2")
    assert "_v2_mix.wav lies on audio track 4; the earlier version is muted" in run_menu("place", resolve)
    assert [track.enabled for track in timeline._tracks["audio"]] == [True, True, False, True]


@pytest.mark.parametrize("answer", [[], [None]])
def test_media_that_is_in_the_pool_already_is_found_there(resolve, timeline, traps, run_menu, music_in_work, answer):
    wav = music_in_work("Film_Cut_ 1.cut1_hitpoint")
    resolve.GetProjectManager().GetCurrentProject().GetMediaPool().ImportMedia([str(wav)])
    traps.import_answers = answer
    assert "lies on" in run_menu("place", resolve)


def test_media_that_cannot_be_imported_is_named(resolve, timeline, traps, run_menu, music_in_work):
    traps.import_answers = []
    wav = music_in_work("Film_Cut_ 1.cut1_hitpoint")
    assert f"could not import {wav}" in run_menu("place", resolve)
    assert timeline.GetTrackCount("audio") == 2


def test_music_of_another_timeline_is_not_taken(resolve, run_menu, music_in_work):
    music_in_work("Film_Cut_ 2.cut1_hitpoint")
    assert "no music for this timeline" in run_menu("place", resolve)


def test_every_export_has_a_name_of_its_own(resolve, installed):
    host = in_resolve.Host(resolve, sys.executable, str(installed.work))
    names = [Path(host.exported()).name for _ in range(3)]
    assert names == [f"Film_Cut_ 1.cut{number}.otio" for number in (1, 2, 3)]


def test_a_refused_export_is_told(resolve, traps, run_menu):
    traps.export_is_refused = True
    assert "could not export" in run_menu("score", resolve)


@pytest.mark.parametrize("missing", ["project", "timeline"])
def test_nothing_open_is_told(stand_in, traps, run_menu, missing):
    project = None if missing == "project" else stand_in.Project(traps, "Film", None)
    assert f"open a {missing} first" in run_menu("panel", stand_in.Resolve(traps, project))


def test_nothing_is_imported_into_an_empty_project(stand_in, traps, run_menu, music_in_work):
    """A WAV that comes first would freeze the project's frame rate."""
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    project = stand_in.Project(traps, "Film", None)
    assert "open a timeline first" in run_menu("place", stand_in.Resolve(traps, project))
    assert project._frozen_by == []


def test_a_scored_timeline_is_imported_beside_the_one_it_came_from(resolve, timeline, tmp_path, small_document):
    """Resolve answers None for a timeline whose name it has; a scored copy is called as its file."""
    from fractions import Fraction

    from hitpoint.bridge.otio.otio_json import load_timeline_document
    from hitpoint.bridge.writing.music_clip import MusicClip
    from hitpoint.bridge.writing.timeline_writer import write_scored_timeline
    from hitpoint.core.timebase import FrameRate

    source, out = tmp_path / "cut.otio", tmp_path / "cut_hitpoint.otio"
    metadata = {"Resolve_OTIO": {"Resolve OTIO Meta Version": "1.0"}}
    source.write_text(json.dumps({**small_document, "name": timeline.GetName(), "metadata": metadata}))
    write_scored_timeline(source, out, [MusicClip(tmp_path / "m.wav", "m.wav", FrameRate(Fraction(24)), 0, 50, {})])
    pool = resolve.GetProjectManager().GetCurrentProject().GetMediaPool()
    names = [load_timeline_document(path)["name"] for path in (source, out)]
    imported = [pool.ImportTimelineFromFile(str(out), {"timelineName": name}) for name in names]
    assert [each is not None for each in imported] == [False, True]


@pytest.mark.parametrize("lacking", ["AddTrack", "GetTrackSubType", "SetTrackEnable"])
def test_an_old_resolve_is_told_what_it_lacks(resolve, timeline, traps, run_menu, music_in_work, lacking):
    music_in_work("Film_Cut_ 1.cut1_hitpoint")
    run_menu("place", resolve)
    traps.lacks = frozenset({lacking})
    assert f"no {lacking}: version 18.5" in run_menu("place", resolve)


def test_a_resolve_without_otio_is_told(resolve, traps, run_menu):
    traps.lacks = frozenset({"EXPORT_OTIO"})
    assert "exports no OpenTimelineIO" in run_menu("score", resolve)


def fake_python(folder: Path, body: str) -> Path:
    """An interpreter that writes down how it was started, and then does something else."""
    path = folder / "python"
    path.write_text(f'#!/bin/sh\nenv > "{folder}/env"\nprintf "%s\\n" "$@" > "{folder}/words"\n{body}\n')
    path.chmod(0o755)
    return path


needs_sh = pytest.mark.skipif(os.name == "nt", reason="the fake interpreter is a shell script")


@needs_sh
def test_hitpoint_runs_in_an_environment_of_its_own(resolve, tmp_path, monkeypatch):
    for name in ("PYTHONHOME", "PYTHONPATH", "LD_LIBRARY_PATH", "QT_PLUGIN_PATH"):
        monkeypatch.setenv(name, "/opt/resolve/libs")
    monkeypatch.setattr(in_resolve, "PANEL_SECONDS", 0.5)
    python = fake_python(tmp_path, "")
    assert "the panel opens" in in_resolve.run("panel", resolve, str(python), str(tmp_path))
    assert "/opt/resolve" not in (tmp_path / "env").read_text()
    words = (tmp_path / "words").read_text().splitlines()
    assert words == ["-P", "-m", "hitpoint.plugin", "panel", str(tmp_path / "Film_Cut_ 1.cut1.otio")]


@needs_sh
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the window is left open
def test_trouble_is_shown_in_a_window(resolve, traps, tmp_path, monkeypatch):
    monkeypatch.delenv("HITPOINT_QUIET")
    traps.export_is_refused = True
    told = in_resolve.run("score", resolve, str(fake_python(tmp_path, "")), str(tmp_path))
    end = time.monotonic() + 60.0
    while not (tmp_path / "words").is_file() and time.monotonic() < end:
        time.sleep(0.02)
    assert (tmp_path / "words").read_text().splitlines() == ["-P", "-m", "hitpoint.plugin.hosts.message", told]


def test_a_message_is_a_window_with_its_text(monkeypatch):
    widgets = pytest.importorskip("PyQt6.QtWidgets", exc_type=ImportError)
    shown = []
    monkeypatch.setattr(widgets.QMessageBox, "information", lambda *words: shown.append(words))
    assert message.main(["still composing"]) == 0
    assert shown == [(None, "Hitpoint", "still composing")]


@needs_sh
def test_a_panel_that_ends_at_once_says_why(resolve, tmp_path):
    python = fake_python(tmp_path, "echo 'hitpoint: no screen' >&2; exit 1")
    assert "did not open: hitpoint: no screen" in in_resolve.run("panel", resolve, str(python), str(tmp_path))


@needs_sh
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the process is left running
def test_long_work_does_not_hold_resolve(resolve, tmp_path, monkeypatch):
    monkeypatch.setattr(in_resolve, "SCORE_SECONDS", 0.3)
    python = fake_python(tmp_path, "exec sleep 2")
    assert "still composing" in in_resolve.run("score", resolve, str(python), str(tmp_path))


def test_an_interpreter_that_is_gone_is_told(resolve, tmp_path):
    assert "run 'hitpoint install resolve' again" in in_resolve.run("score", resolve, "/gone/python", str(tmp_path))


def test_a_menu_script_whose_hitpoint_is_gone_says_so(script, resolve, capsys):
    text = re.sub(r"^SCRIPT = .*$", "SCRIPT = '/gone/in_resolve.py'", script("panel"), flags=re.MULTILINE)
    exec(compile(text, "panel", "exec"), {"resolve": resolve})  # noqa: S102
    assert "no longer at /gone/in_resolve.py" in capsys.readouterr().out


def test_a_menu_script_outside_resolve_says_where_it_belongs(run_menu):
    assert "Workspace > Scripts" in run_menu("panel", None)


def test_an_old_python_is_told(script, resolve, capsys, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (2, 7, 18))
    exec(compile(script("panel"), "panel", "exec"), {"resolve": resolve})  # noqa: S102
    assert "Python 2.7 here" in capsys.readouterr().out


@pytest.mark.slow
def test_score_now_composes_and_places(resolve, timeline, run_menu, installed):
    assert "lies on audio track 3" in run_menu("score", resolve)
    assert music_track(timeline) == ("Hitpoint music", "stereo", [(86400, 188)])
    assert json.loads((installed.work / "Film_Cut_ 1.cut1.otio").read_text())["name"] == "small"
