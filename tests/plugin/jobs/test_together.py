"""Cues of one film that share what makes a score one: a theme by name, keys that lead on, borders that are joined."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.documents.cue_list_file import read_list
from hitpoint.core.errors import OptionError
from hitpoint.core.render.choice import synthesizer_for
from hitpoint.plugin import cli
from hitpoint.plugin.jobs import deliver
from hitpoint.plugin.jobs.score import planned_cues
from hitpoint.plugin.jobs.standing import standing_cues

CUES = (
    "1M1=0-9,theme=Anna,join=segue,style=piano",
    "1M2=9-18,join=crossfade",
    "1M3=18-27,theme=Anna,join=ring,style=strings,key=D minor",
)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory, small_document: dict[str, Any]) -> Path:
    """Half a minute in one folder, scored with three cues in film_hitpoint.otio."""
    document = json.loads(json.dumps(small_document))
    for track in document["tracks"]["children"]:
        track["children"][0]["source_range"]["duration"]["value"] += 532
    path = tmp_path_factory.mktemp("together") / "film.otio"
    path.write_text(json.dumps(document))
    words = [word for cue in CUES for word in ("--cue", cue)]
    report = path.with_name("report.json")
    made: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(deliver, "synthesizer_for", lambda sound: made.append(sound) or synthesizer_for(sound))
        assert cli.main(["score", str(path), *words, "--report", str(report), "--quiet", "--no-cache"]) == 0
    path.with_name("synthesizers.txt").write_text(str(len(made)))
    return path


def report(film: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(film.with_name("report.json").read_text())
    return found


@pytest.fixture(scope="module")
def cues(film: Path) -> list[Cue]:
    return [read_cue(Path(one["outputs"]["cue"])) for one in report(film)["cues"]]


def test_cues_that_name_a_theme_have_its_tune(cues: list[Cue]) -> None:
    first, _, third = cues
    assert first.theme is not None and first.theme.notes
    assert first.theme == third.theme
    assert first.plan is not None and third.plan is not None and first.plan.metre == third.plan.metre


def test_cues_that_the_same_font_plays_share_its_memory(film: Path) -> None:
    assert film.with_name("synthesizers.txt").read_text() == "1"


def test_a_key_that_nobody_gave_is_near_its_neighbours(cues: list[Cue]) -> None:
    before, after = cues[0].key_at(len(cues[0].steps) - 1), cues[1].key
    assert len(set(before.scale) & set(after.scale)) >= 6
    assert str(cues[2].key) == "D minor"


def test_a_segue_keeps_the_tempo_and_ends_on_the_way(cues: list[Cue]) -> None:
    first, second = cues[0].tempo, cues[1].tempo
    assert second.points[0].bpm == pytest.approx(first.points[-1].bpm, rel=0.08)  # as far as what it meets bends it
    assert cues[1].bpm is None and cues[0].plan is not None
    assert (first.beat_at(cues[0].seconds) / cues[0].plan.metre.beats_per_bar).denominator == 1
    last = cues[0].steps[-1].chord
    assert last.symbol().endswith(":7") and (last.root - cues[1].key.tonic) % 12 == 7


def test_a_crossfade_overlaps_and_fades_both(cues: list[Cue]) -> None:
    assert cues[1].end_frame - cues[2].start_frame == 48
    assert cues[1].sound.fade_out == cues[2].sound.fade_in == pytest.approx(2.0, abs=0.01)
    assert cues[2].tail_frames == 72


def test_a_cue_that_another_fades_into_can_be_replaced_in_its_own_range(film: Path) -> None:
    scored = film.with_name("film_hitpoint.otio")
    edit, standing = read_edit(scored), standing_cues(scored)
    wish = Wishes(name="1M3", start_frame=18 * 24, end_frame=27 * 24)
    _, kept = planned_cues(edit, (wish,), standing, ("1M3",))
    assert [one.name for one in kept] == ["1M1", "1M2"]
    with pytest.raises(OptionError, match="1M3 overlaps 1M2"):
        planned_cues(edit, (replace(wish, start_frame=17 * 24),), standing, ("1M3",))


def test_the_list_and_the_report_tell_how_cues_belong_together(film: Path) -> None:
    entries = read_list(film.with_name("film_hitpoint.music") / "cues.json").entries
    assert [(one.theme, one.join) for one in entries] == [("Anna", "segue"), ("", "crossfade"), ("Anna", "ring")]
    first = report(film)["cues"][0]
    assert (first["theme"], first["join"]) == ("Anna", "segue")
    assert first["segue"]["to"] == "1M2" and first["segue"]["leads"] and first["segue"]["chord"].endswith(":7")
    assert "segue" not in report(film)["cues"][1]
    assert "crossfade" not in first and report(film)["cues"][1]["crossfade"] == pytest.approx(2.0, abs=0.01)
    assert [float(one.crossfade or 0) for one in entries] == pytest.approx([0, 2, 0], abs=0.01)


def test_a_later_cue_finds_the_theme_of_one_that_stayed(film: Path, cues: list[Cue]) -> None:
    scored, out = film.with_name("film_hitpoint.otio"), film.with_name("later.otio")
    words = ["--cue", "late=27.5-30,theme=Anna", "-o", str(out), "--quiet", "--no-cache"]
    assert cli.main(["score", str(scored), *words]) == 0
    assert read_cue(out.with_suffix(".music") / "cue.json").theme == cues[0].theme
    assert [one.name for one in read_list(out.with_suffix(".music") / "cues.json").entries][-1] == "late"


def test_a_given_theme_is_nobody_elses(cues: list[Cue]) -> None:
    from hitpoint.core.render.provenance.person import by_a_person

    assert by_a_person(cues[0])["shared_theme"] == "Anna" and "theme" not in by_a_person(cues[0])
    assert by_a_person(replace(cues[0], theme_name=""))["theme"] is True


@pytest.mark.parametrize(
    ("cue", "told"),
    [("1M1=0-2,join=jump", "cut, crossfade, segue, ring"), ("1M1=0-2,join=crossfade", "no cue begins within 2 s")],
)
def test_a_join_that_cannot_be_is_told(film: Path, cue: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["score", str(film), "--cue", cue, "--quiet", "--no-cache"]) == 1
    assert told in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("wish", ["tempo=72", "prompt=72 bpm"])
def test_a_segue_turns_to_the_tempo_of_a_cue_of_the_same_command(film: Path, wish: str, tmp_path: Path) -> None:
    report, out = tmp_path / "report.json", tmp_path / "turned.otio"
    words = ["--cue", "1M1=0-9,join=segue,style=piano,mood=exciting", "--cue", f"1M2=9-18,{wish},key=D minor"]
    assert cli.main(["score", str(film), *words, "-o", str(out), "--report", str(report), "--quiet"]) == 0
    first, second = (read_cue(Path(one["outputs"]["cue"])) for one in json.loads(report.read_text())["cues"])
    assert second.bpm == 72 and {point.bpm for point in second.tempo.points} == {72}
    told = json.loads(report.read_text())["cues"][0]["segue"]
    assert (told["to"], told["next_bpm"], told["leads"], told["why"]) == ("1M2", 72, True, "")
    assert first.tempo.points[-1].bpm == pytest.approx(72, rel=0.025) or told["last_bpm"] == pytest.approx(
        144, rel=0.025
    )
    assert first.steps[-1].chord.symbol() == "A:7"
