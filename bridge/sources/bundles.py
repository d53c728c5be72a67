""".otioz and .otiod: a timeline together with its media.

A zip is unpacked to the cache, once for each content, so that its media can be decoded like any others. Nothing leaves
the cache folder, whatever the names in the zip, and a zip that would swell beyond all proportion is refused.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath, PureWindowsPath

from hitpoint.bridge.otio.otio_json import MAX_DOCUMENT_BYTES, Node, load_timeline_document, parse_document
from hitpoint.core.errors import EditReadError
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.progress import SILENT, Progress

CONTENT_NAME = "content.otio"
MAX_MEMBERS = 100_000
_LARGEST_SWELLING = 20  # unpacked to packed; movies do not shrink
_SMALL = 64 * 1024 * 1024  # bytes that are unpacked without asking
_BLOCK = 1024 * 1024

_Damaged = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


def load_folder_bundle(path: Path) -> tuple[Node, Path]:
    """Document and media base of an .otiod folder.

    Raises:
        EditReadError: if the folder holds no timeline.
    """
    content = path / CONTENT_NAME
    if not content.is_file():
        raise EditReadError(f"{path} is a folder without {CONTENT_NAME}: name the edit's file")
    return load_timeline_document(content), path


def load_zip_bundle(path: Path, progress: Progress = SILENT, cache: Path | None = None) -> tuple[Node, Path]:
    """Document and media base of an .otioz file, its media unpacked to ``cache`` (the user's cache folder).

    Raises:
        EditReadError: if it is no such file, damaged, or hostile.
    """
    try:
        with zipfile.ZipFile(path) as bundle:
            members = _checked_members(bundle, path)
            document = parse_document(_content(bundle, path), f"{path.name}/{CONTENT_NAME}")
            folder = (cache or user_cache_folder() / "bundles") / _content_hash(members)
            _unpack(bundle, members, folder, progress)
    except _Damaged as error:
        raise EditReadError(f"{path.name} cannot be unpacked ({_reason(error)}): export the bundle again") from None
    return document, folder


def _checked_members(bundle: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    members = [member for member in bundle.infolist() if not member.filename.endswith("/")]
    if len(members) > MAX_MEMBERS:
        raise EditReadError(f"{path.name} holds more than {MAX_MEMBERS} files: no edit does")
    for member in members:
        if not _is_safe(member):
            raise EditReadError(f"{path.name} holds a file that would be written elsewhere ({member.filename[:80]!r})")
    unpacked = sum(member.file_size for member in members)
    if unpacked > max(_SMALL, _LARGEST_SWELLING * path.stat().st_size):
        raise EditReadError(f"{path.name} would swell to {unpacked >> 20} MB: it is no bundle of movies")
    return members


def _is_safe(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    parts = PurePosixPath(name).parts
    is_link = stat.S_ISLNK(member.external_attr >> 16)
    windows = PureWindowsPath(name)
    return not (is_link or ".." in parts or name.startswith("/") or "\\" in name or windows.drive or "\0" in name)


def _content(bundle: zipfile.ZipFile, path: Path) -> bytes:
    try:
        member = bundle.getinfo(CONTENT_NAME)
    except KeyError:
        raise EditReadError(f"{path.name} holds no {CONTENT_NAME}: it is no OpenTimelineIO bundle") from None
    if member.file_size > MAX_DOCUMENT_BYTES:
        raise EditReadError(f"the timeline in {path.name} is larger than {MAX_DOCUMENT_BYTES >> 20} MB")
    with bundle.open(member) as stream:
        return stream.read(member.file_size)


def _content_hash(members: Sequence[zipfile.ZipInfo]) -> str:
    """Name for a bundle's content, from the names, sizes and check sums of its files."""
    told = sorted((member.filename, member.file_size, member.CRC) for member in members)
    return hashlib.sha256(repr(told).encode()).hexdigest()[:32]


def _unpack(bundle: zipfile.ZipFile, members: Sequence[zipfile.ZipInfo], folder: Path, progress: Progress) -> None:
    media = [member for member in members if member.filename != CONTENT_NAME]
    wanted = [member for member in media if not _is_there(folder / member.filename, member)]
    size = sum(member.file_size for member in wanted)
    folder.mkdir(parents=True, exist_ok=True)
    if size > shutil.disk_usage(folder).free:
        raise EditReadError(f"no room to unpack the media ({size >> 20} MB needed in {folder}): free some space")
    done = 0
    for member in wanted:
        done = _unpack_one(bundle, member, folder / member.filename, progress, done, size)


def _is_there(file: Path, member: zipfile.ZipInfo) -> bool:
    return file.is_file() and file.stat().st_size == member.file_size


def _unpack_one(
    bundle: zipfile.ZipFile, member: zipfile.ZipInfo, file: Path, progress: Progress, done: int, total: int
) -> int:
    """Write one member beside its place and then put it there; returns the bytes done so far."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".unpacking")
    try:
        with os.fdopen(handle, "wb") as out, bundle.open(member) as stream:
            while block := stream.read(_BLOCK):
                progress.step(done / max(total, 1), "unpacking media")
                out.write(block)
                done += len(block)
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
    return done


def _reason(error: BaseException) -> str:
    """Why a bundle cannot be unpacked: the disk's word, else that it is no zip, or damaged."""
    if isinstance(error, RuntimeError) and not isinstance(error, NotImplementedError):
        return "it has a password"
    return getattr(error, "strerror", None) or "it is no zip file, or is damaged"
