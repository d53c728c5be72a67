"""What samples come next: parts times gains, from a place that moves, jumps and loops. No Qt, no device, no files.

At speed 1 the answer is exactly what the music mixes to, number by number. Whatever the editor does in the middle
(seek, another take, a part muted, stop) is heard over ``crossfade`` frames: what would have come without it fades into
what comes now, so that nothing clicks. Where both are the same, as outside the bars that were composed anew, the fade
changes no bit.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from threading import Lock

import numpy as np

from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.meter import click_sounds
from hitpoint.ui.players.place import Place, Run
from hitpoint.ui.players.sound import NOTHING, Monitor, Music, PlayedSound, Samples

CROSSFADE = 480  # frames, 10 ms
_CLICKS = click_sounds(SAMPLE_RATE)


@dataclass(frozen=True, eq=False)
class Delivered:
    """A block of sound, and which places of the timeline it comes from.

    Attributes:
        samples: (n, 2).
        runs: (frame of the block, place on the timeline in frames, speed) of every stretch; speed 0 is rest.
    """

    samples: Samples
    runs: tuple[tuple[int, float, float], ...]


class Mixer:
    """The state of an audition. Calls may come from any thread; none of them waits for anything but another call.

    Args:
        crossfade: frames over which a change is heard.
    """

    def __init__(self, crossfade: int = CROSSFADE) -> None:
        self._lock = Lock()
        self._crossfade = crossfade
        self._sound = NOTHING
        self._monitor = Monitor()
        self._place = Place()
        self._tail: Samples = np.zeros((0, 2), np.float32)  # what would have come, and is fading

    @property
    def place(self) -> Place:
        """Where the next sample comes from."""
        return self._place

    @property
    def sound(self) -> PlayedSound:
        """What is playing."""
        return self._sound

    def load(self, sound: PlayedSound) -> None:
        """Play another sound at the same place."""
        with self._lock:
            place = replace(self._place, end=sound.frames, position=min(self._place.position, float(sound.frames)))
            self._change(place, sound=sound)

    def listen(self, monitor: Monitor) -> None:
        """Change what is heard of it."""
        with self._lock:
            if monitor != self._monitor:
                self._change(self._place, monitor=monitor)

    def seek(self, frame: float) -> None:
        """Go on from another frame of the timeline, to the end of it."""
        with self._lock:
            last = self._sound.frames if self._sound is not NOTHING else frame  # the sound that fits may come later
            self._change(replace(self._place, position=float(round(max(min(frame, last), 0.0))), until=None))

    def run(self, speed: float, until: int | None = None) -> None:
        """Play at a speed, to a frame if one is named; 0 stops."""
        with self._lock:
            self._change(replace(self._place.at_speed(speed), until=until))

    def loop(self, span: tuple[int, int] | None) -> None:
        """Where to jump from the end of a span (in frames) back to its start."""
        with self._lock:
            self._place = replace(self._place, loop=span)

    def grain(self, frames: int) -> Samples:
        """What would be heard from the place on at speed 1; the place stays."""
        with self._lock:
            out = np.zeros((frames, 2), np.float32)
            if self._sound.production is not None and self._monitor.production:
                self._sound.production.prepare(int(self._place.position))
            self._mix(out, int(self._place.position))
        return out

    def next(self, frames: int) -> Delivered:
        """The next ``frames`` frames; the place moves on by as much."""
        out = np.zeros((frames, 2), np.float32)
        runs: list[tuple[int, float, float]] = []
        done = 0
        with self._lock:
            while done < frames:
                run = self._place.run(frames - done)
                if run.count:
                    runs.append((done, self._place.position, self._place.speed))
                self._fill(out[done : done + run.count])
                done += run.count
                self._move(run)
        return Delivered(out, tuple(runs))

    def _move(self, run: Run) -> None:
        if run.jumps:
            self._place = replace(self._place, position=run.straight)
            self._change(run.after)
        else:
            self._place = run.after

    def _change(self, place: Place, sound: PlayedSound | None = None, monitor: Monitor | None = None) -> None:
        """Go on elsewhere or with something else, and remember what would have come."""
        from_silence = not self._place.speed and not self._tail.any()
        tail = self._tail[:0] if from_silence and place.position == 0.0 else self._foreseen()
        self._place = place
        self._sound = sound or self._sound
        self._monitor = monitor or self._monitor
        self._tail = tail
        if self._sound.production is not None and self._monitor.production:
            self._sound.production.prepare(int(place.position))

    def _foreseen(self) -> Samples:
        """The samples of the next crossfade if nothing changed (a loop's end is passed straight)."""
        ahead = np.zeros((self._crossfade, 2), np.float32)
        self._read(ahead, self._place)
        self._blend(ahead)
        return ahead

    def _fill(self, out: Samples) -> None:
        self._read(out, self._place)
        self._blend(out)
        self._tail = self._tail[len(out) :]

    def _blend(self, out: Samples) -> None:
        """Fade from the tail; where the two agree the result is exactly that."""
        count = min(len(self._tail), len(out))
        if count:
            gone = self._crossfade - len(self._tail)
            share = (np.arange(gone + 1, gone + count + 1, dtype=np.float32) / np.float32(self._crossfade + 1))[:, None]
            old = self._tail[:count]
            out[:count] = old + (out[:count] - old) * share

    def _read(self, out: Samples, place: Place) -> None:
        """Fill with the sound from a place on; silence at rest and outside the timeline."""
        if not len(out):
            return
        if place.speed == 1.0:
            self._mix(out, int(place.position))
        elif place.speed:
            self._read_at_speed(out, place)

    def _read_at_speed(self, out: Samples, place: Place) -> None:
        """Shuttling: tape-like, by linear interpolation."""
        at = place.position + place.speed * np.arange(len(out))
        low = int(np.floor(at.min()))
        stretch = np.zeros((int(np.floor(at.max())) + 2 - low, 2), np.float32)
        self._mix(stretch, low)
        whole = np.floor(at).astype(np.int64)
        share = (at - whole).astype(np.float32)[:, None]
        before, after = stretch[whole - low], stretch[whole - low + 1]
        out[:] = before + (after - before) * share

    def _mix(self, out: Samples, first: int) -> None:
        """Sum of what is heard from timeline frame ``first`` on."""
        sound, monitor = self._sound, self._monitor
        if sound.music is not None and monitor.music:
            _add_music(out, sound.music, first - sound.first, monitor)
        if sound.production is not None and monitor.production:
            if monitor.ducked and sound.duck:
                out *= _duck_gains(sound.duck, first, len(out))
            _add_read(out, sound, first, monitor.production_gain)
        if monitor.click and sound.beats:
            _add_clicks(out, sound.beats, first)
        outside = sound.frames - first
        if outside < len(out):
            out[max(outside, 0) :] = 0.0


def _add_music(out: Samples, music: Music, first: int, monitor: Monitor) -> None:
    """Add the music's frames ``first`` and after to ``out`` as far as both reach."""
    begin, end = max(first, 0), min(first + len(out), music.samples)
    gains = [monitor.part_gain(name) for name in music.names]
    if begin < end and any(gains):
        is_as_rendered = all(gain == 1.0 for gain in gains)
        out[begin - first : end - first] += music.mix(begin, end, None if is_as_rendered else gains)


def _add_read(out: Samples, sound: PlayedSound, first: int, gain: float) -> None:
    begin, end = max(first, 0), min(first + len(out), sound.frames)
    if sound.production is not None and begin < end:
        out[begin - first : end - first] += sound.production.read(begin, end - begin) * np.float32(gain)


def _add_clicks(out: Samples, beats: tuple[tuple[int, bool], ...], first: int) -> None:
    """Add the clicks that sound from timeline frame ``first`` on."""
    longest = max(map(len, _CLICKS))
    place = bisect_left(beats, (first - longest, False))
    while place < len(beats) and beats[place][0] < first + len(out):
        at, is_bar = beats[place]
        click = _CLICKS[0 if is_bar else 1]
        begin, end = max(at, first), min(at + len(click), first + len(out))
        if begin < end:
            out[begin - first : end - first] += click[begin - at : end - at]
        place += 1


def _duck_gains(duck: tuple[tuple[float, float], ...], first: int, count: int) -> Samples:
    times, decibels = zip(*duck, strict=True)
    at = np.arange(first, first + count) / SAMPLE_RATE
    gains = 10.0 ** (np.interp(at, times, decibels) / 20.0)
    return np.asarray(gains, np.float32)[:, None]
