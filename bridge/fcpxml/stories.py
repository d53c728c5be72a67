"""The walk over the storylines of FCPXML: spines, connected clips, and what lies inside clips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from hitpoint.bridge.exchange import nodes
from hitpoint.bridge.exchange.xml_text import Element, child
from hitpoint.bridge.fcpxml.resources import Asset, Resources, seconds
from hitpoint.bridge.fcpxml.retime import Playing, playing
from hitpoint.bridge.fcpxml.story import ELEMENTS, Lane, Placed, Span, Story, Tracks, role_of
from hitpoint.core.timebase import FrameRate

_DEEPEST = 24
_CONTAINERS = ("clip", "sync-clip")
_WHOLE_FILES = ("asset-clip", "video", "audio")
_NONE = Fraction(0)


@dataclass
class Build:
    """The facts that building needs everywhere; ``told`` and ``built`` are filled on the way.

    Attributes:
        resources: of the file.
        rate: of the timeline.
        built: tracks of compound and multicam clips, by what they are; None while they are being built.
    """

    resources: Resources
    rate: FrameRate
    told: list[str] = field(default_factory=list)
    built: dict[str, Tracks | None] = field(default_factory=dict)


def sequence_tracks(sequence: Element, build: Build) -> Tracks:
    """The tracks of a project's sequence."""
    return _spine_tracks(list(sequence.iterfind("spine")), seconds(sequence.get("tcStart")), build, 0)


def _spine_tracks(spines: Sequence[Element], origin: Fraction, build: Build, depth: int) -> Tracks:
    story = Story(origin, depth)
    for spine in spines:
        _add_spine(spine, origin, origin, (), story, build)
    return story.tracks(build.rate)


def _add_spine(spine: Element, at: Fraction, local: Fraction, lane: Lane, story: Story, build: Build) -> None:
    """Add the elements of a storyline, or of an angle, one after another.

    Args:
        spine: the storyline.
        at: where it begins on the timeline.
        local: what the offsets in it count from.
        lane: of its elements.
        story: gets them.
        build: what building needs.
    """
    cursor = local
    fade: Span | None = None
    for element in spine:
        if element.tag == "transition":
            start = at + seconds(element.get("offset"), cursor) - local
            fade = start, start + seconds(element.get("duration"))
        elif element.tag in ELEMENTS:
            count = len(story.pictures.get(lane, []))
            cursor = _add(element, at, local, lane, story, build, seconds(element.get("offset"), cursor))
            if fade is not None and len(story.pictures.get(lane, [])) == count + 1:
                story.mix(lane, fade)
            fade = None


def _add(
    element: Element, at: Fraction, local: Fraction, lane: Lane, story: Story, build: Build, offset: Fraction
) -> Fraction:
    """Add one element and what is connected to it; answers where it ends in the time of what holds it.

    Args:
        element: the element.
        at: where the holder's time ``local`` lies on the timeline.
        local: see there.
        lane: of the holder.
        story: gets it.
        build: what building needs.
        offset: of the element, in the holder's time.
    """
    shown = _picked(element)
    number = _lane(element)
    lane = (*lane, number) if number else lane
    if story.depth + len(lane) > _DEEPEST:
        build.told.append("clips are connected or nested too deep: the innermost were left out")
        return offset
    if shown.tag == "spine":
        _add_spine(shown, at + offset - local, _NONE, lane, story, build)
        return offset
    start, length = _natural(shown, build)
    start, length = seconds(shown.get("start"), start), seconds(shown.get("duration"), length)
    placed = Placed(shown, at + offset - local, start, max(length, _NONE), lane)
    if placed.at < story.origin:
        build.told.append(_too_early(placed, story))
    _show(placed, story, build)
    story.mark(placed)
    for inner in _connected(shown):
        _add(inner, placed.at, start, lane, story, build, seconds(inner.get("offset"), start))
    return offset + placed.length


