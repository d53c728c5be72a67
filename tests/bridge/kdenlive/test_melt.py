"""Patched projects played by MLT itself: ``python -m pytest -m kdenlive``, left out of every other run.

It takes a ``melt`` of MLT 7 and an X display (``qtblend`` wants one). Where the system has none that is new enough, a
folder with Debian's next release has, about 1.3 GB (as root)::

    debootstrap --variant=minbase sid DIR http://deb.debian.org/debian
    chroot DIR apt-get -o Acquire::Check-Valid-Until=false update
    chroot DIR apt-get install --no-install-recommends kdenlive melt xvfb xdotool openbox dbus-x11 ffmpeg \
        fonts-dejavu-core qml6-module-org-kde-desktop breeze-icon-theme imagemagick
    chroot DIR Xvfb :77 -screen 0 1600x1000x24 &
    HITPOINT_MELT_ROOT=DIR DISPLAY=:77 python -m pytest -m kdenlive

``chroot DIR dbus-run-session kdenlive --no-welcome PROJECT.kdenlive`` opens a project on that display, and
``import -window root shot.png`` shows it; on its first start it asks two questions of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from hitpoint.bridge.kdenlive.marks import Mark
from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track
from hitpoint.core.render.formats.wav import WavWriter

pytestmark = pytest.mark.kdenlive
FRAMES, START, END = 300, 25, 275


@pytest.fixture
def melt() -> Iterator[SimpleNamespace]:
    """A folder that melt can see, and how to run it there."""
    root = Path(os.environ.get("HITPOINT_MELT_ROOT", "/"))
    command = ["chroot", str(root), "melt"] if root != Path("/") else ["melt"]
    if root == Path("/") and shutil.which("melt") is None:
        pytest.skip("no melt here; the docstring says where to get one")
    with tempfile.TemporaryDirectory(dir=root / "tmp") as folder:
        seen = Path("/") / Path(folder).relative_to(root)

        def play(project: str, out: str, *options: str) -> Path:
            words = [
                *command,
                "-silent",
                f"{seen}/{project}",
                f"out={FRAMES - 1}",
                "-consumer",
                f"avformat:{seen}/{out}",
            ]
            subprocess.run([*words, *options], check=True, timeout=60, capture_output=True, stdin=subprocess.DEVNULL)
            return Path(folder) / out

        yield SimpleNamespace(folder=Path(folder), seen=seen, play=play)


@pytest.fixture
def projects(
    melt: SimpleNamespace, edited: SimpleNamespace, panned: Callable[..., Iterator[NDArray[np.uint8]]]
) -> SimpleNamespace:
    """The edited project with real media, the same with music, and the music's samples."""
    random = np.random.default_rng(7)
    sound = random.integers(-(2**20), 2**20, ((END - START) * 1920, 2)).astype(np.int32) // 256 * 256
    with WavWriter(melt.folder / "x_mix.wav", len(sound)) as writer:
        writer.write(sound)
    write_film(melt.folder / "a.mp4", [picture for seed in range(4) for picture in panned(seed, 125, speed=2.0)])
    with WavWriter(melt.folder / "voice.wav", 500 * 1920) as writer:
        writer.write((random.normal(0, 2**18, (500 * 1920, 2))).astype(np.int32))
    content = edited.content.replace(b"/films", str(melt.seen).encode())
    music = MusicTrack(melt.seen / "x_mix.wav", "Music", START, END, Mark("1", "", {}))
    (melt.folder / "plain.kdenlive").write_bytes(content)
    (melt.folder / "scored.kdenlive").write_bytes(with_music_track(content, melt.seen / "plain.kdenlive", music))
    return SimpleNamespace(sound=sound / 256)


def write_film(path: Path, pictures: list[NDArray[np.uint8]]) -> None:
    """Every picture on its own, for three tracks play the same file at different places."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mjpeg", rate=25)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuvj420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))


def samples(path: Path) -> NDArray[np.float64]:
    with av.open(str(path)) as container:
        blocks = [frame.to_ndarray().reshape(-1, 2) for frame in container.decode(audio=0)]
    return np.concatenate(blocks).astype(np.float64)


def test_the_music_sounds_to_the_sample_where_it_should(melt, projects):
    before, after = (
        samples(melt.play(f"{name}.kdenlive", f"{name}.wav", "vn=1", "acodec=pcm_s16le", "real_time=-1"))
        for name in ("plain", "scored")
    )
    added = after - before[: len(after)]
    first = START * 1920
    assert np.abs(added[first : first + len(projects.sound)] - projects.sound).max() <= 2  # of 32768: rounding
    assert np.abs(added[:first]).max() <= 1 and np.abs(added[first + len(projects.sound) :]).max() <= 1


def test_no_picture_changes(melt, projects):
    options = ("an=1", "f=framemd5", "vcodec=rawvideo", "real_time=-1")
    before, after = (melt.play(f"{name}.kdenlive", f"{name}.txt", *options) for name in ("plain", "scored"))
    frames = [line.split(",")[-1] for line in before.read_text().splitlines() if not line.startswith("#")]
    assert len(frames) == FRAMES and len(set(frames)) > 200
    assert after.read_text() == before.read_text()
