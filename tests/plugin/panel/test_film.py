"""All cues of an edit through the panel's real ports: opened, written, spotted, taken over to another cut."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import chord_locked
from hitpoint.core.cue.documents.cue_list_file import read_list
from hitpoint.core.cue.film import film_cues
from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.errors import OptionError
from hitpoint.core.ports import Delivered, WriteChoice
from hitpoint.core.progress import SILENT
from hitpoint.plugin.jobs.standing import standing_cues
from hitpoint.plugin.panel.film_sink import sorted_cues
from hitpoint.plugin.panel.ports import panel_ports
from hitpoint.plugin.panel.ways_back import ways_back

Made = tuple[Path, FilmCues, Delivered]
PORTS = panel_ports()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, small_document: dict[str, Any]) -> Made:
    """1M1 and 1M2 composed and written, 1M2 approved and with a note; 1M3 proposed."""
    folder = tmp_path_factory.mktemp("film")
    path = folder / "small.otio"
    path.write_text(json.dumps(small_document))
    edit = PORTS.source.open(path, SILENT).edit
    film = FilmCues()
    for number, (start, end) in enumerate(((0, 48), (60, 110))):
        wishes = Wishes(start, end, seed=number, name=f"1M{number + 1}")
        cue = PORTS.composer.compose(edit, wishes, 1, SILENT).takes[0].cue
        film = film_cues.with_music(film, wishes.name, cue)
    film = film_cues.noted(film, "1M2", state=CueState.APPROVED, notes="softer")
    film = film_cues.proposed(film, CueEntry("1M3", 120, 150, reason="a door"))
    return path, film, _written(path, film)


def read_sound(path: Path | None) -> Any:
    """The samples of a file as whole numbers."""
    assert path is not None
    return soundfile.read(path, dtype="int32")[0]


def _written(path: Path, film: FilmCues, *, approved: bool = False) -> Delivered:
    way = replace(ways_back(path, next(iter(film.music.values())))[0], steps="{wav}")
    return PORTS.sink.write(path, film, WriteChoice(way, approved=approved), SILENT)


def test_all_cues_are_written_and_opened_with_what_was_said_of_them(made: Made) -> None:
    _, film, delivered = made
    assert any("1M3 is left out: it is not composed yet" in line for line in delivered.warnings)
    opened = PORTS.source.open(delivered.timeline, SILENT)
    assert opened.music == delivered.folder  # where takes go when it is written
    assert opened.film is not None and opened.is_saved
    assert opened.film.cues.names == ("1M1", "1M2", "1M3")
    entry = opened.film.cues.named("1M2")
    assert (entry.state, entry.notes) == (CueState.APPROVED, "softer")
    assert opened.film.cues.named("1M3").reason == "a door"
    assert {name: cue.steps for name, cue in opened.film.music.items()} == {
        name: cue.steps for name, cue in film.music.items()
    }


def test_what_was_written_names_the_files_of_every_cue(made: Made) -> None:
    delivered = made[2]
    assert [sound.name for sound, _ in delivered.cues] == [
        f"{delivered.timeline.stem}_{n}_mix.wav" for n in ("1M1", "1M2")
    ]
    assert all(sound.is_file() and folder.parent == delivered.folder for sound, folder in delivered.cues)


def test_a_cue_that_has_not_changed_keeps_its_files(made: Made, tmp_path: Path) -> None:
    delivered = made[2]
    opened = PORTS.source.open(delivered.timeline, SILENT)
    assert opened.film is not None
    before = {one.name: one.file for one in standing_cues(delivered.timeline)}
    film = film_cues.with_music(opened.film, "1M1", chord_locked(opened.film.music["1M1"], 0))
    again = _written(delivered.timeline, film)
    after = {one.name: one.file for one in standing_cues(again.timeline)}
    assert after["1M2"] == before["1M2"] and after["1M1"] != before["1M1"]
    assert read_list(again.folder / "cues.json").names == ("1M1", "1M2", "1M3")
    names = [sound.name for sound, _ in again.cues]
    assert names == [f"{again.timeline.stem}_mix.wav", delivered.cues[1][0].name]
    assert again.steps == f"{names[0]} (00:00:00:00), {names[1]} (00:00:02:12)"


def test_only_approved_cues_are_written_and_the_others_are_named(made: Made, tmp_path: Path) -> None:
    path, film, _ = made
    delivered = _written(path, film, approved=True)
    assert [one.name for one in standing_cues(delivered.timeline)] == ["1M2"]
    assert any("1M1 is left out: it is not approved" in line for line in delivered.warnings)


def test_a_cue_that_was_resized_is_left_out_and_named(made: Made) -> None:
    path, film, _ = made
    resized = film_cues.moved(film, "1M1", 0, 55)
    sort = sorted_cues(path, ".otio", resized, approved=False)
    assert [cue.name for cue in sort.written] == ["1M2"]
    assert "1M1 is left out: it reaches beyond its music" in sort.told[0]


@pytest.mark.parametrize(
    ("change", "approved", "told"),
    [
        (lambda film: film_cues.noted(film, "1M2", state=CueState.COMPOSED), True, "no cue is approved"),
        (lambda film: replace(film, music={}), False, "no cue is composed yet"),
    ],
)
def test_nothing_to_write_is_told(
    made: Made, change: Callable[[FilmCues], FilmCues], approved: bool, told: str
) -> None:
    with pytest.raises(OptionError, match=told):
        sorted_cues(made[0], ".otio", change(made[1]), approved=approved)


def test_all_cues_follow_another_cut_and_a_proposal_goes_with_its_shots(
    made: Made, small_document: dict[str, Any], tmp_path: Path
) -> None:
    longer = json.loads(json.dumps(small_document))
    clips = longer["tracks"]["children"][0]["children"]
    clips.insert(0, json.loads(json.dumps(clips[2])))
    path = tmp_path / "longer.otio"
    path.write_text(json.dumps(longer))
    film = film_cues.moved(made[1], "1M1", 4, 48)
    conformed = PORTS.source.conform_film(film, path, SILENT)
    assert conformed.film is not None
    before, after = made[1].cues.named("1M3"), conformed.film.cues.named("1M3")
    shift = after.start_frame - before.start_frame
    assert shift > 20 and after.end_frame - before.end_frame == shift
    assert conformed.film.music["1M2"].start_frame - 60 == shift
    assert conformed.film.cues.named("1M2").state is CueState.COMPOSED
    assert any(line.startswith("1M2: ") for line in conformed.changes)


def test_spotting_is_that_of_the_command(small_document: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "small.otio"
    path.write_text(json.dumps(small_document))
    found = PORTS.source.spot(path, SILENT)
    assert all(entry.reason for entry in found.cues.entries)


@pytest.mark.slow
def test_both_halves_of_a_cue_are_written_as_it_sounded_and_open_again(made: Made) -> None:
    path, film, before = made
    whole = read_sound(next(one.mix for one in standing_cues(before.timeline) if one.name == "1M1"))
    parts = film_cues.split(film, "1M1", 20)
    rest = next(name for name in parts.cues.names if name not in film.cues.names)
    delivered = _written(path, parts)
    opened = PORTS.source.open(delivered.timeline, SILENT)
    assert opened.film is not None
    spans = {name: heard_range(cue) for name, cue in opened.film.music.items()}
    assert spans == {"1M1": (0, 20), rest: (20, 48), "1M2": (60, 110)}
    assert [opened.film.is_ready(name) for name in ("1M1", rest)] == [True, True]
    mixes = {one.name: one.mix for one in standing_cues(delivered.timeline)}
    first, second = read_sound(mixes["1M1"]), read_sound(mixes[rest])
    rate = film.music["1M1"].edit.rate
    assert (len(first), len(second)) == (rate.samples(20), rate.samples(28))
    np.testing.assert_array_equal(first, whole[: len(first)])
    np.testing.assert_array_equal(second, whole[rate.samples(20) :][: len(second)])
    joined = film_cues.joined(opened.film, "1M1", rest).music["1M1"]
    assert heard_range(joined) == (0, 48) and joined.heard is None


def test_only_what_a_cue_reaches_beyond_its_music_is_composed(made: Made) -> None:
    _, film, _ = made
    cue = film.music["1M1"]
    longer = PORTS.composer.extended(cue, 0, 60, SILENT).takes[0].cue
    assert heard_range(longer) == (0, 60) and longer.key == cue.key
    shorter = PORTS.composer.extended(film_cues.moved(film, "1M2", 70, 100).music["1M2"], 70, 120, SILENT).takes[0].cue
    assert (shorter.start_frame, heard_range(shorter)) == (60, (70, 120))


def test_cues_that_are_levelled_together_are_written_together_and_reopened_so(made: Made) -> None:
    path, film, _ = made
    delivered = _written(path, film_cues.levelled(film, -20.0))
    reopened = PORTS.source.open(delivered.timeline, SILENT).film
    assert reopened is not None and reopened.cues.programme == -20.0
    own = [reopened.music[name].sound.loudness for name in ("1M1", "1M2")]
    assert min(own) < -20.0 < max(own)
    sort = sorted_cues(delivered.timeline, ".otio", reopened, approved=False)
    assert [cue.name for cue in sort.written] == ["1M1", "1M2"] and not sort.kept  # each hangs on the other