def _too_early(placed: Placed, story: Story) -> str:
    early = float(story.origin - placed.at)
    offset = placed.element.get("offset", "")
    return (
        f"{placed.element.tag} {placed.name!r} (offset {offset!r}) begins {early:g} s before the timeline that holds "
        "it; what lies before was left out: look at it in the host"
    )


def _picked(element: Element) -> Element:
    """The element itself, or the picked clip of an audition, which comes first."""
    for _ in range(_DEEPEST):
        inner = next((each for each in element if each.tag in ELEMENTS), None)
        if element.tag != "audition" or inner is None:
            break
        element = inner
    return element


def _lane(element: Element) -> int:
    words = element.get("lane", "").strip()
    return int(words) if words.lstrip("+-").isdecimal() and len(words) < 6 else 0


def _connected(element: Element) -> list[Element]:
    """What is connected to an element.

    In a clip that holds others only lanes are; what it holds has lanes of its own.
    """
    held = [each for each in element if each.tag in ELEMENTS]
    return [each for each in held if not _is_held(each)] if element.tag in _CONTAINERS else held


def _inside(element: Element) -> list[Element]:
    """The elements inside a clip that holds others."""
    return [each for each in element if each.tag in ELEMENTS and _is_held(each)]


def _is_held(element: Element) -> bool:
    return _lane(element) == 0 or element.tag == "audio"  # old files have a clip's sounds beside its picture


def _natural(element: Element, build: Build) -> Span:
    """Start and length of an element that tells none: those of what it shows."""
    resource = build.resources.get(element.get("ref"))
    if element.tag not in _WHOLE_FILES:
        sequence, multicam = child(resource, "sequence"), child(resource, "multicam")
        resource = sequence if sequence is not None else multicam
    if resource is None:
        return _NONE, _NONE
    return seconds(resource.get("start" if element.tag in _WHOLE_FILES else "tcStart")), seconds(
        resource.get("duration")
    )


def _show(placed: Placed, story: Story, build: Build) -> None:
    """Add the picture and the sound of one element."""
    tag = placed.element.tag
    if not placed.length or tag in ("gap", "audition"):
        return
    if tag in ("title", "live-drawing"):
        title = replace(
            story.item(placed, _NONE, Fraction(1)), reference=nodes.generator_reference(placed.name, "title")
        )
        story.show(placed.lane, title)
    elif tag in _WHOLE_FILES:
        asset = build.resources.asset(placed.element.get("ref"), placed.name, build.rate)
        _show_asset(placed, asset, story, build)
    else:
        _show_tracks(placed, story, build)


def _show_asset(placed: Placed, asset: Asset, story: Story, build: Build) -> None:
    element = placed.element
    play = _played(placed, asset.start, build)
    source = play.source if asset.length else _NONE  # a still has no time
    item = replace(story.item(placed, source, play.speed), reference=asset.reference)
    if element.tag != "audio" and asset.has_video and _is_used(element, "video"):
        story.show(placed.lane, item)
    is_heard = element.tag == "audio" or (element.tag == "asset-clip" and asset.has_audio)
    if is_heard and _is_used(element, "audio"):
        story.hear(placed, item)


def _show_tracks(placed: Placed, story: Story, build: Build) -> None:
    """Add an element that is a timeline of its own."""
    seen, heard, origin = _inner_tracks(placed, build, story.depth)
    play = _played(placed, origin, build)
    item = story.item(placed, play.source - origin, play.speed)
    if seen.video and _is_used(placed.element, "video"):
        story.show(placed.lane, replace(item, tracks=seen.video))
    muted = _muted_roles(placed.element)
    sounds = [track for track in heard.audio if role_of(track) not in muted]
    if sounds and _is_used(placed.element, "audio"):
        story.hear(placed, replace(item, tracks=sounds))


