"""The cues of a film as a window holds them: the list, and the music of those that are composed.

A value, like a cue. A change of one cue leaves the music of every other as it is, to the same object.

::

    film = film_of(cue)                                   # an edit with one cue
    film = proposed(film, CueEntry("1M2", 300, 480))      # where music is still to come
    film = with_music(film, "1M2", composed)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.film import cue_list
from hitpoint.core.cue.film.cue_list import CueEntry, CueList, CueState, free_name, listed
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.heard import can_sound, cropped, heard_range
from hitpoint.core.cue.sound import check_loudness
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError


@dataclass(frozen=True)
class FilmCues:
    """The cues of one cut.

    Attributes:
        cues: the list.
        music: of each cue that was composed, by name.
        edit: the cut that all of them are for; None while none is composed.
    """

    cues: CueList = field(default_factory=CueList)
    music: Mapping[str, Cue] = field(default_factory=dict)
    edit: Edit | None = None

    def is_stale(self, name: str) -> bool:
        """Whether a cue has music, but for another range than it has now."""
        entry, cue = self.cues.named(name), self.music.get(name)
        return cue is not None and heard_range(cue) != (entry.start_frame, entry.end_frame)

    def is_reworded(self, name: str) -> bool:
        """Whether a cue has music, but for other words than are asked for now."""
        cue = self.music.get(name)
        return cue is not None and cue.prompts != self.cues.named(name).prompts

    def is_ready(self, name: str, *, approved: bool = False) -> bool:
        """Whether a cue's music can be written: composed for its range and, if that is asked, approved."""
        is_wanted = not approved or self.cues.named(name).state is CueState.APPROVED
        return is_wanted and name in self.music and not self.is_stale(name)

    @property
    def to_compose(self) -> tuple[str, ...]:
        """The cues that have no music, or music for another range or other words than are asked for now."""
        return tuple(entry.name for entry in self.cues.entries if not has_music_for(entry, self.music.get(entry.name)))

    def near(self, frame: int) -> str:
        """The cue that sounds at a frame, else the next one, else the last; empty without any."""
        here = self.cues.at(frame)
        later = next((entry for entry in self.cues.entries if entry.start_frame > frame), None)
        last = self.cues.entries[-1] if self.cues.entries else None
        found = here or later or last
        return "" if found is None else found.name


def has_music_for(entry: CueEntry, cue: Cue | None) -> bool:
    """Whether music is there, for the range and the words of an entry."""
    span = (entry.start_frame, entry.end_frame)
    return cue is not None and heard_range(cue) == span and cue.prompts == entry.prompts


def film_of(cue: Cue) -> FilmCues:
    """A film with one cue, called by its own name or, if it has none, by the first there is."""
    return with_music(FilmCues(), cue.name or free_name(()), cue)


def film_with(cues: CueList, music: Mapping[str, Cue]) -> FilmCues:
    """A film of a list and the music of its cues; music of a cue that is not in the list is entered."""
    edit = next((cue.edit for cue in music.values()), None)
    film = FilmCues(cues, {}, edit)
    for name, cue in music.items():
        known = name in film.cues.names
        state = film.cues.named(name).state if known else CueState.COMPOSED
        film = with_music(film, name, cue, state=CueState.COMPOSED if state is CueState.PROPOSED else state)
    return film


