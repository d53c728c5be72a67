"""How a cue follows a recording, put together.

What goes into its plan, its chords and its dynamics, and what comes of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.affect import Affect
from hitpoint.core.compose.form.followed import Followed
from hitpoint.core.compose.harmony.degrees import token_in
from hitpoint.core.compose.like.agreement import agreements
from hitpoint.core.compose.like.curves import followed_curves, intensity, stroked_density
from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.compose.like.grid import grid_of
from hitpoint.core.compose.like.shape import shape_of
from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.compose.like.theft import closest_run
from hitpoint.core.compose.like.tune_theme import theme_of_line
from hitpoint.core.compose.takes import Take
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.likeness import Likeness
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.listening.listening import Listening
from hitpoint.core.model.rules.manner import InManner
from hitpoint.core.model.vocabulary import SILENCE, chord_of
from hitpoint.core.mood import MoodSpan, nearest_mood
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.theme import Theme

_STRONG = 0.5  # weight of the form from which the feeling is the recording's
_VALENCE, _MOST = 0.4, 0.8  # of a major key, and the most arousal
_MIDDLE_TEMPO, _TEMPO_RANGE = 98.0, 50.0  # beats a minute
_CHOICE = 1907  # of the bars whose chords are taken over at a weight between 0 and 1: the same at every weight
_INSIDE = 0.1  # seconds after the start of a step at which its chord is looked up


@dataclass(frozen=True, eq=False)
class Following:
    """A recording, heard, and how much of it a stretch that is composed again follows.

    ``closeness`` and ``strength`` say in how much detail and how strongly its manner counts; strength 0 not at all.
    """

    temp: Temp
    follow: Follow
    closeness: int = 3
    strength: float = 0.0


def followed_form(temp: Temp | None, follow: Follow, seconds: float) -> Followed:
    """What the plan of a cue of this length follows; nothing of a recording that is silent."""
    if temp is None or temp.is_silent:
        return Followed()
    return Followed(
        grid_of(temp, seconds, follow.beats), shape_of(temp, seconds) if follow.form > 0 else None, follow.form
    )


def key_like(temp: Temp | None, follow: Follow) -> Key | None:
    """The recording's key, where its form or its chords are followed."""
    return None if temp is None or not (follow.form > 0 or follow.chords > 0) else temp.heard.key


def moods_like(temp: Temp | None, follow: Follow, start: float, end: float) -> tuple[MoodSpan, ...]:
    """What a recording feels like, section by section, as a proposal; nothing where its form is not followed.

    Mode says how happy, tempo and what goes on how excited (:mod:`hitpoint.core.affect` has the sources).

    Args:
        temp: what was heard.
        follow: how much.
        start: seconds from the start of the timeline to the cue.
        end: likewise to its end.
    """
    if temp is None or temp.heard.key is None or follow.form < _STRONG:
        return ()
    seconds = end - start
    arc = intensity(temp, max(int(np.ceil(seconds)), 1))
    pace = 0.0 if temp.heard.bpm is None else (temp.heard.bpm - _MIDDLE_TEMPO) / _TEMPO_RANGE
    borders = [time for time, _ in shape_of(temp, seconds).borders]
    spans = []
    for low, high in pairwise([*borders, seconds]):
        going_on = float(arc[int(low) : max(int(np.ceil(high)), int(low) + 1)].mean()) - 0.5
        arousal = round(float(np.clip(0.6 * pace + 0.6 * going_on, -_MOST, _MOST)), 2)
        point = Affect(-_VALENCE if _key_at(temp, (low + high) / 2).is_minor else _VALENCE, arousal)
        spans.append(MoodSpan(start + low, start + high, nearest_mood(point), point=point))
    return tuple(spans)


def _key_at(temp: Temp, time: float) -> Key:
    inside = [heard.key for heard in temp.heard.keys if heard.start <= time - temp.offset < heard.end]
    key = inside[0] if inside else temp.heard.key
    assert key is not None, "a recording with chords has a key"
    return key


