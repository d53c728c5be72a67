"""The lines of an edit decision list as events and notes; nothing is counted in frames yet."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

MAX_EVENTS = 200_000

_TIME = r"\d{1,3}[:;.,]\d{2}[:;.,]\d{2}[:;.,]\d{2,3}"
_EVENT = re.compile(rf"^\s*(\S.*?)\s+({_TIME})\s+({_TIME})\s+({_TIME})\s+({_TIME})(?=\s|$)")
_LIKE_EVENT = re.compile(r"^\s*\d{1,6}\s+\S.*\s(?:\d{1,4}[:;.,]){2,3}\d")  # counted, and with a time of some kind
_PARTS = re.compile(r"(\d{1,3})[:;.,](\d{2})[:;.,](\d{2})([:;.,])(\d{2,3})")
_TRANSITION = re.compile(r"C|D|W\d{1,4}|K|KB|KO", re.IGNORECASE)
_CHANNELS = re.compile(r"NONE|[AVB\d/]+", re.IGNORECASE)
_MODE = re.compile(r"^\s*FCM\s*:\s*(NON)?[\s-]*DROP", re.IGNORECASE)
_TITLE = re.compile(r"^\s*TITLE\s*:\s*(.*)", re.IGNORECASE)
_SPEED = re.compile(rf"^\s*M2\s+(.*?)\s*([+-]?\d{{1,6}}(?:\.\d{{1,6}})?)\s*({_TIME})?\s*$", re.IGNORECASE)
_NAME = re.compile(
    r"^\s*\*?\s*(FROM CLIP NAME|TO CLIP NAME|KEY CLIP NAME|CLIP NAME|FROM CLIP|TO CLIP)\s*:\s*(.+)", re.IGNORECASE
)
_FILE = re.compile(
    r"^\s*\*?\s*((?:TO |FROM )?(?:SOURCE FILE|SOURCE FILE NAME|FILE NAME|FILE))\s*:\s*(.+)", re.IGNORECASE
)
_LOCATOR = re.compile(rf"^\s*\*?\s*LOC\s*:\s*({_TIME})\s+(\w+)\s*(.*)", re.IGNORECASE)
_RESOLVE_MARK = re.compile(r"\|C:(?:ResolveColor)?(\w*)\s*\|M:(.*?)\s*\|D:(\d{1,9})")
_RATE_NOTE = re.compile(r"(?:FRAME\s*RATE|\bFPS)\s*[:=]\s*(\d{1,3}(?:\.\d{1,4})?)", re.IGNORECASE)


@dataclass(frozen=True)
class Timecode:
    """Hours, minutes, seconds and frames as written."""

    hours: int
    minutes: int
    seconds: int
    frames: int
    is_drop: bool

    def __str__(self) -> str:
        """As written."""
        separator = ";" if self.is_drop else ":"
        return f"{self.hours:02d}:{self.minutes:02d}:{self.seconds:02d}{separator}{self.frames:02d}"


@dataclass(eq=False)
class Event:
    """One line of the list, and what the notes below it say of it.

    Attributes:
        number: of the event; empty if it has none.
        reel: of the source; ``BL`` is black, ``AX`` an unknown one.
        channels: upper case, such as ``V``, ``AA/V``, ``A2``, ``B`` (both), ``NONE``.
        transition: ``C`` cut, ``D`` dissolve, ``W...`` wipe, ``KB`` key background, ``K`` key, ``KO`` key out.
        length: of the transition in frames.
        times: source in, source out, record in, record out.
        is_drop: whether the list was in drop-frame mode there.
        name: of the clip; empty if untold.
        file: path or name of the source file; empty if untold.
        speed: frames a second at which the source plays; None for normal speed.
        mark: colour and text, if the event stands for a marker.
        line: of the file, from 1.
    """

    number: str
    reel: str
    channels: str
    transition: str
    length: int
    times: tuple[Timecode, Timecode, Timecode, Timecode]
    is_drop: bool
    name: str = ""
    file: str = ""
    speed: float | None = None
    mark: tuple[str, str] | None = None
    line: int = 0

    @property
    def is_black(self) -> bool:
        """Whether it shows nothing."""
        return self.reel.upper() in ("BL", "BLACK", "BLK") and not self.file

    @property
    def is_picture(self) -> bool:
        """Whether it is seen."""
        return "V" in self.channels or self.channels == "B"

    @property
    def video_track(self) -> int:
        """Number of its video track, from 1."""
        found = re.search(r"V(\d{1,3})", self.channels)
        return max(1, int(found[1])) if found else 1

    @property
    def audio_tracks(self) -> tuple[int, ...]:
        """Numbers of its audio tracks, from 1."""
        if self.channels == "B":
            return (1,)
        found = re.findall(r"A(\d{0,2})", self.channels) if self.channels != "NONE" else []
        return tuple(int(number) if number else place for place, number in enumerate(found, start=1))


@dataclass
class EventList:
    """The contents of a list.

    Attributes:
        title: empty if it has none.
        events: in the order of the file.
        locators: marks: record timecode, colour, text.
        rate_note: frames a second that a note tells; None if none does.
        unread: lines that look like events and cannot be read: their numbers from 1, what they say, and the fault.
        is_drop: whether the last mode that is told is drop-frame.
    """

    title: str = ""
    events: list[Event] = field(default_factory=list)
    locators: list[tuple[Timecode, str, str]] = field(default_factory=list)
    rate_note: float | None = None
    unread: list[tuple[int, str, str]] = field(default_factory=list)
    is_drop: bool = False


@dataclass
class _Group:
    """Lines that belong together, such as the two of a dissolve, and the names and files that are noted below them."""

    events: list[Event] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


def decoded(content: bytes) -> str:
    """The text of a list: UTF-8, UTF-16 with or without its mark, else the old Windows or Mac code page."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    if content[:64].count(b"\0") > 8:
        return content.decode("utf-16-le" if content[1:2] == b"\0" else "utf-16-be", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def event_list(text: str) -> EventList:
    """The events of a list, each with what is noted of it."""
    found = EventList()
    group = _Group()
    is_open = False  # whether a further line may belong to the same transition
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), start=1):
        event = _event(line, number, found)
        if event is not None:
            if not (is_open and group.events and group.events[-1].number == event.number):
                _give_names(group)
                group = _Group()
            group.events.append(event)
            is_open = True
            found.events.append(event)
        elif line.strip():
            is_open = _note(line, group, found) and is_open
        if len(found.events) > MAX_EVENTS:
            break
    _give_names(group)
    return found


