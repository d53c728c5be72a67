"""The one road: edit and features in, cue out; and cue in, the same cue with a stretch composed again out.

Command line, panel and tests all compose through :func:`compose` and :func:`regenerate`.
:mod:`hitpoint.core.arrange.arranger` then turns the cue into a score, and :mod:`hitpoint.core.render` that into sound.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.brief import harmony_context, mood_at
from hitpoint.core.compose.following import (
    Following,
    chords_like,
    dynamics_like,
    followed_form,
    honest_first,
    kept_dynamics,
    key_like,
    manner_like,
    moods_like,
    reference_curves,
    with_likeness,
)
from hitpoint.core.compose.form.planner import FormWishes, plan_in, planned
from hitpoint.core.compose.harmony.writer import rewrite_harmony, write_harmony
from hitpoint.core.compose.level_wishes import levelled
from hitpoint.core.compose.neighbours import led_key
from hitpoint.core.compose.spotting import chosen_key, emotion_with_wishes, proposed_moods
from hitpoint.core.compose.takes import Take, judged, ranked, with_tune
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.changes import recomposed, span_unlocked
from hitpoint.core.cue.cue import Cue, Step, step_count
from hitpoint.core.cue.dynamics import Dynamics
from hitpoint.core.cue.form.form_plan import Ending
from hitpoint.core.cue.form.tension import (
    CREST_LOUDER,
    NEUTRAL,
    SUMMIT_FULLER,
    SUMMIT_LOUDER,
    crest_steps,
    crested,
    culminating,
    density_factor,
    loudness_factor,
    section_steps,
    step_tension,
)
from hitpoint.core.cue.styling import leading_style
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.model.chord_model import ChordModel
from hitpoint.core.model.curve_flow import drawn_dynamics
from hitpoint.core.model.generate import predict_dynamics, video_matrix
from hitpoint.core.model.guidance import ASKED_NOTHING, Asked
from hitpoint.core.model.networks.dynamics_net import Regressor
from hitpoint.core.mood import with_wishes
from hitpoint.core.music.chord import Chord
from hitpoint.core.progress import SILENT, Progress

_SONG_FADE = 40  # rows (about seconds) from its ends in which the regressor takes a video to begin or to end
_GUIDANCE = 0.5  # by which wishes count for more than the model was trained to hear, for each unit of strength
_MOST_DENSITY, _MOST_LOUDNESS = 42.0, 0.6  # the extremes of MuVi-Sync
_OF_DYNAMICS = 1701  # beside a take's seed, so that its curves do not move its chords


@dataclass(frozen=True)
class Models:
    """The two networks a cue is composed with."""

    chords: ChordModel[Any, Any]  # whatever it remembers is its own affair
    dynamics: Regressor


def compose(edit: Edit, wishes: Wishes, features: PictureFeatures, models: Models, progress: Progress = SILENT) -> Take:
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
    return compose_takes(edit, wishes, features, models, 1, progress)[0]


def compose_takes(
    edit: Edit, wishes: Wishes, features: PictureFeatures, models: Models, count: int, progress: Progress = SILENT
) -> tuple[Take, ...]:
    """Several cues for one stretch, composed side by side, ranked as :mod:`hitpoint.core.compose.takes` tells.

    Their seeds count up from the wished one; each take is what :func:`compose` gives with its seed.
    """
    rngs = [np.random.Generator(np.random.PCG64(seed)) for seed in range(wishes.seed, wishes.seed + count)]
    blanks = _blanks(edit, wishes, features, rngs)
    steps = step_count(blanks[0].seconds, blanks[0].tempo, blanks[0].beats_per_step)
    ground, context = _ground(blanks[0], steps, features), harmony_context(blanks[0], steps)
    times = [float(time) for time in blanks[0].tempo.seconds_of_grid(blanks[0].beats_per_step, steps)]
    locks = chords_like(wishes.like, wishes.follow, blanks[0].key, times)
    context = replace(context, locks={**locks, **context.locks})
    reference = None if wishes.like is None else reference_curves(wishes.like.heard)
    curves = [
        dynamics_like(wishes.like, wishes.follow, times, *own)
        for own in _dynamics_of_takes(
            models.dynamics, ground, [blank.seed for blank in blanks], wishes.dynamics, reference
        )
    ]
    manner = manner_like(wishes.like, wishes.closeness, wishes.like_strength)
    asked = Asked(wishes.style_vector, wishes.style_strength, wishes.picture_strength)
    found = write_harmony(
        models.chords, ground.video, context, rngs, guidance=ground.guidance, asked=asked, manner=manner,
        progress=progress,
    )  # fmt: skip
    takes = []
    for blank, written, own in zip(blanks, found, curves, strict=True):
        shift = blank.key.tonic - blanks[0].key.tonic
        rows = zip(written.chords, *own, strict=True)
        cue = replace(blank, steps=tuple(Step(chord.transposed(shift), False, d, l) for chord, d, l in rows))
        cue = levelled(cue, wishes.levels)
        take = judged(cue, blank.seed, written.likelihood, range(steps), written.gain)
        takes.append(with_likeness(take, wishes.like, wishes.follow))
    return honest_first(ranked(takes, range(steps)))


def _blanks(edit: Edit, wishes: Wishes, features: PictureFeatures, rngs: Sequence[np.random.Generator]) -> list[Cue]:
    """A cue without chords for each take: they share tempo and form, and have home keys of their own."""
    start, end = stretch(edit, wishes)
    times = float(edit.rate.seconds(start)), float(edit.rate.seconds(end))
    proposed = moods_like(wishes.like, wishes.follow, *times) or proposed_moods(edit, features, start, end)
    moods = with_wishes(proposed, wishes.moods)
    asked = wishes.key or key_like(wishes.like, wishes.follow)
    keys = [asked or led_key(chosen_key(moods, rng), wishes.near) for rng in rngs]
    ending = style_named(leading_style(wishes.styling, end - 1, wishes.style))
    stops = ending.stops if wishes.ending is None else wishes.ending is Ending.BUTTON
    form = FormWishes(
        edit, start, end, moods, keys[0], asked is not None, wishes.bpm, wishes.hits, wishes.hits_per_minute,
        wishes.ending, stops, wishes.metre,
        followed_form(wishes.like, wishes.follow, float(edit.rate.seconds(end - start))),
        near_bpm=wishes.near_bpm, leads_to=wishes.leads_to,
    )  # fmt: skip
    tempo, plan = wishes.form or planned(form, features)
    return [
        Cue(
            edit, start, end, key, tempo, (), moods, wishes.style, wishes.seed + number, hits=wishes.hits,
            mood_strength=wishes.mood_strength, change_rate=wishes.change_rate, bpm=wishes.bpm,
            plan=plan_in(plan, keys[0], key), tail_frames=wishes.tail_frames, styling=wishes.styling,
            dynamics=wishes.dynamics,
        )
        for number, key in enumerate(keys)
    ]  # fmt: skip


def regenerate(
    cue: Cue,
    span: range,
    features: PictureFeatures,
    models: Models,
    seed: int | None = None,
    progress: Progress = SILENT,
) -> Take:
    """The cue with the chords of a stretch composed again.

    Everything outside the stretch and every locked chord stays as it is, and is known to the composer. Density and
    loudness inside follow the picture and the moods again, except where the editor drew them; they do not depend on
    the seed.

    Args:
        cue: with locks and moods as the editor wants them (:mod:`hitpoint.core.cue.changes`).
        span: of steps.
        features: of the whole cue; row ``i`` is the second that starts ``i`` seconds after ``cue.start_frame``.
        models: the networks.
        seed: of the chords; None takes the cue's next one. ``cue.seed``, which the players live by, stays.
        progress: reports the steps written.

    Raises:
        OptionError: if the cue has no such stretch.
        Cancelled: if stopped.
    """
    return regenerate_takes(cue, span, features, models, 1, seed, progress)[0]


def regenerate_takes(
    cue: Cue,
    span: range,
    features: PictureFeatures,
    models: Models,
    count: int,
    seed: int | None = None,
    progress: Progress = SILENT,
    like: Following | None = None,
    asked: Asked = ASKED_NOTHING,
) -> tuple[Take, ...]:
    """Several ways to compose a stretch again, ranked; each is what :func:`regenerate` gives with its seed.

    With ``like``, the stretch follows a recording's chords and curves; tempo and form of the cue stay. ``asked`` says
    how much a learnt style and the picture count in its chords.
    """
    span_unlocked(cue, span)  # refuses what is no stretch of it
    seeds = range(cue.next_seed if seed is None else seed, (cue.next_seed if seed is None else seed) + count)
    ground, context = _ground(cue, len(cue.steps), features), harmony_context(cue, len(cue.steps))
    rngs = [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]
    before = [step.chord for step in cue.steps]
    times = [float(time) for time in cue.tempo.seconds_of_grid(cue.beats_per_step, len(cue.steps))]
    if like is not None:
        heard = chords_like(like.temp, like.follow, cue.key, times)
        context = replace(context, locks={row: heard[row] for row in span if row in heard} | dict(context.locks))
    manner = () if like is None else manner_like(like.temp, like.closeness, like.strength)
    rewritten = rewrite_harmony(
        models.chords, ground.video, context, span, before, rngs, guidance=ground.guidance, asked=asked, manner=manner,
        progress=progress,
    )  # fmt: skip
    curves = [
        kept_dynamics(cue, *own) for own in _dynamics_of_takes(models.dynamics, ground, seeds, cue.dynamics, None)
    ]
    if like is not None:
        curves = [dynamics_like(like.temp, like.follow, times, *own) for own in curves]
    takes = []
    for take_seed, written, (density, loudness) in zip(seeds, rewritten, curves, strict=True):
        steps = [_step_again(cue.steps[row], written.chords[row], density[row], loudness[row]) for row in span]
        take = judged(recomposed(cue, span, steps, take_seed), take_seed, written.likelihood, span, written.gain)
        takes.append(take if like is None or like.follow.is_nothing else with_likeness(take, like.temp, like.follow))
    return honest_first(ranked(takes, span))


def ranked_with_tunes(takes: Sequence[Take], span: range) -> tuple[Take, ...]:
    """Takes whose tunes are written, in their order with what those copy; one alone is not judged again."""
    return honest_first(ranked([with_tune(take) for take in takes], span)) if len(takes) > 1 else tuple(takes)


@dataclass(frozen=True, eq=False)
class _Ground:
    """What the chords of a cue are written on.

    Attributes:
        seen: (S, 776) what the picture shows at each step.
        video: (S, 776) the same with the editor's moods laid over the picture's.
        dynamics: (S,) what the picture's density and loudness are multiplied by.
        tension: (S,) of the plan, 0..1, which shapes both.
        guidance: how much wishes count; 1 is as the model was trained to hear them.
        sections: steps of each section, in order.
        summit: number of the section in which the cue culminates.
        crest: steps of the bar with most tension.
    """

    seen: NDArray[np.float32]
    video: NDArray[np.float32]
    dynamics: NDArray[np.float64]
    tension: NDArray[np.float64]
    guidance: float
    sections: tuple[range, ...] = ()
    summit: int = 0
    crest: range = range(0)


def _ground(cue: Cue, steps: int, features: PictureFeatures) -> _Ground:
    """The ground of a cue with that many steps; those it has already do not matter."""
    inside = np.array([float(time) for time in cue.tempo.seconds_of_grid(cue.beats_per_step, steps)])
    times = inside + float(cue.start)
    rows = features.rows_at(inside.astype(np.intp))
    emotion = emotion_with_wishes(rows.emotion, times, [span for span in cue.moods if span.wished])
    moods = [mood_at(time, cue.moods) for time in times]
    wished = [None if mood is None or not mood.wished else mood.affect for mood in moods]
    return _Ground(
        seen=video_matrix(rows.scene_offset, rows.motion, rows.emotion, rows.semantic),
        video=video_matrix(rows.scene_offset, rows.motion, emotion, rows.semantic),
        dynamics=np.array([1.0 if affect is None else affect.dynamics_factor for affect in wished]),
        tension=np.full(steps, NEUTRAL) if cue.plan is None else np.array(step_tension(cue.plan)),
        guidance=1.0 + _GUIDANCE * cue.mood_strength if cue.mood_strength else 0.0,
        sections=() if cue.plan is None else section_steps(cue.plan),
        summit=0 if cue.plan is None else cue.plan.sections.index(cue.plan.summit),
        crest=range(0) if cue.plan is None else crest_steps(cue.plan),
    )


def _step_again(step: Step, chord: Chord, density: float, loudness: float) -> Step:
    """A step with what was composed for it, as far as the editor lets it change."""
    own = step.chord if step.locked else chord
    density = step.density if step.drawn else density
    return replace(step, chord=own, density=density, loudness=step.loudness if step.loudness_drawn else loudness)


def _dynamics_of_takes(
    regressor: Regressor,
    ground: _Ground,
    seeds: Sequence[int],
    dynamics: Dynamics,
    reference: NDArray[np.float64] | None,
) -> list[tuple[list[float], list[float]]]:
    """Density and loudness of each step, for each take: the picture's, moved by wished moods and the tension.

    The regressor has learnt that a video fades in and out over some twenty seconds, as songs do. A cue begins and ends
    at once, so it is shown as the middle of something longer, its first and last rows held.
    """
    expected = predict_dynamics(regressor, ground.seen, _SONG_FADE)
    if dynamics == "mean":
        return [_moved(expected, ground)] * len(seeds)
    longer = np.pad(ground.seen, ((_SONG_FADE, _SONG_FADE), (0, 0)), mode="edge")
    found = []
    for seed in seeds:
        rng = np.random.Generator(np.random.PCG64([seed, _OF_DYNAMICS]))
        drawn = drawn_dynamics(longer, expected, rng, reference)
        found.append(_moved((drawn[:, 0], drawn[:, 1]), ground))
    return found


def _moved(curves: tuple[NDArray[np.float64], NDArray[np.float64]], ground: _Ground) -> tuple[list[float], list[float]]:
    """Density and loudness with moods and tension in them, greatest at the summit.

    The ends that were added are left out.
    """
    density, loudness = (curve[_SONG_FADE:-_SONG_FADE] for curve in curves)
    fuller = np.array([density_factor(value) for value in ground.tension.tolist()])
    louder = np.array([loudness_factor(value) for value in ground.tension.tolist()])
    notes: list[float] = (density * ground.dynamics * fuller).tolist()
    levels: list[float] = (loudness * ground.dynamics * louder).tolist()
    if ground.sections:
        notes = culminating(notes, ground.sections, ground.summit, SUMMIT_FULLER, _MOST_DENSITY)
        levels = culminating(levels, ground.sections, ground.summit, SUMMIT_LOUDER, _MOST_LOUDNESS)
        levels = crested(levels, ground.crest, CREST_LOUDER, _MOST_LOUDNESS)
        notes = crested(notes, ground.crest, 1.0, _MOST_DENSITY)
    return _within(notes, _MOST_DENSITY), _within(levels, _MOST_LOUDNESS)


def _within(values: Sequence[float], most: float) -> list[float]:
    """Values from 0 to ``most``, no finer than float32, which every machine agrees on."""
    clipped: list[float] = np.clip(values, 0, most).astype(np.float32).tolist()
    return clipped
