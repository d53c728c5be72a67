"""Files that appear whole or not at all, and never in place of another.

Everything is written under a hidden name beside its place (``.NAME.hitpoint-tmp...``), flushed to the disk and then
given its name in one step that fails if the name is taken. What a killed process leaves is hidden, harmless, and
cleared by the next run that wants the same name.

::

    with published(plan_outputs(edit_path, out)) as staging:
        write_wave(staging.work.mix, ...)                       # where it is written now
        write_timeline(staging.work.timeline, staging.final.mix)  # where it will lie, for paths inside files
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

from hitpoint.core.errors import EditWriteError, PlaceError
from hitpoint.core.files.file_lock import try_lock
from hitpoint.core.files.places import check_place, refusal

TIMELINE_SUFFIXES = (".otio", ".otioz", ".otiod", ".kdenlive", ".xml")
MUSIC_FOLDER = ".music"
PROVENANCE = "provenance.json"

_OWN_KIND = (".kdenlive", ".xml")  # written only as a copy of an edit of the same kind
_KEPT = (".kdenlive",)  # kinds that a scored edit keeps if nothing else is asked for

_TEMPORARY = ".hitpoint-tmp"
_LOCK = "lock"
_OURS = "_hitpoint"
_VERSION = re.compile(r"(?P<stem>.*)_v(?P<number>[1-9]\d{0,5})", re.DOTALL)
_LONGEST_STEM = 150  # bytes, so that "..._hitpoint_v12_strings.wav" stays below the 255 that file systems allow
_NO_HARD_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES})
_ABOUT_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


@dataclass(frozen=True)
class Outputs:
    """Where the results of one run lie, all named after the timeline file.

    Every file has a stem of its own, because hosts confuse media that share one in a folder.
    """

    timeline: Path

    @property
    def folder(self) -> Path:
        """``OUT.music``, beside the timeline."""
        return self.timeline.with_name(f"{self.timeline.stem}{MUSIC_FOLDER}")

    @property
    def mix(self) -> Path:
        """The whole music."""
        return self.folder / f"{self.timeline.stem}_mix.wav"

    @property
    def midi(self) -> Path:
        """The notes."""
        return self.folder / f"{self.timeline.stem}.mid"

    @property
    def cue(self) -> Path:
        """The document to go on from."""
        return self.folder / "cue.json"

    @property
    def provenance(self) -> Path:
        """How the music came about."""
        return self.folder / PROVENANCE

    @property
    def stems_folder(self) -> Path:
        """Folder of the stems."""
        return self.folder / "stems"

    def take(self, number: int) -> Path:
        """The document of another take, which was not chosen; the second is ``takes/take_2.cue.json``."""
        return self.folder / "takes" / f"take_{number}.cue.json"

    def of_cue(self, name: str, names: Iterable[str] = ()) -> Outputs:
        """The same for one of the cues ``names``, in a folder inside this one.

        A hash parts names that disks confuse.
        """
        plain = _plain(name)
        if any(other != name and _plain(other).casefold() == plain.casefold() for other in names):
            plain = f"{plain}_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
        return Outputs(self.folder / f"{self.timeline.stem}_{plain}.otio")

    @property
    def exists(self) -> bool:
        """Whether anything has one of the two names that are seen beside the edit."""
        return os.path.lexists(self.timeline) or os.path.lexists(self.folder)


@dataclass(frozen=True)
class Staging:
    """The same files twice: where they are written now, and where they will lie."""

    work: Outputs
    final: Outputs


def plan_outputs(edit_path: Path, out: Path | None) -> Outputs:
    """Where the results for an edit go: beside it, or where ``out`` (a file or a folder) says, under a free name.

    A scored edit is not called "_hitpoint" twice; its next version is taken.

    Raises:
        EditWriteError: if the folder is missing or cannot be written to, or ``out`` is no kind of file we write.
    """
    return _free_outputs(first_outputs(edit_path, out))


def mix_beside(cue_file: Path) -> Path:
    """Where the mix of a stored cue lies, if it still lies where it was written."""
    folder = cue_file.absolute().parent
    return folder / f"{folder.stem}_mix.wav"


def first_outputs(edit_path: Path, out: Path | None) -> Outputs:
    """Where the first version of the results for an edit goes, whether it is there or not.

    Raises:
        EditWriteError: as :func:`plan_outputs`.
    """
    edit_path = Path(os.path.abspath(edit_path))
    if out is None:
        wanted = edit_path.parent / _default_name(edit_path)
    elif out.is_dir() and out.suffix != ".otiod":
        wanted = Path(os.path.abspath(out)) / _default_name(edit_path)
    else:
        wanted = Path(os.path.abspath(out if out.suffix else out.with_name(f"{out.name}.otio")))
    suffix, own = wanted.suffix.lower(), edit_path.suffix.lower()
    if suffix not in TIMELINE_SUFFIXES:
        raise PlaceError(f"cannot write {wanted.name}: its name must end in {', '.join(TIMELINE_SUFFIXES)}")
    if suffix in _OWN_KIND and own != suffix:
        raise PlaceError(f"cannot write {wanted.name}: {suffix} is written only as a copy of one; write .otio")
    check_place(wanted)
    return Outputs(wanted)


def free_version(path: Path) -> Path:
    """The path itself if nothing lies there, else with the next free version: ``a.otio``, ``a_v2.otio``, ..."""
    while os.path.lexists(path):
        path = next_version(path)
    return path


def next_version(path: Path) -> Path:
    """The name after this one: ``a.otio`` gives ``a_v2.otio``, which gives ``a_v3.otio``."""
    versioned = _VERSION.fullmatch(path.stem)
    stem, number = (versioned["stem"], int(versioned["number"])) if versioned else (path.stem, 1)
    return path.with_name(f"{stem}_v{number + 1}{path.suffix}")


def write_safely(path: Path, write: Callable[[Path], None]) -> Path:
    """Let ``write`` fill a file that appears whole, under ``path`` or its next free version; answers which.

    Raises:
        EditWriteError: if the disk is full, or the folder is missing or read-only.
    """
    temporary = path.with_name(f".{path.stem[:60]}{_TEMPORARY}-{secrets.token_hex(4)}{path.suffix}")
    with _told_as_refusal(path, temporary):
        try:
            write(temporary)
            _flush(temporary)
            return _claim_free_version(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)


@contextmanager
def published(planned: Outputs) -> Iterator[Staging]:
    """Everything written inside this context appears at its end, the timeline last, or not at all.

    If another Hitpoint is at work on the planned name, the next version is taken: use the paths of the staging.

    Raises:
        EditWriteError: if the disk is full, or the folder is missing or read-only.
    """
    with _told_as_refusal(planned.timeline, planned.timeline.parent):
        final, hidden, lock = _claimed(planned)
    try:
        with _told_as_refusal(final.timeline, hidden):
            work = Outputs(hidden / final.timeline.name)
            work.stems_folder.mkdir(parents=True)
            yield Staging(work, final)
            _flush_tree(hidden)
            _reveal(work, final)
    finally:
        _release(hidden, lock)


def _plain(name: str) -> str:
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in normalize("NFC", name))


def _default_name(edit_path: Path) -> str:
    stem = edit_path.stem.encode("utf-8", "surrogateescape")[:_LONGEST_STEM].decode("utf-8", "ignore")
    suffix = edit_path.suffix.lower() if edit_path.suffix.lower() in _KEPT else ".otio"
    versioned = _VERSION.fullmatch(stem)
    if stem.endswith(_OURS) or (versioned and versioned["stem"].endswith(_OURS)):
        return f"{stem}{suffix}"
    return f"{stem}{_OURS}{suffix}"


def _free_outputs(outputs: Outputs) -> Outputs:
    while outputs.exists:
        outputs = Outputs(next_version(outputs.timeline))
    return outputs


def _hidden_folder(outputs: Outputs) -> Path:
    return outputs.timeline.with_name(f".{outputs.timeline.name}{_TEMPORARY}")


def _finish_interrupted(folder: Path) -> None:
    """Bring to its end what was killed within its last step: its music has its name already, its timeline has not.

    Music leaves its hidden place only when everything is on the disk, so that the timeline left there is whole.
    """
    for hidden in folder.glob(f".*{_TEMPORARY}"):
        final = Outputs(folder / hidden.name.removeprefix(".").removesuffix(_TEMPORARY))
        work = Outputs(hidden / final.timeline.name)
        if work.folder.exists() or not final.folder.exists():
            continue
        with suppress(OSError):
            lock = os.open(hidden / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
            if not try_lock(lock):
                os.close(lock)
                continue
            if work.timeline.exists() and not os.path.lexists(final.timeline):
                _name(work.timeline, final.timeline)
            _release(hidden, lock)


def _claim_free_version(temporary: Path, path: Path) -> Path:
    while True:
        path = free_version(path)
        with suppress(FileExistsError):
            _name_file(temporary, path)
            return path


def _claimed(planned: Outputs) -> tuple[Outputs, Path, int]:
    """The first free outputs that no live process works on, their hidden folder (empty) and its lock.

    The lock belongs to the process, so that one that was killed holds nothing. A lock got on a folder that its owner
    has just removed is worth nothing, hence the comparison.
    """
    _finish_interrupted(planned.timeline.parent)
    outputs = planned
    while True:
        outputs = _free_outputs(outputs)
        hidden = _hidden_folder(outputs)
        hidden.mkdir(exist_ok=True)
        try:
            lock = os.open(hidden / _LOCK, os.O_RDWR | os.O_CREAT, 0o666)
        except FileNotFoundError:
            continue
        if not try_lock(lock):
            os.close(lock)
            outputs = Outputs(next_version(outputs.timeline))
        elif not _is_current(lock, hidden / _LOCK):
            os.close(lock)
        elif outputs.exists:
            _release(hidden, lock)
        else:
            _clear(hidden)
            return outputs, hidden, lock


def _is_current(lock: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(lock), os.stat(path))
    except FileNotFoundError:
        return False


def _clear(hidden: Path) -> None:
    for entry in hidden.iterdir():
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        elif entry.name != _LOCK:
            entry.unlink()


def _release(hidden: Path, lock: int) -> None:
    if os.name == "nt":  # an open file cannot be removed there
        os.close(lock)
        shutil.rmtree(hidden, ignore_errors=True)
    else:
        shutil.rmtree(hidden, ignore_errors=True)
        os.close(lock)


def _reveal(work: Outputs, final: Outputs) -> None:
    """Give the folder and then the timeline their names; if the second fails, the first is taken back."""
    if not any(work.stems_folder.iterdir()):
        work.stems_folder.rmdir()
    if os.path.lexists(final.folder):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(final.folder))
    os.rename(work.folder, final.folder)
    try:
        _name(work.timeline, final.timeline)
    except BaseException:
        os.rename(final.folder, work.folder)
        raise
    _flush_folder(final.timeline.parent)


def _name(temporary: Path, path: Path) -> None:
    """Move a file or a folder to a name that must be free."""
    if temporary.is_dir():
        os.rename(temporary, path)
    else:
        _name_file(temporary, path)


def _name_file(temporary: Path, path: Path) -> None:
    """Move a file to a name that must be free: a hard link is made only if it is, as is a rename on Windows."""
    if os.name == "nt":
        os.rename(temporary, path)
        return
    try:
        os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        os.replace(temporary, path)
    else:
        temporary.unlink()


def _flush_tree(top: Path) -> None:
    for folder, _, files in os.walk(top):
        for name in files:
            _flush(Path(folder) / name)
        _flush_folder(Path(folder))


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _flush_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network disks cannot flush a folder
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _told_as_refusal(path: Path, place: Path) -> Iterator[None]:
    """Turn what the disk refuses under ``place`` into one line about ``path``; other errors go through."""
    try:
        yield
    except EditWriteError as error:  # a writer's own words, about a hidden place that the editor never chose
        if not isinstance(error.__context__, OSError):
            raise
        raise refusal(path, error.__context__) from error
    except OSError as error:
        named = isinstance(error.filename, str | os.PathLike) and str(error.filename).startswith(str(place))
        second = isinstance(error.filename2, str | os.PathLike) and str(error.filename2).startswith(str(path.parent))
        if not (named or second or error.errno in _ABOUT_THE_DISK):
            raise
        raise refusal(path, error) from error
