"""From a recording to what it plays: spectra block by block, the two networks, and what follows from them.

Two minutes take a few seconds on one core. Nothing heavy is imported before a recording is heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import OptionError
from hitpoint.core.listening.bars import find_bars
from hitpoint.core.listening.beat_tracking import FASTEST, SLOWEST, BeatPath, track_beats
from hitpoint.core.listening.chord_tracking import track_chords
from hitpoint.core.listening.compiled import compiled_librosa, is_compiled
from hitpoint.core.listening.curves import curves_of, energies
from hitpoint.core.listening.keys import find_keys
from hitpoint.core.listening.listening import HeardNote, Listening
from hitpoint.core.listening.melody import is_single_line, line_notes
from hitpoint.core.listening.onsets import drum_onsets, onset_strength, onset_times
from hitpoint.core.listening.recording import Block, blocks_of, frames_in
from hitpoint.core.listening.sections import find_sections
from hitpoint.core.listening.spectra import (
    FRAMES_PER_SECOND,
    SAMPLE_RATE,
    Spectra,
    beat_features,
    chord_features,
    spectra_of,
)
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import SILENT, Progress

VERSION = 1  # of what is heard: a new one makes kept listenings stale
LONGEST = 4 * 3600  # seconds that are listened to
_WEIGHTS = "listening.safetensors"

_QUIET = 1e-8  # mean square below which nothing sounds
_DOUBT_SCALE = 60.0  # how a difference in likelihood a frame becomes a doubt
_LINE_SECONDS = 300  # of a single line that is written down; pyin is slow
_THIRDS = 0.2  # of what begins on the beats that must begin on the thirds
_COMPOUND = 1.25  # by which thirds of a beat must outweigh its half

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Sound:
    """What is kept of a recording: its spectra, its energy by the second, and its start as samples.

    Attributes:
        spectra: of all frames.
        energy: (seconds, 2) mean square of middle and side.
        opening: mono, at most five minutes, in case it is a single line.
        seconds: of all.
    """

    spectra: Spectra
    energy: NDArray[np.float64]
    opening: Floats
    seconds: float


def hear(
    clips: Sequence[SoundClip],
    start: Fraction,
    seconds: Fraction,
    tempo_factor: float = 1.0,
    progress: Progress = SILENT,
) -> Listening:
    """Listen to the sum of some clips.

    Args:
        clips: of a timeline or a file; one that cannot be read is silent.
        start: seconds into the timeline where listening begins; times of the answer count from there.
        seconds: how long to listen.
        tempo_factor: 2 hears twice as many beats as it would, 0.5 half as many.
        progress: reports the seconds heard.

    Raises:
        OptionError: if there is too much to listen to.
        Cancelled: if stopped.
    """
    if seconds > LONGEST:
        raise OptionError(
            f"{float(seconds) / 3600:.1f} hours are too long to listen to: give a --range of up to 4 hours"
        )
    if not is_compiled():
        progress.step(0.0, "compiling, once on this machine")
        compiled_librosa()
    sound = read_sound(clips, start, seconds, progress.part(0.0, 0.6))
    return understood(sound, tempo_factor, progress.part(0.6, 1.0))


def read_sound(clips: Sequence[SoundClip], start: Fraction, seconds: Fraction, progress: Progress = SILENT) -> Sound:
    """Everything that later steps need, block by block."""
    mel, semitones, energy, opening = [], [], [], list[Floats]()
    total, done = frames_in(seconds), 0
    pending, tuning = np.zeros((2, 0), np.float32), None
    for block in blocks_of(clips, start, seconds):
        progress.step(done / total, "listening")
        if tuning is None and float((block.own**2).mean()) > _QUIET:
            tuning = _tuning(block.own.mean(axis=0))
        spectra = _own_spectra(block, tuning or 0.0)
        mel.append(spectra.mel)
        semitones.append(spectra.semitones)
        pending = np.concatenate([pending, block.own], axis=1)
        whole = pending.shape[1] // SAMPLE_RATE * SAMPLE_RATE
        if whole:
            energy.append(energies(pending[:, :whole], SAMPLE_RATE))
        if done / FRAMES_PER_SECOND < _LINE_SECONDS:
            opening.append(block.own.mean(axis=0))
        pending, done = pending[:, whole:], done + block.frames
    if pending.shape[1] >= SAMPLE_RATE // 10 or not energy:
        energy.append(energies(pending, SAMPLE_RATE))
    heard = Spectra(np.concatenate(mel), np.concatenate(semitones))
    return Sound(heard, np.concatenate(energy), np.concatenate(opening), float(seconds))


def understood(sound: Sound, tempo_factor: float = 1.0, progress: Progress = SILENT) -> Listening:
    """What the spectra tell; an empty listening for silence."""
    curves = curves_of(sound.spectra.mel, sound.spectra.semitones, sound.energy, onset_times(sound.spectra.mel))
    if float(sound.energy.sum(axis=1).max(initial=0.0)) < _QUIET:
        return Listening(sound.seconds, curves=curves)
    progress.step(0.0, "finding the beats")
    activations, chances = activations_of(sound.spectra, progress.part(0.0, 0.5))
    path, doubt = beats_of(activations[:, 0], tempo_factor)
    compound = is_compound(sound.spectra.mel, path)
    bars = find_bars(activations[:, 1], path.times, compound=compound)
    is_bar = bars.places == 0
    progress.step(0.7, "naming the chords")
    chords = track_chords(chances, path.times, is_bar, sound.seconds)
    progress.step(0.8, "finding the sections")
    downbeats = tuple(float(time) for time in path.times[is_bar])
    sections = find_sections(sound.spectra.mel, sound.spectra.semitones, downbeats, sound.seconds)
    return Listening(
        seconds=sound.seconds,
        beats=tuple(float(time) for time in path.times),
        downbeats=downbeats,
        beats_per_bar=bars.beats_per_bar,
        compound=compound,
        keys=find_keys(chords, key_profile()),
        chords=chords,
        melody=_melody(sound),
        drums=drum_onsets(sound.spectra.mel),
        curves=curves,
        sections=sections,
        beat_confidence=_mean_at(activations[:, 0], path),
        bar_confidence=bars.confidence,
        tempo_doubt=doubt,
    )


def activations_of(spectra: Spectra, progress: Progress = SILENT) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the networks say: (frames, 2) of beat and bar line, (frames / 4, 157) logarithms of the chords' chances."""
    import torch

    from hitpoint.core.listening.networks import load_beat_net, load_chord_net

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        with torch.inference_mode():
            beats = _in_pieces(load_beat_net(weights_path()), beat_features(spectra), progress.part(0.0, 0.5))
            chords = _in_pieces(load_chord_net(weights_path()), chord_features(spectra), progress.part(0.5, 1.0))
    finally:
        torch.set_num_threads(threads)
    shifted = chords - chords.max(axis=1, keepdims=True)
    return 1 / (1 + np.exp(-beats)), shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))


