"""Chooses a synthesiser by its name."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from hitpoint.core.cue.sound import Sound
from hitpoint.core.errors import OptionError
from hitpoint.core.render.parts.synth import Synthesizer

if TYPE_CHECKING:
    from hitpoint.core.render.sampler.sampler import Sampler

SYNTHESIZERS = ("auto", "sampler", "fluidsynth")
_in_use: WeakValueDictionary[tuple[Path, int, int], Sampler] = WeakValueDictionary()
_lock = Lock()


def default_soundfont() -> Path:
    """The font that Hitpoint brings with it."""
    return Path(str(files("hitpoint.resources") / "soundfonts" / "hitpoint.sf3"))


def choose_synthesizer(name: str = "auto", soundfont: Path | None = None) -> Synthesizer:
    """The synthesiser an editor asked for; "auto" is our own sampler, which sounds the same on every machine.

    Raises:
        OptionError: if there is no synthesiser of that name.
        SoundFontError: if the font cannot be read, or FluidSynth is asked for and not there.
    """
    font = default_soundfont() if soundfont is None else soundfont
    if name in ("auto", "sampler"):
        return _sampler(font)
    if name == "fluidsynth":
        from hitpoint.core.render.fluid import FluidSynth  # loads a shared library

        return FluidSynth(font)
    raise OptionError(f"{name!r} is no synthesiser: choose one of {', '.join(SYNTHESIZERS)}")


def _sampler(font: Path) -> Sampler:
    """A sampler that all who play with the same font at the same time share, with what it has computed of notes."""
    from hitpoint.core.render.sampler.sampler import Sampler  # scipy.signal takes a second to import

    try:
        stat = font.stat()
    except OSError:
        return Sampler(font)  # which says what is wrong
    key = (font.absolute(), stat.st_mtime_ns, stat.st_size)
    with _lock:
        known = _in_use.get(key)
        if known is None:
            known = _in_use[key] = Sampler(font)
        return known


def synthesizer_for(sound: Sound) -> Synthesizer:
    """The synthesizer of a cue, part by part where parts have fonts or plugins of their own.

    Raises:
        OptionError: if there is no synthesiser of that name.
        SoundFontError: if a font, a plugin or what plays them cannot be used.
    """
    usual = choose_synthesizer(sound.synth, sound.soundfont)
    own = {name: choose_synthesizer(sound.synth, font) for name, font in sound.part_fonts}
    if sound.instruments is not None:
        from hitpoint.core.render.plugin_host import Pedalboard, PluginSynth, read_instruments  # an extra

        choices = read_instruments(sound.instruments)  # what is wrong with the file comes before what the machine lacks
        host = Pedalboard()
        for name, choice in choices.items():
            own[name] = PluginSynth(choice, host, usual.soundfont)
    if not own:
        return usual
    from hitpoint.core.render.parts.by_part import ByPart

    return ByPart(usual, own)
