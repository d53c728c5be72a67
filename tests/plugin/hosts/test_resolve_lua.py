import json

import pytest

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.plugin.hosts.place_script import place_script_text
from hitpoint.plugin.hosts.placement import Placement, placement_of


@pytest.fixture
def place(scored):
    """The script that places the small edit's music in the timeline "Cut: 1" of "Film"."""
    return place_script_text([placement_of(read_cue(scored.output("cue")), scored.output("mix"))], "Film_Cut_ 1")


def notes(timeline):
    return [(marker["name"], marker["note"]) for marker in timeline._markers.values()]


def audio(timeline):
    return [
        (track.name, track.kind, [(p.start, p.frames) for p in track.placed]) for track in timeline._tracks["audio"]
    ]


def test_lua_exports_and_a_marker_tells_the_command(resolve, timeline, script, run_lua, installed, small_document):
    run_lua(script("export"), resolve)
    path = installed.work / "Film_Cut_ 1.otio"
    assert json.loads(path.read_text()) == small_document
    ((name, note),) = notes(timeline)
    assert name == "Hitpoint" and f'hitpoint score "{path}"' in note


def test_our_marker_is_gone_before_the_next_export(resolve, timeline, script, run_lua):
    for _ in range(3):
        run_lua(script("export"), resolve)
    assert len(notes(timeline)) == 1


def test_our_marker_gives_way_to_the_editors(resolve, timeline, script, run_lua):
    timeline.AddMarker(0, "Blue", "mine", "", 1, "")
    run_lua(script("export"), resolve)
    assert [name for name, _ in notes(timeline)] == ["mine", "Hitpoint"]


def test_a_refused_export_is_told_by_a_marker(resolve, timeline, traps, script, run_lua):
    traps.export_is_refused = True
    run_lua(script("export"), resolve)
    assert "could not be exported" in notes(timeline)[0][1]


def test_lua_does_nothing_with_nothing_open(stand_in, traps, script, place, run_lua, tmp_path):
    before, project = sorted((tmp_path / "work").rglob("*")), stand_in.Project(traps, "Film", None)
    for text in (script("export"), place):
        run_lua(text, stand_in.Resolve(traps, project))
        run_lua(text, stand_in.Resolve(traps, None))
    assert sorted((tmp_path / "work").rglob("*")) == before
    assert project.GetMediaPool().GetCurrentFolder()._clips == []


@pytest.mark.parametrize("rate", [None, 60.0, 24.0])
@pytest.mark.parametrize("answers_none", [False, True])
def test_lua_places_the_music(resolve, timeline, traps, place, run_lua, rate, answers_none):
    traps.project_rate, traps.append_answers_none = rate, answers_none
    run_lua(place, resolve)
    assert audio(timeline)[2] == ("Hitpoint music", "stereo", [(86400, 188)])
    assert notes(timeline) == []


def test_lua_places_the_music_for_a_range_where_the_range_began(resolve, timeline, place, run_lua):
    run_lua(place.replace("first = 0, frames = 188,", "first = 24, frames = 100,"), resolve)
    assert audio(timeline)[2][2] == [(86424, 100)]


def test_lua_places_all_cues_those_that_overlap_on_a_track_more(resolve, timeline, run_lua, scored):
    places = [Placement(str(scored.output("mix")), "x", at, 40, "24000/1001") for at in (60, 30, 0)]
    run_lua(place_script_text(places, "Film_Cut_ 1"), resolve)
    assert audio(timeline)[2:] == [
        ("Hitpoint music", "stereo", [(86400, 40), (86460, 40)]),
        ("Hitpoint music", "stereo", [(86430, 40)]),
    ]
    assert all(track.enabled for track in timeline._tracks["audio"]) and notes(timeline) == []


def test_lua_mutes_the_earlier_version(resolve, timeline, place, run_lua):
    run_lua(place, resolve)
    run_lua(place, resolve)
    assert [track.enabled for track in timeline._tracks["audio"]] == [True, True, False, True]


@pytest.mark.parametrize("trap", ["append_is_lost", "append_goes_elsewhere"])
def test_lua_takes_its_track_back(resolve, timeline, traps, place, run_lua, trap, scored):
    setattr(traps, trap, True)
    run_lua(place, resolve)
    assert len(audio(timeline)) == 2
    assert f"drag {scored.output('mix')} to frame 0" in notes(timeline)[0][1]


def test_lua_says_what_cannot_be_imported(resolve, timeline, traps, place, run_lua):
    traps.import_answers = []
    run_lua(place, resolve)
    assert len(audio(timeline)) == 2
    assert "could not be imported" in notes(timeline)[0][1]


def test_lua_leaves_another_timeline_alone(resolve, timeline, place, run_lua):
    timeline._name = "Cut: 2"
    run_lua(place, resolve)
    assert len(audio(timeline)) == 2
    assert "open that timeline" in notes(timeline)[0][1]
