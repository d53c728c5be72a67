"""How the player who leads plays the tune.

In its register, at the moments of the picture, by what each note matters.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.singing import BOTH, SECOND, doubling, most_after, passages, shift_into
from hitpoint.core.arrange.playing.touch import velocity_at
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.cue.tune import PlacedNote
from hitpoint.core.music.score import Note

_LEAST_BEATS = 0.2  # no note is shorter for an accent that comes early
_WEIGHT, _MEAN_WEIGHT = 26.0, 0.5  # of a velocity, from the lightest to the heaviest note
_HIGHEST_VELOCITY = 124
_CROSSING = 0.3  # beats that a note is heard in a chord at least, else it is no part of that
_EARLY = 0.1  # beats before a chord from which a note begins with it
_SUSPENDED = 1.0  # beats that a suspension sounds in the new chord at the most
_STEP = 2  # semitones


def lead_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """The tune as a player sings it in its turns.

    Nothing where the style wants it silent, in rests, and, unless locked, under speech. Unless locked, a note does not
    sound on into a chord to which it is foreign, but as a suspension that resolves there by step; it stays as written.
    """
    heard = [(one, shift) for one, shift in _in_turn(player, plan) if _is_heard(player, plan, one)]
    starts = [plan.form.drawn(float(one.start)) for one, _ in heard]
    ends = [*starts[1:], plan.form.release]
    pitches = [folded(one.note.pitch + shift + player.moved, player) for one, shift in heard]
    for at, ((one, _), start, following) in enumerate(zip(heard, starts, ends, strict=False)):
        end = min(float(one.end), following, plan.form.release)
        if start < min(following, plan.form.release):
            pitch = pitches[at]
            end = max(end, min(start + _LEAST_BEATS, following))
            if not one.note.locked:
                after = pitches[at + 1] if at + 1 < len(pitches) else None
                end = _within_chords(plan, Note(start, end, pitch, 1), following, after)
            yield Note(start, end, pitch, _velocity(player, plan, one, start))


def _within_chords(plan: Plan, note: Note, following: float, after: int | None) -> float:
    """Where a note ends: at a change of chord to which it is foreign, unless it resolves there as a suspension does.

    Args:
        plan: whose chords sound.
        note: as it is written.
        following: beat of the next note.
        after: its pitch; None for none.
    """
    steps, last = plan.form.steps, plan.form.final
    for step in range(plan.form.sounding(note.start) + 1, last + 1):
        change = plan.starts(step)
        if change >= note.end - _CROSSING:
            break
        tones = plan.chords[step].tones
        is_new = tones != plan.chords[step - 1].tones and change > note.start + _EARLY
        if is_new and not plan.is_rest(step) and note.pitch % 12 not in tones:
            until = plan.starts(step + 1) if step + 1 < len(steps) else plan.form.release
            resolved = plan.chords[plan.form.sounding(min(following, until))].tones
            is_by_step = after is not None and 1 <= abs(after - note.pitch) <= _STEP and after % 12 in resolved
            if not (is_by_step and following - change <= _SUSPENDED):
                return change
    return note.end


def _in_turn(player: Player, plan: Plan) -> Iterator[tuple[PlacedNote, int]]:
    """The notes that a player sings, and the semitones, whole octaves, by which they are moved for it."""
    leads = plan.style.leads
    first = octave_shift([one.note.pitch for one in plan.tune], *_own_range(leads[0]))
    by_bar: dict[int, list[PlacedNote]] = {}
    for one in plan.tune:
        by_bar.setdefault(plan.bar(plan.step_at(float(one.start))).number, []).append(one)
    for bars in passages(plan.singing, plan.bars):
        turn = plan.singing[bars.start]
        notes = [one for bar in bars for one in by_bar.get(bar, ())]
        pitches = [one.note.pitch for one in notes]
        if player == leads[0] and turn != SECOND:
            yield from ((one, first) for one in notes)
        elif player != leads[0] and turn == SECOND:
            most = most_after(plan.bars, bars, *_own_range(leads[0]))
            shift = shift_into(pitches, *_own_range(player), most)
            yield from ((one, shift) for one in notes)
        elif player != leads[0] and turn == BOTH:
            shift = first + doubling([pitch + first for pitch in pitches], *_own_range(player))
            yield from ((one, shift) for one in notes)


def _own_range(player: Player) -> tuple[int, int]:
    """Where a player plays if the editor moves it nowhere."""
    return player.low - player.moved, player.high - player.moved


def ends_with_tune(plan: Plan) -> bool:
    """Whether the tune has a note of its own in the last chord."""
    return any(one.start >= plan.form.steps[plan.form.final].beat for one in plan.tune)


def octave_shift(pitches: Sequence[int], low: int, high: int) -> int:
    """Semitones, whole octaves, by which a tune fits an instrument best; none if it fits as it is."""
    if not pitches:
        return 0
    return min(
        (12 * octaves for octaves in range(-5, 6)),
        key=lambda shift: (sum(not low <= pitch + shift <= high for pitch in pitches), abs(shift), shift),
    )


def _is_heard(player: Player, plan: Plan, one: PlacedNote) -> bool:
    """Where the tune goes the lead plays, whoever else plays there.

    It is silent in rests and, unless locked, in what the style or the plan leaves to others.
    """
    step = plan.step_at(float(one.start))
    bar = plan.bar(step)
    is_out = bar.section in player.rests_in if bar.force is None else bar.force == 0
    is_rest = plan.is_rest(step) or plan.is_rest(plan.form.sounding(plan.form.drawn(float(one.start))))
    return not is_rest and (one.note.locked or not (is_out or plan.spoken[step]))


def _velocity(player: Player, plan: Plan, one: PlacedNote, start: float) -> int:
    """What loudness asks for, and more for what matters; a note on a moment of the picture is accented."""
    velocity = velocity_at(player, plan, float(one.start), "s", accented=start in plan.form.accents)
    return min(max(velocity + round(_WEIGHT * (one.note.weight - _MEAN_WEIGHT)), 1), _HIGHEST_VELOCITY)
