"""Signals that notes have in common, computed once: those of timbres, envelopes, releases.

A signal grows in strides of 32 768 samples as longer notes ask for it, so that the first second of a cue costs no more
than that, and a cue that is played again after a change finds almost all of it there. The same samples come out
whatever was asked for before. Together the signals keep to a number of bytes; those not used for longest go first.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.render.sampler.envelope import PEAK_DECIBELS, Envelope
from hitpoint.core.render.sampler.timbre import Place, Timbre
from hitpoint.core.timebase import SAMPLE_RATE

STRIDE = 1 << 15
_LONGEST = 20 * SAMPLE_RATE // STRIDE * STRIDE  # samples of a signal that are kept; later ones are computed as they go
_KEPT_BYTES = 128 * 2**20


class Signals:
    """The signals of many timbres; several threads may ask for them."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._grown: OrderedDict[Timbre, _Growing] = OrderedDict()
        self._bytes = 0

    def held(self, timbre: Timbre, start: int, stop: int) -> NDArray[np.float32]:
        """Samples ``start`` to ``stop`` of a note of the timbre that is held."""
        if stop <= _LONGEST:
            return self._kept(timbre, stop)[start:stop]
        if start < _LONGEST:
            return np.concatenate([self.held(timbre, start, _LONGEST), self.held(timbre, _LONGEST, stop)])
        first = start // STRIDE * STRIDE
        pieces = [timbre.signal(at, at + STRIDE) for at in range(first, stop, STRIDE)]
        return np.concatenate(pieces)[start - first : stop - first]

    def _kept(self, timbre: Timbre, stop: int) -> NDArray[np.float32]:
        with self._lock:
            growing = self._grown.get(timbre)
            if growing is None:
                growing = self._grown[timbre] = _Growing(timbre)
            self._grown.move_to_end(timbre)
            if growing.place.at < stop:
                self._bytes += growing.grow(stop)
                while self._bytes > _KEPT_BYTES and len(self._grown) > 1:
                    self._bytes -= self._grown.popitem(last=False)[1].frames.nbytes
            return growing.frames


class _Growing:
    """The start of a timbre's signal."""

    def __init__(self, timbre: Timbre) -> None:
        self._timbre = timbre
        self.place = Place()
        self.frames = np.zeros(0, np.float32)

    def grow(self, stop: int) -> int:
        """Go on to sample ``stop`` at least; answers how many bytes it took."""
        before, pieces = self.frames.nbytes, [self.frames]
        while self.place.at < stop:
            piece, self.place = self._timbre.continued(self.place, self.place.at + STRIDE)
            pieces.append(piece)
        self.frames = np.concatenate(pieces)
        return self.frames.nbytes - before


class Fades:
    """Envelopes of held notes, and releases, as amplitudes; each as long as was ever asked for."""

    def __init__(self) -> None:
        self._envelopes: dict[Envelope, NDArray[np.float32]] = {}
        self._releases: dict[float, NDArray[np.float32]] = {}

    def envelope(self, envelope: Envelope, start: int, stop: int) -> NDArray[np.float32]:
        """Amplitude of a held note, 0..1, before it has settled."""
        kept = self._envelopes.get(envelope)
        if kept is None or len(kept) < stop:
            kept = self._envelopes[envelope] = envelope.gains(0, stop + STRIDE)
        return kept[start:stop]

    def release(self, fall: float, start: int, stop: int) -> NDArray[np.float32]:
        """Amplitude of a release that loses ``fall`` of the envelope's value a sample, from 1."""
        kept = self._releases.get(fall)
        if kept is None or len(kept) < stop:
            exponent = -PEAK_DECIBELS / 20.0 * fall * np.arange(stop + STRIDE)
            kept = self._releases[fall] = (10.0**exponent).astype(np.float32)
        return kept[start:stop]
