"""A whole feature film.

Two hours with 1 500 cuts over proxies, scored once cold, beside what looking alone would take otherwise.

Run: ``python tests/benchmarks/bench_long.py [--minutes 120] [--stop 0.6] [--films DIR] [--json FILE]``. The films are
    proxies (640x360,
H.264, GOP 25, mono AAC). Two minutes are encoded, and their packets repeated at later times until there are twenty
minutes a film: every second of the timeline has a source time, and a GOP, of its own, as in a real edit. One full
decode of as much film is estimated from the part that was encoded, and so are three (what a way needs that decodes once
for stills, once for motion and once for cuts). With ``--stop`` a second run is killed at that share of the first one's
time and started again.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
from benchmark import Row, Spent, show, spent_by, spent_by_process
from films import RATE, Codec, decode_all, write_film

HITPOINT = (sys.executable, "-m", "hitpoint.plugin")
CUTS_A_MINUTE = 12.5
SHORTEST = 12  # frames
UNIQUE, FILM = 120, 1200  # seconds that are encoded, and seconds of a film made of them
PROXY = Codec("proxy.mp4", "libx264", "yuv420p", {"preset": "veryfast", "crf": "22", "g": str(RATE)})


def write_films(folder: Path, seconds: int) -> list[Path]:
    """As many films as hold so many seconds and a tenth more."""
    encoded = with_sound(write_film(PROXY, folder, UNIQUE, width=640, height=360))
    return [lengthened(encoded, number) for number in range(-(-seconds * 11 // 10 // FILM))]


def with_sound(film: Path) -> Path:
    """The film with syllables of noise and hum, half a minute in every minute."""
    path = film.with_name(f"spoken_{film.name}")
    if path.exists():
        return path
    beside = path.with_name(f"unfinished_{path.name}")
    with av.open(str(film)) as silent, av.open(str(beside), "w") as container:
        pictures = silent.streams.video[0]
        video = container.add_stream_from_template(pictures)
        audio = container.add_stream("aac", rate=48_000, layout="mono")
        for packet in silent.demux(pictures):
            if packet.dts is not None:
                packet.stream = video
                container.mux(packet)
        for at, piece in enumerate(_spoken().reshape(-1, 1, 1024)):
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(piece), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, at * 1024
            container.mux(audio.encode(frame))
        container.mux(audio.encode(None))
    return beside.rename(path)


def _spoken() -> np.ndarray[Any, np.dtype[np.float32]]:
    times = np.arange(UNIQUE * 48_000) / 48_000
    voice = sum(np.sin(2 * np.pi * 130 * k * (times + 0.01 * np.sin(times * 9))) / k for k in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 4 * times), 0, 1) * (times % 60 < 30)
    hum = np.random.default_rng(3).standard_normal(len(times)) * 0.002
    return np.asarray(0.1 * voice * syllables + hum, np.float32)


def lengthened(encoded: Path, number: int) -> Path:
    """A film of ``FILM`` seconds: the encoded packets again and again, beginning elsewhere in each film."""
    path = encoded.with_name(f"film_{number}_{encoded.name}")
    if path.exists():
        return path
    beside = path.with_name(f"unfinished_{path.name}")
    with av.open(str(beside), "w") as out:
        with av.open(str(encoded)) as film:
            streams = {each.index: out.add_stream_from_template(each) for each in film.streams}
        for turn in range(FILM // UNIQUE):
            with av.open(str(encoded)) as film:
                for packet in _turned(film, skipped=12 * number if turn == 0 else 0):
                    shift = int((turn * UNIQUE - 12 * number) / packet.time_base)
                    packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
                    packet.stream = streams[packet.stream.index]
                    out.mux(packet)
    return beside.rename(path)


def _turned(film: av.container.InputContainer, skipped: int) -> Iterator[av.Packet[Any]]:
    """The packets of a film from a second on; from a keyframe, as there is one every second."""
    gop = -1
    for packet in film.demux():
        if packet.dts is None or packet.pts is None:
            continue
        gop += packet.stream.type == "video" and packet.is_keyframe
        second = gop if packet.stream.type == "video" else packet.pts * packet.time_base
        if second >= skipped and (packet.stream.type == "video" or 0 <= second < UNIQUE):
            yield packet


def write_edit(films: list[Path], minutes: float, path: Path) -> Path:
    """Shots of random length (mean 4.8 s), from one film after another in no order, none showing what another shows."""
    dice, frames = np.random.default_rng(8), int(minutes * 60) * RATE
    count = int(minutes * CUTS_A_MINUTE) + 1
    weights = dice.gamma(1.5, size=count)
    lengths = SHORTEST + np.floor((frames - SHORTEST * count) * weights / weights.sum()).astype(int)
    lengths[-1] += frames - lengths.sum()
    used, shots = [0] * len(films), []
    for length in lengths.tolist():
        film = min((int(dice.integers(len(films))), *range(len(films))), key=lambda n: used[n] + length > FILM * RATE)
        shots.append((films[film], used[film], length))
        used[film] += length
    tracks = [
        {"OTIO_SCHEMA": "Track.1", "name": kind, "kind": kind, "children": [_clip(*shot) for shot in shots]}
        for kind in ("Video", "Audio")
    ]
    stack = {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": tracks}
    path.write_text(json.dumps({"OTIO_SCHEMA": "Timeline.1", "name": "feature", "tracks": stack}), encoding="utf-8")
    return path


def _clip(film: Path, start: int, frames: int) -> dict[str, Any]:
    def span(start: int, frames: int) -> dict[str, Any]:
        time = {"OTIO_SCHEMA": "RationalTime.1", "rate": RATE}
        both = {"start_time": {**time, "value": start}, "duration": {**time, "value": frames}}
        return {"OTIO_SCHEMA": "TimeRange.1", **both}

    media = {"OTIO_SCHEMA": "ExternalReference.1", "target_url": str(film), "available_range": span(0, FILM * RATE)}
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": f"{film.stem} {start}",
        "source_range": span(start, frames),
        "media_references": {"DEFAULT_MEDIA": media},
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def stopped(command: list[str], seconds: float, **environment: str) -> None:
    """Run a program for some seconds and kill it with what it has started."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **environment},
        start_new_session=True,
    )  # fmt: skip
    time.sleep(seconds)
    with_children = os.getpgid(process.pid)
    os.killpg(with_children, signal.SIGKILL)
    process.wait()


