"""A short film and an edit of it, and disks that are full or read-only."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.documents.cue_list_file import read_list
from hitpoint.core.files.output import Outputs

RATE, FRAMES = 25, 60

Node = dict[str, Any]


def write_film(path: Path, seed: int = 1) -> Path:
    """Sixty frames of sliding noise."""
    noise = np.random.default_rng(seed).integers(0, 255, (48, 128, 3), dtype=np.uint8)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for number in range(FRAMES):
            picture = np.ascontiguousarray(np.roll(noise, -number, axis=1)[:, :64])
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def write_sound(path: Path, samples: int) -> Path:
    """So many samples of silence."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(48000)
        file.writeframes(b"\0\0" * samples)
    return path


def edit_document(*films: Path, sound: Path | None = None) -> Node:
    """Every film once, thirty frames of it, one after another, and a sound below."""

    def time(value: float) -> Node:
        return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": float(RATE)}

    def clip(media: Path, frames: int) -> Node:
        source = {"OTIO_SCHEMA": "TimeRange.1", "start_time": time(0), "duration": time(frames)}
        reference = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": str(media)}
        return {"OTIO_SCHEMA": "Clip.1", "name": media.stem, "source_range": source, "media_reference": reference}

    tracks = [{"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [clip(film, 30) for film in films]}]
    if sound is not None:
        tracks.append({"OTIO_SCHEMA": "Track.1", "kind": "Audio", "children": [clip(sound, 30 * len(films))]})
    return {"OTIO_SCHEMA": "Timeline.1", "name": "short", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": tracks}}


def digests(folder: Path) -> dict[str, str]:
    """What every file that is seen under a folder contains."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path, folder))
    return {str(path.relative_to(folder)): hashlib.md5(path.read_bytes()).hexdigest() for path in files}


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def check_cue(outputs: Outputs, samples: int) -> None:
    """Assert that the files of one cue are whole."""
    read_cue(outputs.cue)
    assert outputs.midi.read_bytes()[:4] == b"MThd"
    assert json.loads(outputs.provenance.read_text())["schema"] == "hitpoint.provenance.1"
    stems = list(outputs.stems_folder.glob("*.wav"))
    assert stems
    for sound in (outputs.mix, *stems):
        assert sound.stat().st_size >= 44 + 6 * samples, f"{sound} is short"


def check_results(folder: Path, samples: int) -> int:
    """Assert that all results that are seen in a folder are whole; answers how many there are.

    A timeline never appears without its music. Music may be there without its timeline: it was named just before.
    """
    for music in folder.glob("*.music"):
        outputs = Outputs(music.with_suffix(".otio"))
        cues = [entry.cue for entry in read_list(outputs.folder / "cues.json").entries]
        assert cues and all((outputs.folder / cue).is_file() for cue in cues)
        for file in music.rglob("cue.json"):
            check_cue(Outputs(file.parent.with_suffix(".otio")), samples)
    found = [path for path in folder.glob("*.otio") if "hitpoint" in json.loads(path.read_text()).get("metadata", {})]
    assert all(list(Outputs(timeline).folder.rglob("*_mix.wav")) for timeline in found)
    return len(found)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache, and user's folders, for one test."""
    monkeypatch.setenv("HITPOINT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path / "cache"


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_film(tmp_path_factory.mktemp("film") / "film.mp4")


@pytest.fixture
def film_edit(tmp_path: Path, film: Path) -> Path:
    """An edit of two shots, its film beside it."""
    folder = tmp_path / "edit"
    folder.mkdir()
    copies = [folder / "a.mp4", folder / "b.mp4"]
    for copy in copies:
        copy.write_bytes(film.read_bytes())
    path = folder / "cut.otio"
    path.write_text(json.dumps(edit_document(*copies)))
    return path


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[[str], Path]]:
    """Makes (or changes) a small disk with mount options such as ``size=2m``; for root on Linux only."""
    place = tmp_path / "disk"

    def mounted(options: str) -> Path:
        place.mkdir(exist_ok=True)
        again = "remount," if os.path.ismount(place) else ""
        command = ["mount", "-t", "tmpfs", "-o", again + options, "none", str(place)]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("disks are made by root on Linux only")
        return place

    yield mounted
    if place.exists() and os.path.ismount(place):
        subprocess.run(["umount", str(place)], check=True)


@pytest.fixture(name="digests")
def _digests() -> Callable[[Path], dict[str, str]]:
    return digests


@pytest.fixture(name="check_results")
def _check_results() -> Callable[[Path, int], int]:
    return check_results


@pytest.fixture
def make_edit(tmp_path: Path) -> Callable[..., Path]:
    """Writes an edit of some films, beside the first."""

    def make(*films: Path, sound: Path | None = None) -> Path:
        path = films[0].with_name("made.otio")
        path.write_text(json.dumps(edit_document(*films, sound=sound)))
        return path

    return make


@pytest.fixture
def make_sound(tmp_path: Path) -> Callable[[int], Path]:
    """Writes a WAV of so many samples."""
    return lambda samples: write_sound(tmp_path / f"sound{samples}.wav", samples)
