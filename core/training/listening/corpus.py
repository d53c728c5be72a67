"""The examples to learn from and to be measured on: spectra and labels, a file each, made again from a seed.

Songs are split by number, fonts by name: nothing that is measured was heard in training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.listening.spectra import Spectra, spectra_of
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.listening.charts import chart_names, read_chart
from hitpoint.core.training.listening.performance import Kind, Performance, perform
from hitpoint.core.training.listening.pieces import Piece, pop909_names, read_pop909_piece
from hitpoint.core.training.listening.speech import spoken
from hitpoint.core.training.listening.synthesis import Room, rendered

_KINDS: tuple[Kind, ...] = ("piano", "band", "no drums", "waltz", "rubato")
_SHARES = (0.24, 0.28, 0.22, 0.13, 0.13)
_FROM_CHARTS = 0.3  # share of the kinds that can be played from either corpus
_COMPOUND = 0.25  # share of waltzes that are in 6/8
_TESTED = 5  # every fifth song is for testing
_SECONDS = 45.0  # of an excerpt
_LEVEL = 0.05  # root mean square of music and speech before they are mixed


@dataclass(frozen=True, eq=False)
class Example:
    """Spectra of a rendering at RMS .05 and its labels; see :class:`Performance`."""

    name: str
    kind: Kind
    font: str
    spectra: Spectra
    beats: NDArray[np.float64]
    downbeats: NDArray[np.float64]
    chord_ends: NDArray[np.float64]
    chord_tokens: NDArray[np.int64]


def split(names: Sequence[str], *, tested: bool) -> tuple[str, ...]:
    """The names for training, or those for testing."""
    return tuple(name for number, name in enumerate(names) if (number % _TESTED == 0) == tested)


def draw(corpora: Path, kind: Kind, rng: np.random.Generator, *, tested: bool) -> Performance:
    """A performance of a kind, of a song of the split."""
    while True:
        piece = _piece(corpora, kind, rng, tested=tested)
        if piece is not None and piece.beats > 40:
            return perform(piece, kind, rng, _SECONDS)


def _piece(corpora: Path, kind: Kind, rng: np.random.Generator, *, tested: bool) -> Piece | None:
    if kind == "waltz" or rng.random() < _FROM_CHARTS:
        metre = 4 if kind != "waltz" else 2 if rng.random() < _COMPOUND else 3
        return read_chart(corpora, str(rng.choice(split(chart_names(corpora), tested=tested))), metre)
    return read_pop909_piece(corpora, str(rng.choice(split(pop909_names(corpora), tested=tested))))


def render_examples(
    corpora: Path, fonts: Sequence[Path], folder: Path, count: int, seed: int, progress: Progress = SILENT
) -> None:
    """Make the training examples number 0..count - 1; those that are there already stay."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        progress.step(number / count, f"rendering {number + 1} of {count}")
        path = folder / f"{number:04}.npz"
        if path.exists():
            continue
        rng = np.random.default_rng([seed, number])
        kind = _KINDS[int(rng.choice(len(_KINDS), p=_SHARES))]
        performance = draw(corpora, kind, rng, tested=False)
        font = fonts[int(rng.integers(len(fonts)))]
        save_example(path, performance, font.stem, spectra_of(sound_of(performance, font, rng)))


def sound_of(performance: Performance, font: Path, rng: np.random.Generator) -> NDArray[np.float32]:
    """A mono rendering at RMS .05 in a room drawn at random, a third of the time in none."""
    level = 0.0 if rng.random() < 0.33 else float(rng.uniform(0.1, 0.9))
    mono = rendered(performance, font, Room(float(rng.uniform(0.1, 0.9)), level)).mean(axis=0)
    return np.asarray(mono * (_LEVEL / max(float(np.sqrt(np.mean(mono**2))), 1e-6)), dtype=np.float32)


def render_speech(folder: Path, count: int, seed: int) -> None:
    """Make so many minutes of speech, a file each."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        path = folder / f"speech{number:02}.npz"
        if not path.exists():
            spectra = spectra_of(spoken(60.0, np.random.default_rng([seed, number])))
            np.savez(path, mel=_stored(spectra.mel), semitones=_stored(spectra.semitones))


def save_example(path: Path, performance: Performance, font: str, spectra: Spectra) -> None:
    """Write an example; powers as the logarithms of 16-bit floats."""
    partial = path.with_suffix(".part")
    with partial.open("wb") as file:  # whole or not at all: training may read the folder meanwhile
        np.savez(
            file,
            mel=_stored(spectra.mel),
            semitones=_stored(spectra.semitones),
            beats=performance.beats,
            downbeats=performance.downbeats,
            chord_ends=performance.chord_ends,
            chord_tokens=performance.chord_tokens,
            told=np.array([performance.name, performance.kind, font]),
        )
    partial.replace(path)


def load_example(path: Path) -> Example:
    """Read an example."""
    with np.load(path) as data:
        name, kind, font = (str(word) for word in data["told"])
        spectra = Spectra(_power(data["mel"]), _power(data["semitones"]))
        labels = (data["beats"], data["downbeats"], data["chord_ends"], data["chord_tokens"])
        return Example(name, next(known for known in _KINDS if known == kind), font, spectra, *labels)


def load_spectra(path: Path) -> Spectra:
    """Read speech, or the spectra of an example."""
    with np.load(path) as data:
        return Spectra(_power(data["mel"]), _power(data["semitones"]))


def _stored(power: NDArray[np.float32]) -> NDArray[np.float16]:
    return np.asarray(np.log10(power + 1e-9), dtype=np.float16)


def _power(stored: NDArray[np.float16]) -> NDArray[np.float32]:
    return np.asarray(np.float32(10.0) ** stored.astype(np.float32), dtype=np.float32)
