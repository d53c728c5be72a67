"""FluidSynth, used instead of our sampler when an editor asks for it and it is there.

The shared library is driven through ctypes, with events given at their sample and sound taken as floats in between: no
file player, no MIDI driver. It is looked for in ``$FLUIDSYNTH_LIB``, then where the system keeps its libraries, then in
the pygame-ce wheel, which brings one on Linux and macOS (``pip install hitpoint[fluid]``).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import SoundFontError
from hitpoint.core.music.score import BEND_RANGE, Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.parts.events import timed_bends, timed_controls, timed_notes
from hitpoint.core.render.parts.synth import BLOCK
from hitpoint.core.render.parts.trims import presets_for, read_trims, trim_of
from hitpoint.core.timebase import SAMPLE_RATE

_GAIN = 0.2
_BEST_INTERPOLATION = 7
_FAILED = -1
_WHEEL_MIDDLE = 8192
_SETTINGS = {
    b"synth.reverb.active": 0,
    b"synth.chorus.active": 0,
    b"synth.cpu-cores": 1,
    b"synth.dynamic-sample-loading": 1,
    b"synth.polyphony": 1024,
}
_OFF, _CONTROL, _BEND, _ON = range(4)  # what comes first at the same sample

_Event = tuple[int, int, int, int]  # sample, kind, number or pitch, value or velocity


def find_library() -> str | None:
    """Path or name of the FluidSynth library; None if there is none."""
    named = os.environ.get("FLUIDSYNTH_LIB")
    if named:
        return named
    return ctypes.util.find_library("fluidsynth") or _in_pygame()


class FluidSynth:
    """Plays the parts of a score with FluidSynth, without its reverb and chorus.

    Args:
        path: of an ``.sf2`` or ``.sf3`` file.

    Raises:
        SoundFontError: if the library or the font cannot be loaded.
    """

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise SoundFontError(f"there is no sound font {path}; give the path of an .sf2 or .sf3 file")
        self.soundfont = path
        self._library = _loaded()
        self._trims = read_trims(path)
        self._close(*self._open())

    @property
    def name(self) -> str:
        """Its name in the report, with its version."""
        return f"fluidsynth {self._library.fluid_version_str().decode()}"

    def blocks(self, part: Part, tempo: TempoMap, samples: int) -> Iterator[NDArray[np.float32]]:
        """The part's sound, see :class:`~hitpoint.core.render.parts.synth.Synthesizer`."""
        settings, synth = self._open()
        try:
            self._prepare(synth, part)
            gain = np.float32(10.0 ** (trim_of(self._trims, part) / 20.0))
            waiting = _events(part, tempo, samples)[::-1]
            for first in range(0, samples, BLOCK):
                yield gain * self._block(synth, part.channel, waiting, first, min(first + BLOCK, samples))
        finally:
            self._close(settings, synth)

    def _block(
        self, synth: ctypes.c_void_p, channel: int, waiting: list[_Event], first: int, last: int
    ) -> NDArray[np.float32]:
        """Play what is due, taking it off the end of ``waiting``."""
        due: list[_Event] = []
        while waiting and waiting[-1][0] < last:
            due.append(waiting.pop())
        sound = np.zeros((2, last - first), np.float32)
        edges = [first, *(event[0] for event in due), last]
        for index, (begin, end) in enumerate(pairwise(edges)):
            if end > begin:
                self._take(synth, sound, begin - first, end - begin)
            if index < len(due):
                self._send(synth, channel, due[index])
        return np.ascontiguousarray(sound.T)

    def _take(self, synth: ctypes.c_void_p, sound: NDArray[np.float32], at: int, count: int) -> None:
        left, right = (row.ctypes.data_as(ctypes.c_void_p) for row in sound)
        self._library.fluid_synth_write_float(synth, count, left, at, 1, right, at, 1)

    def _send(self, synth: ctypes.c_void_p, channel: int, event: _Event) -> None:
        _, kind, number, value = event
        if kind == _ON:
            self._library.fluid_synth_noteon(synth, channel, number, value)
        elif kind == _OFF:
            self._library.fluid_synth_noteoff(synth, channel, number)
        elif kind == _BEND:
            self._library.fluid_synth_pitch_bend(synth, channel, value)
        else:
            self._library.fluid_synth_cc(synth, channel, number, value)

    def _prepare(self, synth: ctypes.c_void_p, part: Part) -> None:
        self._library.fluid_synth_set_interp_method(synth, -1, _BEST_INTERPOLATION)
        for bank, program in presets_for(part):
            chosen = self._library.fluid_synth_bank_select(synth, part.channel, bank)
            chosen |= self._library.fluid_synth_program_change(synth, part.channel, program)
            if chosen != _FAILED:
                return

    def _open(self) -> tuple[ctypes.c_void_p, ctypes.c_void_p]:
        library = self._library
        settings = ctypes.c_void_p(library.new_fluid_settings())
        library.fluid_settings_setnum(settings, b"synth.sample-rate", float(SAMPLE_RATE))
        library.fluid_settings_setnum(settings, b"synth.gain", _GAIN)
        for name, value in _SETTINGS.items():
            library.fluid_settings_setint(settings, name, value)
        synth = ctypes.c_void_p(library.new_fluid_synth(settings))
        if library.fluid_synth_sfload(synth, os.fsencode(self.soundfont), 1) == _FAILED:
            self._close(settings, synth)
            raise SoundFontError(f"FluidSynth cannot read the sound font {self.soundfont}; choose another")
        return settings, synth

    def _close(self, settings: ctypes.c_void_p, synth: ctypes.c_void_p) -> None:
        self._library.delete_fluid_synth(synth)
        self._library.delete_fluid_settings(settings)


