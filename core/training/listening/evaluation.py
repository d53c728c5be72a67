"""The test: songs, fonts and tempi that were not trained on, by kind, with and without speech over them.

Beside our own listening stands what ``librosa`` gives as its examples use it: ``beat_track``, and chords from the
chroma of the harmonic part by templates, synchronised to those beats.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.compiled import compiled_librosa
from hitpoint.core.listening.curves import energies
from hitpoint.core.listening.hear import Sound, understood
from hitpoint.core.listening.listening import Listening
from hitpoint.core.listening.spectra import HOP, SAMPLE_RATE, spectra_of
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.training.listening.corpus import draw, sound_of
from hitpoint.core.training.listening.measures import Agreement, agreement, mean
from hitpoint.core.training.listening.performance import Kind, Performance

_KINDS: tuple[Kind, ...] = ("band", "no drums", "piano", "waltz", "rubato")
_LEVEL = 0.05
_SEED = 909
_MAJOR, _MINOR = (0, 4, 7), (0, 3, 7)
_NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")

Floats = NDArray[np.float32]
Listener = Callable[[Floats], Listening]


@dataclass(frozen=True, eq=False)
class Trial:
    """A rendering to be heard: mono samples at 22.05 kHz and RMS .05."""

    performance: Performance
    font: str
    samples: Floats


def trials(corpora: Path, fonts: Sequence[Path], count: int, progress: Progress = SILENT) -> list[Trial]:
    """So many renderings, all kinds and fonts in turn."""
    made = []
    for number in range(count):
        progress.step(number / count, f"rendering test {number + 1} of {count}")
        rng = np.random.default_rng([_SEED, number])
        performance = draw(corpora, _KINDS[number % len(_KINDS)], rng, tested=True)
        font = fonts[number // len(_KINDS) % len(fonts)]
        made.append(Trial(performance, font.stem, sound_of(performance, font, rng)))
    return made


def heard_by_us(samples: Floats) -> Listening:
    """Our own listening."""
    stereo = np.stack([samples, samples])
    seconds = len(samples) / SAMPLE_RATE
    return understood(Sound(spectra_of(samples), energies(stereo, SAMPLE_RATE), samples[:0], seconds))


def heard_by_librosa(samples: Floats) -> Listening:
    """Beats and chords as librosa's examples find them."""
    librosa = compiled_librosa()
    _, frames = librosa.beat.beat_track(y=samples, sr=SAMPLE_RATE, hop_length=HOP)
    beats = librosa.frames_to_time(frames, sr=SAMPLE_RATE, hop_length=HOP)
    chroma = librosa.feature.chroma_cqt(y=librosa.effects.harmonic(samples, margin=4), sr=SAMPLE_RATE, hop_length=HOP)
    synced = (
        librosa.util.sync(chroma, [int(frame) for frame in frames], aggregate=np.median)
        if len(frames)
        else chroma.mean(axis=1, keepdims=True)
    )
    names = [note + kind for kind in ("", ":min") for note in _NOTES]
    templates = np.zeros((24, 12))
    for row in range(24):
        for interval in _MAJOR if row < 12 else _MINOR:
            templates[row, (row + interval) % 12] = 1 / np.sqrt(3)
    likeness = templates @ (synced / np.maximum(np.linalg.norm(synced, axis=0), 1e-9))
    chances = np.exp(12 * likeness) / np.exp(12 * likeness).sum(axis=0)
    path = librosa.sequence.viterbi_discriminative(chances, librosa.sequence.transition_loop(24, 0.5))
    borders = np.unique(np.concatenate([[0.0], beats, [len(samples) / SAMPLE_RATE]]))
    chords = tuple(
        HeardChord(float(a), float(b), token_named(names[state]), 1.0)
        for a, b, state in zip(borders[:-1], borders[1:], path, strict=False)
    )
    return Listening(len(samples) / SAMPLE_RATE, tuple(float(beat) for beat in beats), chords=chords)


def under_speech(trial: Trial, speech: Sequence[Path], decibels: float, number: int) -> Floats:
    """The trial with recordings of people over it, at so many decibels above the music."""
    rng = np.random.default_rng([_SEED, 1, number])
    pieces, length = list[Floats](), 0
    while length < len(trial.samples):
        samples, rate = soundfile.read(speech[int(rng.integers(len(speech)))], dtype="float32")
        voice = np.asarray(soxr.resample(samples, rate, SAMPLE_RATE), dtype=np.float32)
        pieces += [voice, np.zeros(int(rng.uniform(0.1, 0.6) * SAMPLE_RATE), np.float32)]
        length += len(pieces[-2]) + len(pieces[-1])
    spoken = np.concatenate(pieces)[: len(trial.samples)]
    loud = float(np.sqrt(np.mean(spoken[np.abs(spoken) > 0.01] ** 2))) if (np.abs(spoken) > 0.01).any() else 1.0
    return np.asarray(trial.samples + spoken * (_LEVEL / loud * 10 ** (decibels / 20)), dtype=np.float32)


def measured(tried: Sequence[Trial], heard: Sequence[Listening]) -> dict[str, dict[str, float | None]]:
    """The mean of each measure, by kind and of all."""
    scores = [agreement(listening, trial.performance) for trial, listening in zip(tried, heard, strict=True)]
    kinds: dict[str, list[Agreement]] = {
        str(kind): [s for s, t in zip(scores, tried, strict=True) if t.performance.kind == kind] for kind in _KINDS
    }
    groups: dict[str, list[Agreement]] = {"all": scores} | kinds
    return {
        name: {field.name: mean([getattr(score, field.name) for score in group]) for field in fields(Agreement)}
        for name, group in groups.items()
        if group
    }


def table(results: dict[str, dict[str, dict[str, float | None]]]) -> str:
    """Markdown: a row a condition and kind, a column a measure."""
    names = [field.name for field in fields(Agreement)]
    lines = ["| | " + " | ".join(names) + " |", "|---" * (len(names) + 1) + "|"]
    for condition, kinds in results.items():
        for kind, values in kinds.items():
            cells = ["-" if values[name] is None else f"{values[name]:.3f}".lstrip("0") for name in names]
            lines.append(f"| {condition}: {kind} | " + " | ".join(cells) + " |")
    return "\n".join(lines)
