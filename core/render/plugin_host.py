"""An editor's own instruments, VST3 or Audio Unit plugins, in place of the sampler for some parts.

A small file tells which plugin plays which part::

    [parts."Low Strings"]
    plugin = "/Library/Audio/Plug-Ins/VST3/Orchestra.vst3"
    preset = "celli.vstpreset"       # beside the file, or a whole path; may be missing
    name = "Celli"                   # of the instrument, where a plugin file holds several; may be missing
    gain = -3.0                      # decibels; may be missing

The plugins run inside pedalboard (``pip install 'hitpoint[vst]'``; GPL 3, which is why it is an extra). It is asked for
through :class:`Host` alone. A plugin plays a part from its start to its end at once, as samplers of others do not begin
in the middle, and may not give the same samples twice.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from mido import Message
from numpy.typing import NDArray

from hitpoint.core.errors import SoundFontError
from hitpoint.core.files.toml_text import toml_trouble
from hitpoint.core.music.score import BEND_RANGE, Part
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.parts.events import timed_bends, timed_controls, timed_notes
from hitpoint.core.render.parts.synth import BLOCK
from hitpoint.core.timebase import SAMPLE_RATE

_MOST_GAIN = 40.0  # decibels either way
_WHEEL = 8192
_KEYS = frozenset({"plugin", "preset", "name", "gain"})


@dataclass(frozen=True)
class InstrumentChoice:
    """The instrument that plays a part.

    Attributes:
        plugin: file or folder of the plugin.
        preset: with which it is loaded; None for its own.
        name: of the instrument inside the file; None for the only one.
        gain: decibels.
    """

    plugin: Path
    preset: Path | None = None
    name: str | None = None
    gain: float = 0.0


class Instrument(Protocol):
    """A loaded plugin."""

    def play(self, messages: Sequence[Message], seconds: float) -> NDArray[np.float32]:
        """Sound of MIDI messages whose ``time`` is in seconds from the start: (2, samples) at 48 kHz."""


class Host(Protocol):
    """The interface of a loader of plugins."""

    @property
    def name(self) -> str:
        """Its name in the report, with its version."""

    def load(self, choice: InstrumentChoice) -> Instrument:
        """A plugin ready to play.

        Raises:
            SoundFontError: if it cannot be loaded, or is no instrument.
        """


class PluginSynth:
    """Plays parts with one plugin.

    Args:
        choice: which.
        host: what loads it.
        soundfont: that the report names for the other parts.
    """

    def __init__(self, choice: InstrumentChoice, host: Host, soundfont: Path) -> None:
        self.soundfont = soundfont
        self._instrument, self._gain = host.load(choice), 10.0 ** (choice.gain / 20.0)
        self._name = f"{choice.name or choice.plugin.stem} in {host.name}"

    @property
    def name(self) -> str:
        """Its name in the report."""
        return self._name

    def blocks(self, part: Part, tempo: TempoMap, samples: int) -> Iterator[NDArray[np.float32]]:
        """The part's sound, see :class:`~hitpoint.core.render.parts.synth.Synthesizer`."""
        heard = self._instrument.play(messages_of(part, tempo, samples), samples / SAMPLE_RATE)
        sound = np.zeros((samples, 2), np.float32)
        count = min(samples, heard.shape[1])
        sound[:count] = np.nan_to_num(heard[:2, :count].T) * np.float32(self._gain)
        for first in range(0, samples, BLOCK):
            yield sound[first : first + BLOCK]


class Pedalboard:
    """Loads plugins with pedalboard.

    Raises:
        SoundFontError: if it is not installed.
    """

    def __init__(self) -> None:
        try:
            import pedalboard  # an extra, and GPL
        except ImportError:
            raise SoundFontError(
                "plugins need pedalboard: pip install 'hitpoint[vst]', or leave --instruments out"
            ) from None
        self._library: Any = pedalboard

    @property
    def name(self) -> str:
        """Its name in the report, with its version."""
        return f"pedalboard {self._library.__version__}"

    def load(self, choice: InstrumentChoice) -> Instrument:
        """See :class:`Host`."""
        if not choice.plugin.exists():
            raise SoundFontError(f"there is no plugin {choice.plugin}; mend the path in the instruments file")
        try:
            plugin = self._library.load_plugin(str(choice.plugin), plugin_name=choice.name)
            if choice.preset is not None:
                plugin.load_preset(str(choice.preset))
        except (ImportError, OSError, RuntimeError, ValueError, AttributeError, TypeError) as error:
            raise SoundFontError(f"plugin {choice.plugin} cannot be loaded ({error}); choose another") from None
        if not plugin.is_instrument:
            raise SoundFontError(f"plugin {choice.plugin} is an effect, not an instrument; choose another")
        return _Loaded(plugin)


