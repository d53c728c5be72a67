"""Chooses a synthesiser by its name."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from hitpoint.core.cue.sound import Sound
from hitpoint.core.errors import OptionError
from hitpoint.core.render.parts.synth import Synthesizer

SYNTHESIZERS = ("auto", "sampler", "fluidsynth")


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
        from hitpoint.core.render.sampler.sampler import Sampler  # scipy.signal takes a second to import

        return Sampler(font)
    if name == "fluidsynth":
        from hitpoint.core.render.fluid import FluidSynth  # loads a shared library

        return FluidSynth(font)
    raise OptionError(f"{name!r} is no synthesiser: choose one of {', '.join(SYNTHESIZERS)}")


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
