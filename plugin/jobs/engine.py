"""The engine of a run as plain values; :mod:`hitpoint.plugin.jobs.launch` makes the real objects of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from hitpoint.core.errors import CheckpointError, OptionError, SoundFontError
from hitpoint.core.model.shipped_weights import chord_weights, weights_that_wrote

if TYPE_CHECKING:  # loads numpy
    from hitpoint.core.cue.cue import Cue

_SYNTHS: dict[str, Literal["sampler", "fluidsynth"]] = {"sampler": "sampler", "fluidsynth": "fluidsynth"}


@dataclass(frozen=True)
class Engine:
    """Networks, synthesiser and fonts of a run; the defaults are what ships.

    Attributes:
        features: how the picture is read.
        checkpoint: weights of the chord model, ours or the published file; None for the shipped ones.
        regressor: likewise for density and loudness.
        synth: what plays the parts.
        soundfont: an .sf2 or .sf3 instead of the shipped one.
        feel: of the hands, 0..1; None for the cue's own.
        part_fonts: names of parts, and an .sf2 or .sf3 for each.
        instruments: a file that tells which plugin plays which part; None for the cue's own.
        use_cache: whether features already known are used again.
        writes_scripts: whether a host's menu entry that places the music is written, in the host's folder.
    """

    features: Literal["picture", "clip"] = "picture"
    checkpoint: Path | None = None
    regressor: Path | None = None
    synth: Literal["auto", "sampler", "fluidsynth"] = "auto"
    soundfont: Path | None = None
    feel: float | None = None
    part_fonts: tuple[tuple[str, Path], ...] = ()
    instruments: Path | None = None
    use_cache: bool = True
    writes_scripts: bool = True


def chosen_weights(name: str | None, checkpoint: Path | None) -> Path | None:
    """The chord model of ``--weights NAME`` or ``--checkpoint FILE``; None for what is used without either.

    Raises:
        OptionError: if both are given.
    """
    if name is not None and checkpoint is not None:
        raise OptionError("--weights and --checkpoint both name the chord model: leave one out")
    return checkpoint if name is None else chord_weights(name)


def check_files(engine: Engine) -> None:
    """See that the files an engine names are there and of their kinds, before anything of size is loaded.

    Raises:
        SoundFontError: if a sound font or the instruments are not.
        CheckpointError: if weights are not there.
    """
    for font in (*filter(None, [engine.soundfont]), *(font for _, font in engine.part_fonts)):
        try:
            with font.open("rb") as file:
                head = file.read(12)
        except FileNotFoundError:
            raise SoundFontError(f"there is no sound font {font}; give the path of an .sf2 or .sf3 file") from None
        except OSError as error:
            raise SoundFontError(f"sound font {font} cannot be read ({error.strerror})") from None
        if head[:4] != b"RIFF" or head[8:] != b"sfbk":
            raise SoundFontError(f"{font} is no sound font; give the path of an .sf2 or .sf3 file")
    if engine.instruments is not None:
        from hitpoint.core.render.plugin_host import read_instruments  # loads numpy

        read_instruments(engine.instruments)
    for weights in (engine.checkpoint, engine.regressor):
        if weights is not None and not weights.is_file():
            raise CheckpointError(f"there are no weights {weights}: check the path")


def engine_of_cue(engine: Engine, cue: Cue) -> Engine:
    """The engine, composing and playing with what the cue has unless something else is asked for."""
    if engine.checkpoint is None:
        engine = replace(engine, checkpoint=weights_that_wrote(cue.weights))
    if engine.synth != "auto" or engine.soundfont is not None:
        return engine
    return replace(engine, synth=_SYNTHS.get(cue.sound.synth, "auto"), soundfont=cue.sound.soundfont)
