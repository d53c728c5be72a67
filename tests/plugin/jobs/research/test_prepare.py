from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.training.data.datasets import read_split
from hitpoint.plugin.jobs.research import prepare as module
from hitpoint.plugin.jobs.research.prepare import PrepareJob, prepare_dataset

RATE, SECONDS, SOUND_RATE = 10, 8, 48000
CHORDS = ((48, 52, 55), (45, 48, 52), (41, 45, 48), (43, 47, 50))


def music(shift: int) -> NDArray[np.float32]:
    """Four chords of two seconds, struck every half second: (samples,)."""
    time = np.arange(SECONDS * SOUND_RATE) / SOUND_RATE
    sound = np.zeros(len(time))
    for place, chord in enumerate(CHORDS):
        inside = (time >= 2 * place) & (time < 2 * place + 2)
        for pitch in chord:
            for harmonic in (1, 2, 3):
                frequency = 440.0 * 2 ** ((pitch + shift - 69) / 12) * harmonic
                sound[inside] += np.sin(2 * np.pi * frequency * time[inside]) / harmonic**2
    return np.asarray(0.12 * sound * np.exp(-3 * (time % 0.5)), np.float32)


def write_video(path: Path, seed: int, shift: int) -> Path:
    """Two shots of sliding noise with music, and its frames as they are decoded."""
    random = np.random.default_rng(seed)
    with av.open(str(path), "w") as container:
        picture = container.add_stream("mpeg4", rate=RATE)
        picture.width, picture.height, picture.pix_fmt = 64, 48, "yuv420p"
        sound = container.add_stream("pcm_s16le", rate=SOUND_RATE, layout="mono")
        for number in range(RATE * SECONDS):
            if number % (4 * RATE) == 0:
                scene = np.kron(random.integers(0, 255, (3, 8, 3)), np.ones((16, 16, 1))).astype(np.uint8)
            image = np.ascontiguousarray(np.roll(scene, -(number % (4 * RATE)) // 2, axis=1)[:, :64])
            container.mux(picture.encode(av.VideoFrame.from_ndarray(image, format="rgb24")))
        container.mux(picture.encode(None))
        samples = (music(shift) * 32767).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(samples, format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, 0, Fraction(1, SOUND_RATE)
        container.mux(sound.encode(frame))
        container.mux(sound.encode(None))
    return path


@pytest.fixture(scope="session")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three music videos in three keys."""
    folder = tmp_path_factory.mktemp("videos")
    for number, shift in enumerate((0, 5, 3)):
        write_video(folder / f"song{number}.mov", number, shift)
    return folder


@pytest.fixture(scope="module")
def prepared(videos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data set of the three, a copy of one and a file that is no movie."""
    folder = tmp_path_factory.mktemp("prepared")
    os.link(videos / "song1.mov", folder / "zz copy.mov")
    (folder / "broken.mov").write_bytes(b"no movie" * 100)
    job = PrepareJob((videos, folder), folder / "set", workers=1)
    done = prepare_dataset(job)
    assert [each.name for each in done.left_out] == ["zz copy.mov", "broken.mov"]
    return done.folder


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def column(path: Path) -> NDArray[np.float64]:
    return np.loadtxt(path)[:, 1]


def test_the_data_set_is_read_like_the_published_one(prepared: Path) -> None:
    songs = [song for split in ("train", "val", "test") for song in read_split(prepared, split)]
    assert sorted(song.name for song in songs) == ["001", "002", "003"]
    assert all(len(song) == SECONDS and song.segments is not None for song in songs)


def test_the_card_names_what_was_left_out(prepared: Path) -> None:
    card = (prepared / "README.md").read_text()
    assert "- zz copy.mov: the same file as song1.mov" in card
    assert "- broken.mov: " in card


def test_nothing_is_left_beside_the_data_set(prepared: Path) -> None:
    assert not [path for path in prepared.parent.iterdir() if path.name.startswith(".")]


def test_loudness_is_the_authors_formula(prepared: Path) -> None:
    samples = (music(0) * 32767).astype(np.int16).astype(np.float64).reshape(SECONDS, SOUND_RATE)
    expected = np.sqrt((samples**2).mean(axis=1)) / 32767
    np.testing.assert_allclose(column(prepared / "vevo_loudness/all/001.lab"), expected, atol=1e-3)


def test_motion_is_the_authors_formula(prepared: Path, videos: Path) -> None:
    with av.open(str(videos / "song0.mov")) as container:
        frames = [frame.to_ndarray(format="rgb24").astype(np.float64) for frame in container.decode(video=0)]
    expected = [0.0] + [np.abs(frames[s * RATE + 1] - frames[s * RATE]).mean() for s in range(1, SECONDS)]
    np.testing.assert_allclose(column(prepared / "vevo_motion/all/001.lab"), expected, atol=1e-3)


def test_scene_offset_counts_from_the_last_cut(prepared: Path) -> None:
    assert column(prepared / "vevo_scene_offset/all/001.lab").tolist() == [0, 1, 2, 3, 0, 1, 2, 3]


def test_chords_are_moved_to_the_models_key(prepared: Path) -> None:
    lines = (prepared / "vevo_chord/lab_v2_norm/all/002.lab").read_text().splitlines()
    assert lines[0] in ("key C major", "key A minor")
    heard = [line.split()[1] for line in lines[1:]]
    assert [heard[second] for second in (1, 3, 5, 7)] == ["C", "A:min", "F", "G"]


def test_an_interrupted_run_resumes(videos: Path, tmp_path: Path, prepared: Path) -> None:
    def stop_after_two(begun: list[str]) -> Progress:
        return Progress(lambda _, word: begun.append(word), lambda: "song2.mov" in begun)

    job = PrepareJob((videos,), tmp_path / "set", workers=1)
    with pytest.raises(Cancelled):
        prepare_dataset(job, stop_after_two([]))
    assert not job.output.exists()
    done = prepare_dataset(job)
    assert done.resumed == 2
    assert {name: value for name, value in digests(done.folder).items() if name != "README.md"} == {
        name: value for name, value in digests(prepared).items() if name != "README.md"
    }


@pytest.mark.slow
def test_two_workers_make_the_same_bytes(videos: Path, tmp_path: Path) -> None:
    one = prepare_dataset(PrepareJob((videos,), tmp_path / "one", workers=1))
    two = prepare_dataset(PrepareJob((videos,), tmp_path / "two", workers=2))
    assert digests(one.folder) == digests(two.folder)


@pytest.mark.slow
def test_what_exists_is_not_replaced(videos: Path, tmp_path: Path) -> None:
    (tmp_path / "set").mkdir()
    done = prepare_dataset(PrepareJob((videos,), tmp_path / "set", workers=1))
    assert done.folder.name == "set_v2"


@pytest.mark.parametrize("given", [(), ("nowhere",)])
def test_no_video_is_a_clear_error(tmp_path: Path, given: Sequence[str]) -> None:
    with pytest.raises(OptionError, match=r"no movie|nothing found"):
        prepare_dataset(PrepareJob(tuple(tmp_path / name for name in given) or (tmp_path,), tmp_path / "set"))


@pytest.mark.slow
def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed(
    videos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ray = pytest.importorskip("ray")
    measured_on_node = module._measured_on_node

    def dies_once(video: Path, features: Literal["picture", "clip"], kept: Path) -> str:
        died = kept.parents[1] / "died"
        if video.name == "song1.mov" and not died.exists():
            died.touch()
            os.kill(os.getpid(), 9)
        return measured_on_node(video, features, kept)

    monkeypatch.setattr(module, "_measured_on_node", dies_once)
    (tmp_path / "hostile.mov").write_bytes(b"no movie" * 100)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
    try:
        there = prepare_dataset(PrepareJob((videos, tmp_path / "hostile.mov"), tmp_path / "there", where="ray"))
    finally:
        ray.shutdown()
    here = prepare_dataset(PrepareJob((videos, tmp_path / "hostile.mov"), tmp_path / "here", workers=1))
    assert (tmp_path / "died").exists() and [each.name for each in there.left_out] == ["hostile.mov"]
    assert digests(there.folder) == digests(here.folder)


def test_a_machine_of_a_cluster_says_what_it_does_not_see(tmp_path: Path) -> None:
    told = module._measured_on_node(tmp_path / "gone.mov", "picture", tmp_path / "kept.json")
    assert told.startswith(f"{tmp_path / 'gone.mov'} is not on ")
    (tmp_path / "here.mov").touch()
    told = module._measured_on_node(tmp_path / "here.mov", "picture", tmp_path / "elsewhere" / "kept.json")
    assert told.startswith(f"{tmp_path / 'elsewhere'} is not on ")


def test_what_another_machine_measured_is_not_measured_again(tmp_path: Path) -> None:
    (tmp_path / "kept.json").write_text("{}")
    assert module._measured_on_node(tmp_path / "gone.mov", "picture", tmp_path / "kept.json") == ""


@pytest.mark.parametrize(("where", "told"), [("ray", "cluster"), ("moon", "ray://HOST:PORT")])
def test_no_cluster_is_a_clear_error(
    videos: Path, tmp_path: Path, where: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(OptionError, match=told):
        prepare_dataset(PrepareJob((videos,), tmp_path / "set", where=where))
