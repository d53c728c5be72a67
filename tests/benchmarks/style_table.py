"""How styles differ, measured on one cue: who plays, onsets a second, spectral centroid, loudness range.

Parts on request.

::

    python tests/benchmarks/style_table.py [--parts] [--pictures DIR] [--overview FILE.png] [STYLE ...]

The cue has forty steps of a second with eight cuts; its density and loudness rise to three quarters of it and fall.
Each part is played with the built-in sampler and its gain in the mix, without room and bus. The centroid is the mean
frequency of the mix, weighted by power below 12 kHz; the range is what lies between the 10th and 95th per cent of three
seconds. ``--parts`` prints the loudness of every part. ``--pictures`` draws the piano roll and the spectrogram of each
style, ``--overview`` all spectrograms in one small picture, README's (both need matplotlib).
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.score import DRUM_CHANNEL, Part, Score
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mix.loudness import LoudnessMeter
from hitpoint.core.render.mix.mix import stem_gains
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.timebase import SAMPLE_RATE, FrameRate

Sound = NDArray[np.float32]

_CHORDS = [
    "A:min",
    "A:min",
    "F",
    "F",
    "C",
    "C",
    "G",
    "G",
    "A:min",
    "A:min",
    "F",
    "F",
    "D:min",
    "D:min",
    "E:7",
    "E:7",
    "A:min",
    "F",
    "C",
    "A:min",
]
_CUTS = (75, 175, 250, 400, 488, 600, 700, 800)  # frames at 25 a second
_HIGHEST = 12_000.0  # Hz
_WINDOW = 4096


@dataclass(frozen=True)
class Played:
    """One style: its score, the loudness of each part (LUFS), the mix (n, 2)."""

    score: Score
    parts: tuple[float, ...]
    mix: Sound


def cue_in(style: str) -> Cue:
    """The cue that all styles play."""
    seconds = 2 * len(_CHORDS)
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise((0, *_CUTS, 25 * seconds)))
    edit = Edit("styles", Path("styles.otio"), FrameRate(Fraction(25)), 25 * seconds, shots)
    shape = np.interp(np.arange(seconds), [0, 3 * seconds // 4, seconds], [0.0, 1.0, 0.3])
    chords = [parse_chord(symbol) for symbol in _CHORDS for _ in (0, 1)]
    curves = zip(chords, shape, strict=True)
    steps = tuple(Step(chord, False, 4.0 + 14.0 * float(up), 0.06 + 0.24 * float(up)) for chord, up in curves)
    return Cue(edit, 0, 25 * seconds, parse_key("A minor"), steady_tempo(Fraction(1, 2)), steps, (), style, 7)


def played(cue: Cue, synth: Synthesizer) -> Played:
    """Every part of a cue, and their sum."""
    score = arrange(cue)
    mix, loudness = np.zeros((cue.samples, 2), np.float32), []
    for part in score.parts:
        sound = _sound(part, score, cue.samples, synth)
        loudness.append(loudness_of(sound))
        mix += sound
    return Played(score, tuple(loudness), mix)


def _sound(part: Part, score: Score, samples: int, synth: Synthesizer) -> Sound:
    blocks = list(synth.blocks(part, score.tempo, samples))
    return np.asarray(np.concatenate(blocks)[:samples] * stem_gains(part), np.float32)


def spectrogram(mix: Sound) -> NDArray[np.float64]:
    """Power of the sum of both sides: (frames, bins)."""
    mono = mix.sum(axis=1)
    starts = range(0, len(mono) - _WINDOW, _WINDOW // 2)
    windows = np.stack([mono[at : at + _WINDOW] for at in starts]) * np.hanning(_WINDOW)
    return np.asarray(np.abs(np.fft.rfft(windows, axis=1)) ** 2, np.float64)


def centroid(mix: Sound) -> float:
    """Hz."""
    frequencies = np.fft.rfftfreq(_WINDOW, 1 / SAMPLE_RATE)
    power = spectrogram(mix).sum(axis=0)[frequencies < _HIGHEST]
    return float((power * frequencies[frequencies < _HIGHEST]).sum() / power.sum())


def loudness_of(sound: Sound) -> float:
    """LUFS integrated."""
    meter = LoudnessMeter()
    meter.add(sound)
    return meter.integrated()


def loudness_range(mix: Sound) -> float:
    """LU between the 10th and the 95th per cent of three seconds, a second apart."""
    starts = range(0, len(mix) - 3 * SAMPLE_RATE, SAMPLE_RATE)
    low, high = np.percentile([loudness_of(mix[at : at + 3 * SAMPLE_RATE]) for at in starts], [10, 95])
    return float(high - low)


def row(style: str, cue: Cue, found: Played) -> str:
    """A line of the README's table."""
    names = ", ".join(part.name.lower() for part in found.score.parts)
    onsets = sum(len(part.notes) for part in found.score.parts) / float(cue.seconds)
    return f"| {style} | {names} | {onsets:.1f} | {centroid(found.mix):.0f} | {loudness_range(found.mix):.1f} |"


