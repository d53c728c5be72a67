from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from hitpoint.core.cue.cue import Cue
from hitpoint.core.errors import MediaReadError
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.timebase import FrameRate
from hitpoint.core.visuals.contact_sheet import contact_sheet, sheet_frames, write_png
from hitpoint.core.visuals.film import loudness_of, read_sound, write_film
from hitpoint.core.visuals.pattern import LATENT_SIZE, PatternNetwork
from hitpoint.core.visuals.walk import Kind, Walk, plan_walk, stretches_of

RATE = FrameRate(Fraction(25))
HEIGHT = 72


@dataclass
class Made:
    film: Path
    walk: Walk
    sound: np.ndarray


@pytest.fixture(scope="module")
def walk(make_chord_cue: Callable[..., Cue]) -> Walk:
    cue = make_chord_cue("C F G C", cuts=(62,))
    find = np.random.default_rng(5).normal(size=LATENT_SIZE)
    return plan_walk(cue, stretches_of(cue), {"A": find}, np.full(100, 0.1), 1)


@pytest.fixture(scope="module")
def made(walk: Walk, tmp_path_factory: pytest.TempPathFactory) -> Made:
    time = np.arange(4 * 48_000) / 48_000
    sound = np.stack([0.3 * np.sin(2 * np.pi * hertz * time) for hertz in (220, 330)], axis=1).astype(np.float32)
    path = tmp_path_factory.mktemp("film") / "film.mp4"
    write_film(path, PatternNetwork(3), walk, sound, RATE, height=HEIGHT)
    return Made(path, walk, sound)


def lumas(film: Path) -> np.ndarray:
    with av.open(str(film)) as container:
        return np.stack([frame.to_ndarray(format="gray").astype(float) for frame in container.decode(video=0)])


def test_it_has_every_frame_at_its_time(made: Made) -> None:
    with av.open(str(made.film)) as container:
        video = container.streams.video[0]
        times = [frame.pts * video.time_base for frame in container.decode(video)]
        assert (video.codec.name, video.average_rate) == ("h264", 25)
        assert (video.width, video.height) == (128, HEIGHT)
    assert times == [Fraction(number, 25) for number in range(100)]


def sound_of(film: Path) -> np.ndarray:
    with av.open(str(film)) as container:
        pieces = [frame.to_ndarray() for frame in container.decode(audio=0)]
    heard = np.concatenate(pieces, axis=1)
    return heard.T.astype(float) if len(heard) == 2 else heard.reshape(-1, 2) / 2.0**31


def test_its_sound_is_the_mix(made: Made) -> None:
    heard = sound_of(made.film)
    assert abs(len(heard) - len(made.sound)) <= 1024  # whole packets of AAC
    inside = slice(4800, 180_000)
    assert np.abs(heard[inside] - made.sound[inside]).max() < 0.02


def test_in_a_mov_it_is_the_mix_to_the_bit(walk: Walk, made: Made, tmp_path: Path) -> None:
    short, sound = replace(walk, frames=10), made.sound[:19_200]
    write_film(tmp_path / "film.mov", PatternNetwork(3), short, sound, RATE, height=HEIGHT)
    assert np.array_equal(sound_of(tmp_path / "film.mov"), np.rint(sound.astype(float) * 8388607) / 2**23)


def test_the_eye_sees_arrivals_within_one_frame(made: Made) -> None:
    """Measured in the decoded film: what lights up at once, beside what moves, is the arrival's frame."""
    steps = np.diff(lumas(made.film).mean(axis=(1, 2)), prepend=0.0)  # steps[k] leads to frame k
    jumps = steps[1:-1] - (steps[:-2] + steps[2:]) / 2
    frames = [arrival.frame for arrival in made.walk.arrivals if arrival.kind >= Kind.BAR and 6 < arrival.frame < 95]
    assert len(frames) >= 2
    for frame in frames:
        assert abs(int(jumps[frame - 7 : frame + 6].argmax()) - 6) <= 1, frame


def test_the_picture_moves_and_is_no_noise(made: Made) -> None:
    pictures = lumas(made.film)
    motion = np.abs(np.diff(pictures, axis=0)).mean()
    assert 0.05 < motion < 8
    assert np.abs(np.diff(pictures, axis=2)).mean() < 0.5 * pictures.std()


@pytest.mark.determinism
def test_frames_are_the_same_again(walk: Walk, tmp_path: Path) -> None:
    digests = []
    for name in ("a.mov", "b.mov"):
        write_film(
            tmp_path / name,
            PatternNetwork(3),
            replace(walk, frames=12),
            np.zeros((4800, 2), np.float32),
            RATE,
            height=HEIGHT,
        )
        digests.append(hashlib.sha256(lumas(tmp_path / name).tobytes()).hexdigest())
    assert digests[0] == digests[1]


def test_it_can_be_stopped(walk: Walk, tmp_path: Path) -> None:
    asked = iter([False] * 5 + [True] * 1000)
    with pytest.raises(Cancelled):
        write_film(
            tmp_path / "f.mp4", PatternNetwork(3), walk, np.zeros((10, 2), np.float32), RATE, height=HEIGHT,
            progress=Progress(None, lambda: next(asked)),
        )  # fmt: skip


def test_loudness_is_that_of_each_frame() -> None:
    sound = np.zeros((3 * 1920, 2), np.float32)
    sound[1920:3840] = 0.5
    assert np.allclose(loudness_of(sound, 4, RATE), [0, 0.5, 0, 0])


def test_a_file_that_is_no_sound_is_told(tmp_path: Path) -> None:
    (tmp_path / "mix.wav").write_bytes(b"nothing")
    with pytest.raises(MediaReadError, match=r"mix\.wav"):
        read_sound(tmp_path / "mix.wav")


def test_the_sheet_shows_section_and_hit(walk: Walk, tmp_path: Path) -> None:
    frames = sheet_frames(walk)
    assert {0, 62} <= set(frames) and list(frames) == sorted(frames)
    sheet = contact_sheet(PatternNetwork(3), walk, frames)
    write_png(tmp_path / "sheet.png", sheet)
    with av.open(str(tmp_path / "sheet.png")) as container:
        assert np.array_equal(next(container.decode(video=0)).to_ndarray(format="rgb24"), sheet)
