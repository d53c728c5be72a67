"""From music videos to a data set in MuVi-Sync's layout: every video measured once, by as many workers as cores.

What a video measures waits in a hidden folder beside the data set, named after the file's content, so that an
interrupted run resumes and two workers never keep two versions. The data set appears whole, at the end.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import socket
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from importlib import metadata
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Literal

from hitpoint.bridge.formats import MOVIE_SUFFIXES
from hitpoint.core.errors import DatasetError, HitpointError, OptionError, PlaceError
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.files.output import free_version, write_safely
from hitpoint.core.files.places import check_place
from hitpoint.core.machine.core_count import core_count
from hitpoint.core.progress import SILENT, Cancelled, Progress
from hitpoint.core.training.data.data_card import LeftOut, data_card
from hitpoint.core.training.data.dataset_files import write_dataset
from hitpoint.core.training.data.song_measures import (
    SongMeasures,
    measure_song,
    read_song_document,
    song_document,
)
from hitpoint.core.training.data.splits import split_songs
from hitpoint.core.training.data.twins import Twins, find_twins, groups_of
from hitpoint.plugin.scale.ray_cluster import RETRIES, is_ray, on_cluster

_VERSION = 1  # of the measures; a new one makes kept ones stale
_MEASURING = 0.95  # share of the time
_CARD = "README.md"


@dataclass(frozen=True)
class PrepareJob:
    """A data set to make.

    Attributes:
        videos: files, and folders whose movies are taken.
        output: the data set's folder; if it exists, the next version of its name is taken.
        features: "picture", or "clip" where CLIP's weights are.
        workers: processes; 0 for one a core.
        where: "auto" for processes of this machine, "ray" or "ray://HOST:PORT" for a cluster whose machines see the
            same files.
    """

    videos: tuple[Path, ...]
    output: Path
    features: Literal["picture", "clip"] = "picture"
    workers: int = 0
    where: str = "auto"


@dataclass(frozen=True)
class Prepared:
    """A data set that was made.

    Attributes:
        folder: where it lies.
        songs: its videos, in the order of their numbers.
        seconds: of all.
        twins: videos of one song.
        left_out: videos that are not in it.
        resumed: videos that an earlier run had measured.
    """

    folder: Path
    songs: tuple[str, ...]
    seconds: int
    twins: tuple[Twins, ...]
    left_out: tuple[LeftOut, ...]
    resumed: int


@dataclass
class _Bench:
    """Videos at work, and what became of them."""

    folder: Path
    features: Literal["picture", "clip"]
    kept: dict[Path, Path] = field(default_factory=dict)
    left_out: dict[Path, str] = field(default_factory=dict)
    contents: dict[Path, str] = field(default_factory=dict)
    resumed: int = 0

    def is_new(self, video: Path) -> bool:
        """Whether a video is still to be measured; one that cannot be read or was there before is left out."""
        try:
            content = _hash(video)
        except OSError as error:
            self.left_out[video] = f"cannot be read ({error.strerror}): copy it again"
            return False
        if twin := next((other.name for other, known in self.contents.items() if known == content), None):
            self.left_out[video] = f"the same file as {twin}"
            return False
        self.contents[video] = content
        self.kept[video] = self.folder / f"{content}-{self.features}-{_VERSION}.json"
        if self.kept[video].exists():
            self.resumed += 1
            return False
        return True


def prepare_dataset(job: PrepareJob, progress: Progress = SILENT) -> Prepared:
    """Measure the videos and write the data set.

    Raises:
        OptionError: if there is no video, or no cluster where one is wanted.
        PlaceError: if the data set cannot lie where it is wanted.
        DatasetError: if too few videos are left.
        Cancelled: if stopped; what was measured is kept for the next run.
    """
    if not (job.where == "auto" or is_ray(job.where)):
        raise OptionError(f"--on {job.where}: write auto, ray or ray://HOST:PORT")
    videos = _videos(job.videos)
    output = Path(os.path.abspath(job.output))
    check_place(output)
    bench = _Bench(output.with_name(f".{output.name}.hitpoint-preparing"), job.features)
    try:
        bench.folder.mkdir(exist_ok=True)
    except OSError as error:
        raise PlaceError(f"cannot write beside {output} ({error.strerror}): give another -o") from None
    waiting = [video for video in videos if bench.is_new(video)]
    measuring = progress.part(0.0, _MEASURING)
    if is_ray(job.where):
        _measure_on_cluster(bench, waiting, job.where, measuring)
    else:
        _measure_all(bench, waiting, job.workers or core_count(), measuring)
    prepared = _written(bench, videos, output, progress.part(_MEASURING, 1.0))
    shutil.rmtree(bench.folder, ignore_errors=True)
    return prepared


def measure_video(video: Path, features: Literal["picture", "clip"], kept: Path, progress: Progress = SILENT) -> str:
    """Measure one video and keep the result in a file; answers why not, or nothing. Safe to run in any process.

    Raises:
        Cancelled: if stopped.
    """
    import json

    from hitpoint.bridge.sources.movie_reader import read_movie  # loads what decodes
    from hitpoint.core.features.cache import FeatureCache
    from hitpoint.core.features.extract import extract_features

    try:
        edit = read_movie(video, progress.part(0.0, 0.3))
        cache = FeatureCache(user_cache_folder())
        seen = extract_features(edit, features, cache=cache, progress=progress.part(0.3, 0.6))
        if not seen.features.seen.any():
            return "its picture cannot be decoded: export or copy it again"
        song = measure_song(edit, seen.features, progress.part(0.6, 1.0))
    except HitpointError as error:
        return str(error)
    text = json.dumps(song_document(song), separators=(",", ":"))
    write_safely(kept, partial(_write_text, text))
    return ""


def _write_text(text: str, place: Path) -> None:
    place.write_text(text, encoding="utf-8")


def _videos(given: Sequence[Path]) -> tuple[Path, ...]:
    """All movies, by name; those of folders too."""
    found: dict[Path, None] = {}
    for path in given:
        if not path.exists():
            raise OptionError(f"nothing found at {path}: give movies, or folders with movies")
        inside = sorted(path.iterdir()) if path.is_dir() else [path]
        found.update(
            (Path(os.path.abspath(each)), None)
            for each in inside
            if each.is_file() and (each == path or each.suffix.lower() in MOVIE_SUFFIXES)
        )
    if not found:
        raise OptionError(f"there is no movie in {', '.join(map(str, given))}")
    return tuple(sorted(found, key=lambda path: (path.name, path)))


def _hash(video: Path) -> str:
    with video.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _measure_all(bench: _Bench, videos: Sequence[Path], workers: int, progress: Progress) -> None:
    if workers <= 1 or len(videos) <= 1:
        for done, video in enumerate(videos):
            part = progress.part(done / len(videos), (done + 1) / len(videos))
            part.step(0.0, video.name)
            _take(bench, video, measure_video(video, bench.features, bench.kept[video], part))
        return
    for video in _in_processes(bench, videos, min(workers, len(videos)), progress):
        if _in_processes(bench, [video], 1, progress):  # alone, so that it takes no other with it
            bench.left_out[video] = "its worker died twice: there may be too little memory for it"


def _measure_on_cluster(bench: _Bench, videos: Sequence[Path], where: str, progress: Progress) -> None:
    calls = [(video, bench.features, bench.kept[video]) for video in videos]
    died = f"its worker died {RETRIES + 1} times: there may be too little memory for it"
    ended: list[Path] = []
    tick = partial(_tell, ended, len(videos), progress)
    for number, problem in on_cluster(_measured_on_node, calls, tick, where):
        ended.append(videos[number])
        _take(bench, videos[number], died if problem is None else problem)


def _tell(ended: Sequence[Path], of: int, progress: Progress) -> None:
    progress.step(len(ended) / of, "measuring")


def _measured_on_node(video: Path, features: Literal["picture", "clip"], kept: Path) -> str:
    """Measure a video on some machine; a result that is there already is not made again."""
    if kept.exists():
        return ""
    if not video.exists() or not kept.parent.is_dir():
        lacking = kept.parent if video.exists() else video
        return f"{lacking} is not on {socket.gethostname()}: put it where all machines see it"
    return measure_video(video, features, kept)


def _in_processes(bench: _Bench, videos: Sequence[Path], workers: int, progress: Progress) -> list[Path]:
    """Measure by several processes; answers the videos that are without an answer because a process died."""
    context, lost = get_context("spawn"), list[Path]()
    stopped = context.Event()
    with ProcessPoolExecutor(workers, context, _begin_worker, (stopped,)) as pool:
        futures: dict[Future[str], Path] = {}
        for video in videos:
            try:
                futures[pool.submit(_measured_in_worker, video, bench.features, bench.kept[video])] = video
            except BrokenProcessPool:
                lost.append(video)
        waiting = set(futures)
        try:
            while waiting:
                done, waiting = wait(waiting, timeout=0.1, return_when=FIRST_COMPLETED)
                for future in done:
                    try:
                        _take(bench, futures[future], future.result())
                    except BrokenProcessPool:
                        lost.append(futures[future])
                progress.step(1 - len(waiting) / len(videos), "measuring")
        except BaseException:
            stopped.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [video for video in lost if not bench.kept[video].exists()]


_stopped: Event | None = None  # of a worker


def _begin_worker(stopped: Event) -> None:
    global _stopped
    _stopped = stopped
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked for the work hears of it


def _measured_in_worker(video: Path, features: Literal["picture", "clip"], kept: Path) -> str:
    assert _stopped is not None
    with suppress(Cancelled):
        return measure_video(video, features, kept, Progress(is_cancelled=_stopped.is_set))
    return "stopped"


def _take(bench: _Bench, video: Path, problem: str) -> None:
    if problem:
        bench.left_out[video] = problem.removeprefix(f"{video.name} ").removeprefix(f"{video.name}: ")


def _written(bench: _Bench, videos: Sequence[Path], output: Path, progress: Progress) -> Prepared:
    places = [video for video in videos if video not in bench.left_out]
    songs: list[SongMeasures] = [read_song_document(bench.kept[video]) for video in places]
    left_out = tuple(LeftOut(video.name, reason) for video, reason in bench.left_out.items())
    if not songs:
        first, more = left_out[0], f" (and {len(left_out) - 1} more)" if len(left_out) > 1 else ""
        raise DatasetError(f"no video is left: {first.name}: {first.reason}{more}: give others")
    twins = find_twins(songs)
    contents = [bench.contents[video] for video in places]
    splits = split_songs(contents, groups_of(len(songs), twins))
    titles = [video.stem for video in places]
    folder = bench.folder / "dataset"
    shutil.rmtree(folder, ignore_errors=True)
    write_dataset(folder, songs, titles, splits, progress)
    card = data_card(songs, titles, splits, twins, left_out, metadata.version("hitpoint"))
    (folder / _CARD).write_text(card, encoding="utf-8", newline="\n")
    final = _revealed(folder, output)
    return Prepared(final, tuple(titles), sum(map(len, songs)), twins, left_out, bench.resumed)


def _revealed(folder: Path, output: Path) -> Path:
    """Give the finished folder its name, or the next free version of it."""
    while True:
        final = free_version(output)
        with suppress(FileExistsError):
            if not os.path.lexists(final):
                os.rename(folder, final)
                return final
