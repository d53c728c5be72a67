"""Final Cut Pro 7 XML ("xmeml") with our music on two audio tracks, left and right, and every other byte as it was.

A track there holds one channel; a stereo file is two clip items that name its channels and link to each other. Premiere,
Resolve and Avid read this. It is changed in its bytes, not through OpenTimelineIO, whose adapter loses track names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import quote

from hitpoint.bridge.lookup.known_music import known_music
from hitpoint.bridge.writing.music_clip import MusicClip
from hitpoint.bridge.xml_tree import Change, Element, changed, escaped, parse_xml, text_change
from hitpoint.core.errors import EditReadError, EditWriteError

SUFFIX = ".xml"

_CHANNELS = (1, 2)
_STEREO = 'currentExplodedTrackIndex="{index}" totalExplodedTrackCount="2" premiereTrackType="Stereo"'


def scored_fcp7(content: bytes, path: Path, music: MusicClip) -> bytes:
    """A copy of the XML with the music; earlier music of ours is gone. Section markers are not written.

    Args:
        content: of the file.
        path: of the file.
        music: what to add.

    Raises:
        EditReadError: if it is no such XML, or damaged.
        EditWriteError: if it holds no sequence with tracks.
    """
    root = _parsed(content, path)
    ours = _our_cuts(root, path)
    plain = changed(content, ours)
    root = _parsed(plain, path) if ours else root
    sequence = _sequence(root, path)
    media = _child(sequence, "media")
    if media is None or media.inside_end == media.inside:
        raise EditWriteError(f"{path.name}: its sequence has no tracks to put music beside: export it again")
    audio = _child(media, "audio")
    first = 1 + (len(audio.all("track")) if audio is not None else 0)
    tracks = "".join(_track(channel, first, music, root, sequence) for channel in _CHANNELS)
    return changed(plain, [_placed(tracks, media, audio), *_lengthened(sequence, music)])


def without_music(content: bytes, path: Path) -> bytes:
    """The XML without our music, as it is known by its files; the same bytes if there is none."""
    return changed(content, _our_cuts(_parsed(content, path), path))


def _our_cuts(root: Element, path: Path) -> list[Change]:
    """The changes that take our music out; none if there is none."""
    folder = path.absolute().parent
    files = {each.get("id"): url for each in root.walk() if each.tag == "file" and (url := _text(each, "pathurl"))}
    ours = {id_ for id_, url in files.items() if known_music(url, folder) is not None}
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
    """The sequence that is read as the edit: the first with tracks that lies in no other one, by itself or by its id."""
    found = [each for each in root.walk() if each.tag == "sequence"]
    if not found:
        raise EditReadError(f"{path.name} holds no sequence: export a sequence, not a clip")
    told = [each for each in found if _child(each, "media") is not None] or found
    items = [item for sequence in told for item in sequence.walk() if item.tag == "clipitem"]
    nested = [each for item in items for each in item.all("sequence")]
    inside, ids = {id(each) for each in nested}, {each.get("id") for each in nested if not each.children}
    outer = (each for each in told if id(each) not in inside and (not each.get("id") or each.get("id") not in ids))
    return next(outer, told[0])


def _cuts(audio: Element, ours: set[str]) -> Iterator[tuple[int, int]]:
    """Our clip items, and the tracks that hold nothing else; each with the space in front of it."""
    before = audio.inside
    for track in audio.children:
        clips = track.all("clipitem") if track.tag == "track" else []
        gone = [clip for clip in clips if _file_id(clip) in ours]
        if gone and len(gone) == len(clips):
            yield before, track.end
        else:
            yield from ((clip.start, clip.end) for clip in gone)
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
    frames, rate = music.end_frame - music.start_frame, _rate(sequence, music)
    name = escaped(music.name)
    links = "".join(
        f"<link><linkclipref>{_clip_id(music, each)}</linkclipref><mediatype>audio</mediatype>"
        f"<trackindex>{first + each - 1}</trackindex><clipindex>1</clipindex></link>\n"
        for each in _CHANNELS
    )
    file = f'<file id="{_file_name(music)}"/>'
    if channel == _CHANNELS[0]:
        file = (
            f'<file id="{_file_name(music)}">\n<name>{name}</name><pathurl>{escaped(_url(music.wav, root))}</pathurl>\n'
            f"{rate}<duration>{frames}</duration>\n<media><audio><samplecharacteristics><depth>24</depth>"
            "<samplerate>48000</samplerate></samplecharacteristics><channelcount>2</channelcount></audio></media>\n</file>"
        )
    return (
        f"\n<track {_STEREO.format(index=channel - 1)}>\n"
        f'<clipitem id="{_clip_id(music, channel)}">\n<name>{name}</name><enabled>TRUE</enabled>'
        f"<duration>{frames}</duration>{rate}\n<start>{music.start_frame}</start><end>{music.end_frame}</end>"
        f"<in>0</in><out>{frames}</out>\n{file}\n"
        f"<sourcetrack><mediatype>audio</mediatype><trackindex>{channel}</trackindex></sourcetrack>\n"
        f"{links}</clipitem>\n<enabled>TRUE</enabled><locked>FALSE</locked>"
        f"<outputchannelindex>{channel}</outputchannelindex>\n</track>"
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
