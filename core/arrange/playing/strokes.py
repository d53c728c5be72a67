"""What a player strikes by the table of textures: which pattern a step has, and its notes."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.arrange.playing.making_way import below_tune, octave_aside, stepped_aside
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.touch import velocity_at
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.arrange.textures.textures import BEATS_PER_SLOT, Cell, Stroke, Texture
from hitpoint.core.arrange.textures.variation import varied
from hitpoint.core.music.score import Note

LEAST_BEATS = 0.2  # no note is shorter for a chord that comes early
_TACET = Texture()


def texture_in(player: Player, plan: Plan, step: int) -> Texture:
    """What a player does in a step by its level.

    Nothing where its section wants so, or where it leads and plays the tune.
    """
    if player.has_motif or is_tacet(player, plan, step):
        return _TACET
    names = player.textures_in(plan.is_other(plan.bar(step)))
    return plan.texture(names[plan.levels[step]])


def is_tacet(player: Player, plan: Plan, step: int) -> bool:
    """Whether a player keeps still in a step."""
    return not plan.plays(player, step)


def figure_in(player: Player, plan: Plan, step: int) -> int | None:
    """The played bar that a player takes its strokes from in a step, if any."""
    bar = plan.bar(step)
    has_pattern = bool(player.other_textures) and plan.is_other(bar)
    if not player.figures or has_pattern or is_tacet(player, plan, step):
        return None
    return plan.figures[bar.number]


def cell_in(player: Player, plan: Plan, step: int) -> Cell:
    """The pattern of a step: one variant for a phrase, another in its third bar (A A B A), a fill where it ends."""
    bar, half = plan.bar(step), plan.half(step)
    variants = texture_in(player, plan, step).variants_in(bar.signature)
    form = plan.form.steps[step]
    variant = int(plan.choice[form.opening]) + (1 if bar.in_phrase % 4 == 2 else 0) + plan.turns[step]
    cell = variants[variant % len(variants)][half]
    fill = player.fill if form.ends_section or form.leads else player.small_fill if form.breathes else ""
    if fill and cell:
        return plan.texture(fill).variants_in(bar.signature)[0][half]
    return varied(cell, bar, half, int(plan.choice[bar.place]), plan.slots) if player.role == "harmony" else cell


def struck_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """All strokes of patterns."""
    last = min(plan.starts(plan.form.final), plan.form.release)
    for step in range(plan.form.final + 1):
        if plan.is_rest(step) or figure_in(player, plan, step) is not None:
            continue
        for stroke in cell_in(player, plan, step):
            metric = plan.form.steps[step].beat + stroke.slot * BEATS_PER_SLOT
            start = plan.form.drawn(metric)
            sounding = plan.form.sounding(start)
            if start >= last or plan.is_rest(sounding):
                continue
            rings = stroke.slot + stroke.length == plan.slots and plan.is_rest(step + 1)
            end = metric + stroke.length * BEATS_PER_SLOT + (plan.step_beats if rings else 0)
            yield stroke_note(player, plan, sounding, stroke, start, min(end, plan.form.release), metric)


def stroke_note(
    player: Player, plan: Plan, sounding: int, stroke: Stroke, start: float, end: float, metric: float
) -> Note:
    """One stroke, in the chord of the step ``sounding``.

    It ends where another chord comes earlier than by the metre.
    """
    is_own = plan.form.steps[sounding].beat <= metric
    passing = plan.passing_pitch(sounding, stroke.role) if stroke.passing and is_own else None
    pitch = plan.pitch(sounding, stroke.role) if passing is None else passing
    velocity = velocity_at(player, plan, metric, stroke.role, passing=passing is not None)
    if not plan.is_rest(sounding + 1):
        end = min(end, plan.lasts_until(sounding))
    away = octave_aside(player, plan, sounding)
    placed = below_tune(folded(pitch + player.shift + away, player), player.low, player, plan, sounding)
    placed = stepped_aside(placed, player, plan, sounding)
    return Note(start, max(end, start + LEAST_BEATS), placed, velocity)
