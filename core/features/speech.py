"""The stretches of the edit's own sound in which somebody speaks.

The sound is decoded as mono at 16 kHz, only where the edit uses it, and Silero's network
(:mod:`hitpoint.core.features.speech_network`) tells for each window of 32 ms how likely somebody speaks in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from fractions import Fraction
from pathlib import Path
from typing import Self

import av
import numpy as np
from av.container import InputContainer
from numpy.typing import NDArray

from hitpoint.core.cue.sound import Speech
from hitpoint.core.features.speech_network import RATE, WINDOW, speech_probabilities
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import SILENT, Progress

FRAMES_PER_SECOND = RATE / WINDOW

_LONGEST = 4 * 3600  # seconds of one clip
_ON, _OFF = 0.5, 0.35  # as Silero has them
_LATE = 3  # windows after a word in which the network still hears it
_GAP, _SHORTEST = 0.4, 0.2  # seconds: pauses that are bridged, and what is too short for a word


def speech_in(clips: Sequence[SoundClip], progress: Progress = SILENT) -> tuple[Speech, ...]:
    """The stretches of the timeline in which somebody speaks, in order, without overlap.

    Sound that cannot be decoded is silence.

    Raises:
        Cancelled: if the caller has asked for an end.
    """
    if not clips:
        return ()
    return speech_spans(timeline_activity(clips, progress))


def timeline_activity(clips: Sequence[SoundClip], progress: Progress = SILENT) -> NDArray[np.float64]:
    """The probability of speech, 0..1, in each 32 ms from the start of the timeline to the last clip's end."""
    end = max(clip.end for clip in clips)
    activity = np.zeros(int(end * FRAMES_PER_SECOND) + 1)
    last: tuple[Path, Fraction, Fraction] | None = None
    with SoundFiles() as files:
        for number, clip in enumerate(sorted(clips, key=lambda clip: (clip.media, *_source_range(clip)))):
            progress.step(number / len(clips), "listening to the edit")
            start, stop = _source_range(clip)
            if (clip.media, start, stop) != last:
                last = clip.media, start, stop
                heard = speech_probabilities(files.decoded(*last))
            _lay(activity, clip, heard, float(start))
    return activity


def speech_spans(activity: NDArray[np.float64]) -> tuple[Speech, ...]:
    """Stretches that begin where speech is likely and last until it no longer is; short pauses are bridged."""
    spans: list[tuple[float, float]] = []
    doubtful = activity < _OFF
    at = 0
    while at < len(activity):
        if activity[at] < _ON:
            at += 1
            continue
        first = at
        while first > 0 and not doubtful[first - 1]:
            first -= 1
        while at < len(activity) and not doubtful[at]:
            at += 1
        spans.append((first / FRAMES_PER_SECOND, max(at - _LATE, first + 1) / FRAMES_PER_SECOND))
    return tuple(Speech(start, end) for start, end in _bridged(spans) if end - start >= _SHORTEST)


def decoded(media: Path, start: Fraction, end: Fraction) -> NDArray[np.float32]:
    """A stretch of a file's first sound stream, mono at 16 kHz; silence where there is none, or where it is damaged."""
    with SoundFiles() as files:
        return files.decoded(media, start, end)


class SoundFiles:
    """The file that was listened to last stays open, as opening a long movie takes longer than hearing a shot of it."""

    def __init__(self) -> None:
        self._media: Path | None = None
        self._container: InputContainer | None = None

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Close the file."""
        if self._container is not None:
            self._container.close()

    def decoded(self, media: Path, start: Fraction, end: Fraction) -> NDArray[np.float32]:
        """As :func:`decoded`."""
        sound = np.zeros(max(int(min(end - start, Fraction(_LONGEST)) * RATE), 0), np.float32)
        with suppress(av.error.FFmpegError, OSError, ValueError):
            is_fresh = self._media != media
            container = self._opened(media)
            if container.streams.audio:
                _decode(container, sound, start, is_fresh=is_fresh)
        return sound

    def _opened(self, media: Path) -> InputContainer:
        if self._container is None or self._media != media:
            self.__exit__()
            self._container = self._media = None
            self._container, self._media = av.open(str(media)), media
        return self._container


def _decode(container: InputContainer, sound: NDArray[np.float32], start: Fraction, *, is_fresh: bool) -> None:
    """Fill the sound with what a file has from second ``start`` on."""
    stream = container.streams.audio[0]
    origin = (stream.start_time or 0) * (stream.time_base or Fraction(1, RATE))
    if start > 1 or not is_fresh:
        container.seek(int((max(start - 1, Fraction(0)) + origin) / (stream.time_base or 1)), stream=stream)
    resampler = av.AudioResampler("flt", "mono", RATE)
    place: int | None = None
    for frame in container.decode(stream):
        if place is None:
            place = round((Fraction(frame.pts or 0) * (frame.time_base or 1) - origin - start) * RATE)
        for piece in resampler.resample(frame):
            place = _put(sound, piece.to_ndarray()[0], place)
        if place >= len(sound):
            break


def _put(sound: NDArray[np.float32], piece: NDArray[np.float32], place: int) -> int:
    """Lay a piece into the sound as far as it lies inside; answers where the next one goes."""
    first, last = max(place, 0), min(place + len(piece), len(sound))
    if first < last:
        sound[first:last] = piece[first - place : last - place]
    return place + len(piece)


def _source_range(clip: SoundClip) -> tuple[Fraction, Fraction]:
    edges = sorted((clip.source_start, clip.source_start + (clip.end - clip.start) * clip.speed))
    return max(edges[0], Fraction(0)), max(edges[1], Fraction(0))


def _lay(activity: NDArray[np.float64], clip: SoundClip, heard: NDArray[np.float64], source: float) -> None:
    """Put what was heard in a clip's source range (from ``source`` seconds on) where the clip lies."""
    if not len(heard):
        return
    start, end = float(clip.start), float(clip.end)
    first, last = int(start * FRAMES_PER_SECOND), min(int(end * FRAMES_PER_SECOND) + 1, len(activity))
    times = np.clip((np.arange(first, last) + 0.5) / FRAMES_PER_SECOND, start, end)
    places = (float(clip.source_start) + (times - start) * float(clip.speed) - source) * FRAMES_PER_SECOND
    found = heard[np.clip(places.astype(int), 0, len(heard) - 1)]
    np.maximum(activity[first:last], found, out=activity[first:last])


def _bridged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < _GAP:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
