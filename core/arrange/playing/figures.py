"""What a player strikes who takes bars from the bank of played ones (:mod:`accompaniment`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.playing.making_way import below_tune
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.strokes import LEAST_BEATS, figure_in
from hitpoint.core.arrange.playing.touch import figure_velocity, velocity_at
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.arrange.textures.accompaniment import BarWish, figures_for, laid, thinned
from hitpoint.core.arrange.textures.texture_bank import CHAIN_BARS, BankNote, piano_bank
from hitpoint.core.arrange.textures.textures import BEATS_PER_SLOT
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.progression_print import progression_print
from hitpoint.core.music.score import Note
from hitpoint.core.music.voicing import Voicing

_ABOVE_BASS_PLAYER = 36  # the lowest pitch of a hand where a bass plays: C2
_ABOVE_CENTRE = 14  # semitones that the upper hand reaches above its middle: the tune is there
_HALF_PHRASE = 2  # bars: a theme that is stated in 2 + 2 + 4 and comes back in 4 + 4 is accompanied alike
_OCTAVE = 12
_REACH = 16  # semitones that the lower hand reaches above its bass: a tenth
_CLOSEST_ABOVE_BASS = 5  # semitones between the bass and the upper hand


def chosen_figures(
    bars: Sequence[Bar],
    chords: Sequence[Chord],
    levels: Sequence[int],
    known: Sequence[int | None],
    accented: frozenset[int],
    seed: int,
    slots: int,
) -> tuple[int | None, ...]:
    """The played bar of each bar of a cue, phrase by phrase.

    Args:
        bars: of the cue.
        chords: one a step.
        levels: of activity, one a step.
        known: figures that are remembered, one a step.
        accented: steps that start on a moment of the picture.
        seed: of the player's choices.
        slots: sixteenths a step.
    """
    found: list[int | None] = []
    begun = 0
    for _, group in groupby(bars, key=lambda bar: (bar.opening, bar.number - bar.in_phrase)):
        phrase = list(group)
        wishes = [_wish(bar, chords, levels, known, accented, slots) for bar in phrase]
        head = phrase[0]
        begun = head.number if head.is_section_start else begun
        number = head.phrase if head.force is None else (head.number - begun) // _HALF_PHRASE
        harmonies = _harmonies(phrase, chords)
        found.extend(figures_for(piano_bank(), head.signature, wishes, seed, head.letter, number, harmonies))
    return tuple(found)


def _harmonies(phrase: Sequence[Bar], chords: Sequence[Chord]) -> list[int]:
    """The fingerprints of all four bars in a row of a phrase, a chord each half bar."""
    steps = [step for bar in phrase for step in range(bar.first, min(bar.first + bar.steps, len(chords)))]
    size = CHAIN_BARS * 2
    return [
        progression_print([chords[step] for step in steps[first : first + size]])
        for first in range(0, len(steps) - size + 1, 2)
    ]


def _wish(
    bar: Bar,
    chords: Sequence[Chord],
    levels: Sequence[int],
    known: Sequence[int | None],
    accented: frozenset[int],
    slots: int,
) -> BarWish:
    steps = range(bar.first, min(bar.first + bar.steps, len(chords)))
    struck = (step for step in steps if step == 0 or step in accented or chords[step] != chords[step - 1])
    changes = tuple((step - bar.first) * slots for step in struck)
    remembered = next((known[step] for step in steps if known[step] is not None), None)
    return BarWish(levels[bar.first], bar.slots / 4, changes, remembered)


def figure_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """All notes of played bars."""
    for bar in plan.bars:
        figure = figure_in(player, plan, bar.first)
        if figure is None:
            continue
        notes = thinned(piano_bank().bar(figure), plan.levels[bar.first], bar.slots / 4)
        for note in notes:
            step = bar.first + note.slot // plan.slots
            if step < bar.first + bar.steps and not plan.is_rest(step) and figure_in(player, plan, step) is not None:
                yield from _figure_note(player, plan, bar, note)
        struck = {note.slot for note in notes}
        for step in range(bar.first, min(bar.first + bar.steps, plan.form.final)):
            if (step - bar.first) * plan.slots not in struck and _must_strike(plan, step):
                yield from _entry(player, plan, step)


def _must_strike(plan: Plan, step: int) -> bool:
    """Whether a step cannot begin without a stroke: it meets the picture, or comes out of a rest."""
    return plan.form.steps[step].accented or step == 0 or plan.is_rest(step - 1)


def _entry(player: Player, plan: Plan, step: int) -> Iterator[Note]:
    """What is struck where a step must begin with a stroke and the played bar has none."""
    start = plan.starts(step)
    if not plan.is_rest(step) and start < plan.form.release:
        for role in player.accent:
            pitch = folded(plan.pitch(step, role) + player.shift, player)
            yield Note(start, plan.changes_after(step), pitch, velocity_at(player, plan, start, role))


def _figure_note(player: Player, plan: Plan, bar: Bar, note: BankNote) -> Iterator[Note]:
    metric = bar.beat + note.slot * BEATS_PER_SLOT
    start = plan.form.drawn(metric)
    sounding = plan.form.sounding(start)
    voicing = plan.voicings[sounding]
    if start >= min(plan.starts(plan.form.final), plan.form.release) or plan.is_rest(sounding) or voicing is None:
        return
    end = min(_end(plan, metric + note.length * BEATS_PER_SLOT, sounding), plan.form.release)
    is_late = start - plan.form.steps[sounding].beat >= plan.step_beats / 2
    pitch = laid(
        note, voicing, plan.chords[sounding], plan.keys[sounding], _centre(player, plan, voicing), is_late=is_late
    )
    velocity = figure_velocity(player, plan, metric, note.velocity)
    placed = _placed(pitch + player.shift, note, player, plan, voicing)
    if note.is_high:
        placed = below_tune(placed, voicing.bass + player.shift + _CLOSEST_ABOVE_BASS, player, plan, sounding)
    yield Note(start, max(end, start + LEAST_BEATS), placed, velocity)


def _end(plan: Plan, end: float, sounding: int) -> float:
    """Where a note ends: with its chord; one that lasts to a rest rings on for half a bar."""
    if not plan.is_rest(sounding + 1):
        return min(end, plan.lasts_until(sounding))
    last = plan.form.steps[sounding].beat + plan.step_beats
    return last + plan.step_beats if end >= last else end


def _centre(player: Player, plan: Plan, voicing: Voicing) -> int:
    """The middle of the upper hand: the player's own, a little drawn to where the voices lie."""
    home = plan.style.home
    return player.centre + (voicing.soprano - home) // 3


def _placed(pitch: int, note: BankNote, player: Player, plan: Plan, voicing: Voicing) -> int:
    """The pitch where hand and instrument have it: not among a bass player's notes, the upper hand above the lower.

    The lower hand moves as one: where its bass has to be higher all of it is, so that what was above the bass stays
    there, and none of it is farther above than the hand reaches.
    """
    has_bass = any(other.role == "bass" for other in plan.style.players)
    lowest = _ABOVE_BASS_PLAYER if has_bass else player.low
    if not note.is_high:
        bass = voicing.bass + player.shift
        lift = max(-((bass - lowest) // _OCTAVE), 0) * _OCTAVE
        pitch, bass = pitch + lift, bass + lift
        while pitch > bass + _REACH:
            pitch -= _OCTAVE
        while pitch < bass:
            pitch += _OCTAVE
        return folded(pitch, player)
    lowest = max(lowest, voicing.bass + _CLOSEST_ABOVE_BASS)
    while pitch < lowest:
        pitch += _OCTAVE
    while pitch > player.centre + player.shift + _ABOVE_CENTRE and pitch - _OCTAVE >= lowest:
        pitch -= _OCTAVE
    return folded(pitch, player)
