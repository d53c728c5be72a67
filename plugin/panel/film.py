"""All cues of an edit as the panel opens them, and as it takes them over to another cut."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.cue_list import CueState, free_name, listed
from hitpoint.core.cue.film.film_cues import FilmCues, removed, with_music
from hitpoint.core.cue.heard import heard_range
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError, OptionError
from hitpoint.core.progress import Progress
from hitpoint.plugin.jobs.standing import list_of, standing_cues

Conform = Callable[[Cue, Edit, Progress], tuple[Cue, tuple[str, ...]]]


def film_in(path: Path) -> tuple[FilmCues, tuple[str, ...]]:
    """The cues that stand in an edit or are proposed beside it, and a sentence about each that cannot be read."""
    try:
        standing = standing_cues(path)
    except HitpointError:
        standing = ()
    music = {one.name: one.cue for one in standing if one.cue is not None}
    lost = tuple(
        f"cue {one.name} cannot be taken up: its file is lost or damaged; the sound on the track is left alone"
        for one in standing
        if one.cue is None
    )
    cues = list_of(path, standing)
    edit = next(iter(music.values())).edit if music else None
    return FilmCues(cues, music, edit), lost


def film_around(path: Path, cue: Cue) -> FilmCues:
    """A cue among those that stand in an edit; the one of its name, and those that it meets, give way."""
    film, _ = film_in(path)
    start, end = heard_range(cue)
    for entry in film.cues.entries:
        meets = entry.start_frame < end and start < entry.end_frame
        if meets and entry.name != cue.name:
            film = removed(film, entry.name)
    return with_music(film, cue.name or free_name(film.cues.names), cue)


def film_on(film: FilmCues, edit: Edit) -> FilmCues:
    """The cues on the same cut, as it was read again: its media may lie elsewhere, its markers are as they were."""
    if film.edit is None:
        return film
    edit = replace(edit, markers=film.edit.markers)  # new ones would move the steps
    return replace(film, music={name: replace(cue, edit=edit) for name, cue in film.music.items()}, edit=edit)


def carried_film(film: FilmCues, edit: Edit, conform: Conform, progress: Progress) -> tuple[FilmCues, tuple[str, ...]]:
    """All cues on another cut, and what became of each, a sentence at a time; those whose picture is gone are left out.

    Raises:
        OptionError: if nothing of any picture under the music is left.
    """
    from hitpoint.core.conform.carried_entry import carried_entry  # loads numpy
    from hitpoint.core.conform.shot_matching import matched

    if film.edit is None:
        return film, ()
    times, several = matched(film.edit, edit), len(film.cues.entries) > 1
    music: dict[str, Cue] = {}
    entries, told = [], []
    for number, entry in enumerate(film.cues.entries):
        cue, name = film.music.get(entry.name), entry.name
        state = CueState.COMPOSED if entry.state is CueState.APPROVED else entry.state
        moved = carried_entry(entry, film.edit, edit, times)
        if cue is not None:
            try:
                cue, lines = conform(cue, edit, progress.share(number, len(film.cues.entries)))
            except OptionError:
                if not several:
                    raise
                cue, lines, moved = None, (), None
            told += [f"{name}: {line}" if several else line for line in lines]
        if cue is not None:
            is_ready = film.is_ready(name)
            music[name] = cue
            span = heard_range(cue)
            moved = replace(entry, start_frame=span[0], end_frame=span[1]) if is_ready or moved is None else moved
        if moved is None:
            told.append(f"cue {name} is left aside: none of its shots is in {edit.path.name}; undo brings it back")
            continue
        entries.append(replace(moved, state=state))
    if film.music and not music:
        raise OptionError(f"none of the shots under the music is in {edit.path.name}: score it anew")
    return FilmCues(listed(entries, film.cues.programme), music, edit), tuple(told)
