"""The slow line on top of a pad.

Where its highest voice would stand still over a bar line it moves, and it steps through thirds.

In every other bar of a phrase a top voice that has the same pitch as in the bar before goes to the next tone of its
chord, against the bass, and comes back; a scale tone on the last beat leads through a third. All of it hangs on a bar
and the one before, so that a change is heard where it is made.
"""

from __future__ import annotations

from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.arrange.textures.textures import ROLES
from hitpoint.core.music.progression import passing_tone
from hitpoint.core.music.voicing import Voicing, has_outer_parallels

_NEAR, _FAR = 1, 5  # semitones that a top voice moves
_CLOSEST = 3  # semitones above the voice below it
_FROM_TUNE = 3  # semitones that it keeps from the tune of the bar
_THIRD = 5  # semitones that a scale tone leads through, at most


def held_pitch(player: Player, plan: Plan, step: int, role: str, held: str) -> int:
    """The pitch of a held role in a step that is no rest, as the player has it."""
    own = folded(plan.pitch(step, role) + player.shift, player)
    if not _is_line(player, role, held) or not step or plan.is_rest(step - 1) or plan.bar(step).in_phrase % 2 == 0:
        return own
    first = plan.bar(step).first
    stands = first > 0 and not plan.is_rest(first - 1) and not plan.is_rest(first)
    if (
        not stands
        or plan.pitch(first - 1, role) != plan.pitch(first, role)
        or plan.pitch(step, role) != plan.pitch(first, role)
    ):
        return own
    moved = _moved(player, plan, step, own, held)
    return own if _makes_parallels(player, plan, step, moved, role, held) else moved


def led_through(player: Player, plan: Plan, role: str, held: str, last: int) -> int | None:
    """The scale tone with which a top voice goes on from a step to the next; None where it stays, steps or leaps."""
    after = last + 1
    is_free = _is_line(player, role, held) and after < plan.form.final and not plan.is_rest(after)
    if not is_free or plan.form.steps[after].accented or plan.form.steps[after].begins_phrase:
        return None
    here, there = (held_pitch(player, plan, step, role, held) for step in (last, after))
    if abs(there - here) > _THIRD:
        return None
    tone = passing_tone(here, there, plan.keys[last])
    if tone is None or not player.low <= tone <= player.high or _is_masking(plan, last, tone):
        return None
    return None if _are_parallel(plan, (last, tone), (after, there)) else tone


def _is_line(player: Player, role: str, held: str) -> bool:
    return player.role == "pad" and player.is_sustained and len(held) > 1 and role == max(held, key=ROLES.index)


def _moved(player: Player, plan: Plan, step: int, own: int, held: str) -> int:
    """The nearest tone of the chord beside a pitch, away from where the bass goes.

    The pitch itself if there is none.
    """
    below = sorted(folded(plan.pitch(step, one) + player.shift, player) for one in held)[-2]
    tones = plan.chords[step].pitch_classes
    near = [
        pitch
        for pitch in range(max(own - _FAR, player.low, below + _CLOSEST), min(own + _FAR, player.high) + 1)
        if pitch % 12 in tones and abs(pitch - own) >= _NEAR and not _is_masking(plan, step, pitch)
    ]
    first = plan.bar(step).first
    falls = plan.pitch(first, "b") < plan.pitch(first - 1, "b")
    return min(near, key=lambda pitch: ((pitch > own) is not falls, abs(pitch - own)), default=own)


def _makes_parallels(player: Player, plan: Plan, step: int, pitch: int, role: str, held: str) -> bool:
    """Whether a pitch on top goes with the bass in fifths or octaves, from the step before or to the next."""
    own = {at: folded(plan.pitch(at, role) + player.shift, player) for at in _neighbours(plan, step)}
    before = {own[step - 1]}
    if plan.bar(step - 1) == plan.bar(step):
        before.add(_moved(player, plan, step - 1, own[step - 1], held))
    is_reached = any(_are_parallel(plan, (step - 1, one), (step, pitch)) for one in before)
    return is_reached or (step + 1 in own and _are_parallel(plan, (step, pitch), (step + 1, own[step + 1])))


def _neighbours(plan: Plan, step: int) -> list[int]:
    after = step + 1
    return [step - 1, step, *([after] if after <= plan.form.final and not plan.is_rest(after) else [])]


def _are_parallel(plan: Plan, one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two pitches, each with its step, are parallel to the bass."""
    basses = [plan.pitch(step, "b") for step, _ in (one, other)]
    before, after = (Voicing(bass, (0, 0, pitch)) for bass, (_, pitch) in zip(basses, (one, other), strict=True))
    return has_outer_parallels(before, after)


def _is_masking(plan: Plan, step: int, pitch: int) -> bool:
    span = plan.tune_range_of_bar(step)
    return span is not None and span[0] - _FROM_TUNE <= pitch <= span[1] + _FROM_TUNE
