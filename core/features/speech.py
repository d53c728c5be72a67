"""Where somebody speaks in the edit's own sound.

The sound is decoded as mono at 16 kHz, only where the edit uses it. A frame of 50 ms counts as speech by four marks,
each a number 0..1 that fuzzy bounds make of a measure, and all of them multiplied (so any one can say no):

- it is heard: the level in the band of speech, 250-4000 Hz, well above silence and within 30 dB of the loudest around it;
- its spectrum is peaked, unlike that of noise: the flatness (geometric over arithmetic mean) in that band;
- its level moves at the pace of syllables, 2 to 10 Hz, over a second around it (Scheirer and Slaney, ICASSP 1997);
- its partials glide and break off: the fine structure of the spectrum does not stay the same for 150 ms, as it does under
  held notes.

Scipy does all this. Librosa would bring numba and LLVM for nothing that is needed here.
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
from scipy.ndimage import uniform_filter1d
from scipy.signal import butter, sosfiltfilt, stft

from hitpoint.core.cue.sound import Speech
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import SILENT, Progress

RATE = 16_000  # Hz
FRAMES_PER_SECOND = 20

_WINDOW = 1024  # samples, 64 ms
_HOP = 160  # samples, 10 ms
_PER_FRAME = RATE // FRAMES_PER_SECOND // _HOP
_BAND = (250.0, 4000.0)  # Hz
_SYLLABLES = (2.0, 10.0)  # Hz
_HELD = 15  # hops, 150 ms
_FLOOR = 1e-7  # power of a spectral line, below any microphone
_LONGEST = 4 * 3600  # seconds of one clip
_PIECE, _CONTEXT = 120, 2  # seconds that are analysed at once, and of their surroundings
_ON, _OFF = 0.5, 0.3
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
    """How surely somebody speaks, 0..1, for each frame of 50 ms from the start of the timeline to the last clip's end."""
    end = max(clip.end for clip in clips)
    activity = np.zeros(int(end * FRAMES_PER_SECOND) + 1)
    last: tuple[Path, Fraction, Fraction] | None = None
    with SoundFiles() as files:
        for number, clip in enumerate(sorted(clips, key=lambda clip: (clip.media, *_source_range(clip)))):
            progress.step(number / len(clips), "listening to the edit")
            start, stop = _source_range(clip)
            if (clip.media, start, stop) != last:
                last = clip.media, start, stop
                heard = speech_activity(files.decoded(*last))
            _lay(activity, clip, heard, float(start))
    return activity


def speech_activity(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """How surely somebody speaks, 0..1, in each 50 ms of mono sound at 16 kHz: (n,) to (ceil(n / 800),)."""
    pieces = []
    for first in range(0, len(sound), _PIECE * RATE):
        last = min(first + _PIECE * RATE, len(sound))
        before = min(first, _CONTEXT * RATE)
        heard = _piece_activity(sound[first - before : last + _CONTEXT * RATE])
        skipped = before * FRAMES_PER_SECOND // RATE
        pieces.append(heard[skipped : skipped + -(-(last - first) * FRAMES_PER_SECOND // RATE)])
    return np.concatenate([*pieces, np.zeros(0)])


def _piece_activity(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    frames = -(-len(sound) // (_PER_FRAME * _HOP))
    if len(sound) < _WINDOW or not sound.any():
        return np.zeros(frames)
    power = _band_power(sound)
    level = 10.0 * np.log10(power.mean(axis=0) + _FLOOR)
    marks = _heard(level) * _peaked(power) * _syllabic(level) * _gliding(power)
    padded = np.zeros(frames * _PER_FRAME)
    padded[: len(marks)] = marks[: len(padded)]
    smoothed = uniform_filter1d(padded, 2 * _PER_FRAME + 1)
    return np.asarray(smoothed.reshape(frames, _PER_FRAME).mean(axis=1), dtype=np.float64)


def speech_spans(activity: NDArray[np.float64]) -> tuple[Speech, ...]:
    """Stretches that begin where the activity is sure and last until it is doubtful; short pauses are bridged."""
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
        spans.append((first / FRAMES_PER_SECOND, at / FRAMES_PER_SECOND))
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


def _band_power(sound: NDArray[np.float32]) -> NDArray[np.float64]:
    """Power of the spectral lines in the band of speech, every 10 ms: (lines, hops)."""
    _, _, spectrum = stft(sound, RATE, "hann", _WINDOW, _WINDOW - _HOP, boundary="zeros", padded=True)
    low, high = (round(edge * _WINDOW / RATE) for edge in _BAND)
    return np.asarray(np.abs(spectrum[low:high]) ** 2, dtype=np.float64)


def _heard(level: NDArray[np.float64]) -> NDArray[np.float64]:
    loudest = float(np.percentile(level, 98))
    return _ramp(level, max(-78.0, loudest - 36.0), max(-70.0, loudest - 24.0))


def _peaked(power: NDArray[np.float64]) -> NDArray[np.float64]:
    flatness = np.exp(np.log(power + _FLOOR * 1e-3).mean(axis=0)) / (power.mean(axis=0) + _FLOOR * 1e-3)
    return 1.0 - _ramp(uniform_filter1d(flatness, 25), 0.36, 0.50)


def _syllabic(level: NDArray[np.float64]) -> NDArray[np.float64]:
    """Depth in decibels of what moves at the pace of syllables."""
    sections = butter(2, _SYLLABLES, "bandpass", fs=RATE / _HOP, output="sos")
    clipped = np.maximum(level, level.max() - 40.0)
    moving = sosfiltfilt(sections, clipped, padlen=min(30, len(clipped) - 1))
    power = uniform_filter1d(moving**2, round(RATE / _HOP))
    depth = np.sqrt(np.maximum(power, 0.0))  # a running sum can end a hair below 0
    return _ramp(depth, 2.0, 4.5)


def _gliding(power: NDArray[np.float64]) -> NDArray[np.float64]:
    """One less the correlation of the spectrum's fine structure with that 150 ms before and after."""
    lines = np.log(power + _FLOOR * 1e-2)
    fine = lines - uniform_filter1d(lines, 15, axis=0)
    fine /= np.sqrt((fine**2).sum(axis=0)) + 1e-9
    if fine.shape[1] <= _HELD:
        return np.zeros(fine.shape[1])
    alike = (fine[:, _HELD:] * fine[:, :-_HELD]).sum(axis=0)
    both = np.maximum(np.append(alike, np.zeros(_HELD)), np.insert(alike, 0, np.zeros(_HELD)))
    return 1.0 - _ramp(uniform_filter1d(both, 51), 0.45, 0.65)


def _ramp(value: NDArray[np.float64], low: float, high: float) -> NDArray[np.float64]:
    return np.clip((value - low) / (high - low), 0.0, 1.0)


def _bridged(spans: list[tuple[float, float]]) -> list[tuple[float, float]]:
    joined: list[tuple[float, float]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < _GAP:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
