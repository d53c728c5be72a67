"""An edit and its media in one file (.otioz) or one folder (.otiod), as OpenTimelineIO lays them out.

::

    version.txt      "1.0.0"
    content.otio     its media named "media/NAME", relative to the bundle
    media/NAME       stored, not compressed
"""

from __future__ import annotations

import shutil
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path, PurePosixPath
from typing import IO

from hitpoint.core.errors import EditReadError

BUNDLE_SUFFIXES = (".otioz", ".otiod")
CONTENT = "content.otio"

_MEDIA = "media"
_VERSION = "version.txt"
_VERSION_NUMBER = b"1.0.0"
_SAME_DATE = (1980, 1, 1, 0, 0, 0)  # so that the same edit gives the same bytes


def name_in_bundle(wanted: str, taken: list[str]) -> str:
    """The path of a file inside a bundle, ``media/NAME``, with another name if that one is taken (in any case)."""
    path, number = PurePosixPath(_MEDIA, wanted), 1
    stems = {PurePosixPath(name).stem.casefold() for name in taken}
    while path.stem.casefold() in stems:
        number += 1
        path = path.with_name(f"{PurePosixPath(wanted).stem}_{number}{path.suffix}")
    return str(path)


def bundled_names(source: Path) -> list[str]:
    """Paths of the media inside a bundle, relative to it; none if ``source`` is no bundle."""
    if source.suffix.lower() == ".otiod":
        files = (path for path in sorted((source / _MEDIA).rglob("*")) if path.is_file())
        return [path.relative_to(source).as_posix() for path in files]
    if source.suffix.lower() != ".otioz":
        return []
    with _opened_zip(source) as bundle:
        return [name for name in bundle.namelist() if name.startswith(f"{_MEDIA}/") and _is_file(name)]


def write_bundle(
    out: Path, content: bytes, sounds: Mapping[str, Path], source: Path, left_out: Collection[str] = ()
) -> None:
    """Write a bundle with an edit, its new sounds by their names inside, and the media of the bundle it came from.

    Media named in ``left_out`` stay behind: the music of an earlier version.

    Raises:
        EditReadError: if ``source`` is a damaged bundle.
        OSError: if ``out`` cannot be written.
    """
    write = _write_folder if out.suffix.lower() == ".otiod" else _write_zip
    carried = [name for name in bundled_names(source) if name not in left_out]
    write(out, content, dict(sounds), source, carried)


def _write_zip(out: Path, content: bytes, files: dict[str, Path], source: Path, carried: list[str]) -> None:
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr(_entry(_VERSION), _VERSION_NUMBER, zipfile.ZIP_DEFLATED)
        bundle.writestr(_entry(CONTENT), content, zipfile.ZIP_DEFLATED)
        for name, reader in _media(files, source, carried):
            with bundle.open(_entry(name), "w", force_zip64=True) as target:
                shutil.copyfileobj(reader, target, 1 << 20)


def _write_folder(out: Path, content: bytes, files: dict[str, Path], source: Path, carried: list[str]) -> None:
    out.mkdir()
    (out / _VERSION).write_bytes(_VERSION_NUMBER)
    (out / CONTENT).write_bytes(content)
    for name, reader in _media(files, source, carried):
        target = out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, 1 << 20)


def _media(files: dict[str, Path], source: Path, carried: list[str]) -> Iterator[tuple[str, IO[bytes]]]:
    """Each file that goes into the bundle, open while it is its turn."""
    for name, path in files.items():
        with path.open("rb") as reader:
            yield name, reader
    with ExitStack() as stack:
        bundle = stack.enter_context(_opened_zip(source)) if carried and source.suffix.lower() == ".otioz" else None
        for name in carried:
            with bundle.open(name) if bundle is not None else (source / name).open("rb") as reader:
                yield name, reader


@contextmanager
def _opened_zip(source: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(source) as bundle:
            yield bundle
    except (zipfile.BadZipFile, NotImplementedError, EOFError, zlib.error):
        raise EditReadError(f"{source.name} is no bundle, or is damaged: export it again") from None


def _is_file(name: str) -> bool:
    """Whether a name is that of a file, and one that stays inside the bundle."""
    return not name.endswith("/") and ".." not in PurePosixPath(name).parts and "\\" not in name and "\0" not in name


def _entry(name: str) -> zipfile.ZipInfo:
    return zipfile.ZipInfo(name, _SAME_DATE)
