"""How each preset of the shipped font sounds: brightness by velocity, attack, level, loss in mono; pictures on request.

::

    PYTHONPATH=tests/benchmarks python tests/benchmarks/bench_font.py [--pictures FILE.png] [BANK:PROGRAM ...]

Each pitched preset plays a note of 0.9 seconds at three pitches of its range. ``bright`` is the centre of the spectrum
at velocity 100 over that at 40 (weighted by power, 20 Hz to 16 kHz), ``late`` the milliseconds from where the note is
written to where it has half of its level within half a second, ``level`` its root mean square over a second in
decibels, ``mono`` the decibels that it loses when both sides are summed.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.music.score import Note, Part
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.parts.trims import DRUM_BANK, preset_named
from hitpoint.core.render.sampler.sampler import Sampler
from hitpoint.core.render.sampler.soundfont import SoundFont
from hitpoint.core.timebase import SAMPLE_RATE

Sound = NDArray[np.float32]

_LOW, _MIDDLE, _HIGH = (31, 38, 45), (48, 60, 72), (65, 76, 86)
_LOW_PROGRAMS, _HIGH_PROGRAMS = {32, 33, 35, 38, 39, 43, 47, 58}, {8, 9, 10, 13, 72, 73}
_LOW_BANKS = {50, 51, 114}
_BEFORE = 1.0  # seconds of silence: slow notes begin early
_TURN_BANK = 64


def note(sampler: Sampler, preset: tuple[int, int], pitch: int, velocity: int) -> Sound:
    """A note that is written a second from the start."""
    part = Part("note", preset[1], 0, (Note(_BEFORE, _BEFORE + 0.9, pitch, velocity),), bank=preset[0])
    return render(sampler, part, steady_tempo(Fraction(1)), int((_BEFORE + 1.5) * SAMPLE_RATE))


def centre(sound: Sound) -> float:
    """Hz."""
    mono = sound.sum(axis=1)
    power = np.abs(np.fft.rfft(mono * np.hanning(len(mono)))) ** 2
    hertz = np.fft.rfftfreq(len(mono), 1 / SAMPLE_RATE)
    heard = (hertz > 20) & (hertz < 16_000)
    return float((power * hertz)[heard].sum() / max(power[heard].sum(), 1e-30))


def late(sound: Sound) -> float:
    """Milliseconds."""
    power = np.convolve(np.square(sound).sum(axis=1), np.full(480, 1 / 480), "same")
    level = np.sqrt(power[: int((_BEFORE + 0.5) * SAMPLE_RATE)])
    return 1000.0 * (float(np.argmax(level >= level.max() / 2)) / SAMPLE_RATE - _BEFORE)


def decibels(power: float) -> float:
    """Of a mean square."""
    return 10.0 * float(np.log10(max(power, 1e-12)))


def row(name: str, sampler: Sampler, preset: tuple[int, int]) -> str:
    """A line of the table."""
    cells = []
    low = preset[1] in _LOW_PROGRAMS or preset[0] in _LOW_BANKS
    for pitch in _LOW if low else _HIGH if preset[1] in _HIGH_PROGRAMS else _MIDDLE:
        soft, loud, usual = (note(sampler, preset, pitch, velocity) for velocity in (40, 100, 80))
        lost = decibels(float(np.mean(usual**2))) - decibels(float(np.mean(usual.mean(axis=1) ** 2)))
        level = decibels(float(np.mean(usual[int(_BEFORE * SAMPLE_RATE) :][:SAMPLE_RATE] ** 2)))
        cells.append(f"{centre(loud) / max(centre(soft), 1.0):.2f} {late(usual):+.0f} ms {level:.0f} dB {lost:.1f}")
    return f"| {preset[0]}:{preset[1]} | {name} | " + " | ".join(cells) + " |"


def draw(sampler: Sampler, presets: Sequence[tuple[int, int]], names: dict[tuple[int, int], str], path: Path) -> None:
    """The spectrogram of each preset at velocity 40 and then 100, 0 to 10 kHz."""
    import matplotlib  # only for pictures

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    columns = 8
    figure, axes = plt.subplots(-(-len(presets) // columns), columns, figsize=(20, 1.9 * -(-len(presets) // columns)))
    for axis in axes.flat:
        axis.axis("off")
    for preset, axis in zip(presets, axes.flat, strict=False):
        pitch = 38 if preset[1] in _LOW_PROGRAMS or preset[0] in _LOW_BANKS else 60
        heard = np.concatenate([note(sampler, preset, pitch, velocity)[SAMPLE_RATE // 2 :] for velocity in (40, 100)])
        windows = np.lib.stride_tricks.sliding_window_view(heard.sum(axis=1), 2048)[::512] * np.hanning(2048)
        power = 10 * np.log10(np.abs(np.fft.rfft(windows, axis=1)).T[:430] ** 2 + 1e-9)
        axis.imshow(power, origin="lower", aspect="auto", vmin=power.max() - 75, vmax=power.max())
        axis.set_title(f"{preset[0]}:{preset[1]} {names[preset]}", fontsize=7)
    figure.tight_layout()
    figure.savefig(path, dpi=60)


def main() -> None:
    """Print the table, and draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("presets", nargs="*", type=preset_named)
    parser.add_argument("--pictures", type=Path)
    options = parser.parse_args()
    font, sampler = SoundFont(default_soundfont()), Sampler(default_soundfont())
    names = {(int(one["f2"]), int(one["f1"])): one["f0"].split(b"\0")[0].decode() for one in font.records["phdr"][:-1]}
    chosen = options.presets or sorted(preset for preset in names if preset[0] < _TURN_BANK or preset[0] > DRUM_BANK)
    if options.pictures:
        draw(sampler, chosen, names, options.pictures)
        return
    print("| preset | name | low: bright, late, level, mono | middle | high |\n|---|---|---|---|---|")
    for preset in chosen:
        print(row(names[preset], sampler, preset), flush=True)


if __name__ == "__main__":
    main()