_PIECE, _OVERLAP = 8192, 600  # frames that a network hears at once, and those on either side that it hears besides


def _in_pieces(net: object, features: Floats, progress: Progress) -> NDArray[np.float64]:
    """The logits of a long row of frames."""
    import torch

    assert callable(net)
    rows = []
    for first in range(0, len(features), _PIECE):
        progress.step(first / len(features), "")
        low, high = max(first - _OVERLAP, 0), min(first + _PIECE + _OVERLAP, len(features))
        logits = net(torch.from_numpy(features[low:high])[None])[0].numpy()
        rows.append(logits[first - low : first - low + min(_PIECE, len(features) - first)])
    return np.concatenate(rows).astype(np.float64)


def beats_of(activation: NDArray[np.float64], tempo_factor: float = 1.0) -> tuple[BeatPath, float]:
    """The beats, and how doubtful the level of their tempo is: 0 sure .. 1 another level fits as well."""
    path = track_beats(activation)
    if len(path.times) < 4:
        return path, 1.0
    bpm = 60.0 / float(np.median(np.diff(path.times)))
    others = [_at_level(activation, bpm * factor) for factor in (0.5, 2.0)]
    nearest = max(other.likelihood for other in others)
    doubt = float(np.clip(np.exp(_DOUBT_SCALE * (nearest - path.likelihood)), 0.0, 1.0))
    if tempo_factor != 1.0:
        chosen = _at_level(activation, bpm * tempo_factor)
        path = chosen if len(chosen.times) > 1 else path
    return path, round(doubt, 4)


def _at_level(activation: NDArray[np.float64], bpm: float) -> BeatPath:
    """The best beats within a fifth of a tempo; none if it lies far outside what is looked for."""
    if not SLOWEST / 2 <= bpm <= FASTEST * 2:
        return BeatPath(np.zeros(0), -np.inf)
    return track_beats(activation, round(bpm * 0.8, 1), round(bpm * 1.25, 1))


def is_compound(mel: Floats, path: BeatPath) -> bool:
    """Whether more begins at the thirds of the beats than at their halves."""
    if len(path.times) < 8:
        return False
    strength = onset_strength(mel)
    lengths = np.diff(path.times)

    def begun(share: float) -> float:
        """Mean strength of what begins at a share (0..1) of each beat, the best of three frames."""
        frames = np.round((path.times[:-1] + share * lengths) * FRAMES_PER_SECOND).astype(np.intp)
        around = np.clip(frames[:, None] + np.arange(-1, 2), 0, len(strength) - 1)
        return float(strength[around].max(axis=1).mean())

    thirds = 0.5 * (begun(1 / 3) + begun(2 / 3))
    return thirds > _COMPOUND * begun(0.5) and thirds > _THIRDS * begun(0.0)


def _mean_at(activation: NDArray[np.float64], path: BeatPath) -> float:
    frames = np.round(path.times * FRAMES_PER_SECOND).astype(np.intp)
    return round(float(activation[np.clip(frames, 0, len(activation) - 1)].mean()), 4) if len(frames) else 0.0


def _melody(sound: Sound) -> tuple[HeardNote, ...]:
    return line_notes(sound.opening) if is_single_line(sound.spectra.semitones) else ()


def _tuning(mono: Floats) -> float:
    """By how much of a semitone the tones lie off A 440, from twenty seconds."""
    librosa = compiled_librosa()
    return round(float(librosa.estimate_tuning(y=mono[: 20 * SAMPLE_RATE], sr=SAMPLE_RATE)), 2)


def _own_spectra(block: Block, tuning: float) -> Spectra:
    """The spectra of a block's own frames."""
    spectra = spectra_of(np.ascontiguousarray(block.stereo.mean(axis=0)), tuning)
    own = slice(block.before, block.before + block.frames)
    return Spectra(spectra.mel[own], spectra.semitones[own])


def weights_path() -> Path:
    """The file with both networks and the profile of the keys."""
    return Path(str(files("hitpoint.resources") / "checkpoints" / _WEIGHTS))


@cache
def key_profile() -> NDArray[np.float64]:
    """(2, 157) logarithms: how likely each chord is in C major and in C minor."""
    from safetensors.numpy import load_file

    return np.asarray(load_file(weights_path())["keys.profile"], dtype=np.float64)
