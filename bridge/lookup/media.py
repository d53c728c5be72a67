"""Finding the media an edit names, on this machine and nowhere else.

A path is tried as written, in every style hosts use (plain, ``file://``, percent-encoded, Windows drive, UNC, relative
to the edit); then the file name is looked for beside the edit, under the media folders and under ``media/`` beside it.
Nothing is ever fetched: an address of a service is a missing file, and of one on a server of the local network only the
name is looked for.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath
from urllib.parse import unquote

from hitpoint.bridge.formats import AUDIO_SUFFIXES, PICTURE_SUFFIXES
from hitpoint.bridge.otio.flatten import MediaReference
from hitpoint.bridge.otio.references import is_file_url, is_remote, is_share, is_windows_path, media_name
from hitpoint.core.errors import OptionError
from hitpoint.core.progress import SILENT, Progress

MAX_INDEXED_FILES = 500_000
MAX_FOLDER_DEPTH = 32
_FOLDERS_PER_STEP = 50
_NUMBER = re.compile(r"%0?\d*d")
_LAST_NUMBER = re.compile(r"\d+(?=\D*$)")
_MEDIA_SUFFIXES = frozenset((*PICTURE_SUFFIXES, *AUDIO_SUFFIXES))
_WITHOUT_SUFFIX = "\0\0"  # begins the name of a file without its ending in the index
_ANY_NUMBER = "\0"  # stands for the number of an image in the index; no file name holds it


class MediaFinder:
    """Finds media by path or by name; the folders are listed once, when first needed.

    Args:
        base: folder that relative paths start from, and whose own files, and those of its ``media`` folder, are found
            by name.
        folders: searched by name, with all their sub-folders, in this order.
        progress: stepped while the folders are listed, so that a cancelled call stops there.

    Raises:
        OptionError: if a media folder is not there.
    """

    def __init__(self, base: Path, folders: Sequence[Path] = (), progress: Progress = SILENT) -> None:
        for folder in folders:
            if not folder.is_dir():
                raise OptionError(f"no folder {folder}: check where your media is")
        self._base = base
        self._folders = (*folders, *(folder for folder in (base / "media", base / "Media") if folder.is_dir()))
        self._progress = progress
        self._index: dict[str, list[Path]] | None = None
        self._found: dict[MediaReference, Path | None] = {}

    def find(self, reference: MediaReference) -> Path | None:
        """The file a reference means, or the pattern of an image sequence; None if it is not on this machine."""
        if reference not in self._found:
            self._found[reference] = self._search(reference)
        return self._found[reference]

    def _search(self, reference: MediaReference) -> Path | None:
        if is_remote(reference.url) and not is_share(reference.url):
            return None
        exists = _has_images if reference.is_sequence else _is_file
        for path in self._as_written(reference.url):
            if exists(path):
                return path
        for name in dict.fromkeys((reference.name, media_name(reference.url), unquote(reference.name))):
            found = self._by_name(name, reference) if name else None
            if found is not None:
                return found
        return None

    def _as_written(self, url: str) -> Iterator[Path]:
        for text in local_paths(url):
            yield self._base / text  # an absolute path stays as it is

    def _by_name(self, name: str, reference: MediaReference) -> Path | None:
        """The file of that name whose folders agree best with the path written; the same letters win over others."""
        if self._index is None:
            self._index = self._listed()
        key = _folded(_NUMBER.sub(_ANY_NUMBER, name) if reference.is_sequence else name)
        files = self._index.get(key, [])
        if not files and name == reference.url and _suffix(name) not in _MEDIA_SUFFIXES:
            files = self._index.get(_WITHOUT_SUFFIX + key, [])  # a list of events names its clips without the ending
        if not files:
            return None
        written = _folders_of(reference.url)
        best = max(files, key=lambda file: (file.name == name, _agreement(file, written)))
        return best.with_name(name) if reference.is_sequence else best

    def _listed(self) -> dict[str, list[Path]]:
        index: dict[str, list[Path]] = {}
        for file in islice(self._files(), MAX_INDEXED_FILES):
            index.setdefault(_folded(file.name), []).append(file)
            if file.suffix.casefold() in _MEDIA_SUFFIXES:
                index.setdefault(_WITHOUT_SUFFIX + _folded(file.stem), []).append(file)
            if _LAST_NUMBER.search(file.name):
                images = index.setdefault(_folded(_LAST_NUMBER.sub(_ANY_NUMBER, file.name)), [])
                if not images or images[-1].parent != file.parent:
                    images.append(file)
        return index

    def _files(self) -> Iterator[Path]:
        yield from _regular_files(self._base, _names_in(self._base)[1])
        seen: set[tuple[int, int]] = set()
        waiting = [(folder, 0) for folder in reversed(self._folders)]
        while waiting:
            folder, depth = waiting.pop()
            if depth > MAX_FOLDER_DEPTH or not _is_new(folder, seen):
                continue
            if len(seen) % _FOLDERS_PER_STEP == 0:
                self._progress.step(0.5, "looking for media")
            folders, files = _names_in(folder)
            yield from _regular_files(folder, files)
            waiting.extend((folder / name, depth + 1) for name in reversed(folders))


def local_paths(url: str) -> Iterator[str]:
    """The paths a reference can mean on this machine, likeliest first.

    >>> list(local_paths("file://localhost/C:/my%20cut/a.mov"))
    ['C:/my cut/a.mov', 'C:/my%20cut/a.mov']
    """
    if not url or is_remote(url):
        return
    plain = url
    if is_file_url(url):
        plain = re.sub(r"^file:(//(localhost(?=/))?(?=/|[A-Za-z]:))?", "", url, flags=re.IGNORECASE)
        plain = _without_slash(plain)
    decoded = _without_slash(unquote(plain)) if is_file_url(url) else unquote(plain)
    for text in dict.fromkeys((decoded, plain) if is_file_url(url) else (plain, decoded)):
        yield text
        if "\\" in text and not PureWindowsPath(text).is_absolute():
            yield text.replace("\\", "/")


def _without_slash(path: str) -> str:
    """``/C:/a`` as ``C:/a``."""
    return re.sub(r"^/(?=[A-Za-z]:[\\/])", "", path)


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def _has_images(path: Path) -> bool:
    """Whether the folder of a pattern such as ``shot.%05d.exr`` holds an image of that sequence."""
    matched = _NUMBER.search(path.name)
    if matched is None:
        return False
    name = re.compile(re.escape(path.name[: matched.start()]) + r"\d+" + re.escape(path.name[matched.end() :]))
    return any(name.fullmatch(file) for file in _names_in(path.parent)[1])


def _names_in(folder: Path) -> tuple[list[str], list[str]]:
    """Sorted names of the folders and of the other entries in a folder; none of one that cannot be listed."""
    folders: list[str] = []
    files: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                (folders if entry.is_dir() else files).append(entry.name)
                if len(files) > MAX_INDEXED_FILES:
                    break
    except (OSError, ValueError):
        pass
    return sorted(folders), sorted(files)


def _regular_files(folder: Path, names: Sequence[str]) -> Iterator[Path]:
    for name in names:
        if _is_file(folder / name):
            yield folder / name


def _is_new(folder: Path, seen: set[tuple[int, int]]) -> bool:
    """Whether a folder was not listed before under any name: a loop of links ends here."""
    try:
        status = folder.stat()
    except OSError:
        return False
    identity = (status.st_dev, status.st_ino)
    if identity in seen:
        return False
    seen.add(identity)
    return True


def _folded(name: str) -> str:
    """A name without regard to case and to how accents are composed (macOS decomposes them)."""
    return unicodedata.normalize("NFC", name).casefold()


def _folders_of(url: str) -> list[str]:
    path = unquote(url) if is_file_url(url) else url
    parts = PureWindowsPath(path).parts if is_windows_path(path) else PurePosixPath(path).parts
    return [_folded(part) for part in reversed(parts[:-1])]


def _agreement(file: Path, written: Sequence[str]) -> int:
    """The number of innermost folders that have the same names."""
    count = 0
    for part, wanted in zip(reversed(file.parts[:-1]), written, strict=False):
        if _folded(part) != wanted:
            break
        count += 1
    return count
