from __future__ import annotations

import shutil
from pathlib import Path

import av
import opentimelineio as otio
import pytest

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.errors import CueFileError, PlaceError
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.plugin.jobs.pictures.visualise import VisualiseJob, visualise
from hitpoint.plugin.jobs.standing import the_cue


@pytest.fixture(scope="module")
def folder(scored: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the scored edit, with the film, the sheet and the edit with the film that one command makes."""
    source = Path(scored.output("timeline")).parent  # type: ignore[attr-defined]
    place = tmp_path_factory.mktemp("visual") / "cut"
    shutil.copytree(source, place)
    edit = next(place.glob("*_hitpoint.otio"))
    visualise(VisualiseJob(edit, place / "film.mp4", sheet=place / "sheet.png", into=place / "in.otio", height=72))
    return place


def scored_edit(folder: Path) -> Path:
    return next(folder.glob("*_hitpoint.otio"))


def test_the_film_is_as_long_as_the_music_at_the_edits_rate(folder: Path) -> None:
    cue = the_cue(scored_edit(folder)).cue
    assert cue is not None
    with av.open(str(folder / "film.mp4")) as container:
        video = container.streams.video[0]
        assert video.average_rate == cue.edit.rate.frames_per_second
        assert sum(1 for _ in container.decode(video)) == cue.end_frame - cue.start_frame


def test_it_lies_in_the_timeline_over_the_music(folder: Path) -> None:
    timeline = otio.adapters.read_from_file(str(folder / "in.otio"))
    (track,) = [track for track in timeline.video_tracks() if track.name in ("Pictures", "V2")]
    (clip,) = track.find_clips()
    (music,) = [clip for track in timeline.audio_tracks() if track.name == "Music" for clip in track.find_clips()]
    assert clip.trimmed_range_in_parent() == music.trimmed_range_in_parent()
    assert Path(clip.media_reference.target_url).name == "film.mp4"
    assert read_edit(folder / "in.otio").has_cut_of(read_edit(scored_edit(folder)))


def test_a_sheet_alone_makes_no_film_and_what_is_there_stays(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "s.png").write_bytes(b"mine")
    job = VisualiseJob(scored_edit(folder), tmp_path / "f.mp4", sheet=tmp_path / "s.png", only_sheet=True)
    done = visualise(job)
    assert (done.film, done.sheet) == (None, tmp_path / "s_v2.png")
    assert (tmp_path / "s.png").read_bytes() == b"mine" and not (tmp_path / "f.mp4").exists()


def test_stopped_it_leaves_nothing(folder: Path, tmp_path: Path) -> None:
    steps: list[float] = []
    progress = Progress(lambda fraction, _: steps.append(fraction), lambda: len(steps) > 30)
    with pytest.raises(Cancelled):
        visualise(VisualiseJob(scored_edit(folder), tmp_path / "f.mp4", height=72), progress)
    assert not list(tmp_path.iterdir())


def test_a_film_of_another_kind_is_refused(folder: Path) -> None:
    with pytest.raises(PlaceError, match=r"\.mp4 or \.mov"):
        visualise(VisualiseJob(scored_edit(folder), folder / "film.avi"))


def test_without_its_mix_it_says_how_to_get_it(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "cut")
    edit = scored_edit(tmp_path / "cut")
    next(edit.with_suffix(".music").glob("*_mix.wav")).unlink()
    with pytest.raises(CueFileError, match="hitpoint render"):
        visualise(VisualiseJob(edit))


def test_an_edit_without_music_is_told(small_edit: Path) -> None:
    with pytest.raises(CueFileError, match="hitpoint score"):
        visualise(VisualiseJob(small_edit))
