from fractions import Fraction

import numpy as np
import pytest
import soundfile

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.bridge.sources.cut_detector import find_cuts, to_hsv
from hitpoint.core.errors import EditReadError
from hitpoint.core.progress import Cancelled, Progress

FILMS = {
    "still": (Fraction(25), 0, ".mp4"),
    "panning": (Fraction(24000, 1001), 2, ".mkv"),
    "panning fast": (Fraction(24000, 1001), 9, ".mov"),
}


@pytest.mark.parametrize(("rate", "speed", "suffix"), FILMS.values(), ids=FILMS)
def test_hard_cuts_are_found_to_the_frame(tmp_path, filmed, panned, rate, speed, suffix):
    path = tmp_path / f"film{suffix}"
    shots = [panned(seed, frames, speed, base) for seed, frames, base in
             ((1, 30, 100), (2, 21, 100), (3, 40, 110), (4, 12, 40), (5, 33, 45))]  # fmt: skip
    cuts = filmed(path, shots, rate)
    edit = read_edit(path)
    assert (edit.rate.frames_per_second, edit.frames, edit.cut_frames) == (rate, 136, tuple(cuts))
    assert [shot.source_start for shot in edit.shots] == pytest.approx([float(n / rate) for n in (0, *cuts)], abs=1e-3)
    assert (edit.host, edit.media_files) == ("movie", (path,))


def test_a_long_pan_has_no_cut(panned):
    assert list(find_cuts(panned(7, 70, 9))) == []


def test_a_flash_is_no_cut(panned):
    pictures = list(panned(1, 40))
    pictures[20] = np.full_like(pictures[20], 255)
    assert list(find_cuts(pictures)) == []


def test_a_slow_fade_is_no_cut(panned):
    pictures = [np.asarray(picture * (1 - n / 50), dtype=np.uint8) for n, picture in enumerate(panned(1, 50))]
    assert list(find_cuts(pictures)) == []


@pytest.mark.parametrize("pictures", [0, 1, 2])
def test_hardly_any_frames_have_no_cut(panned, pictures):
    assert list(find_cuts(panned(1, pictures))) == []


def test_colours_are_measured_as_opencv_does():
    colors = np.array([[[255, 0, 0], [0, 255, 0], [0, 0, 255], [128, 128, 128], [255, 255, 0], [10, 40, 20]]], np.uint8)
    wanted = [[0, 255, 255], [60, 255, 255], [120, 255, 255], [0, 0, 128], [30, 255, 255], [70, 191.25, 40]]
    np.testing.assert_allclose(to_hsv(colors)[0], wanted, atol=1e-3)


def test_a_movie_s_timecode_starts_the_edit(tmp_path, filmed, panned):
    path = tmp_path / "film.mov"
    filmed(path, [panned(1, 12)], Fraction(30000, 1001), timecode="01:00:00;00")
    edit = read_edit(path)
    assert (edit.start_timecode_frame, edit.drop_frame, edit.cut_frames) == (107892, True, ())


def test_a_clip_that_starts_in_the_file_s_timecode_is_counted_from_its_first_frame(
    tmp_path, filmed, panned, otio_build, stored
):
    filmed(tmp_path / "a.mov", [panned(1, 50)], timecode="01:00:00:00")
    edit = read_edit(stored(otio_build.timeline(otio_build.track(otio_build.clip(90010, 30)))))
    assert edit.shots[0].source_start == Fraction(10, 25)


def test_detection_stops_when_asked(tmp_path, filmed, panned):
    path = tmp_path / "film.mp4"
    filmed(path, [panned(1, 30)])
    with pytest.raises(Cancelled):
        read_edit(path, progress=Progress(is_cancelled=lambda: True))


def test_sound_alone_and_text_are_no_movies(tmp_path):
    soundfile.write(tmp_path / "song.wav", np.zeros((4800, 2)), 48000)
    (tmp_path / "song.wav").rename(tmp_path / "song.mp4")
    (tmp_path / "text.mov").write_text("not a movie")
    for name in ("song.mp4", "text.mov", "none.mov"):
        with pytest.raises(EditReadError) as caught:
            read_edit(tmp_path / name)
        assert "\n" not in str(caught.value)
