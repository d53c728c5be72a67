"""One part asked for again while all others stay bit by bit: the tune anew, or another player's choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.arrange.form.lead_sheet import Asked
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.part_styles import all_players, last_style, style_of
from hitpoint.core.arrange.tunes import tune_for
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.tune_changes import step_beats, tune_released
from hitpoint.core.errors import OptionError
from hitpoint.core.music.theme import Theme

MELODY = "melody"  # by this name, too, the part that leads is asked for


def part_named(cue: Cue, name: str) -> Player:
    """The player of a cue's style with a name, in any case; "melody" is whoever leads.

    Raises:
        OptionError: if there is none; the message lists them all.
    """
    players = all_players(cue).players
    wanted = name.strip().casefold()
    found = [player for player in players if player.name.casefold() == wanted]
    found += [player for player in players if player.has_motif and wanted == MELODY]
    if not found:
        names = ", ".join(player.name for player in players)
        raise OptionError(f"{cue.style} has no part {name!r}: choose one of {names}, or melody for the one that leads")
    return found[0]


def part_rerolled(cue: Cue, name: str, span: range, seed: int) -> Cue:
    """The cue with one part played otherwise, all others as they are.

    Args:
        cue: to change.
        name: of the part.
        span: steps whose tune is to be another, if the part leads; other parts change as a whole.
        seed: of what is drawn.

    Raises:
        OptionError: if there is no such part, or a stretch is asked of one that does not lead.
    """
    player = part_named(cue, name)
    known = with_playing(cue)
    is_whole = span == range(len(cue.steps))
    if player.has_motif:
        return _another_tune(known, seed) if is_whole else _other_bars(known, span, seed)
    if not is_whole:
        raise OptionError(f"{player.name} is played anew as a whole; a stretch can be asked of the melody only")
    seeds = {**dict(cue.part_seeds), player.name: seed}
    changed = altered(known, part_seeds=tuple(sorted(seeds.items())))
    if player.figures:
        changed = altered(changed, playing=tuple(one and replace(one, figure=None) for one in known.playing))
    return with_playing(changed)


def with_theme(cue: Cue, theme: Theme) -> Cue:
    """The cue with the editor's own theme, and a tune that is made of it; locked notes stay."""
    return with_playing(tune_released(altered(cue, theme=theme), range(len(cue.steps))))


def _another_tune(cue: Cue, seed: int) -> Cue:
    """The cue with another theme, or the editor's own laid out anew, and another tune throughout.

    Locked notes stay.
    """
    theme = cue.theme if cue.theme is not None and cue.theme.is_given else None
    return with_playing(tune_released(altered(cue, theme=theme, tune_seed=seed), range(len(cue.steps))))


def _other_bars(cue: Cue, span: range, seed: int) -> Cue:
    """The cue with another tune in a stretch."""
    return part_tune_rerolled(cue, tuple(span), seed)


def part_tune_rerolled(cue: Cue, steps: Sequence[int], seed: int) -> Cue:
    """The cue, which remembers how it is played, with another tune in some steps, in order; locked notes stay."""
    released = cue
    for step in steps:
        released = tune_released(released, range(step, step + 1))
    style = style_of(cue)
    form = form_of(cue, stops=last_style(cue).stops)
    tune = tune_for(released, form, style, Asked(range(steps[0], steps[-1] + 1), seed))
    notes, free = tune.by_step(step_beats(cue)), frozenset(steps)
    playing = tuple(
        one if one is None or index not in free else replace(one, tune=notes[index], is_written=True)
        for index, one in enumerate(released.playing)
    )
    return altered(released, playing=playing, theme=tune.theme)
