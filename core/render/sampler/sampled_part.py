"""One part played by the sampler: its voices summed, from any sample to any other.

The cue is cut into pieces of 16 384 samples, small enough for the cache of a processor, and in each the voices are
added in the order in which they start. A sample therefore comes out the same, to the last bit, whichever stretch is
asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.parts.events import TimedControl
from hitpoint.core.render.parts.performance import Performance, Rows, Spans, merged
from hitpoint.core.render.sampler.envelope import PEAK_DECIBELS
from hitpoint.core.render.sampler.modulators import CONTROLLER_DEFAULTS, EXPRESSION, VOLUME
from hitpoint.core.render.sampler.signals import Fades, Signals
from hitpoint.core.render.sampler.sounding import CUT_FALL, SILENCE, Sounding
from hitpoint.core.timebase import SAMPLE_RATE

_PIECE = 1 << 14
_CONTROL_RAMP = SAMPLE_RATE // 100  # samples a controller's step takes
_FORGOTTEN = 4096  # samples after which a filter has forgotten how the note was held
_TAILS_KEPT = 64

_Curves = list[tuple[list[float], list[float]]]
_Frames = NDArray[np.float32]


class SampledPart:
    """The voices of a part, ready to be played.

    Args:
        voices: in order of start.
        controls: the part's, in order of time.
        gain: linear, of the whole.
        signals: shared with other parts.
        fades: shared with other parts.
    """

    def __init__(
        self,
        voices: list[Sounding],
        controls: tuple[TimedControl, ...],
        gain: float,
        signals: Signals,
        fades: Fades,
    ) -> None:
        self._voices = voices
        self._starts = np.array([one.start for one in voices], np.int64)
        self._ends = np.array([one.end for one in voices], np.int64)
        self._controls = tuple(one for one in controls if one.number in (VOLUME, EXPRESSION))
        self._curves = _controller_curves(controls)
        self._openness = _openness(controls)
        self._gain, self._signals, self._fades = gain, signals, fades
        self._tails: dict[tuple[object, int], _Frames] = {}
        self._settling: dict[tuple[object, int], int] = {}

    def sound(self, first: int, last: int) -> Rows:
        """Samples ``first`` to ``last`` of the cue: (2, n)."""
        mixed = np.zeros((2, last - first), np.float32)
        scratch = np.empty((2, _PIECE), np.float32)
        for edge in range(first // _PIECE * _PIECE, last, _PIECE):
            begin, end = max(edge, first), min(edge + _PIECE, last)
            piece = mixed[:, begin - first : end - first]
            opened = _Opened(self._openness, begin, end)
            for index in np.flatnonzero((self._starts < end) & (self._ends > begin)).tolist():
                self._add(piece, self._voices[index], begin, end, scratch, opened)
            piece *= np.asarray(self._gain * _controller_gain(self._curves, begin, end), np.float32)
        return mixed

    def differences(self, before: Performance) -> Spans:
        """The spans in which it sounds unlike another part; everything if that was no part of the same sampler."""
        if not isinstance(before, SampledPart) or before._signals is not self._signals or before._gain != self._gain:
            return ((0, max(int(self._ends.max(initial=0)), 1)),)
        own, theirs = ({one.identity: one for one in part._voices} for part in (self, before))
        spans = [(own[key].start, own[key].end) for key in own.keys() - theirs.keys()]
        spans += [(theirs[key].start, theirs[key].end) for key in theirs.keys() - own.keys()]
        spans = [(max(first, 0), last) for first, last in spans]  # what begins early may begin before the cue
        return merged(spans + _moved(self._controls, before._controls))

    def _add(self, mixed: Rows, one: Sounding, first: int, last: int, scratch: Rows, opened: _Opened) -> None:
        """Add what a voice sounds between samples ``first`` and ``last``."""
        begin, end = max(first, one.start), min(last, one.end)
        let_go = min(max(one.released, begin), end)
        if begin < let_go:
            self._add_held(mixed, one, begin, let_go, first, scratch, opened)
        if let_go < end:
            level = 10.0 ** (-PEAK_DECIBELS / 20.0 * (1.0 - one.level))
            for at, frames in self._tail(one, let_go, end, opened):
                fading = self._fades.release(one.fall, at - one.released, at - one.released + len(frames))
                faded = np.multiply(frames, fading, out=scratch[0, : len(frames)])
                if one.cut is not None:
                    self._cut(faded, one, at)
                _pour(mixed, faded, at - first, one, level, scratch)

    def _add_held(
        self, mixed: Rows, one: Sounding, begin: int, end: int, first: int, scratch: Rows, opened: _Opened
    ) -> None:
        envelope = one.voice.envelope
        settled = min(max(one.start + int(envelope.settled * SAMPLE_RATE) + 2, begin), end)
        held = self._held(one, begin, end, opened)
        if begin < settled:
            shape = self._fades.envelope(envelope, begin - one.start, settled - one.start)
            shaped = np.multiply(held[: len(shape)], shape, out=scratch[0, : len(shape)])
            _pour(mixed, shaped, begin - first, one, 1.0, scratch)
        if settled < end and envelope.sustain > 0.0:
            level = 10.0 ** (-PEAK_DECIBELS / 20.0 * (1.0 - envelope.sustain))
            _pour(mixed, held[settled - begin :], settled - first, one, level, scratch)

    def _held(self, one: Sounding, begin: int, end: int, opened: _Opened) -> _Frames:
        """The signal of a voice at samples of the cue, darker the less expression there is."""
        bright = self._signals.held(one.voice.timbre, begin - one.start, end - one.start)
        share = None if one.voice.dark is None else opened.share(begin, end)
        if one.voice.dark is None or share is None:
            return bright
        dark = self._signals.held(one.voice.dark, begin - one.start, end - one.start)
        return np.asarray(dark + share * (bright - dark), np.float32)

    def _tail(self, one: Sounding, begin: int, end: int, opened: _Opened) -> Iterator[tuple[int, _Frames]]:
        """The sound of a voice once let go, before it fades: samples of the cue, and frames from there on."""
        timbre = one.voice.timbre
        if not one.voice.changes_on_release:
            yield begin, self._held(one, begin, end, opened)
            return
        closed = timbre.closed
        until = one.end if closed is None else self._settles(one)
        if begin < until:
            frames = self._changing(one, until)
            yield begin, frames[begin - one.released : min(end, until) - one.released]
        if closed is not None and until < end:
            from_ = max(begin, until)
            yield from_, self._signals.held(closed, from_ - one.start, end - one.start)

    def _settles(self, one: Sounding) -> int:
        """The sample from which a voice that was let go sounds as if its modulation envelope had never been."""
        key = one.voice.timbre, one.released - one.start
        if key not in self._settling:
            self._settling[key] = one.voice.timbre.wobble.settled_after(key[1]) + _FORGOTTEN
        return min(one.end, one.released + self._settling[key])

    def _changing(self, one: Sounding, until: int) -> _Frames:
        """The signal from the release until it has settled.

        Kept for the next piece and for notes of the same length.
        """
        key = one.voice.timbre, one.released - one.start
        found = self._tails.get(key)
        if found is None or len(found) < until - one.released:
            released = one.released - one.start
            if len(self._tails) >= _TAILS_KEPT:
                del self._tails[next(iter(self._tails))]
            found = self._tails[key] = one.voice.timbre.signal(released, until - one.start, released)
        return found

    def _cut(self, faded: _Frames, one: Sounding, at: int) -> None:
        """Let a tail fall faster from where it was cut off."""
        assert one.cut is not None
        since = max(one.cut, at)
        if since < at + len(faded):
            fading = self._fades.release(CUT_FALL - one.fall, since - one.cut, at + len(faded) - one.cut)
            faded[since - at :] *= fading


class _Opened:
    """How far expression opens the filters in a piece of the cue, worked out when it is asked for.

    Args:
        curve: samples and values 0..1 of expression.
        first: sample at which the piece begins.
        last: first sample after it.
    """

    def __init__(self, curve: tuple[list[float], list[float]], first: int, last: int) -> None:
        self._curve, self._first, self._last = curve, first, last
        self._values: _Frames | None = None

    def share(self, begin: int, end: int) -> _Frames | None:
        """Values at samples ``begin`` to ``end`` of the cue, which lie in the piece; None where all is open."""
        times, levels = self._curve
        if len(times) == 1 and levels[0] >= 1.0:
            return None
        if self._values is None:
            self._values = np.interp(np.arange(self._first, self._last), times, levels).astype(np.float32)
        return self._values[begin - self._first : end - self._first]


def _openness(controls: tuple[TimedControl, ...]) -> tuple[list[float], list[float]]:
    """Expression over time as a share of the full, each change a ramp."""
    times, levels = [-1.0], [CONTROLLER_DEFAULTS[EXPRESSION] / 127.0]
    for one in controls:
        if one.number == EXPRESSION:
            at = max(float(one.at), times[-1])
            times += [at, at + (_CONTROL_RAMP if one.at > 0 else 0)]
            levels += [levels[-1], one.value / 127.0]
    return times, levels


def _pour(mixed: Rows, frames: _Frames, at: int, one: Sounding, level: float, scratch: Rows) -> None:
    before = 0.0
    scaled = scratch[1, : len(frames)]
    for row, gain in enumerate((one.voice.left, one.voice.right)):
        if gain > SILENCE * 0.01:
            if gain != before:
                np.multiply(frames, np.float32(gain * level), out=scaled)
            mixed[row, at : at + len(frames)] += scaled
            before = gain


def _moved(own: tuple[TimedControl, ...], theirs: tuple[TimedControl, ...]) -> list[tuple[int, int]]:
    """The spans in which volume or expression differ: from the first change that does until all are alike again."""
    if own == theirs:
        return []
    different = {(one.at, one.number, one.value) for one in own} ^ {(one.at, one.number, one.value) for one in theirs}
    last = max((at for at, _, _ in different), default=0)
    after = [one.at for one in (*own, *theirs) if one.at > last]
    is_alike = {one.number for one in own if one.at > last} >= {number for _, number, _ in different}
    end = (max(after) if is_alike and after else 1 << 62) + _CONTROL_RAMP
    return [(min((at for at, _, _ in different), default=0), end)]


def _controller_curves(controls: tuple[TimedControl, ...]) -> _Curves:
    """Volume and expression over time, each as samples and the gains there.

    A value counts (value / 127) squared, which is the 96 dB concave curve of the specification.
    """
    curves = []
    for number in (VOLUME, EXPRESSION):
        times, levels = [-1.0], [(CONTROLLER_DEFAULTS[number] / 127.0) ** 2]
        for one in controls:
            if one.number == number:
                at = max(float(one.at), times[-1])
                times += [at, at + (_CONTROL_RAMP if one.at > 0 else 0)]
                levels += [levels[-1], (one.value / 127.0) ** 2]
        curves.append((times, levels))
    return curves


def _controller_gain(curves: _Curves, first: int, last: int) -> NDArray[np.float64] | float:
    """The product of the curves from sample ``first`` to ``last``; one number where nothing moves."""
    gain: NDArray[np.float64] | float = 1.0
    for times, levels in curves:
        before, after = bisect_right(times, first), bisect_left(times, last)
        if len(set(levels[max(before - 1, 0) : after + 1])) == 1:
            gain = gain * levels[max(before - 1, 0)]
        else:
            gain = gain * np.interp(np.arange(first, last), times, levels)
    return gain