class _Loaded:
    def __init__(self, plugin: Any) -> None:
        self._plugin = plugin

    def play(self, messages: Sequence[Message], seconds: float) -> NDArray[np.float32]:
        """(2, n) samples of the messages, whose times are seconds."""
        sound = self._plugin(list(messages), duration=seconds, sample_rate=float(SAMPLE_RATE), num_channels=2)
        return np.asarray(sound, np.float32)


def read_instruments(path: Path) -> dict[str, InstrumentChoice]:
    """The plugin of each part.

    Raises:
        SoundFontError: if the file cannot be read, or says something else.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return {name: _choice(name, row, path.parent) for name, row in _rows(table).items()}
    except OSError as error:
        raise SoundFontError(
            f"{path} cannot be read ({error.strerror}); give the path of an instruments file"
        ) from None
    except UnicodeDecodeError:
        raise SoundFontError(f"{path} is not text in UTF-8: give an instruments file, a TOML text") from None
    except tomllib.TOMLDecodeError as error:
        raise SoundFontError(f"{path} is no instruments file: {toml_trouble(error)}") from None
    except (ValueError, TypeError) as error:
        raise SoundFontError(f"{path} is no instruments file: {error}") from None


def _rows(table: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The tables of all parts, by name; at least one."""
    if set(table) - {"parts"}:
        raise ValueError(f"{min(set(table) - {'parts'})!r} is unknown; write [parts.NAME]")
    parts = table.get("parts")
    if not isinstance(parts, dict) or not parts or not all(isinstance(row, dict) for row in parts.values()):
        raise ValueError('it names no part; write [parts.NAME] and below it plugin = "PATH" for each')
    return parts


def _choice(name: str, row: dict[str, Any], folder: Path) -> InstrumentChoice:
    if unknown := set(row) - _KEYS:
        raise ValueError(f"{min(unknown)!r} of part {name!r} is unknown; there are {', '.join(sorted(_KEYS))}")
    if not isinstance(row.get("plugin"), str):
        raise TypeError(f"part {name!r} needs a plugin, the path of a VST3 or Audio Unit")
    gain, preset, own = row.get("gain", 0.0), row.get("preset"), row.get("name")
    if isinstance(gain, bool) or not isinstance(gain, int | float) or not abs(gain) <= _MOST_GAIN:
        raise ValueError(f"gain of part {name!r} is no number from -{_MOST_GAIN:g} to {_MOST_GAIN:g}")
    if not all(text is None or isinstance(text, str) for text in (preset, own)):
        raise ValueError(f"preset and name of part {name!r} are texts")
    return InstrumentChoice(folder / row["plugin"], None if preset is None else folder / preset, own, float(gain))


def messages_of(part: Part, tempo: TempoMap, samples: int) -> list[Message]:
    """A part as MIDI messages in order, their times in seconds from the start of the cue."""
    found: list[tuple[int, int, Message]] = []
    for control in timed_controls(part, tempo):
        message = Message("control_change", control=control.number, value=control.value)
        found.append((control.at, 1, message))
    for bend in timed_bends(part, tempo):
        pitch = min(round(bend.semitones / BEND_RANGE * _WHEEL), _WHEEL - 1)
        found.append((bend.at, 1, Message("pitchwheel", pitch=pitch)))
    for note in timed_notes(part, tempo, samples):
        found.append((note.start, 2, Message("note_on", note=note.pitch, velocity=note.velocity)))
        found.append((note.end, 0, Message("note_off", note=note.pitch)))
    last = math.nextafter(samples / SAMPLE_RATE, 0.0)
    ordered = sorted(found, key=lambda one: one[:2])
    return [message.copy(time=min(at / SAMPLE_RATE, last)) for at, _, message in ordered]
