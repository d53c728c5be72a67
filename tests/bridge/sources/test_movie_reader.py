from fractions import Fraction

import av
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


def recorded(path, pictures, rate=30, options=(), last=None):
    """A movie of pictures at times of their own, in frames of a rate."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate, options={"bf": "0", **dict(options)})
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        stream.time_base = stream.codec_context.time_base = Fraction(1, 600)
        packets = []
        for frame, picture in pictures:
            shown = av.VideoFrame.from_ndarray(picture, format="rgb24")
            shown.pts, shown.time_base = frame * 600 // rate, Fraction(1, 600)
            packets += stream.encode(shown)
        packets += stream.encode(None)
        if last is not None:
            packets[-1].duration = int(last * packets[-1].time_base.denominator)
        for packet in packets:
            container.mux(packet)


def test_a_recording_of_no_steady_rate_has_its_full_length_and_its_cuts_in_place(tmp_path, panned):
    shown = [n for n in range(180) if n % 5 not in (2, 3) or n in (60, 61, 120)]
    shots = [list(panned(seed, 60, 0, base)) for seed, base in ((1, 60), (2, 120), (3, 200))]
    recorded(tmp_path / "screen.mp4", [(n, shots[n // 60][n % 60]) for n in shown])
    edit = read_edit(tmp_path / "screen.mp4")
    assert (str(edit.rate), edit.frames, edit.cut_frames) == ("30", 180, (60, 120))


def test_slides_last_until_the_end_of_the_film(tmp_path, panned):
    slides = [next(panned(seed, 1, 0, base)) for seed, base in ((1, 60), (2, 120), (3, 200))]
    recorded(tmp_path / "slides.mp4", zip((0, 90, 150), slides, strict=True), last=5)
    edit = read_edit(tmp_path / "slides.mp4")
    assert [float(cut) for cut in edit.cuts] == [3.0, 5.0]
    assert float(edit.seconds) == pytest.approx(10.0, abs=0.05)


def test_one_picture_a_second_is_no_rate_of_an_edit(tmp_path, filmed, panned):
    shots = [list(panned(seed, 4, 0, base)) for seed, base in ((1, 60), (2, 200))]
    filmed(tmp_path / "slow.mp4", shots, Fraction(1))
    edit = read_edit(tmp_path / "slow.mp4")
    assert (str(edit.rate), float(edit.seconds), [float(cut) for cut in edit.cuts]) == ("24", 8.0, [4.0])


def test_a_cover_picture_in_front_is_not_the_film(tmp_path, panned):
    path = tmp_path / "film.mkv"
    with av.open(str(path), "w") as container:
        cover, film = container.add_stream("mjpeg", rate=25), container.add_stream("libx264", rate=25)
        for stream in (cover, film):
            stream.width, stream.height = 160, 90
        cover.pix_fmt, film.pix_fmt = "yuvj420p", "yuv420p"
        for stream, pictures in ((cover, panned(9, 1)), (film, panned(1, 50))):
            for number, picture in enumerate(pictures):
                frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
                frame.pts, frame.time_base = number, Fraction(1, 25)
                container.mux(stream.encode(frame))
            container.mux(stream.encode(None))
    assert read_edit(path).frames == 50


def test_a_film_that_breaks_off_is_as_long_as_what_is_there(tmp_path, filmed, panned):
    whole = tmp_path / "whole.mkv"
    filmed(whole, [panned(1, 100)])
    (tmp_path / "half.mkv").write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    assert 5 < read_edit(tmp_path / "half.mkv").frames < 90


def test_one_picture_lasts_as_long_as_the_file_says(tmp_path, panned):
    recorded(tmp_path / "card.mp4", [(0, next(panned(1, 1)))], last=4)
    assert float(read_edit(tmp_path / "card.mp4").seconds) == pytest.approx(4.0, abs=0.05)