def with_music(film: FilmCues, name: str, cue: Cue, *, state: CueState = CueState.COMPOSED) -> FilmCues:
    """The film with other music for a cue, whose style, key and new range the list takes over.

    What was approved is not any more, because it has changed, unless ``state`` says so. Music for the range of the one
    before leaves the range in the list alone: the cue may have been resized since.

    Raises:
        OptionError: if the music reaches into another cue that it did not overlap before.
    """
    before = next((entry for entry in film.cues.entries if entry.name == name), None)
    wished = next((span.mood.value for span in cue.moods if span.wished), "")
    span, old = heard_range(cue), film.music.get(name)
    if before is not None and old is not None and heard_range(old) == span:
        span = before.start_frame, before.end_frame
    fields = {"start_frame": span[0], "end_frame": span[1], "style": cue.style, "key": str(cue.key)}
    fields["tempo"] = "" if cue.bpm is None else f"{cue.bpm:g}"
    if before is None:
        said = {"mood": wished, "prompt": "\n".join(cue.prompts), "state": state}
        cues = cue_list.added(film.cues, CueEntry(name, **fields, **said))  # type: ignore[arg-type]
    else:
        overlapped = cue_list.overlapping(film.cues, before)
        meets = cue_list.overlapping(film.cues, replace(before, start_frame=span[0], end_frame=span[1]))
        new = [other for other in meets if other not in overlapped]
        may_overlap = not new or cue.join == Join.CROSSFADE.value
        mood, prompt = before.mood or wished, before.prompt or "\n".join(cue.prompts)
        cues = cue_list.changed(
            film.cues, name, may_overlap=may_overlap, **fields, mood=mood, prompt=prompt, state=state
        )
    return FilmCues(cues, {**film.music, name: cue}, cue.edit)


def proposed(film: FilmCues, entry: CueEntry, *, replacing: Iterable[str] = (), may_overlap: bool = False) -> FilmCues:
    """The film with one cue more, and without those that it replaces.

    Raises:
        OptionError: as :func:`~hitpoint.core.cue.film.cue_list.added`.
    """
    gone = tuple(replacing)
    cues = cue_list.added(film.cues, entry, replacing=gone, may_overlap=may_overlap)
    return replace(film, cues=cues, music=_without(film.music, gone))


def moved(film: FilmCues, name: str, start: int, end: int, *, replacing: Iterable[str] = ()) -> FilmCues:
    """The film with another range for a cue. Its music is heard there as far as it is composed; nothing of it is lost.

    Music that does not reach stays for the old range, until it is composed further.

    Raises:
        OptionError: if it meets a cue that is not to be replaced, or the range is empty.
    """
    gone = tuple(replacing)
    cues = film.cues
    for other in gone:
        cues = cue_list.deleted(cues, other)
    entry = cues.named(name)
    before = cue_list.overlapping(cues, entry)
    after = cue_list.overlapping(cues, replace(entry, start_frame=start, end_frame=end))
    may_overlap = all(other in before for other in after)
    cues = cue_list.changed(cues, name, may_overlap=may_overlap, start_frame=start, end_frame=end)
    cues = cue_list.changed(cues, name, may_overlap=True, state=_unapproved(entry.state))
    return _heard_in(replace(film, cues=cues, music=_without(film.music, gone)), name)


def renamed(film: FilmCues, old: str, new: str) -> FilmCues:
    """The film with another name for a cue, in the list and in its music.

    Raises:
        OptionError: if the name is taken or names nothing.
    """
    if new in film.cues.names and new != old:
        raise OptionError(f"there is a cue {new} already: give another name")
    one = replace(film.cues.named(old), name=new)
    cues = listed([*cue_list.deleted(film.cues, old).entries, one], film.cues.programme)
    music = {new if name == old else name: replace(cue, name=new) if name == old else cue
             for name, cue in film.music.items()}  # fmt: skip
    return replace(film, cues=cues, music=music)


def noted(film: FilmCues, name: str, **fields: object) -> FilmCues:
    """The film with other words for a cue: notes, state, prompt, or wishes for the next composing.

    Raises:
        OptionError: if a cue without music is to be approved, or one whose music is older than its range.
    """
    if fields.get("state") is CueState.APPROVED and not film.is_ready(name):
        raise OptionError(f"{name} has no music for its range yet: compose it, then approve it")
    return replace(film, cues=cue_list.changed(film.cues, name, may_overlap=True, **fields))


def levelled(film: FilmCues, programme: float | None) -> FilmCues:
    """The film whose cues have a loudness together when they are written, or each its own again.

    Args:
        film: as it was.
        programme: LUFS of all cues together; None for each its own.

    Raises:
        OptionError: if that loudness lies out of bounds.
    """
    if programme is not None:
        check_loudness(programme)
    return replace(film, cues=replace(film.cues, programme=programme))


