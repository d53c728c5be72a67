"""The one road: edit and features in, cue out.

Command line, panel and tests all compose through :func:`compose`; :mod:`hitpoint.core.arrange.arranger` then turns
the cue into a score and :mod:`hitpoint.core.render` the score into sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.hit_points import fitted_tempo, step_count
from hitpoint.core.cue.cue import BEATS_PER_STEP, Cue, Step
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.amt import AMT
from hitpoint.core.model.bigru import BiGRU
from hitpoint.core.model.decoding import Rule
from hitpoint.core.model.generate import compose_chords, log_probability, predict_dynamics, video_matrix
from hitpoint.core.model.rules import Cadence, InKey, MoodColour, NoLongRepeat, NoSilence
from hitpoint.core.model.vocabulary import chord_of
from hitpoint.core.mood import VALENCE_AROUSAL, Mood, MoodSpan
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.spotting import chosen_key, emotion_with_wishes, proposed_moods, with_wishes

# What a wished mood's arousal (-1..1) does to the picture's own dynamics: a factor of 1 + this much of it.
_AROUSAL_TO_DENSITY, _AROUSAL_TO_LOUDNESS = 0.5, 0.5
_PROPOSED_COLOUR = 0.4  # how much of a wished mood's colour a mood read off the picture has
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

    chords: AMT
    dynamics: BiGRU


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
    rules = _rules(cue, times + float(cue.start), wishes.moods)
    tokens = compose_chords(models.chords, video, is_minor=key.is_minor, rng=rng, rules=rules, progress=progress)
    density, loudness = _dynamics(models.dynamics, video, times + float(cue.start), wishes.moods)
    steps = tuple(
        Step(chord_of(token).transposed(key.semitones_from_model), density=float(d), loudness=float(l))
        for token, d, l in zip(tokens, density, loudness, strict=True)
    )
    likelihood = log_probability(models.chords, video, tokens, is_minor=key.is_minor)
    return Take(replace(cue, steps=steps), likelihood)


def compose_takes(
    edit: Edit, wishes: Wishes, features: PictureFeatures, models: Models, count: int, progress: Progress = SILENT
) -> tuple[Take, ...]:
    """Several cues for one stretch, seeds counted up from the wished one, the likeliest first."""
    takes = [
        compose(edit, replace(wishes, seed=wishes.seed + i), features, models, progress.part(i / count, (i + 1) / count))
        for i in range(count)
    ]
    return tuple(sorted(takes, key=lambda take: -take.likelihood))


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


def _rules(cue: Cue, times: NDArray[np.float64], wishes: tuple[MoodSpan, ...]) -> list[Rule]:
    """What every cue keeps to, in order of rank; ``times`` are the steps' starts on the timeline."""
    is_minor = cue.key.is_minor
    wished = [_mood_at(time, wishes) for time in times]
    proposed = [_mood_at(time, cue.moods) if wish is None else None for time, wish in zip(times, wished, strict=True)]
    return [
        Cadence(rows=len(times), is_minor=is_minor),
        NoSilence(),
        NoLongRepeat(),
        InKey(is_minor=is_minor),
        MoodColour(wished),
        MoodColour(proposed, strength=_PROPOSED_COLOUR),
    ]


def _mood_at(time: float, moods: Sequence[MoodSpan]) -> Mood | None:
    return next((span.mood for span in reversed(moods) if span.start <= time < span.end), None)


def _dynamics(
    regressor: BiGRU, video: NDArray[np.float32], times: NDArray[np.float64], wishes: tuple[MoodSpan, ...]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    density, loudness = predict_dynamics(regressor, video)
    moods = [_mood_at(time, wishes) for time in times]
    arousal = np.array([0.0 if mood is None else VALENCE_AROUSAL[mood][1] for mood in moods])
    return (
        np.clip(density * (1 + _AROUSAL_TO_DENSITY * arousal), 0, _MOST_DENSITY).astype(np.float32),
        np.clip(loudness * (1 + _AROUSAL_TO_LOUDNESS * arousal), 0, _MOST_LOUDNESS).astype(np.float32),
    )
