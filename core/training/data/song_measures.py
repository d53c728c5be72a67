"""One music video measured as MuVi-Sync measures it, and the file in which the measures wait for the data set.

Row ``i`` of every table is second ``i``. The published definitions (Kang, Poria & Herremans 2024, section 3):

- motion: mean absolute RGB difference, 0..255, of two consecutive frames, once a second; the first second has 0.
- scene offset: whole seconds since the last cut.
- loudness: root mean square of all samples of all channels in the second, 1 for full scale.
- chords: Harte symbols with sub-second boundaries, and the one that sounds at each second.
- note density: here notes that *begin* in the second, as their onsets are heard, not a transcription's notes that
  sound; the data card says so.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

from hitpoint.core.edit import Edit
from hitpoint.core.errors import DatasetError
from hitpoint.core.features.features import SEMANTIC_SIZE, PictureFeatures
from hitpoint.core.media.movie_pictures import MoviePictures
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.sound_reader import SoundReader
from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.progress import SILENT, Progress

SHORTEST = 2  # seconds: a song of fewer chords teaches nothing
_SCHEMA = "hitpoint.song.1"
_BYTE = 255  # steps in which fingerprints are kept
_FIELDS = 8  # a side of a thumbnail

Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SongMeasures:
    """What the data set holds of one video.

    Attributes:
        key: of the whole song.
        segments: (start, end, symbol) in seconds and Harte's spelling, in the sounding key, without gaps from 0 on.
        motion: (T,) 0..255.
        scene_offset: (T,) whole seconds.
        emotion: (T, 6) probabilities in the order of :data:`hitpoint.core.mood.MOODS`.
        loudness: (T,) 0..1.
        density: (T,) onsets in the second.
        semantic: (T, 768) CLIP embeddings; None without CLIP weights.
        chroma: (T, 12) share of each pitch class in the second's energy, 0..1: the sound's fingerprint.
        thumbnails: (T, 64) brightness of eight by eight fields of the picture, 0..1: the picture's fingerprint.
    """

    key: Key
    segments: tuple[tuple[float, float, str], ...]
    motion: Floats
    scene_offset: Floats
    emotion: Floats
    loudness: Floats
    density: Floats
    semantic: Floats | None
    chroma: Floats
    thumbnails: Floats

    def __len__(self) -> int:
        return len(self.loudness)

    def chord_at(self, second: int) -> str:
        """The chord that sounds at a second; the last one after the end."""
        return next((symbol for _, end, symbol in self.segments if second < end), self.segments[-1][2])


def measure_song(edit: Edit, seen: PictureFeatures, progress: Progress = SILENT) -> SongMeasures:
    """Listen to a video and put what was seen and heard into rows.

    Args:
        edit: the video with its cuts.
        seen: its features, a row a second.
        progress: of the listening.

    Raises:
        MediaReadError: if it holds no sound that can be read.
        DatasetError: if it is too short, or nothing sounds in it.
        Cancelled: if stopped.
    """
    from hitpoint.core.listening.hear import read_sound, understood  # loads librosa and the networks

    seconds = int(edit.rate.seconds(edit.frames))
    if seconds < SHORTEST:
        raise DatasetError(f"{edit.path.name}: it is shorter than {SHORTEST} seconds; leave it out")
    loudness = loudness_of(edit.path, seconds, progress.part(0.0, 0.2))
    clip = SoundClip(Fraction(0), Fraction(seconds), edit.path)
    sound = read_sound((clip,), Fraction(0), Fraction(seconds), progress.part(0.2, 0.7))
    heard = understood(sound, 1.0, progress.part(0.7, 1.0))
    if heard.key is None:
        raise DatasetError(f"{edit.path.name}: no music sounds in it; leave it out")
    motion = seen.motion[:seconds].copy()
    motion[:1] = 0.0
    return SongMeasures(
        key=heard.key,
        segments=tuple((chord.start, chord.end, symbol_of(chord.token)) for chord in heard.chords),
        motion=motion,
        scene_offset=seen.scene_offset[:seconds],
        emotion=seen.emotion[:seconds],
        loudness=loudness,
        density=np.array(heard.curves.density[:seconds], np.float32),
        semantic=None if seen.semantic is None else seen.semantic[:seconds],
        chroma=_chroma(sound.spectra.semitones, seconds),
        thumbnails=thumbnails_of(edit.path, seconds, progress),
    )


def loudness_of(path: Path, seconds: int, progress: Progress = SILENT) -> Floats:
    """(seconds,) root mean square of all channels' samples in each second, full scale 1; as recorded, not mixed down.

    Raises:
        MediaReadError: if there is no sound.
        Cancelled: if stopped.
    """
    SoundReader(path).close()  # says what is wrong with it
    energy, counts = np.zeros(seconds), np.zeros(seconds)
    with av.open(str(path.absolute()), options={"protocol_whitelist": "file"}) as container:
        resampler, first = av.AudioResampler(format="flt"), 0
        with suppress(av.FFmpegError):  # what is damaged ends the sound
            for frame in container.decode(audio=0):
                for piece in resampler.resample(frame):
                    squares = piece.to_ndarray().astype(np.float64).reshape(piece.samples, -1) ** 2
                    at = (first + np.arange(piece.samples)) // piece.sample_rate
                    first += piece.samples
                    inside = at < seconds
                    energy += np.bincount(at[inside], squares.sum(axis=1)[inside], seconds)
                    counts += np.bincount(at[inside], minlength=seconds) * squares.shape[1]
                progress.step(min(first / max(seconds * frame.sample_rate, 1), 1.0))
    return np.sqrt(energy / np.maximum(counts, 1)).astype(np.float32)


def thumbnails_of(path: Path, seconds: int, progress: Progress = SILENT) -> Floats:
    """(seconds, 64) brightness of eight by eight fields of the frame shown at each second, row by row, 0..1.

    Raises:
        MediaReadError: if there is no picture.
        Cancelled: if stopped.
    """
    pictures = MoviePictures(path)
    rows = np.zeros((seconds, _FIELDS * _FIELDS), np.float32)
    times = [Fraction(second) for second in range(seconds)]
    try:
        for second, picture in pictures.pictures(times, 4 * _FIELDS, lambda: True):
            progress.step(1.0)
            bright = picture.mean(axis=2)
            fields = [
                part.mean() for band in np.array_split(bright, _FIELDS) for part in np.array_split(band, _FIELDS, 1)
            ]
            rows[second] = np.array(fields) / 255
    finally:
        pictures.close()
    return rows


def _chroma(semitones: Floats, seconds: int) -> Floats:
    """(seconds, 12): each pitch class's share of the energy of the second."""
    frames = np.linspace(0, len(semitones), seconds + 1).astype(np.intp)
    table = np.zeros((seconds, 12), np.float32)
    for second in range(seconds):
        energy = semitones[frames[second] : frames[second + 1]].sum(axis=0, dtype=np.float64)
        classes = energy[: len(energy) // 12 * 12].reshape(-1, 12).sum(axis=0)
        if classes.sum() > 0:
            table[second] = classes / classes.sum()
    return table


def song_document(song: SongMeasures) -> dict[str, Any]:
    """The measures as JSON, rounded as the data set publishes them."""
    return {
        "schema": _SCHEMA,
        "key": str(song.key),
        "segments": [[round(start, 3), round(end, 3), symbol] for start, end, symbol in song.segments],
        "motion": _listed(song.motion),
        "scene_offset": [int(value) for value in song.scene_offset],
        "emotion": [_listed(row) for row in song.emotion],
        "loudness": _listed(song.loudness),
        "density": [float(value) for value in song.density],
        "chroma": _packed(np.round(song.chroma * _BYTE).astype(np.uint8)),
        "thumbnails": _packed(np.round(song.thumbnails * _BYTE).astype(np.uint8)),
        "semantic": None if song.semantic is None else _packed(song.semantic.astype("<f2")),
    }


def read_song_document(path: Path) -> SongMeasures:
    """The measures of a kept file.

    Raises:
        DatasetError: if it is damaged.
    """
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        return _song_of(document)
    except (OSError, ValueError, KeyError, TypeError, IndexError) as error:
        raise DatasetError(f"{path}: the file is damaged ({type(error).__name__}); remove it") from None


def _song_of(document: Mapping[str, Any]) -> SongMeasures:
    seconds = len(document["loudness"])
    semantic = document["semantic"]
    song = SongMeasures(
        key=parse_key(document["key"]),
        segments=tuple((float(start), float(end), str(symbol)) for start, end, symbol in document["segments"]),
        motion=np.array(document["motion"], np.float32),
        scene_offset=np.array(document["scene_offset"], np.float32),
        emotion=np.array(document["emotion"], np.float32).reshape(seconds, 6),
        loudness=np.array(document["loudness"], np.float32),
        density=np.array(document["density"], np.float32),
        semantic=None if semantic is None else _unpacked(semantic, "<f2", SEMANTIC_SIZE).astype(np.float32),
        chroma=_unpacked(document["chroma"], "u1", 12).astype(np.float32) / np.float32(_BYTE),
        thumbnails=_unpacked(document["thumbnails"], "u1", _FIELDS**2).astype(np.float32) / np.float32(_BYTE),
    )
    tables = (song.motion, song.scene_offset, song.density, song.chroma, song.thumbnails)
    if document["schema"] != _SCHEMA or not song.segments or any(len(table) != seconds for table in tables):
        raise ValueError(document["schema"])
    return song


def _listed(values: Sequence[float] | Floats) -> list[float]:
    return [round(float(value), 4) for value in values]


def _packed(table: NDArray[Any]) -> str:
    return base64.b64encode(table.tobytes()).decode("ascii")


def _unpacked(text: str, kind: str, columns: int) -> NDArray[Any]:
    return np.frombuffer(base64.b64decode(text), kind).reshape(-1, columns)
