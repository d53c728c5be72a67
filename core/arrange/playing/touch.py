"""How hard a player strikes: the curve that loudness asks for, the metre, hits, and a hand that wanders."""

from __future__ import annotations

from functools import cache

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.playing.dynamics import bowed, curve_at, played_velocity, struck_velocity, swell
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.music.metre import Metre

_PASSING_CUT = 7.0  # velocity that a cut adds which the plan lets pass
_DOWNBEAT, _STRONG, _BEAT, _OFFBEAT, _SIXTEENTH = 6, 3, 0, -7, -11


def velocity_at(
    player: Player, plan: Plan, beat: float, role: str, *, passing: bool = False, accented: bool = False
) -> int:
    """The velocity of what is struck at a beat; on the start of a step that is a hit it is accented too."""
    on_hit, wander, weight = _circumstances(plan, beat, accented=accented)
    base = _base(player, plan, beat)
    return struck_velocity(base, beat, role, wander, weight, accented=on_hit, passing=passing)


def figure_velocity(player: Player, plan: Plan, beat: float, touch: int, *, accented: bool = False) -> int:
    """The velocity of a note of a played bar, so much louder or softer than the bars around it."""
    on_hit, wander, _ = _circumstances(plan, beat, accented=accented)
    return played_velocity(_base(player, plan, beat), beat, touch, wander, accented=on_hit)


def wished(plan: Plan, beat: float) -> float:
    """The velocity that loudness asks for, and a crescendo into a section that builds; the summit comes at once."""
    value = curve_at(plan.velocities, beat, plan.step_beats) + swell(plan.form.beats_to_climb(beat))
    return max(value, plan.crest_velocity) if plan.crest is not None and plan.step_at(beat) == plan.crest else value


def _base(player: Player, plan: Plan, beat: float) -> float:
    """What loudness asks a player for, and a little more on a passing cut."""
    value = wished(plan, beat) + (_PASSING_CUT if beat in plan.form.touches else 0.0)
    return (bowed(value) if player.is_sustained else value) + player.touch


def _circumstances(plan: Plan, beat: float, *, accented: bool) -> tuple[bool, int, int]:
    """Whether a beat is a hit, how the hand wanders there, and its weight in the bar."""
    step = plan.step_at(beat)
    form, bar = plan.form.steps[step], plan.bar(step)
    slot = min(int((beat - form.beat) * 4), plan.slots - 1)
    on_hit = accented or (form.accented and beat == form.beat)
    return on_hit, int(plan.wander[form.place, slot]), metric_weight(beat - bar.beat, bar)


def metric_weight(position: float, bar: Bar) -> int:
    """What the place in a bar adds to a velocity; ``position`` in quarter notes from the bar line."""
    if position == 0.0:
        return _DOWNBEAT
    if position % _pulse(bar.metre) == 0.0:
        return _STRONG if bar.metre.is_compound else _BEAT
    return _OFFBEAT if position % 0.5 == 0.0 else _SIXTEENTH


@cache
def _pulse(metre: Metre) -> float:
    return float(metre.pulse)
