"""Working beside the host: an edit on disk is read again whenever it changes, and its music follows.

A file is looked at, not listened for, because network drives tell nobody of changes. It is taken when it has stood
still for a while and can be read: hosts write in pieces, and a half-written edit is no error but one to wait for.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from hitpoint.bridge.reading.scored_edit import find_cue
from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.edit import Edit
from hitpoint.core.errors import CueFileError, EditReadError, HitpointError
from hitpoint.core.files.output import Outputs, first_outputs, next_version
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.conform import ConformedEdit, ConformJob, conform_edit
from hitpoint.plugin.jobs.job import Job, Scored
from hitpoint.plugin.jobs.score import score_edit

STILL_SECONDS = 0.5  # that a file stands still before it is read
PATIENCE_SECONDS = 10.0  # for which a file that cannot be read is taken for one that is being written
_LARGEST_HASHED = 256 * 2**20  # bytes; of a film the date tells enough

Stamp = tuple[tuple[str, int, int], ...]  # name, time of change in ns and size of every file that belongs to an edit


class Clock(Protocol):
    """The watch's clock; tests bring their own."""

    def now(self) -> float:
        """Seconds from any beginning; never fewer than before."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class SystemClock:
    """The computer's own."""

    def now(self) -> float:
        """Seconds, whatever happens to the date."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass(frozen=True)
class WatchJob:
    """An edit to watch.

    Attributes:
        job: how the edit is scored if it has no music yet; what follows takes media folders and engine from it.
        every: seconds between two looks.
        is_once: whether to end when what is to be done now is done.
    """

    job: Job
    every: float = 1.0
    is_once: bool = False


@dataclass(frozen=True)
class Followed:
    """The answer to one change.

    Attributes:
        scored: what was written; None if nothing changed under the music.
        conformed: the same with its change list; None if the edit was scored for the first time.
    """

    scored: Scored | None = None
    conformed: ConformedEdit | None = None


@dataclass
class Watch:
    """One edit under watch.

    Args:
        job: what is watched.
        tell: called with what was done, each time.
        complain: called with a sentence when a change cannot be followed.
        clock: for tests.
        progress: of each piece of work.
    """

    job: WatchJob
    tell: Callable[[Followed], None]
    complain: Callable[[str], None]
    clock: Clock = field(default_factory=SystemClock)
    progress: Progress = SILENT
    _done: str | None = None  # the content that the music is for
    _seen: Stamp | None = None  # the last look
    _since: float = 0.0  # when it was first so
    _settled: Stamp | None = None  # a look that needs no other

    def run(self) -> None:
        """Watch until interrupted, or until all is done.

        Raises:
            HitpointError: if the edit is to be followed once and cannot be.
            KeyboardInterrupt: when the editor has enough; whatever was being written is not there then.
        """
        while not (self.look() and self.job.is_once):
            self.clock.sleep(self.job.every)

    def look(self) -> bool:
        """One look at the file; answers whether its music is now the right one.

        Raises:
            HitpointError: as :meth:`run`.
        """
        stamp = stamp_of(self.job.job.edit)
        if stamp is not None and stamp == self._settled:
            return True
        now = self.clock.now()
        if stamp != self._seen:
            self._seen, self._since = stamp, now
        if stamp is None:
            return self._gone(now)
        if now - self._since < STILL_SECONDS:
            return False
        return self._take(stamp, now)

    def _gone(self, now: float) -> bool:
        """A file that is not there is being replaced, for a while."""
        if self.job.is_once and now - self._since >= PATIENCE_SECONDS:
            raise EditReadError(f"nothing found at {self.job.job.edit}: check the path to the edit")
        return False

    def _take(self, stamp: Stamp, now: float) -> bool:
        """Read the file and follow it, if it is whole and new."""
        content = content_of(self.job.job.edit, stamp)
        if content == self._done:
            self._settled = stamp
            return True
        try:
            edit = read_edit(self.job.job.edit, self.job.job.media_folders, rate=self.job.job.rate)
        except EditReadError as error:
            return self._unreadable(error, stamp, now)
        if stamp_of(self.job.job.edit) != stamp:
            return False  # it was written while it was read
        return self._follow(edit, stamp, content)

    def _unreadable(self, error: EditReadError, stamp: Stamp, now: float) -> bool:
        if now - self._since < PATIENCE_SECONDS:
            return False
        if self.job.is_once:
            raise error
        self.complain(f"{error}; waiting for the next change")
        self._settled = stamp
        return False

    def _follow(self, edit: Edit, stamp: Stamp, content: str) -> bool:
        try:
            self.tell(followed(self.job.job, edit, self.progress))
        except HitpointError as error:
            if self.job.is_once:
                raise
            self.complain(f"{error}; waiting for the next change")
        self._done, self._settled = content, stamp
        return True


def followed(job: Job, edit: Edit, progress: Progress = SILENT) -> Followed:
    """Bring the music of an edit up to date: score it, carry its cue over, or leave it if nothing changed under it.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then.
    """
    scored = newest_score(job)
    if scored is None:
        return Followed(score_edit(job, progress))
    from hitpoint.core.conform.conforming import conformed  # it brings the networks, which a first look can do without

    plan = conformed(read_cue(find_cue(scored)), edit)
    if plan.changes.is_empty and not plan.changes.notes:
        return Followed()
    done = conform_edit(
        ConformJob(
            scored=scored,
            new_edit=job.edit,
            output=job.output,
            media_folders=job.media_folders,
            rate=job.rate,
            section_markers=job.section_markers,
            engine=job.engine,
        ),
        progress,
    )
    return Followed(done.scored, done)


def newest_score(job: Job) -> Path | None:
    """The last version of the scored edit, or the edit itself if it has music of ours; None if there is none yet."""
    newest, outputs = None, first_outputs(job.edit, job.output)
    while outputs.exists:
        if _has_cue(outputs.timeline):
            newest = outputs.timeline
        outputs = Outputs(next_version(outputs.timeline))
    return newest or (job.edit if _has_cue(job.edit) else None)


def stamp_of(path: Path) -> Stamp | None:
    """A mark that changes when an edit is written again, taken without reading it; None if it is not there."""
    try:
        if not path.is_dir():
            state = path.stat()
            return ((path.name, state.st_mtime_ns, state.st_size),)
        files = [Path(folder) / name for folder, _, names in os.walk(path) for name in sorted(names)]
        return tuple((str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in sorted(files))
    except OSError:
        return None


def content_of(path: Path, stamp: Stamp) -> str:
    """A name for what is in an edit: of its bytes, or of its stamp if it is a folder or too large to be read twice."""
    if path.is_dir() or sum(size for _, _, size in stamp) > _LARGEST_HASHED:
        return repr(stamp)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return repr(stamp)


def _has_cue(path: Path) -> bool:
    try:
        return find_cue(path).is_file()
    except (CueFileError, EditReadError):
        return False