def removed(film: FilmCues, name: str) -> FilmCues:
    """The film without a cue.

    Raises:
        OptionError: if there is no such cue.
    """
    return replace(film, cues=cue_list.deleted(film.cues, name), music=_without(film.music, (name,)))


def split(film: FilmCues, name: str, frame: int) -> FilmCues:
    """A cue in two at a frame; both sound as they did, each with the whole of the music behind it.

    The second leads to the next cue as the whole did.

    A half that has no music for its range is as :func:`moved` leaves it, and a second one proposed.

    Raises:
        OptionError: if there is no such cue, or the frame is not inside it.
    """
    state = _unapproved(film.cues.named(name).state)
    cues = cue_list.changed(cue_list.split(film.cues, name, frame), name, may_overlap=True, state=state)
    cue, rest = film.music.get(name), next(other for other in cues.names if other not in film.cues.names)
    entry = cues.named(rest)
    if cue is None or not can_sound(cue, entry.start_frame, entry.end_frame):
        return _heard_in(replace(film, cues=cues), name)
    cues = cue_list.changed(cues, rest, may_overlap=True, state=CueState.COMPOSED)
    halves = {name: altered(cue, join=Join.CUT.value), rest: replace(cue, name=rest)}
    split_off = replace(film, cues=cues, music={**film.music, **halves})
    return _heard_in(_heard_in(split_off, name), rest)


def joined(film: FilmCues, first: str, second: str) -> FilmCues:
    """Two neighbours as one with the name, the wishes and the music of the first, as far as that is composed.

    The halves of a cue that was split sound as it did.

    Raises:
        OptionError: if one is not there, or a third lies between them.
    """
    state = _unapproved(film.cues.named(first).state)
    cues = cue_list.changed(cue_list.joined(film.cues, first, second), first, may_overlap=True, state=state)
    music = _without(film.music, (second,))
    if first in music:
        music = {**music, first: altered(music[first], join=cues.named(first).join or Join.CUT.value)}
    return _heard_in(replace(film, cues=cues, music=music), first)


def duplicated(film: FilmCues, name: str, start: int, end: int, *, replacing: Iterable[str] = ()) -> FilmCues:
    """A second cue with the wishes of one, proposed for another range, under the next free name.

    Raises:
        OptionError: as :func:`proposed`.
    """
    one = film.cues.named(name)
    copy = replace(
        one, name=free_name(film.cues.names, name), start_frame=start, end_frame=end, state=CueState.PROPOSED, cue="",
        reason=f"like {name}",
    )  # fmt: skip
    return proposed(film, copy, replacing=replacing)


def with_proposals(film: FilmCues, found: CueList) -> tuple[FilmCues, tuple[str, ...]]:
    """The film with every proposal that overlaps no cue, and the ranges' names that were left out.

    A proposal whose name is taken gets the next free one.
    """
    left: list[str] = []
    for entry in found.entries:
        if cue_list.overlapping(film.cues, replace(entry, name="\N{MIDDLE DOT}")):
            left.append(entry.name)
            continue
        named = replace(entry, name=free_name(film.cues.names, entry.name))
        film = replace(film, cues=listed([*film.cues.entries, named], film.cues.programme))
    return film, tuple(left)


def _heard_in(film: FilmCues, name: str) -> FilmCues:
    """The film with the music of a cue heard in all of its range, if there is music for all of that."""
    cue, entry = film.music.get(name), film.cues.named(name)
    if cue is None or not can_sound(cue, entry.start_frame, entry.end_frame):
        return film
    return replace(film, music={**film.music, name: cropped(cue, entry.start_frame, entry.end_frame)})


def _unapproved(state: CueState) -> CueState:
    return CueState.COMPOSED if state is CueState.APPROVED else state


def _without(music: Mapping[str, Cue], names: Iterable[str]) -> dict[str, Cue]:
    gone = set(names)
    return {name: cue for name, cue in music.items() if name not in gone}