def chords_like(temp: Temp | None, follow: Follow, key: Key, times: Sequence[float]) -> dict[int, Chord]:
    """The chords that are taken over, by step: of each pair of steps both or none, as many as the weight says.

    Args:
        temp: what was heard.
        follow: how much.
        key: of the cue; what was heard is brought there.
        times: at which the steps start, seconds from the start of the cue.
    """
    if temp is None or follow.chords <= 0 or temp.heard.key is None:
        return {}
    draws = np.random.Generator(np.random.PCG64(_CHOICE)).random((len(times) + 1) // 2)
    moved = key.tonic - temp.heard.key.tonic
    found = {}
    for step, time in enumerate(times):
        heard = temp.chord_at(time + _INSIDE)
        if heard is not None and heard.token != SILENCE and draws[step // 2] < follow.chords:
            found[step] = chord_of(heard.token).transposed(moved)
    return found


def manner_like(temp: Temp | None, closeness: int, strength: float) -> tuple[InManner, ...]:
    """The rule by which chords are written in the recording's manner; none at strength 0."""
    if temp is None or temp.heard.key is None or strength <= 0:
        return ()
    tokens = [token_in(chord_of(chord.token), temp.heard.key) for chord in temp.heard.chords if chord.token != SILENCE]
    changes = tuple(token for index, token in enumerate(tokens) if index == 0 or token != tokens[index - 1])
    return (InManner(changes, closeness, strength),)


def dynamics_like(
    temp: Temp | None, follow: Follow, times: Sequence[float], density: Sequence[float], loudness: Sequence[float]
) -> tuple[list[float], list[float]]:
    """Density and loudness of each step with the recording's laid over them."""
    if temp is None or temp.is_silent or not (follow.density > 0 or follow.dynamics > 0 or follow.drums > 0):
        return list(density), list(loudness)
    weights = follow.density, follow.dynamics
    curves = followed_curves(temp, times, np.array(density), np.array(loudness), weights, follow.drums)
    own = curves[0] if follow.density > 0 else stroked_density(temp, times, curves[0], follow.drums)
    return [float(value) for value in own], [float(value) for value in curves[1]]


def reference_curves(heard: Listening) -> NDArray[np.float64] | None:
    """(seconds, 2) density and linear loudness of a recording, to hear how it moves; None of a silent one."""
    if not heard.chords or not heard.curves.loudness:
        return None
    density, loudness = np.array(heard.curves.density), 10.0 ** (np.array(heard.curves.loudness) / 20.0)
    return np.stack((density, loudness), axis=1)


def theme_like(temp: Temp | None, follow: Follow) -> Theme | None:
    """The tune of a recording as the theme of a cue, as much of it as is followed; None where no line stands alone."""
    return None if temp is None else theme_of_line(temp.heard, follow.melody)


def with_tune_compared(take: Take, temp: Temp | None, follow: Follow) -> Take:
    """The take, once its tune is written, with the longest run of intervals that the tune shares with the recording."""
    like = take.cue.like
    if temp is None or like is None or not temp.heard.melody:
        return take
    run = closest_run(take.cue, temp, [note.note.pitch for note in tune_of(take.cue)])
    alarming = run.is_alarming(chords_followed=follow.chords > 0, melody_followed=follow.melody > 0)
    return replace(take, cue=replace(take.cue, like=replace(like, melody=run.melody, alarming=alarming)))


def kept_dynamics(cue: Cue, density: Sequence[float], loudness: Sequence[float]) -> tuple[list[float], list[float]]:
    """What a cue remembers of the curves it follows, in place of new ones, while it has the same steps."""
    like = cue.like
    kept_density = like.density if like is not None and len(like.density) == len(cue.steps) else density
    kept_loudness = like.loudness if like is not None and len(like.loudness) == len(cue.steps) else loudness
    return list(kept_density), list(kept_loudness)


def with_likeness(take: Take, temp: Temp | None, follow: Follow) -> Take:
    """The take, remembering which recording it follows, how well, and what both have."""
    if temp is None:
        return take
    cue, heard = take.cue, temp.heard
    run = closest_run(cue, temp)
    followed = {} if follow.is_nothing else agreements(cue, temp)
    like = Likeness(
        temp.source,
        None if heard.bpm is None else round(heard.bpm, 2),
        heard.metre,
        None if heard.key is None else str(heard.key),
        round(heard.seconds, 3),
        str(follow),
        tuple(sorted(followed.items())),
        run.chords,
        run.melody,
        run.is_alarming(chords_followed=follow.chords > 0, melody_followed=follow.melody > 0),
        tuple(step.density for step in cue.steps) if follow.density > 0 or (follow.drums > 0 and heard.drums) else (),
        tuple(step.loudness for step in cue.steps) if follow.dynamics > 0 else (),
    )
    return replace(take, cue=replace(cue, like=like))


def honest_first(takes: Sequence[Take]) -> tuple[Take, ...]:
    """The takes in their order, those that share too long a run with their recording after all others."""
    return tuple(sorted(takes, key=lambda take: take.cue.like is not None and take.cue.like.alarming))
