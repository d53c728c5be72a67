"""The media reference of a clip, in any of the shapes hosts write."""

from __future__ import annotations

import math
import re
from pathlib import PureWindowsPath
from urllib.parse import unquote

from hitpoint.bridge.formats import PICTURE_SUFFIXES
from hitpoint.bridge.otio.flatten import MediaReference, Rank
from hitpoint.bridge.otio.otio_json import Node, nodes_in, number_in, object_in, schema_of, text_in
from hitpoint.bridge.otio.times import Span, believable_span, exact_rate
from hitpoint.core.timebase import FrameRate

_SHARES = ("smb", "cifs", "afp", "nfs")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:(?=/)")  # two letters at least: C: is a drive
_TITLE = re.compile(
    r"\b(title|text\b|text\+|fusion|caption|subtitle|lower.?third|generator|adjustment|solid\b|credits?\b)",
    re.IGNORECASE,
)
_OPAQUE = (
    "kdenlive:SolidColor",
    "kdenlive:Generator",
    "opaque",
)  # beginnings of the kinds of generators that hide what lies below them
_TITLE_FILES = (".kdenlivetitle", ".mogrt", ".prtl", ".setting")


def active_reference(clip: Node) -> Node:
    """The media reference in use, of a Clip.1 or a Clip.2; an empty object if there is none."""
    references = object_in(clip, "media_references")
    if references:
        key = text_in(clip, "active_media_reference_key") or "DEFAULT_MEDIA"
        return object_in(references, key) or object_in(references, next(iter(references)))
    return object_in(clip, "media_reference")


def media_reference(clip: Node, rate: FrameRate, host: str) -> MediaReference | None:
    """The media file a clip asks for; None for one that has none, such as a generator or a title.

    Kdenlive counts the available range in frames of the project, whatever rate it writes beside them.
    """
    reference = active_reference(clip)
    schema = schema_of(reference)
    if schema == "GeneratorReference":
        return None
    if schema == "ImageSequenceReference":
        return _sequence(reference, rate)
    url = text_in(reference, "target_url")
    name = media_name(url) or text_in(reference, "name") or text_in(clip, "name")
    available = believable_span(object_in(reference, "available_range"), rate)
    if available is not None and host == "kdenlive":
        frames = number_in(object_in(reference, "available_range", "duration"), "value") or 0.0
        available = Span(available.start, rate.seconds(round(frames)))
    return MediaReference(url, name, available) if name else None


def rank_of(clip: Node, reference: MediaReference | None, host: str) -> Rank:
    """Whether a clip is a picture, something the host draws itself, or one of which nobody can tell."""
    generator = active_reference(clip)
    if schema_of(generator) == "GeneratorReference":
        return Rank.PICTURE if text_in(generator, "generator_kind").startswith(_OPAQUE) else Rank.GENERATED
    if reference is not None and reference.url:
        return Rank.GENERATED if reference.url.casefold().endswith(_TITLE_FILES) else Rank.PICTURE
    return Rank.GENERATED if host == "resolve" or _is_title(clip) else Rank.OFFLINE


def media_name(url: str) -> str:
    r"""File name at the end of a path or address in any style.

    >>> urls = "file:///E:/my%20cut/a%23b.mov", r"E:\cut\50%.mov", "https://x.org/a.mp4?k=1"
    >>> tuple(map(media_name, urls))
    ('a#b.mov', '50%.mov', 'a.mp4')
    """
    if is_file_url(url):
        url = unquote(url)
    elif is_remote(url):
        url = unquote(re.split(r"[?#]", url, maxsplit=1)[0])
    return PureWindowsPath(url).name if is_windows_path(url) else url.rstrip("/").rpartition("/")[2]


def is_file_url(url: str) -> bool:
    """Whether an address is a ``file:`` one."""
    return url[:6].casefold() == "file:/"


def is_remote(url: str) -> bool:
    """Whether an address names another machine's service; such media are never fetched."""
    return _SCHEME.match(url) is not None and not is_file_url(url)


def is_share(url: str) -> bool:
    """Whether an address names a file on a server of the local network; it is looked for by its name only."""
    return url.partition(":")[0].casefold() in _SHARES


def is_windows_path(path: str) -> bool:
    r"""Whether a plain path is written the Windows way: ``C:\a``, ``C:/a``, ``\\server\share`` or ``a\b``."""
    return re.match(r"[A-Za-z]:[\\/]|\\\\", path) is not None or ("\\" in path and "/" not in path)


def _sequence(reference: Node, rate: FrameRate) -> MediaReference:
    digits = _whole(number_in(reference, "frame_zero_padding"))
    number = f"%0{min(digits, 20)}d" if digits else "%d"
    pattern = text_in(reference, "name_prefix") + number + text_in(reference, "name_suffix")
    base = text_in(reference, "target_url_base")
    joint = "" if not base or base.endswith(("/", "\\")) else "\\" if is_windows_path(base) and "\\" in base else "/"
    return MediaReference(
        base + joint + pattern,
        pattern,
        believable_span(object_in(reference, "available_range"), rate),
        is_sequence=True,
        first_number=_whole(number_in(reference, "start_frame")),
        images_per_second=exact_rate(number_in(reference, "rate") or 0.0) or rate.frames_per_second,
    )


def _whole(value: float | None) -> int:
    return int(value) if value is not None and math.isfinite(value) and 0 <= value < 1e9 else 0


def _is_title(clip: Node) -> bool:
    """Whether an offline clip says that it is a title: by its name, its effects or Fusion's metadata."""
    name = text_in(clip, "name")
    if PureWindowsPath(name).suffix.casefold() in PICTURE_SUFFIXES:
        return False
    told = [name, text_in(active_reference(clip), "name")]
    for effect in nodes_in(clip, "effects"):
        told += [text_in(effect, "name"), text_in(effect, "effect_name")]
    told += [*object_in(clip, "metadata"), *object_in(clip, "metadata", "Resolve_OTIO")]
    return _TITLE.search(" ".join(told)) is not None