def _events(part: Part, tempo: TempoMap, samples: int) -> list[_Event]:
    events: list[_Event] = []
    for note in timed_notes(part, tempo, samples):
        events.append((note.start, _ON, note.pitch, note.velocity))
        events.append((note.end, _OFF, note.pitch, 0))
    events += [(one.at, _CONTROL, one.number, one.value) for one in timed_controls(part, tempo)]
    events += [(one.at, _BEND, 0, _wheel(one.semitones)) for one in timed_bends(part, tempo)]
    return sorted(events)


def _wheel(semitones: float) -> int:
    """The 14-bit pitch wheel, 8192 in its middle."""
    return min(round(_WHEEL_MIDDLE * (1.0 + semitones / BEND_RANGE)), 2 * _WHEEL_MIDDLE - 1)


def _in_pygame() -> str | None:
    """The library inside the pygame-ce wheel, found without importing pygame."""
    spec = importlib.util.find_spec("pygame")
    for place in (spec.submodule_search_locations or []) if spec else []:
        inside = Path(place)
        for folder in (inside.parent / "pygame_ce.libs", inside / ".dylibs"):
            for found in sorted(folder.glob("libfluidsynth*")):
                return str(found)
    return None


def _loaded() -> ctypes.CDLL:
    where = find_library()
    if where is None:
        raise SoundFontError(
            "FluidSynth is not installed; pip install 'hitpoint[fluid]' or leave the synthesiser on auto"
        )
    try:
        library = ctypes.CDLL(where)
        for name in ("new_fluid_settings", "new_fluid_synth"):
            getattr(library, name).restype = ctypes.c_void_p
        library.fluid_version_str.restype = ctypes.c_char_p
    except (OSError, AttributeError) as error:
        raise SoundFontError(
            f"FluidSynth cannot be loaded from {where} ({error}); leave the synthesiser on auto"
        ) from None
    _declare(library)
    return library


def _declare(library: ctypes.CDLL) -> None:
    handle, text, whole, real = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_double
    arguments = {
        "fluid_settings_setnum": [handle, text, real],
        "fluid_settings_setint": [handle, text, whole],
        "new_fluid_synth": [handle],
        "delete_fluid_synth": [handle],
        "delete_fluid_settings": [handle],
        "fluid_synth_sfload": [handle, text, whole],
        "fluid_synth_set_interp_method": [handle, whole, whole],
        "fluid_synth_bank_select": [handle, whole, whole],
        "fluid_synth_program_change": [handle, whole, whole],
        "fluid_synth_noteon": [handle, whole, whole, whole],
        "fluid_synth_noteoff": [handle, whole, whole],
        "fluid_synth_cc": [handle, whole, whole, whole],
        "fluid_synth_pitch_bend": [handle, whole, whole],
        "fluid_synth_write_float": [handle, whole, handle, whole, whole, handle, whole, whole],
    }
    for name, types in arguments.items():
        getattr(library, name).argtypes = types
