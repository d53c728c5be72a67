"""An opened media file and its packets: where ``core`` opens movies and stills."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from hitpoint.core.errors import MediaReadError

_ATTACHED_PICTURE = 1024  # AV_DISPOSITION_ATTACHED_PIC: the cover of a song is a video stream too
_PACKETS_LOOKED_AT = 500
_OPEN_OPTIONS = {"protocol_whitelist": "file"}  # a playlist in disguise must not fetch anything

Packet: TypeAlias = "av.Packet[VideoStream]"


@contextmanager
def opened(path: Path, threads: int = 0) -> Iterator[tuple[InputContainer, VideoStream]]:
    """A media file and its video stream, the one that moves where there are several; closed at the end.

    Args:
        path: of a movie or a still.
        threads: that decode; 0 for as many as there are cores.

    Raises:
        MediaReadError: if it cannot be opened or holds no picture.
    """
    if not path.is_file():
        raise MediaReadError(f"{path} is not there: relink the clip, or name the folder its media is in")
    try:
        container = av.open(str(path.absolute()), options=_OPEN_OPTIONS)
    except (av.FFmpegError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise MediaReadError(f"{path.name} cannot be read as a movie ({reason}): export or copy it again") from None
    with container:
        streams = [each for each in container.streams.video if not int(each.disposition) & _ATTACHED_PICTURE]
        if not streams:
            raise MediaReadError(f"{path.name} holds no picture: link the clip to a movie or a still")
        stream = streams[0] if len(streams) == 1 else container.streams[_moving(path, streams)]
        assert isinstance(stream, VideoStream), "it was chosen among those"
        stream.thread_type = "AUTO"
        stream.codec_context.thread_count = threads
        yield container, stream


def _moving(path: Path, streams: Sequence[VideoStream]) -> int:
    """The index of the first of several video streams that has more than one picture near its beginning.

    A cover picture is not always marked as one.
    """
    counts = {stream.index: 0 for stream in streams}
    with suppress(av.FFmpegError), av.open(str(path.absolute()), options=_OPEN_OPTIONS) as looked:
        for packet in islice(looked.demux(video=list(range(len(looked.streams.video)))), _PACKETS_LOOKED_AT):
            if packet.size and packet.stream_index in counts:
                counts[packet.stream_index] += 1
            if counts.get(packet.stream_index, 0) > 1:
                return packet.stream_index
    return streams[0].index


def packets(container: InputContainer, stream: VideoStream, from_tick: int | None = None) -> Iterator[Packet]:
    """The packets from a keyframe at or before a tick on (None: all); a file that breaks off gives those it has."""
    if from_tick is not None:
        with suppress(av.FFmpegError):  # then it goes on where it is
            container.seek(from_tick, stream=stream, backward=True)
    found = container.demux(stream)
    while True:
        try:
            packet = next(found)
        except (StopIteration, av.FFmpegError):
            return
        if packet.size:  # the empty one at the end is PyAV's flush packet
            yield packet
