"""Finding the picture rate of a timeline, which no host states in one place.

OpenTimelineIO takes the rate of the longest track, which is 48000 as soon as a sound lies there. Better witnesses, in
this order: Premiere's own ``VideoFrameRate``; the rate of the start timecode; the rate of the video clips; that of
tracks, gaps and markers (Kdenlive writes its project's rate there); that of the media; that of sound clips.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from hitpoint.bridge.otio.otio_json import Node, children_of, nodes_in, number_in, object_in, schema_of, text_in
from hitpoint.bridge.otio.references import active_reference
from hitpoint.bridge.otio.times import MAX_SECONDS, exact_rate, is_picture_rate, rate_of
from hitpoint.core.timebase import FrameRate

_Votes = dict[str, dict[Fraction, Fraction]]

_A_LITTLE = Fraction(1, 1000)  # seconds


def picture_rate(timeline: Node) -> FrameRate | None:
    """The exact rate of the picture; None if nothing in the timeline is at a rate of pictures."""
    for rate in _stated_rates(timeline):
        if rate is not None and is_picture_rate(rate):
            return FrameRate(rate)
    votes = _votes(object_in(timeline, "tracks"))
    for witness in ("clips", "structure", "media", "sound"):
        if votes[witness]:
            return FrameRate(max(votes[witness], key=lambda rate: (votes[witness][rate], rate)))
    return None


def names_any_rate(timeline: Node) -> bool:
    """Whether any range in the timeline is at a rate at all, such as that of samples."""
    items = _items(object_in(timeline, "tracks"))
    return any(rate_of(object_in(range_, "duration")) for node, _ in items for range_ in _ranges(node))


def _stated_rates(timeline: Node) -> Iterator[Fraction | None]:
    premiere = number_in(object_in(timeline, "tracks", "metadata", "PremierePro_OTIO"), "VideoFrameRate")
    yield None if premiere is None else exact_rate(premiere)
    yield rate_of(object_in(timeline, "global_start_time"))


def _votes(root: Node) -> _Votes:
    """For each witness, the seconds spent at each rate; a range without length counts a little."""
    written: dict[str, dict[float, Fraction]] = {"clips": {}, "structure": {}, "media": {}, "sound": {}}
    for node, is_sound in _items(root):
        is_clip = schema_of(node) == "Clip"
        witness = "sound" if is_sound else "clips" if is_clip else "structure"
        source_range = object_in(node, "source_range")
        length = _length(source_range)
        _vote(written[witness], source_range, length)
        for marker in nodes_in(node, "markers"):
            _vote(written["structure"], object_in(marker, "marked_range"), Fraction(0))
        if is_clip and not is_sound:
            available = object_in(active_reference(node), "available_range")
            _vote(written["media"], available, length or _length(available))
    votes: _Votes = {witness: {} for witness in written}
    for witness, spent in written.items():
        for number, seconds in spent.items():
            rate = exact_rate(number)
            if rate is not None and is_picture_rate(rate):
                votes[witness][rate] = votes[witness].get(rate, Fraction(0)) + seconds
    return votes


def _vote(votes: dict[float, Fraction], range_: Node, seconds: Fraction) -> None:
    """Count a range for its rate as it is written; what that means is asked once for all of them."""
    rate = number_in(object_in(range_, "duration"), "rate")
    if rate is not None:
        votes[rate] = votes.get(rate, Fraction(0)) + (seconds or _A_LITTLE)


def _length(range_: Node) -> Fraction:
    """Seconds of a range as far as they can be believed, else 0."""
    rate = rate_of(object_in(range_, "duration"))
    value = number_in(object_in(range_, "duration"), "value")
    if rate is None or value is None or not 0 < value < MAX_SECONDS:
        return Fraction(0)
    return Fraction(round(value)) / rate


def _items(root: Node) -> Iterator[tuple[Node, bool]]:
    """Every item below ``root`` and whether it lies on a sound track; never recursive."""
    waiting = [(root, False)]
    while waiting:
        node, is_sound = waiting.pop()
        if schema_of(node) == "Track":
            is_sound = text_in(node, "kind").casefold() not in ("", "video")
        yield node, is_sound
        waiting.extend((child, is_sound) for child in children_of(node))


def _ranges(node: Node) -> Iterator[Node]:
    yield object_in(node, "source_range")
    yield object_in(active_reference(node), "available_range")
