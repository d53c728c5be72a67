"""Chords for a piece with a form: written whole, or a stretch of it again.

What the chord model proposes is led by rules in this order of rank: locked chords; the ending; never silence; never two
chords for too long; themes that come back; no chord held for too long; common ground; the key; the palette's gestures
and colours; the wished share of minor and of changes; cadences; harmonic rhythm; hits. All moves are drawn from a
take's own generator: the same seed gives the same chords.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.affect import Affect
from hitpoint.core.compose.harmony.blueprint import Blueprint, drawn_blueprint
from hitpoint.core.compose.harmony.context import HarmonyContext
from hitpoint.core.compose.harmony.degrees import sounding, token_in
from hitpoint.core.compose.harmony.form_rules import (
    FormCadences,
    FormEnding,
    HarmonicRhythm,
    NoStandstill,
    ThemeReturn,
)
from hitpoint.core.compose.harmony.palette_rules import Colours, Gestures, NearKey, Palette
from hitpoint.core.model.chord_model import ChordModel
from hitpoint.core.model.conditions import ATTRIBUTES, NO_WISH, Conditions, conditions_of, levels_of
from hitpoint.core.model.generate import write_takes
from hitpoint.core.model.guidance import ASKED_NOTHING, Asked, GuidedAMT
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.palette import palette_shares
from hitpoint.core.model.refill import Refill, refill_takes
from hitpoint.core.model.rules.approach import ApproachLocks, LeaveForHits, transitions
from hitpoint.core.model.rules.common_progressions import CommonProgressions
from hitpoint.core.model.rules.decoding import Rule
from hitpoint.core.model.rules.rules import ChangeOnHits, LockedChords, NoLongRepeat, NoSilence
from hitpoint.core.model.rules.steering import Steer
from hitpoint.core.music.chord import Chord
from hitpoint.core.progress import SILENT, Progress

_APPROACH = 1.0  # strength of looking ahead to locks
_LONGEST_HOLD = 9.0  # seconds of one chord
_FEWEST_HELD = 4  # steps that a chord may last, however slow they are
_COMMON = CommonProgressions(share=0.06, held=0.0)  # counts that know no metre
_CLEAR = 0.5  # strength from which a feeling is told to the model, and from which it is steered
_MEAN_DENSITY = 10.3  # notes sounding in a second, MuVi-Sync's mean


@dataclass(frozen=True)
class Written:
    """One take.

    Attributes:
        chords: sounding, one a step of the whole piece.
        likelihood: nats a written step, by the model, which knows metre and memory; below 0.
        gain: by how much more than counts of pairs the model expected what was written, nats a step.
    """

    chords: tuple[Chord, ...]
    likelihood: float
    gain: float


def write_harmony(
    model: ChordModel[Any, Any],
    video: NDArray[np.float32],
    context: HarmonyContext,
    rngs: Sequence[np.random.Generator],
    *,
    guidance: float = 1.0,
    asked: Asked = ASKED_NOTHING,
    manner: Sequence[Rule] = (),
    progress: Progress = SILENT,
) -> tuple[Written, ...]:
    """A whole piece, once for each generator.

    Args:
        model: of chords.
        video: (steps, 776) what is seen at each step.
        context: the form, keys, moods, hits and locks.
        rngs: of the takes.
        guidance: how much moods count to the model; 1 as it was trained to hear them.
        asked: a learnt style, and how much it and the picture count.
        manner: rules besides, of the last rank.
        progress: reports the steps written.

    Raises:
        Cancelled: if stopped.
    """
    locks = _locked_tokens(context)
    each = [(*_rules(context, drawn_blueprint(context, _apart(rng)), locks), *manner) for rng in rngs]
    tokens, chances = write_takes(
        _guided(model, guidance, asked),
        video,
        is_minor=context.keys[0].is_minor,
        rngs=rngs,
        conditions=_conditions(context, video, locks),
        each=each,
        progress=progress,
    )
    return tuple(
        _written(context, take, row[1:], range(1, len(take))) for take, row in zip(tokens, chances, strict=True)
    )


def rewrite_harmony(
    model: ChordModel[Any, Any],
    video: NDArray[np.float32],
    context: HarmonyContext,
    span: range,
    chords: Sequence[Chord],
    rngs: Sequence[np.random.Generator],
    *,
    guidance: float = 1.0,
    asked: Asked = ASKED_NOTHING,
    manner: Sequence[Rule] = (),
    progress: Progress = SILENT,
) -> tuple[Written, ...]:
    """The piece with a stretch written again, once for each generator; every chord outside it and every lock stays.

    Args as of :func:`write_harmony`; the locks of ``context`` are those inside the stretch, ``span`` is of steps, and
    ``chords`` are sounding, of all steps.

    Raises:
        Cancelled: if stopped.
    """
    before = [token_in(chord, key) for chord, key in zip(chords, context.keys, strict=True)]
    inside = {row: token for row, token in _locked_tokens(context).items() if row in span}
    kept = {row: token for row, token in enumerate(before) if row not in span} | inside
    is_open = span.stop == context.steps and context.steps - 1 not in inside
    form = replace(context, ends=context.ends and is_open)
    each = []
    for rng in rngs:
        rules = _rules(form, drawn_blueprint(form, _apart(rng), span), {})
        each.append((*rules, LeaveForHits(kept, context.hits), *manner))
    conditions, approach = _conditions(context, video, kept), ApproachLocks(kept, _APPROACH)
    guided, minor = _guided(model, guidance, asked), context.keys[0].is_minor
    if isinstance(guided, GuidedAMT):
        refill = Refill(span, [kept.get(row, token) for row, token in enumerate(before)], (), (approach,), each=each)
        tokens, chances = refill_takes(
            guided, video, refill, is_minor=minor, rngs=rngs, conditions=conditions, progress=progress
        )
        chances = chances[:, int(span.start == 0) :]
    else:
        own = [(LockedChords(kept), *rules, approach) for rules in each]
        tokens, chances = write_takes(
            guided, video, is_minor=minor, rngs=rngs, past=before[: span.start], conditions=conditions,
            until=span.stop + 1, each=own, progress=progress,
        )  # fmt: skip
        chances = chances[:, max(span.start, 1) :]
    takes = [(*take[: span.stop], *before[span.stop :]) for take in tokens]
    judged = range(max(span.start, 1), min(span.stop + 1, context.steps))
    return tuple(_written(context, take, row, judged) for take, row in zip(takes, chances, strict=True))


def palette_of(context: HarmonyContext) -> Palette:
    """What is felt at each step of a piece."""
    rows = range(context.steps)
    shares = [palette_shares(context.affect_at(row), context.mood_at(row)) for row in rows]
    strengths = [context.strength_at(row) if context.affect_at(row) is not None else 0.0 for row in rows]
    return Palette(np.array(shares), np.array(strengths), [key.is_minor for key in context.keys])


def _rules(context: HarmonyContext, blueprint: Blueprint, locks: Mapping[int, int]) -> tuple[Rule, ...]:
    """What a take keeps to, in order of rank."""
    keys, seconds = context.keys, context.step_seconds
    palette = palette_of(context)
    lines = frozenset(context.bar_starts[:-1]) | context.hits
    ending = (FormEnding(context.held_from, keys),) if context.ends else ()
    return (
        LockedChords(locks),
        *ending,
        NoSilence(),
        NoStandstill(keys, seconds, is_firm=True),
        ThemeReturn(blueprint, palette.minor),
        NoLongRepeat(max(_FEWEST_HELD, round(_LONGEST_HOLD / seconds))),
        _COMMON,
        NearKey(palette),
        Gestures(palette, lines),
        Colours(palette),
        _steer(context),
        NoStandstill(keys, seconds, is_firm=False),
        FormCadences(blueprint.roles, keys, context.moods, blueprint.sources.tolist()),
        HarmonicRhythm(blueprint.holds),
        ChangeOnHits(context.hits),
    )


def _steer(context: HarmonyContext) -> Steer:
    """The wished share of minor, and the editor's rate of changes; metre and theme see to the rest of the rhythm."""
    felt = [_felt(context, row) for row in range(context.steps)]
    strengths = [context.strength_at(row) for row, affect in enumerate(felt) if affect is not None]
    strength = min(float(np.mean(strengths)) if strengths else 1.0, 2.0)
    minor = [None if affect is None else affect.minor_share for affect in felt]
    return Steer(minor, [context.change_rate] * context.steps, strength)


