"""The wishes that a cue is composed anew with."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.compose.entry_wishes import entry_wishes
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.film.joins import join_named
from hitpoint.core.cue.heard import heard_tail
from hitpoint.core.words.rewording import own_moods, own_style
from hitpoint.ui.presenter.desk import Desk
from hitpoint.ui.presenter.taking.take_changes import form_wishes


def wished(desk: Desk, name: str) -> Wishes:
    """The editor's wishes for a cue.

    Of a cue that is there all that it says of moods and hits, else what its entry says.

    Raises:
        HitpointError: if the entry makes no sense.
    """
    wishes, film = desk.wishes, desk.film
    cue = film.music.get(name)
    if name not in film.cues.names or desk.opened is None:
        return wishes
    entry = film.cues.named(name)
    if cue is None:
        return entry_wishes(desk.opened.edit, wishes, entry, film.cues.entries.index(entry))
    is_reworded = film.is_reworded(name)
    form = form_wishes(cue) if cue.heard is None and not film.is_stale(name) else {}
    if is_reworded:
        form.pop("ending", None)  # the new words may ask for one
    return replace(
        wishes,
        name=cue.name,
        start_frame=entry.start_frame,
        end_frame=entry.end_frame,
        seed=cue.next_seed,
        moods=own_moods(cue) if is_reworded else tuple(span for span in cue.moods if span.wished),
        hits=cue.hits,
        style=own_style(cue, wishes.style) if is_reworded else cue.style,
        mood_strength=cue.mood_strength,
        tail_frames=heard_tail(cue),
        prompts=entry.prompts,
        theme_name=entry.theme or cue.theme_name,
        join=join_named(cue.join),
        **form,
    )
