"""The host that wrote a timeline, and warnings about what it left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hitpoint.bridge.otio.flatten import Layer, Piece, Rank
from hitpoint.bridge.otio.otio_json import Node, object_in

_METADATA_KEYS = (("kdenlive", "kdenlive"), ("Resolve_OTIO", "resolve"), ("PremierePro_OTIO", "premiere"))

_KDENLIVE = (
    "Kdenlive: score the .kdenlive itself, or drop the WAV at 0 on a new track; importing the .otio resets in-points",
    "Kdenlive exports no speeds and no disabled clips: cuts are right, the picture looked at may not be",
)
_PREMIERE_SPEED = (
    "Premiere: the length of a retimed clip ({name}) was read as source frames divided by its speed; "
    "check that the cuts after it are right"
)


def host_of(timeline: Node) -> str:
    """The host named by the metadata of the timeline or its stack ("kdenlive" ...); empty if neither tells."""
    for key, host in _METADATA_KEYS:
        if key in object_in(timeline, "metadata") or key in object_in(timeline, "tracks", "metadata"):
            return host
    return ""


def is_project(timeline: Node) -> bool:
    """Whether a timeline was read from a Kdenlive project itself, which holds all that the export leaves out."""
    return "project" in object_in(timeline, "metadata", "kdenlive")


def host_warnings(timeline: Node, host: str, pictures: Sequence[Layer], sounds: Sequence[Layer]) -> tuple[str, ...]:
    """Sentences for the editor on what the host does not export.

    Args:
        timeline: that was read.
        host: as in an edit.
        pictures: the video tracks.
        sounds: the audio tracks.
    """
    if host == "kdenlive" and not is_project(timeline):
        return (*_KDENLIVE, *_suspected_speeds(pictures, sounds))
    if host == "premiere":
        retimed = [piece.content.name for piece in _pieces(pictures) if piece.speed not in (0, 1)]
        return (_PREMIERE_SPEED.format(name=", ".join(dict.fromkeys(retimed))),) if retimed else ()
    return ()


def _suspected_speeds(pictures: Sequence[Layer], sounds: Sequence[Layer]) -> Iterator[str]:
    """Clips whose picture starts elsewhere in the media than their sound, or which use more media than there is."""
    heard = {
        (piece.start, piece.content.reference.url): piece.source_start
        for piece in _pieces(sounds)
        if piece.content.reference
    }
    for piece in _pieces(pictures):
        reference = piece.content.reference
        if piece.content.rank is not Rank.PICTURE or reference is None:
            continue
        sound_start = heard.get((piece.start, reference.url), piece.source_start)
        if sound_start != piece.source_start or _is_beyond(piece):
            clip = f"{piece.content.name!r} at {float(piece.start):.2f} s"
            yield f"Kdenlive: {clip} seems to have a changed speed, which is not exported"


def _is_beyond(piece: Piece) -> bool:
    """Whether a clip uses more media than there is."""
    reference = piece.content.reference
    if reference is None or reference.available is None:
        return False
    return piece.source_at(piece.end) > reference.available.duration


def _pieces(layers: Sequence[Layer]) -> Iterator[Piece]:
    for layer in layers:
        yield from layer.pieces