def tree_peak(command: list[str], **environment: str) -> tuple[Spent, float]:
    """Run a program; what it took, and the most memory that it and its children held together, in MB.

    Read twice a second as proportional set size, so that what processes share counts once.
    """
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
    begin, most, known = time.perf_counter(), 0.0, {process.pid}
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        known |= {child for parent in known for child in _children(parent)}
        most = max(most, sum(map(_held, known)))
        time.sleep(0.5)
    seconds = time.perf_counter() - begin
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    return Spent(seconds, used.ru_utime + used.ru_stime), most


def _children(process: int) -> set[int]:
    try:
        return {
            int(pid)
            for task in Path(f"/proc/{process}/task").iterdir()
            for pid in (task / "children").read_text().split()
        }
    except OSError:
        return set()


def _held(process: int) -> float:
    try:
        rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0.0)


def measure(folder: Path, films_folder: Path, minutes: float, stop: float | None) -> list[Row]:
    """Score cold; and if asked, again with another cache, stopped and gone on with."""
    seconds = int(minutes * 60)
    writing = time.perf_counter()
    films = write_films(films_folder, seconds)
    print(f"{len(films)} films are there after {time.perf_counter() - writing:.1f} s")
    edit = write_edit(films, minutes, folder / "edit.otio")
    part = spent_by(lambda: decode_all(next(films_folder.glob(f"spoken_*{PROXY.file}"))))
    plain = part.seconds * seconds / UNIQUE
    print(f"a full decode of {UNIQUE} s takes {part.seconds:.2f} s, {part.cpu_seconds:.2f} of CPU")
    report = folder / "report.json"

    def command(name: str) -> list[str]:
        return [*HITPOINT, "score", str(edit), "-o", str(folder / f"{name}.otio"), "--quiet", "--report", str(report)]

    cold, peak = tree_peak(command("cold"), HITPOINT_CACHE=str(folder / "cache"))
    _tell_phases(report)
    rows = [
        Row("score, nothing known", cold.seconds, "one full decode, estimated", plain, cold.cpu_seconds, peak),
        Row("score, nothing known", cold.seconds, "three full decodes, estimated", 3 * plain, cold.cpu_seconds, peak),
    ]
    if stop is not None:
        cache = str(folder / "other")
        stopped(command("again"), cold.seconds * stop, HITPOINT_CACHE=cache)
        rest = spent_by_process(command("again"), HITPOINT_CACHE=cache)
        _tell_phases(report)
        rows.append(
            Row(f"killed after {stop:.0%} of that, the rest", rest.seconds, "all of it", cold.seconds, rest.cpu_seconds)
        )
        same = _sounds(folder / "cold.music") == _sounds(folder / "again.music")
        print("the sound is", "the same" if same else "ANOTHER ONE", "as without the stop")
    return rows


def _tell_phases(report: Path) -> None:
    phases = json.loads(report.read_text(encoding="utf-8"))["seconds"]
    print(", ".join(f"{name} {value:.2f}" for name, value in phases.items()))


def _sounds(music: Path) -> list[bytes]:
    """The samples of every file, without what the files say of themselves."""
    files = sorted(path.relative_to(music).as_posix().split("_", 1)[1] for path in music.rglob("*.wav"))
    found = []
    for name in files:
        path = next(path for path in music.rglob("*.wav") if path.name.endswith(name))
        data = path.read_bytes()
        begin = data.index(b"data") + 8
        found.append(name.encode() + data[begin : begin + int.from_bytes(data[begin - 4 : begin], "little")])
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=120)
    parser.add_argument("--stop", type=float, help="also kill a run at this share of its time, and go on")
    parser.add_argument("--films", type=Path, help="where the films are kept for the next run")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        films = options.films or Path(scratch)
        films.mkdir(parents=True, exist_ok=True)
        rows = measure(Path(scratch), films, options.minutes, options.stop)
    rows = [replace(row, name=f"{options.minutes:g} min: {row.name}") for row in rows]
    show(f"A feature of {options.minutes:g} minutes, {int(options.minutes * CUTS_A_MINUTE)} cuts", rows, options.json)


if __name__ == "__main__":
    main()