def draw(style: str, found: Played, folder: Path) -> None:
    """Piano roll above, spectrogram below."""
    import matplotlib  # only for pictures

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, (roll, sound) = plt.subplots(2, 1, figsize=(16, 11))
    for index, part in enumerate(found.score.parts):
        kit = part.channel == DRUM_CHANNEL
        roll.hlines(
            [note.pitch * (0.4 if kit else 1) for note in part.notes],
            [note.start for note in part.notes],
            [note.start + 0.1 if kit else note.end for note in part.notes],
            colors=f"C{index}", linewidth=[1 + note.velocity / 32 for note in part.notes], label=part.name,
        )  # fmt: skip
    for marker in found.score.markers:
        roll.axvline(marker.beat, color="grey")
        roll.text(marker.beat, 100, marker.text)
    roll.legend(loc="upper left", ncols=6)
    roll.set(title=style, xlim=(0, 80), xlabel="beats", ylabel="pitch (drums below)")
    decibels = 10 * np.log10(spectrogram(found.mix)[:, : _WINDOW // 6].T + 1e-9)
    top = float(decibels.max())
    sound.imshow(decibels, origin="lower", aspect="auto", vmin=top - 80, vmax=top, extent=(0, 40, 0, 8))
    sound.set(xlabel="seconds", ylabel="kHz")
    figure.tight_layout()
    folder.mkdir(parents=True, exist_ok=True)
    figure.savefig(folder / f"{style}.png", dpi=60)
    plt.close(figure)


def draw_overview(mixes: dict[str, Sound], path: Path) -> None:
    """The spectrograms of all styles below each other in two columns: 0 to 6 kHz, 70 decibels from dark to bright."""
    import matplotlib  # only for pictures

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(-(-len(mixes) // 2), 2, figsize=(10, 5.6), dpi=90, layout="constrained")
    for (style, mix), axis in zip(mixes.items(), axes.flat, strict=True):
        power = 10 * np.log10(spectrogram(mix).T[:512:2] + 1e-9)
        axis.imshow(
            power, origin="lower", aspect="auto", vmin=power.max() - 70, extent=(0, len(mix) / SAMPLE_RATE, 0, 6)
        )
        axis.set_title(style, fontsize=8, loc="left", pad=2)
        axis.tick_params(labelsize=6)
    figure.savefig(path, pil_kwargs={"optimize": True})


def lines(styles: Sequence[str], *, parts: bool, pictures: Path | None, overview: Path | None) -> Iterator[str]:
    """The table."""
    mixes: dict[str, Sound] = {}
    synth = choose_synthesizer("sampler")
    yield "| style | parts | onsets a second | centroid, Hz | loudness range, LU |"
    yield "|---|---|---|---|---|"
    for style in styles:
        cue = cue_in(style)
        found = played(cue, synth)
        yield row(style, cue, found)
        if parts:
            names = [part.name for part in found.score.parts]
            yield "  " + ", ".join(f"{name} {level:.1f}" for name, level in zip(names, found.parts, strict=True))
        if pictures:
            draw(style, found, pictures)
        if overview:
            mixes[style] = found.mix
    if overview:
        draw_overview(mixes, overview)


def main() -> None:
    """Print the table, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("styles", nargs="*", default=style_names())
    parser.add_argument("--parts", action="store_true")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--overview", type=Path)
    options = parser.parse_args()
    for line in lines(options.styles, parts=options.parts, pictures=options.pictures, overview=options.overview):
        print(line, flush=True)


if __name__ == "__main__":
    main()