def _inner_tracks(placed: Placed, build: Build, depth: int) -> tuple[Tracks, Tracks, Fraction]:
    """The tracks that an element shows, those that it plays, and the time at which they begin."""
    element = placed.element
    if element.tag in _CONTAINERS:
        return _container_tracks(placed, build, depth)
    resource = build.resources.get(element.get("ref"))
    sequence, multicam = child(resource, "sequence"), child(resource, "multicam")
    if sequence is not None:
        origin = seconds(sequence.get("tcStart"))
        tracks = _known_tracks(f"sequence {element.get('ref')}", list(sequence.iterfind("spine")), origin, build, depth)
        return tracks, tracks, origin
    if multicam is not None:
        origin = seconds(multicam.get("tcStart"))
        seen, heard = (_angle_tracks(element, multicam, kind, build, depth) for kind in ("video", "audio"))
        return seen, heard, origin
    build.told.append(f"{placed.name!r} shows nothing that the file defines and is left out")
    return Tracks(), Tracks(), _NONE


def _container_tracks(placed: Placed, build: Build, depth: int) -> tuple[Tracks, Tracks, Fraction]:
    inside = [(each, _offset_inside(each, placed.start)) for each in _inside(placed.element)]
    origin = min([placed.start, *(offset for _, offset in inside)])
    story = Story(origin, depth + 1)
    for each, offset in inside:
        _add(each, origin, origin, (), story, build, offset)
    tracks = story.tracks(build.rate)
    return tracks, tracks, origin


def _offset_inside(element: Element, start: Fraction) -> Fraction:
    """Where an element lies in its clip: from the clip's time 0 on, unless nothing would be seen of it there."""
    ends = seconds(element.get("duration"), start + 1)
    default = _NONE if element.tag == "spine" or ends > start else start
    return seconds(element.get("offset"), default)


def _angle_tracks(element: Element, multicam: Element, kind: str, build: Build, depth: int) -> Tracks:
    """The tracks of the angle that a multicam clip uses for its picture or its sound; the first, if it tells none."""
    angles = {angle.get("angleID", ""): angle for angle in multicam.iterfind("mc-angle")}
    sources = list(element.iterfind("mc-source"))
    wanted = [each.get("angleID", "") for each in sources if _is_used(each, kind)]
    id_ = next((each for each in wanted if each in angles), "" if sources else next(iter(angles), ""))
    if id_ not in angles:
        return Tracks()
    key = f"angle {element.get('ref')} {id_}"
    return _known_tracks(key, [angles[id_]], seconds(multicam.get("tcStart")), build, depth)


def _known_tracks(key: str, spines: Sequence[Element], origin: Fraction, build: Build, depth: int) -> Tracks:
    """Tracks of a resource, built once; none if it contains itself."""
    if key not in build.built and depth < _DEEPEST:
        build.built[key] = None
        build.built[key] = _spine_tracks(spines, origin, build, depth + 1)
    known = build.built.get(key)
    if known is None:
        build.told.append("a compound clip contains itself, or too many are nested: the innermost is left out")
    return known or Tracks()


def _is_used(element: Element, kind: str) -> bool:
    """Whether an element shows its picture, or plays its sound and any channel of that is switched on."""
    if element.get("srcEnable", "all") not in (kind, "all"):
        return False
    channels = [each.get("enabled", "1") for each in element.iterfind("audio-channel-source")]
    return kind == "video" or "1" in (channels or ["1"])


def _muted_roles(element: Element) -> set[str]:
    """The roles of which a clip with others inside plays nothing."""
    holders = [element, *element.iterfind("sync-source"), *element.iterfind("mc-source")]
    told = [each for holder in holders for each in holder.iterfind("audio-role-source")]
    roles = {each.get("role", "").partition(".")[0] for each in told if each.get("active") == "0"}
    return roles - {each.get("role", "").partition(".")[0] for each in told if each.get("active", "1") == "1"}


def _played(placed: Placed, origin: Fraction, build: Build) -> Playing:
    play = playing(placed.element, placed.start, placed.length, origin, build.rate.frames_per_second)
    if play.is_ramp:
        mean = f"its mean in the edit, {float(play.speed):.2f}, was read"
        build.told.append(f"the speed of {placed.name!r} varies; {mean}")
    return play
