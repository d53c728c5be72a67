"""Exchange formats that Hitpoint reads itself: Final Cut Pro 7 XML, FCPXML and EDL, known by what is in the file."""

from __future__ import annotations

from pathlib import Path

from hitpoint.bridge.edl.document import edl_document
from hitpoint.bridge.edl.rates import MediaRate
from hitpoint.bridge.exchange.xml_text import root_tag
from hitpoint.bridge.fcp7.document import fcp7_document
from hitpoint.bridge.fcpxml.document import BUNDLE_SUFFIX, fcpxml_document, fcpxml_file
from hitpoint.bridge.formats import Way, format_of
from hitpoint.bridge.otio.otio_json import Node, read_bounded
from hitpoint.core.errors import EditReadError
from hitpoint.core.machine.collection import uncollected
from hitpoint.core.timebase import FrameRate

_XML = {"xmeml": fcp7_document, "fcpxml": fcpxml_document}
_BY_SUFFIX = {".xml": "xmeml", ".fcpxml": "fcpxml", BUNDLE_SUFFIX: "fcpxml"}


def is_exchange(path: Path) -> bool:
    """Whether a file is of a format that is read here, by its ending."""
    row = format_of(path)
    return row is not None and row.way is Way.EXCHANGE


def format_name(path: Path) -> str:
    """The name of a file's format, as editors call it; of an ``.xml`` that of what is in it."""
    row = format_of(path)
    if row is None:
        return path.suffix.lstrip(".").upper() or "unknown format"
    is_xml = path.suffix.casefold() == ".xml"
    return "FCPXML" if is_xml and root_tag(path) == "fcpxml" else row.name.partition(", ")[0]


def exchange_document(
    path: Path, rate: FrameRate | None = None, media_rate: MediaRate | None = None
) -> tuple[Node, list[str]]:
    """The document of a file, and warnings for the editor.

    Args:
        path: the file; an ``.fcpxmld`` is a folder.
        rate: frames a second, if the editor or an earlier reading tells them; for files that do not.
        media_rate: answers the rate of media files by their names, for an EDL; None to look at none.

    Raises:
        EditReadError: if it cannot be read.
    """
    with uncollected():
        return _document(path, rate, media_rate)


def _document(path: Path, rate: FrameRate | None, media_rate: MediaRate | None) -> tuple[Node, list[str]]:
    if path.suffix.casefold() == ".edl":
        return edl_document(read_bounded(path), path, rate, media_rate)
    file = fcpxml_file(path) if path.suffix.casefold() == BUNDLE_SUFFIX else path
    content = read_bounded(file)
    tag = root_tag(file)
    if tag and tag not in _XML and file.suffix.casefold() == ".xml":
        raise EditReadError(
            f"{path.name} is no edit that can be read: its root is <{tag[:40]}>; export Final Cut Pro 7 XML or FCPXML"
        )
    read = _XML.get(tag) or _XML[_BY_SUFFIX[path.suffix.casefold()]]
    return read(content, path, rate)
