"""Final Cut Pro 7 XML ("xmeml") with our music on two audio tracks, left and right, and every other byte as it was.

A track there holds one channel; a stereo file is two clip items that name its channels and link to each other.
Premiere, Resolve and Avid read this. It is changed in its bytes, not through OpenTimelineIO, whose adapter loses track
names.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote

from hitpoint.bridge.lookup.known_music import KnownMusic, known_music
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.xml_tree import Change, Element, changed, escaped, parse_xml, text_change
from hitpoint.core.errors import EditReadError, EditWriteError

SUFFIX = ".xml"

_CHANNELS = (1, 2)
_STEREO = 'currentExplodedTrackIndex="{index}" totalExplodedTrackCount="2" premiereTrackType="Stereo"'


def scored_fcp7(content: bytes, path: Path, music: Sequence[MusicClip], kept: Collection[str] = ()) -> bytes:
    """A copy of the XML with the music; earlier music of ours is gone, unless it is kept.

    Section markers are not written.

    Args:
        content: of the file.
        path: of the file.
        music: what to add, one clip a cue; behind music of ours it lies on the tracks of that, else on two new ones.
        kept: addresses of the music that stays.

    Raises:
        EditReadError: if it is no such XML, or damaged.
        EditWriteError: if it holds no sequence with tracks.
    """
    for clip in sorted(music, key=lambda clip: clip.start_frame):
        content = _with_clip(content, path, clip, kept)
        kept = {address for address, _ in placed_in_fcp7(content, path)}
    return content


def _with_clip(content: bytes, path: Path, music: MusicClip, kept: Collection[str]) -> bytes:
    root = _parsed(content, path)
    cuts = _our_cuts(root, path, kept)
    plain = changed(content, cuts)
    root = _parsed(plain, path) if cuts else root
    sequence = _sequence(root, path)
    media = _child(sequence, "media")
    if media is None or media.inside_end == media.inside:
        raise EditWriteError(f"{path.name}: its sequence has no tracks to put music beside: export it again")
    audio = _child(media, "audio")
    own = _own_tracks(audio, set(_music_files(root, path)), music) if audio is not None and kept else None
    if own is not None:
        return changed(plain, [*_behind(own, audio, music, root, sequence), *_lengthened(sequence, music)])
    first = 1 + (len(audio.all("track")) if audio is not None else 0)
    tracks = "".join(_track(channel, first, music, root, sequence) for channel in _CHANNELS)
    return changed(plain, [_placed(tracks, media, audio), *_lengthened(sequence, music)])


def placed_in_fcp7(content: bytes, path: Path) -> tuple[tuple[str, KnownMusic], ...]:
    """The addresses of our music in the XML, and what is known of each, in the order of the file.

    Raises:
        EditReadError: if it is no such XML, or damaged.
    """
    root, folder = _parsed(content, path), path.absolute().parent
    found = _music_files(root, path)
    used = [_file_id(clip) for clip in root.walk() if clip.tag == "clipitem"]
    urls = dict.fromkeys(found[id_] for id_ in used if id_ in found)
    known = ((url, known_music(url, folder)) for url in urls)
    return tuple((url, music) for url, music in known if music is not None)


def without_music(content: bytes, path: Path, kept: Collection[str] = ()) -> bytes:
    """The XML without our music, as it is known by its files; the same bytes if there is none, or all is kept."""
    return changed(content, _our_cuts(_parsed(content, path), path, kept))


def _our_cuts(root: Element, path: Path, kept: Collection[str]) -> list[Change]:
    """The changes that take our music out, what is kept apart; none if there is none."""
    ours = {id_ for id_, url in _music_files(root, path).items() if url not in kept}
    cuts = [cut for audio in root.walk() if audio.tag == "audio" for cut in _cuts(audio, ours)] if ours else []
    return [Change(start, end, b"") for start, end in cuts]


def check_fcp7(content: bytes, path: Path) -> None:
    """Refuse what music cannot be put into.

    Raises:
        EditReadError: if it is no such XML, or damaged.
    """
    _sequence(_parsed(content, path), path)


def _parsed(content: bytes, path: Path) -> Element:
    root = parse_xml(content, path.name)
    if root.tag != "xmeml":
        raise EditReadError(f"{path.name} is no Final Cut Pro 7 XML: its root is <{root.tag[:40]}>; use -o OUT.otio")
    return root


def _sequence(root: Element, path: Path) -> Element:
    """The sequence that is read as the edit.

    That is the first with tracks that lies in no other one, by itself or by its id.
    """
    found = [each for each in root.walk() if each.tag == "sequence"]
    if not found:
        raise EditReadError(f"{path.name} holds no sequence: export a sequence, not a clip")
    told = [each for each in found if _child(each, "media") is not None] or found
    items = [item for sequence in told for item in sequence.walk() if item.tag == "clipitem"]
    nested = [each for item in items for each in item.all("sequence")]
    inside, ids = {id(each) for each in nested}, {each.get("id") for each in nested if not each.children}
    outer = (each for each in told if id(each) not in inside and (not each.get("id") or each.get("id") not in ids))
    return next(outer, told[0])


def _music_files(root: Element, path: Path) -> dict[str, str]:
    """The addresses of our music by the ids of its files."""
    files = {each.get("id"): url for each in root.walk() if each.tag == "file" and (url := _text(each, "pathurl"))}
    return {id_: url for id_, url in files.items() if known_music(url, path.absolute().parent) is not None}


def _own_tracks(audio: Element, ours: set[str], music: MusicClip) -> list[Element] | None:
    """Two tracks of nothing but our music that end before this music starts; None if there are none."""
    tracks = audio.all("track")
    for left, right in pairwise(tracks):
        clips = [*left.all("clipitem"), *right.all("clipitem")]
        is_pair = len(left.all("clipitem")) == len(right.all("clipitem")) > 0
        if is_pair and all(_file_id(clip) in ours for clip in clips):
            ends = [int(_text(clip, "end")) for clip in clips if _text(clip, "end").isdigit()]
            if len(ends) == len(clips) and max(ends) <= music.start_frame:
                return [left, right]
    return None


def _behind(
    own: Sequence[Element], audio: Element | None, music: MusicClip, root: Element, sequence: Element
) -> Iterator[Change]:
    """The changes that put a clip item behind the last one of each of the two tracks."""
    assert audio is not None, "the tracks lie in it"
    first = 1 + audio.all("track").index(own[0])
    number = 1 + len(own[0].all("clipitem"))
    for channel, track in zip(_CHANNELS, own, strict=True):
        last = track.all("clipitem")[-1].end
        yield Change(last, last, f"\n{_clip_item(channel, first, number, music, root, sequence)}".encode())


def _cuts(audio: Element, ours: set[str]) -> Iterator[tuple[int, int]]:
    """Our clip items, and the tracks that hold nothing else; each with the space in front of it."""
    before = audio.inside
    for track in audio.children:
        clips = track.all("clipitem") if track.tag == "track" else []
        gone = [clip for clip in clips if _file_id(clip) in ours]
        if gone and len(gone) == len(clips):
            yield before, track.end
        else:
            ends = [track.inside, *(child.end for child in track.children)]
            yield from ((ends[track.children.index(clip)], clip.end) for clip in gone)
        before = track.end


def _file_id(clip: Element) -> str:
    file = _child(clip, "file")
    return file.get("id") if file is not None else ""


def _placed(tracks: str, media: Element, audio: Element | None) -> Change:
    if audio is None:
        last = media.children[-1].end if media.children else media.inside
        return Change(last, last, f"\n<audio>{tracks}\n</audio>".encode())
    if audio.inside_end == audio.inside and audio.end == audio.inside:  # <audio/>
        return Change(audio.start, audio.end, f"<audio>{tracks}\n</audio>".encode())
    last = audio.children[-1].end if audio.children else audio.inside
    behind = [track.end for track in audio.all("track")]
    last = behind[-1] if behind else last
    return Change(last, last, tracks.encode())


def _track(channel: int, first: int, music: MusicClip, root: Element, sequence: Element) -> str:
    """The track of one channel; ``first`` is the number of the left one among the audio tracks."""
    return (
        f"\n<track {_STEREO.format(index=channel - 1)}>\n"
        f"{_clip_item(channel, first, 1, music, root, sequence)}\n<enabled>TRUE</enabled><locked>FALSE</locked>"
        f"<outputchannelindex>{channel}</outputchannelindex>\n</track>"
    )


def _clip_item(channel: int, first: int, number: int, music: MusicClip, root: Element, sequence: Element) -> str:
    """The clip of one channel, which is the ``number``th of its track."""
    frames, rate = music.end_frame - music.start_frame, _rate(sequence, music)
    name = escaped(music.name)
    links = "".join(
        f"<link><linkclipref>{_clip_id(music, each)}</linkclipref><mediatype>audio</mediatype>"
        f"<trackindex>{first + each - 1}</trackindex><clipindex>{number}</clipindex></link>\n"
        for each in _CHANNELS
    )
    file = f'<file id="{_file_name(music)}"/>'
    if channel == _CHANNELS[0]:
        file = (
            f'<file id="{_file_name(music)}">\n<name>{name}</name><pathurl>{escaped(_url(music.wav, root))}</pathurl>\n'
            f"{rate}<duration>{frames}</duration>\n<media><audio><samplecharacteristics><depth>24</depth>"
            "<samplerate>48000</samplerate></samplecharacteristics><channelcount>2</channelcount></audio>"
            "</media>\n</file>"
        )
    return (
        f'<clipitem id="{_clip_id(music, channel)}">\n<name>{name}</name><enabled>TRUE</enabled>'
        f"<duration>{frames}</duration>{rate}\n<start>{music.start_frame}</start><end>{music.end_frame}</end>"
        f"<in>0</in><out>{frames}</out>\n{file}\n"
        f"<sourcetrack><mediatype>audio</mediatype><trackindex>{channel}</trackindex></sourcetrack>\n"
        f"{links}</clipitem>"
    )


def _clip_id(music: MusicClip, channel: int) -> str:
    return f"hitpoint-{music.id}-{channel}"


def _file_name(music: MusicClip) -> str:
    return f"hitpoint-{music.id}-file"


def _rate(sequence: Element, music: MusicClip) -> str:
    """The rate as the sequence has it, else as Final Cut writes the music's."""
    rate = _child(sequence, "rate")
    is_ntsc = "TRUE" if music.rate.is_ntsc else "FALSE"
    timebase, ntsc = (_text(rate, "timebase"), _text(rate, "ntsc")) if rate is not None else ("", "")
    timebase, ntsc = escaped(timebase or str(music.rate.nominal)), escaped(ntsc or is_ntsc)
    return f"<rate><timebase>{timebase}</timebase><ntsc>{ntsc}</ntsc></rate>"


def _url(wav: Path, root: Element) -> str:
    """The address of the music, with a host or without as the file's own are."""
    known = [each.text.strip() for each in root.walk() if each.tag == "pathurl"]
    host = "" if _most(known, "file:///") else "localhost"
    return f"file://{host}/{quote(wav.as_posix().lstrip('/'), safe='/:', errors='surrogateescape')}"


def _most(texts: Sequence[str], beginning: str) -> bool:
    return 2 * sum(text.startswith(beginning) for text in texts) > len(texts)


def _lengthened(sequence: Element, music: MusicClip) -> Iterator[Change]:
    duration = _child(sequence, "duration")
    if duration is not None and duration.text.strip().isdigit() and int(duration.text) < music.end_frame:
        yield text_change(duration, str(music.end_frame))


def _child(element: Element, tag: str) -> Element | None:
    return next(iter(element.all(tag)), None)


def _text(element: Element, tag: str) -> str:
    child = _child(element, tag)
    return child.text.strip() if child is not None else ""
