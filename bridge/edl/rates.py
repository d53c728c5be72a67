"""The frame rate of an edit decision list, which it does not tell.

In this order: the rate an editor gives, that of the media the list names, a note in the list, and the lowest common
rate at which all its timecodes exist.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from hitpoint.bridge.edl.events import EventList, Timecode
from hitpoint.core.errors import EditReadError
from hitpoint.core.timebase import FrameRate

MediaRate = Callable[[Sequence[str]], FrameRate | None]

_NTSC = Fraction(1000, 1001)
_GUESSES = (24, 25, 30, 50, 60, 100, 120)
_USUAL = {Fraction(rate) for rate in (24, 25, 30, 48, 50, 60, 100, 120)} | {
    rate * _NTSC for rate in (24, 30, 48, 60, 120)
}
_MOST_FRAMES = 60  # a second that edits usually have
_ENOUGH = 12  # different frame numbers that all lie in the lower half: chance does that once in 4096 lists


def list_rate(
    found: EventList, name: str, given: FrameRate | None, media_rate: MediaRate | None
) -> tuple[FrameRate, list[str]]:
    """The rate of a list, and what an editor should know of how it was found.

    Args:
        found: the list.
        name: of its file.
        given: what the editor says; None for nothing.
        media_rate: answers the rate of media files by their names, those found; None to look at none.

    Raises:
        EditReadError: if a timecode of the list does not exist at the rate that was given.
    """
    times = [time for event in found.events for time in event.times]
    highest = max((time.frames for time in times), default=0)
    of_media = media_rate(_names(found)) if media_rate is not None else None
    if given is not None:
        if highest >= given.nominal:
            raise EditReadError(f"{name}: {_impossible(found, given)}: mend it, or give another --rate")
        return given, _doubts(given, of_media)
    if of_media is not None:
        fitting = _fitted(of_media, found, times, highest)
        if fitting is not None:
            return fitting, []
    noted = FrameRate.from_float(found.rate_note) if found.rate_note else None
    if noted is not None and noted.frames_per_second in _USUAL and noted.nominal > highest:
        return noted, []
    rate = _guess(highest, is_drop=is_drop_frame(found))
    return rate, [*_misfits(found, highest, of_media), _guessed(rate)]


def is_drop_frame(found: EventList) -> bool:
    """Whether the record times of a list count drop-frame: by their semicolons, else by its mode."""
    if any(time.is_drop for event in found.events for time in event.times[2:]):
        return True
    return any(event.is_drop for event in found.events)


def frames_of(time: Timecode, rate: FrameRate, *, is_drop: bool) -> int:
    """The frames from midnight to a timecode, SMPTE ST 12-1; only multiples of 29.97 drop numbers."""
    minutes = time.hours * 60 + time.minutes
    count = (minutes * 60 + time.seconds) * rate.nominal + time.frames
    if is_drop and rate.is_ntsc and rate.nominal % 30 == 0:
        count -= rate.nominal // 15 * (minutes - minutes // 10)
    return count


def _guessed(rate: FrameRate) -> str:
    fits = f"an EDL does not tell its frame rate; {float(rate.frames_per_second):.5g} fits its timecodes and was taken"
    return fits + ": give the right one with --rate, or the media's folder with --media"


def _misfits(found: EventList, highest: int, of_media: FrameRate | None) -> list[str]:
    """The warning on a frame number that hardly any edit has, or that the media's rate does not have."""
    if of_media is not None and highest >= of_media.nominal:
        return [f"{_impossible(found, of_media)}, the rate of its media: look at that line"]
    if highest < _MOST_FRAMES:
        return []
    where, time = _first_above(found, _MOST_FRAMES)
    return [f"{where} says {time}, and no usual frame rate has a frame {time.frames}: look at that line"]


def _impossible(found: EventList, rate: FrameRate) -> str:
    """A sentence on the first timecode of a list whose frame number does not exist at a rate."""
    where, time = _first_above(found, rate.nominal)
    return f"{where} says {time}, which does not exist at {rate} frames a second"


def _first_above(found: EventList, frames: int) -> tuple[str, Timecode]:
    """The first timecode whose frame number reaches a limit, and the words for where it is."""
    event, time = next((each, time) for each in found.events for time in each.times if time.frames >= frames)
    return f"line {event.line}, event {event.number or event.reel}", time


def _doubts(given: FrameRate, of_media: FrameRate | None) -> list[str]:
    """The warning on a rate that is neither the media's nor a part of it."""
    if of_media is None or (of_media.frames_per_second / given.frames_per_second).denominator == 1:
        return []
    return [f"the media of this list run at {of_media} frames a second; it was read at {given}, as was asked"]


def _fitted(rate: FrameRate, found: EventList, times: Sequence[Timecode], highest: int) -> FrameRate | None:
    """The media's rate, or half of it where all timecodes stay below; None if the list cannot be in either."""
    if rate.frames_per_second not in _USUAL or highest >= rate.nominal:
        return None
    numbers = {time.frames for time in times}
    if rate.nominal >= 48 and highest < rate.nominal // 2 and len(numbers) >= _ENOUGH:
        rate = FrameRate(rate.frames_per_second / 2)
    drops = any(time.is_drop for time in times)
    return rate if not drops or (rate.is_ntsc and rate.nominal % 30 == 0) else None


def _guess(highest: int, *, is_drop: bool) -> FrameRate:
    if is_drop:
        return FrameRate((30 if highest < 30 else 60 if highest < 60 else 120) * _NTSC)
    return FrameRate(Fraction(next((rate for rate in _GUESSES if rate > highest), 1000)))


def _names(found: EventList) -> list[str]:
    """The files that pictures name, each once, those most seen first."""
    seen: dict[str, int] = {}
    for event in found.events:
        if event.is_picture and not event.is_black:
            for name in (event.file, event.name, event.reel):
                if name:
                    seen[name] = seen.get(name, 0) + 1
    return sorted(seen, key=lambda name: -seen[name])
