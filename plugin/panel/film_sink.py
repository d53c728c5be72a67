"""Sorts the cues of a list: written, kept as they stand in the edit, or left out, each told by name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.cue_list import CueList, CueState, listed
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.errors import HitpointError, OptionError
from hitpoint.plugin.jobs.standing import StandingCue, standing_cues


@dataclass(frozen=True)
class Sorted:
    """The fate of each cue.

    Attributes:
        written: played and written, in order of time, each under its own name.
        kept: stand in the edit already and have not changed.
        told: a sentence about each that is left out.
        listed: what lies beside the music afterwards: all but the places of its files.
    """

    written: tuple[Cue, ...]
    kept: tuple[StandingCue, ...]
    told: tuple[str, ...]
    listed: CueList


def sorted_cues(source: Path, kind: str, film: FilmCues, *, approved: bool) -> Sorted:
    """Sort the cues of a film for writing.

    Args:
        source: the edit that is copied.
        kind: suffix of the copy.
        film: all cues.
        approved: whether only approved ones are wanted.

    Raises:
        OptionError: if none is left to be written.
    """
    standing = {one.name: one for one in _standing(source, kind)}
    names = [name for name in film.cues.names if film.is_ready(name, approved=approved)]
    if not names:
        raise OptionError(_nothing(film, approved=approved))
    kept = [standing[name] for name in names if name in standing and _is_same(standing[name], film.music[name])]
    if film.cues.programme is not None:
        kept = []  # their loudness hangs on all of them
    if len(kept) == len(names):
        kept = kept[1:]  # something is to be written: the list may have changed
    untouched = {one.name for one in kept}
    written = tuple(
        replace(film.music[name], name=name) if len(names) > 1 or film.music[name].name else film.music[name]
        for name in names
        if name not in untouched
    )
    left = [name for name in (*film.cues.names, *standing) if name not in names]
    told = tuple(_left_out(name, film, standing.get(name), approved=approved) for name in dict.fromkeys(left))
    return Sorted(written, tuple(kept), tuple(line for line in told if line), _to_list(film, names))


def _standing(source: Path, kind: str) -> tuple[StandingCue, ...]:
    try:
        return standing_cues(source, kind)
    except HitpointError:
        return ()  # a movie: there is none of ours in it


def _is_same(one: StandingCue, cue: Cue) -> bool:
    """Whether the file holds a cue as it is now, give or take where the edit and its media lie, and a level."""
    known = one.cue
    if known is None or one.mix is None or not one.mix.is_file() or not known.edit.has_cut_of(cue.edit):
        return False
    sound = replace(cue.sound, level=known.sound.level)
    return replace(known, edit=cue.edit, name=cue.name) == replace(cue, sound=sound)


def _left_out(name: str, film: FilmCues, standing: StandingCue | None, *, approved: bool) -> str:
    """Why a cue is not in the copy; nothing of one that has no music anywhere."""
    if name not in film.cues.names:
        return "" if standing is None else f"{name} is not in the list any more: the copy is without it"
    if name not in film.music:
        return f"{name} is left out: it is not composed yet"
    if film.is_stale(name):
        return f"{name} is left out: it reaches beyond its music; compose the rest of it first"
    return f"{name} is left out: it is not approved" if approved else ""


def _to_list(film: FilmCues, written: list[str]) -> CueList:
    """The list for the file: what is not written is proposed there, so that a reopened edit still has its place."""
    entries = (
        entry if entry.name in written else replace(entry, state=CueState.PROPOSED) for entry in film.cues.entries
    )
    return listed(entries, film.cues.programme)


def _nothing(film: FilmCues, *, approved: bool) -> str:
    if approved and any(film.is_ready(name) for name in film.cues.names):
        return "no cue is approved: approve some, or write all"
    if any(film.is_stale(name) for name in film.cues.names):
        return "no cue has music for its range: compose them again first"
    return "no cue is composed yet: compose one first"