def timecode(words: str) -> Timecode | None:
    """A timecode; None for what is none."""
    found = _PARTS.fullmatch(words)
    if found is None:
        return None
    hours, minutes, seconds, frames = (int(found[place]) for place in (1, 2, 3, 5))
    return None if minutes > 59 or seconds > 59 else Timecode(hours, minutes, seconds, frames, ";" in words)


def _event(line: str, place: int, found: EventList) -> Event | None:
    matched = _EVENT.match(line)
    if matched is None and _LIKE_EVENT.match(line):
        found.unread.append((place, " ".join(line.split()), "an event has four timecodes such as 01:00:00:00"))
    if matched is None or line.lstrip()[:1] in ("*", ">"):
        return None
    times = [timecode(matched[place]) for place in (2, 3, 4, 5)]
    head = _head(matched[1].split())
    if head is None or any(each is None for each in times):
        found.unread.append((place, " ".join(line.split()), _fault(matched)))
        return None
    first, second, third, fourth = (each for each in times if each is not None)
    number, reel, channels, transition, length = head
    return Event(number, reel, channels, transition, length, (first, second, third, fourth), found.is_drop, line=place)


def _fault(matched: re.Match[str]) -> str:
    """What is wrong with a line whose four times are written as timecodes are."""
    for written in (matched[place] for place in (2, 3, 4, 5)):
        if timecode(written) is None:
            return f"its time {written} has minutes or seconds above 59"
    return "its channels or its transition (C, D, W001 …) are none that is known"


def _head(words: list[str]) -> tuple[str, str, str, str, int] | None:
    """Number, reel, channels, transition and its length, read from the right: reels may hold spaces."""
    number = words.pop(0) if words and words[0].isdigit() else ""
    length = 0
    if len(words) > 2 and words[-1].isdigit() and _TRANSITION.fullmatch(words[-2]):
        length = int(words.pop()[:9])
    if len(words) > 2 and words[-1].upper() in ("B", "O") and words[-2].upper() == "K":
        words[-2:] = ["K" + words[-1]]
    if len(words) < 2 or not _TRANSITION.fullmatch(words[-1]) or not _CHANNELS.fullmatch(words[-2]):
        return None
    transition, channels = words.pop().upper(), words.pop().upper()
    return number, " ".join(words), channels, transition, length


def _note(line: str, group: _Group, found: EventList) -> bool:
    """Keep what a line notes; whether a further event line may still belong to the same transition."""
    mode = _MODE.match(line)
    title = _TITLE.match(line)
    speed = _SPEED.match(line)
    if mode is not None:
        found.is_drop = mode[1] is None
        return True
    if title is not None:
        found.title = found.title or title[1].strip()
    elif speed is not None:
        _give_speed(speed[1], float(speed[2]), group.events)
        return True
    else:
        _comment(line, group, found)
    return False


def _give_speed(reel: str, speed: float, events: list[Event]) -> None:
    of_reel = [each for each in events if each.reel.upper() == reel.upper()]
    for event in (of_reel or events)[-1:]:
        event.speed = speed


def _comment(line: str, group: _Group, found: EventList) -> None:
    locator, rate = _LOCATOR.match(line), _RATE_NOTE.search(line)
    mark, name = _RESOLVE_MARK.search(line), _NAME.match(line) or _FILE.match(line)
    if locator is not None:
        at = timecode(locator[1])
        if at is not None:
            found.locators.append((at, locator[2], locator[3].strip()))
    elif mark is not None:
        for event in group.events[-1:]:
            event.mark = mark[1], mark[2].strip()
    elif name is not None:
        group.notes.append((name[1].upper(), name[2].strip()))
    elif rate is not None and found.rate_note is None:
        found.rate_note = float(rate[1])


def _give_names(group: _Group) -> None:
    """Give the events of a group the names that the notes below it tell."""
    names = {kind: value for kind, value in reversed(group.notes) if "FILE" not in kind}
    files = [value for kind, value in group.notes if "FILE" in kind]
    came = names.get("FROM CLIP NAME") or names.get("FROM CLIP") or names.get("CLIP NAME") or ""
    comes = names.get("TO CLIP NAME") or names.get("TO CLIP") or ""
    for place, event in enumerate(group.events):
        is_second = place > 0 and event.transition[0] in "DW"
        event.name = names.get("KEY CLIP NAME", "") if event.transition == "K" else ""
        if not event.name and event.transition[0] in "DW":
            event.name = comes or ("" if is_second else came)
        elif not event.name:
            event.name = came or comes
        if files:
            event.file = files[min(place, len(files) - 1)] if len(files) > 1 or not is_second else ""