def _felt(context: HarmonyContext, row: int) -> Affect | None:
    """What is felt clearly at a step."""
    affect = context.affect_at(row)
    return None if affect is None or affect.is_neutral or context.strength_at(row) < _CLEAR else affect


def _conditions(context: HarmonyContext, video: NDArray[np.float32], locks: Mapping[int, int]) -> Conditions:
    minor = [key.is_minor for key in context.keys]
    return conditions_of(
        video,
        locks=locks,
        levels=np.array([_levels(_felt(context, row), context.change_rate) for row in range(context.steps)]),
        places=context.places,
        minor=minor if len(set(minor)) > 1 else None,
    )


def _levels(affect: Affect | None, change_rate: float | None) -> tuple[int, ...]:
    """The level of each of :data:`ATTRIBUTES` that a feeling comes to."""
    rate = NO_WISH if change_rate is None else int(levels_of("change_rate", change_rate))
    if affect is None:
        return tuple(rate if name == "change_rate" else NO_WISH for name in ATTRIBUTES)
    values = {
        "minor_share": affect.minor_share,
        "loudness": affect.arousal,
        "density": _MEAN_DENSITY * affect.dynamics_factor,
    }
    return tuple(rate if name == "change_rate" else int(levels_of(name, values[name])) for name in ATTRIBUTES)


def _locked_tokens(context: HarmonyContext) -> dict[int, int]:
    return {row: token_in(chord, context.keys[row]) for row, chord in context.locks.items() if row < context.steps}


def _written(context: HarmonyContext, tokens: Sequence[int], chances: NDArray[np.float64], judged: range) -> Written:
    """A take, of whose steps ``judged`` have these log-probabilities."""
    known = transitions()
    counted = [float(np.log(known[tokens[row - 1], tokens[row]])) for row in judged]
    likelihood = float(chances.mean()) if len(chances) else 0.0
    gain = likelihood - float(np.mean(counted)) if counted and len(chances) else 0.0
    return Written(
        tuple(sounding(token, key) for token, key in zip(tokens, context.keys, strict=True)), likelihood, gain
    )


def _apart(rng: np.random.Generator) -> np.random.Generator:
    """A generator for the plan of a take, so that how much the plan draws does not move the chords' numbers."""
    return np.random.Generator(np.random.PCG64(int(rng.integers(2**63))))


def _guided(model: ChordModel[Any, Any], guidance: float, asked: Asked) -> ChordModel[Any, Any]:
    return GuidedAMT(model, guidance, asked) if isinstance(model, MemoryAMT) else model
