"""The one road: edit and features in, cue out.

Command line, panel and tests all compose through :func:`compose`; :mod:`hitpoint.core.arrange.arranger` then turns
the cue into a score and :mod:`hitpoint.core.render` the score into sound.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.hit_points import fitted_tempo, step_count
from hitpoint.core.cue.cue import BEATS_PER_STEP, Cue, Step
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.bigru import BiGRURegressor
from hitpoint.core.model.decoding import Cadence, DecodingOptions, InKey, NoLongRepeat, NoSilence, Rule
from hitpoint.core.model.generate import ChordModel, compose_chords, predict_dynamics, video_matrix
from hitpoint.core.model.vocabulary import chord_of_token
from hitpoint.core.mood import VALENCE_AROUSAL, MoodSpan
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.spotting import chosen_key, emotion_with_wishes, proposed_moods, with_wishes

# What a wished mood's arousal (-1..1) does to the picture's own dynamics: a factor of 1 + this much of it.
_AROUSAL_TO_DENSITY, _AROUSAL_TO_LOUDNESS = 0.5, 0.5
_MOST_DENSITY, _MOST_LOUDNESS = 42.0, 0.6  # the extremes of MuVi-Sync


@dataclass(frozen=True)
class Wishes:
    """What the editor asks for.

    Attributes:
        start_frame: first timeline frame to score.
        end_frame: first frame after it; None for the end of the edit.
        seed: of every choice.
        key: None lets the moods and the seed choose.
        bpm: quarter notes a minute; None fits the tempo to the cuts.
        moods: stretches whose mood the editor decides.
        style: name of the arrangement.
    """

    start_frame: int = 0
    end_frame: int | None = None
    seed: int = 0
    key: Key | None = None
    bpm: float | None = None
    moods: tuple[MoodSpan, ...] = ()
    style: str = "piano"


@dataclass(frozen=True)
class Models:
    """The two networks a cue is composed with."""

    chords: ChordModel
    dynamics: BiGRURegressor


@dataclass(frozen=True)
class Take:
    """One candidate for a stretch: the cue and the mean log-probability (nats a step) the model gave its chords."""

    cue: Cue
    likelihood: float


def compose(
    edit: Edit, wishes: Wishes, features: PictureFeatures, models: Models, progress: Progress = SILENT
) -> Take:
    """Write the chords and dynamics of a cue.

    Args:
        edit: the cut.
        wishes: what the editor asks for.
        features: of the stretch; row ``i`` is the second that starts ``i`` seconds after ``wishes.start_frame``.
        models: the networks.
        progress: reports the steps written.

    Raises:
        OptionError: if the stretch is empty or lies outside the edit.
        Cancelled: if stopped.
    """
    start, end = stretch(edit, wishes)
    rng = np.random.Generator(np.random.PCG64(wishes.seed))
    moods = with_wishes(proposed_moods(edit, features, start, end), wishes.moods)
    key = wishes.key or chosen_key(moods, rng)
    tempo = _tempo(edit, start, end, wishes.bpm)
    cue = Cue(edit, start, end, key, tempo, (), moods, wishes.style, wishes.seed)
    times = _step_times(cue)
    video = _video(features, times, wishes.moods, float(cue.start))
    written = compose_chords(
        models.chords, video, is_minor=key.is_minor, rng=rng, options=DecodingOptions(), rules=_rules(key, len(times)),
        progress=progress,
    )  # fmt: skip
    density, loudness = _dynamics(models.dynamics, video, times + float(cue.start), wishes.moods)
    steps = tuple(
        Step(chord_of_token(token).transposed(key.semitones_from_model), False, float(d), float(l))
        for token, d, l in zip(written.tokens, density, loudness, strict=True)
    )
    return Take(replace(cue, steps=steps), written.mean_log_probability)


def stretch(edit: Edit, wishes: Wishes) -> tuple[int, int]:
    """First frame and first frame after the music.

    Raises:
        OptionError: if there is nothing in between, or it lies outside the edit.
    """
    end = edit.frames if wishes.end_frame is None else wishes.end_frame
    if not 0 <= wishes.start_frame < end <= edit.frames:
        raise OptionError(
            f"the range from frame {wishes.start_frame} to {end} is empty or outside the edit, "
            f"which has {edit.frames} frames ({float(edit.seconds):.3f} s): give another --range"
        )
    return wishes.start_frame, end


def _tempo(edit: Edit, start: int, end: int, bpm: float | None) -> TempoMap:
    cuts = [edit.rate.seconds(frame - start) for frame in edit.cut_frames if start < frame < end]
    return fitted_tempo(edit.rate.seconds(end - start), cuts, bpm)


def _step_times(cue: Cue) -> NDArray[np.float64]:
    """(S,) start of each step in seconds from the start of the cue."""
    count = step_count(cue.seconds, cue.tempo)
    return np.array([float(cue.tempo.seconds_at(BEATS_PER_STEP * index)) for index in range(count)])


def _video(
    features: PictureFeatures, times: NDArray[np.float64], wishes: tuple[MoodSpan, ...], start: float
) -> NDArray[np.float32]:
    """(S, 776) what the models see at each step, the editor's moods laid over the picture's."""
    rows = features.rows_at(times.astype(np.intp))
    emotion = emotion_with_wishes(rows.emotion, times + start, wishes)
    return video_matrix(rows.scene_offset, rows.motion, emotion, rows.semantic)


def _rules(key: Key, steps: int) -> list[Rule]:
    return [NoSilence(), InKey(is_minor=key.is_minor), NoLongRepeat(), Cadence(steps=steps, is_minor=key.is_minor)]


def _dynamics(
    regressor: BiGRURegressor, video: NDArray[np.float32], times: NDArray[np.float64], wishes: tuple[MoodSpan, ...]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    density, loudness = predict_dynamics(regressor, video)
    arousal = np.zeros(len(times))
    for wish in wishes:
        arousal[(times >= wish.start) & (times < wish.end)] = VALENCE_AROUSAL[wish.mood][1]
    return (
        np.clip(density * (1 + _AROUSAL_TO_DENSITY * arousal), 0, _MOST_DENSITY).astype(np.float32),
        np.clip(loudness * (1 + _AROUSAL_TO_LOUDNESS * arousal), 0, _MOST_LOUDNESS).astype(np.float32),
    )
