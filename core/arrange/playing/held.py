"""Notes that are held: each role of a texture that sounds on while it keeps its pitch."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.arrange.playing.counter_line import held_pitch, led_through
from hitpoint.core.arrange.playing.making_way import makes_way
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.strokes import LEAST_BEATS, stroke_note, texture_in
from hitpoint.core.arrange.playing.touch import velocity_at
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.textures.textures import BEATS_PER_SLOT, ROLES, Stroke
from hitpoint.core.music.score import Note

_RING_OUT_STEPS = 2  # held notes sound this far into a rest
_BREATH_BEATS = 0.25  # a held note ends this much before a new bow
_TIED_BEATS = 16.0  # that a note sounds at the most if it is held over the beginning of a phrase
_PASSING_SLOTS = 2  # before the end of a step, where a held bass walks on
_LOW, _SECOND = 52, 2  # E3, below which seconds of a pad are mud; semitones
_LEADING_SLOTS = 4  # likewise where the top of a pad goes on


def held_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """All held notes of a player."""
    names = {*player.textures, *player.other_textures}
    for role in sorted({role for name in names for role in plan.texture(name).held}, key=ROLES.index):
        yield from _held_role(player, plan, role)


def _held_role(player: Player, plan: Plan, role: str) -> Iterator[Note]:
    """One role's long notes: each from its stroke until its pitch changes, a new bow, or the ring-out of a rest."""
    start: int | None = None
    for step in range(plan.form.final + 1):
        held = texture_in(player, plan, step).held
        sounds = step < plan.form.final and not plan.is_rest(step) and role in held
        sounds = sounds and not (makes_way(player, plan, step, role, held) or _is_muddy(player, plan, step, role, held))
        if start is not None and (not sounds or _is_struck_again(player, plan, step, role, start)):
            yield from _held_note(player, plan, role, start, step)
            start = None
        if sounds and start is None:
            start = step


def _is_muddy(player: Player, plan: Plan, step: int, role: str, held: str) -> bool:
    """Whether a low role of a pad lies a second from another, which tells the chord better."""
    if player.role != "pad":
        return False
    sounding = [one for one in held if not makes_way(player, plan, step, one, held)]
    pitches = {one: held_pitch(player, plan, step, one, held) for one in {*sounding, role}}
    own = pitches[role]
    near = [one for one in sounding if 1 <= abs(pitches[one] - own) <= _SECOND and min(pitches[one], own) < _LOW]
    return any(_telling(plan, step, own) > _telling(plan, step, pitches[one]) for one in near)


def _telling(plan: Plan, step: int, pitch: int) -> tuple[bool, int]:
    """How little a pitch tells of its chord: what is added least, then the root, which the bass has, and the fifth."""
    tones = plan.chords[step].pitch_classes
    place = tones.index(pitch % 12) if pitch % 12 in tones else 0
    return plan.chords[step].is_added(pitch), {0: 2, 2: 1}.get(place, 0)


def _is_struck_again(player: Player, plan: Plan, step: int, role: str, start: int) -> bool:
    """Whether a note that has sounded since the step ``start`` ends where a step begins, and is struck anew."""
    form, bar = plan.form.steps[step], plan.bar(step)
    is_tied = _carries_over(player, plan, step, role) and plan.starts(step) - plan.starts(start) < _TIED_BEATS
    is_new_bow = plan.half(step) == 0 and bar.in_phrase % player.bars_a_bow == 0
    is_new_bow = (form.begins_phrase or is_new_bow) and not is_tied
    is_accent = form.accented and (role == "b" or player.role == "pad")  # whoever else plays yet
    return is_new_bow or is_accent or _pitch(player, plan, step, role) != _pitch(player, plan, step - 1, role)


def _carries_over(player: Player, plan: Plan, step: int, role: str) -> bool:
    """Whether a role is held over the beginning of a phrase, at which the others breathe.

    The lowest voice of a pad is, and a bass; but where a section begins on a moment of the picture, all breathe.
    """
    form = plan.form.steps[step]
    is_low = role == "t" if player.role == "pad" else role == "b" and player.role == "bass"
    return form.begins_phrase and is_low and not (form.begins_section and form.accented)


def _pitch(player: Player, plan: Plan, step: int, role: str) -> int:
    return held_pitch(player, plan, step, role, texture_in(player, plan, step).held or role)


def _held_note(player: Player, plan: Plan, role: str, first: int, end_step: int) -> Iterator[Note]:
    """The note over steps ``first .. end_step``, its passing tone to the next, and its ring-out before a rest."""
    last = end_step - 1
    start, end = plan.starts(first), plan.starts(end_step)
    velocity = velocity_at(player, plan, start, role, accented=plan.form.steps[first].accented)
    pitch = _pitch(player, plan, first, role)
    held_at_end = texture_in(player, plan, end_step).held
    slot = plan.slots - _PASSING_SLOTS
    walk = plan.form.steps[last].beat + slot * BEATS_PER_SLOT
    walks = texture_in(player, plan, last).walks and plan.passing_pitch(last, role) is not None
    if walks and plan.starts(last) + LEAST_BEATS <= walk <= end - LEAST_BEATS:
        stroke = Stroke(slot, _PASSING_SLOTS, role, passing=True)
        yield stroke_note(player, plan, last, stroke, walk, end, walk)
        end = walk
    elif (tone := _leading_tone(player, plan, role, last)) is not None:
        walk = plan.form.steps[last].beat + (plan.slots - _LEADING_SLOTS) * BEATS_PER_SLOT
        if start + LEAST_BEATS <= walk <= end - LEAST_BEATS and plan.starts(last) <= walk:
            yield Note(walk, end, tone, velocity_at(player, plan, walk, role, passing=True))
            end = walk
    elif plan.is_rest(end_step):
        end = _ring_out_end(plan, end_step)
    elif plan.form.steps[end_step].begins_phrase and not (
        role in held_at_end and _carries_over(player, plan, end_step, role)
    ):
        end = max(end - _BREATH_BEATS, start + LEAST_BEATS)
    yield Note(start, min(end, plan.form.release), pitch, velocity)


def _leading_tone(player: Player, plan: Plan, role: str, last: int) -> int | None:
    """The tone that leads the top of a pad on to the next step, if it is heard there."""
    held = texture_in(player, plan, last + 1).held
    after = last + 1
    if role not in held or plan.is_rest(after) or makes_way(player, plan, after, role, held):
        return None
    if _is_muddy(player, plan, after, role, held):
        return None
    return led_through(player, plan, role, texture_in(player, plan, last).held, last)


def _ring_out_end(plan: Plan, rest: int) -> float:
    """How long held notes sound into a rest: a bar, but not into the next chord."""
    end = plan.form.steps[rest].beat + _RING_OUT_STEPS * plan.step_beats
    following = plan.form.steps[rest + 1 : rest + 1 + _RING_OUT_STEPS]
    chords = (form.chord_beat for step, form in enumerate(following, start=rest + 1) if not plan.is_rest(step))
    return min(end, next(chords, end))
