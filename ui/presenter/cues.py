"""The cues of the film: made, moved, split, joined, named, approved, composed. Each is one undo step by name.

Frames count from the start of the timeline. A cue that is cropped or split keeps its music, and sounds as it did; one
that is drawn out beyond it is not written back until the rest is composed. An overlap asks: replace what is in the way,
or leave it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from hitpoint.core.cue.changes import style_changed
from hitpoint.core.cue.film import film_cues
from hitpoint.core.cue.film.cue_list import CueEntry, CueState, free_name, overlapping
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.cue.sound import Sound
from hitpoint.core.ports import Proposals
from hitpoint.ui.presenter.composing.film import FilmComposing
from hitpoint.ui.presenter.desk import LOOK, Desk
from hitpoint.ui.presenter.joining import lost_by_joining, with_neighbour
from hitpoint.ui.presenter.questions import Answer, Question, Topic
from hitpoint.ui.presenter.taking.takes import TakePresenter

SHORTEST = 2  # frames of a cue


class CuePresenter(FilmComposing):
    """Changes the list of cues, and composes from it.

    Args:
        desk: of the window.
        takes: composes the cue that is worked at.
    """

    def __init__(self, desk: Desk, takes: TakePresenter) -> None:
        super().__init__(desk, takes)
        self._near = ""
        desk.on_opened.append(self._begin)
        desk.on_film.append(self._show_chosen)

    def follow(self, frame: int, *, is_asked: bool = False) -> None:
        """The playhead is there: work at the cue under it or, in silence, at the next one.

        Another one that was chosen meanwhile stays until it comes to a new one, or the editor asks to go there.
        """
        self._desk.frame, near = frame, self._desk.film.near(frame)
        if near != self._near or is_asked:
            self._near = near
            self._desk.go_to(near)

    def choose(self, names: Iterable[str]) -> None:
        """These cues are meant by what comes next; one of them is worked at."""
        desk, wanted = self._desk, set(names)
        self.chosen = tuple(name for name in desk.film.cues.names if name in wanted)
        if self.chosen and desk.name not in self.chosen:
            self._work_at(self.chosen[0])
        self._show_chosen()

    @property
    def here(self) -> str:
        """The cue at the playhead; empty in silence."""
        found = None if self._desk.frame is None else self._desk.film.cues.at(self._desk.frame)
        return "" if found is None else found.name

    def start_of(self, name: str) -> int:
        """The first frame of a cue."""
        return self._desk.film.cues.named(name).start_frame

    @property
    def starts(self) -> tuple[int, ...]:
        """The first frames of all cues, in order."""
        return tuple(entry.start_frame for entry in self._desk.film.cues.entries)

    def create(self, start: int, end: int) -> bool:
        """A new cue for a range, proposed; answers whether there is one now."""
        desk = self._desk
        if desk.opened is None:
            return False
        start, end = max(start, 0), min(end, desk.opened.edit.frames)
        if end - start < SHORTEST:
            desk.fail(self._tr("A cue needs a range: mark one with I and O, or drag in the cue lane."))
            return False
        entry = CueEntry(free_name(desk.film.cues.names), start, end)
        gone = self._may_replace(entry)
        if gone is None:
            return False
        label = self._tr("Create Cue {name}").format(name=entry.name)
        return desk.change_film(lambda film: film_cues.proposed(film, entry, replacing=gone), label, entry.name)

    def create_at(self, frame: int) -> bool:
        """A new cue in the silence around a frame, from there to the next cue or the end."""
        desk = self._desk
        if desk.opened is None or desk.film.cues.at(frame) is not None:
            desk.fail(self._tr("There is a cue here already: mark a range with I and O, or go to a silent place."))
            return False
        later = [entry.start_frame for entry in desk.film.cues.entries if entry.start_frame > frame]
        return self.create(frame, min(later, default=desk.opened.edit.frames))

    def compose_range(self, start: int, end: int) -> None:
        """A new cue for a range, composed at once."""
        if self.create(start, end):
            self._takes.compose()

    def resize(self, name: str, start: int, end: int) -> None:
        """Another range for a cue."""
        desk = self._desk
        entry = self._entry(name)
        if entry is None or desk.opened is None or (start, end) == (entry.start_frame, entry.end_frame):
            return
        start, end = max(start, 0), min(end, desk.opened.edit.frames)
        if end - start < SHORTEST:
            desk.fail(self._tr("A cue needs two frames at least."))
            desk.view.show_cues(desk.film, desk.name)
            return
        gone = self._may_replace(replace(entry, start_frame=start, end_frame=end), known=entry)
        if gone is None:
            desk.view.show_cues(desk.film, desk.name)
            return
        label = self._tr("Resize {name}").format(name=name)
        if desk.change_film(lambda film: film_cues.moved(film, name, start, end, replacing=gone), label, name):
            self._tell_stale(name)

    def split(self, name: str, frame: int) -> None:
        """A cue in two at a frame."""
        if self._entry(name) is None:
            return
        label = self._tr("Split {name}").format(name=name)
        if self._desk.change_film(lambda film: film_cues.split(film, name, frame), label, name):
            self._work_at(self.here or name)
            self._tell_stale(name)

    def split_at(self, frame: int) -> None:
        """The cue at a frame in two."""
        entry = self._desk.film.cues.at(frame)
        if entry is None or frame == entry.start_frame:
            self._desk.fail(self._tr("Splitting needs the playhead inside a cue, after its first frame."))
        else:
            self.split(entry.name, frame)

    def join(self, names: tuple[str, ...] = ()) -> None:
        """Two cues as one: those two, or the one that is meant and its neighbour."""
        cues = self._desk.film.cues
        wanted = [name for name in cues.names if name in (names or self.meant)]
        if len(wanted) == 1:
            wanted = with_neighbour(cues, wanted[0])
        if len(wanted) != 2:
            self._desk.fail(self._tr("Joining takes two neighbours: choose both, or the first of them."))
            return
        first, second = wanted
        lost = lost_by_joining(self._desk.film, first, second, self._tr)
        if lost and self._desk.view.ask(Question(Topic.JOIN_LOSES, first, lost)) is not Answer.REPLACE:
            return
        label = self._tr("Join {first} and {second}").format(first=first, second=second)
        if self._desk.change_film(lambda film: film_cues.joined(film, first, second), label, first):
            self._tell_stale(first)

    def rename(self, old: str, new: str) -> None:
        """Another name for a cue."""
        new = new.strip()
        if self._entry(old) is not None and old != new:
            label = self._tr("Rename {old} to {new}").format(old=old, new=new)
            self._desk.change_film(lambda film: film_cues.renamed(film, old, new), label, new)

    def duplicate(self, name: str, frame: int) -> None:
        """The wishes of a cue once more, from a frame on or, if that is inside it, after its end."""
        entry, opened = self._entry(name), self._desk.opened
        if entry is None or opened is None:
            return
        start = entry.end_frame if entry.start_frame <= frame < entry.end_frame else frame
        end = min(start + entry.end_frame - entry.start_frame, opened.edit.frames)
        if end - start < SHORTEST:
            self._desk.fail(
                self._tr("There is no room after {name}: put the playhead where the copy is to begin.").format(
                    name=name
                )
            )
            return
        copy = free_name(self._desk.film.cues.names, name)
        gone = self._may_replace(replace(entry, name=copy, start_frame=start, end_frame=end))
        if gone is not None:
            label = self._tr("Duplicate {name}").format(name=name)
            self._desk.change_film(
                lambda film: film_cues.duplicated(film, name, start, end, replacing=gone), label, copy
            )

    def delete(self, names: tuple[str, ...] = ()) -> None:
        """The list without these cues, or those that are meant."""
        gone = [name for name in (names or self.meant) if name in self._desk.film.cues.names]
        if not gone:
            return
        label = self._tr("Delete {names}").format(names=", ".join(gone))

        def change(film: FilmCues) -> FilmCues:
            for name in gone:
                film = film_cues.removed(film, name)
            return film

        self._desk.change_film(change, label)

    def approve(self, names: tuple[str, ...] = ()) -> None:
        """Approve these cues, or those that are meant; take it back if all of them are approved."""
        wanted = [name for name in (names or self.meant) if name in self._desk.film.cues.names]
        if not wanted:
            return
        is_back = all(self._desk.film.cues.named(name).state is CueState.APPROVED for name in wanted)
        state = CueState.COMPOSED if is_back else CueState.APPROVED
        text = self._tr("Take Back Approval of {names}") if is_back else self._tr("Approve {names}")

        def change(film: FilmCues) -> FilmCues:
            for name in wanted:
                film = film_cues.noted(film, name, state=state)
            return film

        self._desk.change_film(change, text.format(names=", ".join(wanted)))

    def note(self, name: str, notes: str) -> None:
        """The editor's words about a cue."""
        if self._entry(name) is not None:
            label = self._tr("Note on {name}").format(name=name)
            self._desk.change_film(lambda film: film_cues.noted(film, name, notes=notes.strip()), label)

    def set_style(self, name: str, style: str) -> None:
        """Other players for a cue: of its music at once, of one that is not composed when it is."""
        if self._entry(name) is None:
            return
        label = self._tr("Change Style of {name} to {style}").format(name=name, style=style)
        if name in self._desk.film.music:
            self._desk.apply(lambda cue: style_changed(cue, style), label, name=name)
        else:
            self._desk.change_film(lambda film: film_cues.noted(film, name, style=style), label)

    def set_programme(self, is_on: bool) -> None:
        """Let all cues have a loudness together when they are written, that of the cue at hand; or each its own."""
        desk = self._desk
        target = (Sound() if desk.cue is None else desk.cue.sound).loudness if is_on else None
        label = self._tr("Level by Programme") if is_on else self._tr("Level by Cue")
        desk.change_film(lambda film: film_cues.levelled(film, target), label)

    def spot(self) -> None:
        """Take up where music could be, by markers, temp music, picture and speech."""
        desk = self._desk
        if desk.opened is None:
            return
        path, source = desk.opened.path, desk.ports.source
        desk.runner.start(
            LOOK,
            self._tr("Looking where music could be"),
            lambda progress: source.spot(path, progress),
            self._take_up,
            desk.fail,
        )

    def _take_up(self, found: Proposals) -> None:
        desk = self._desk
        if not found.cues.entries:
            text = self._tr("No music is proposed: nothing is marked, and no stretch without talk is long enough.")
            desk.view.show_notes((text, *found.warnings))
            return
        _, left = film_cues.with_proposals(desk.film, found.cues)
        new = len(found.cues.entries) - len(left)
        if new:
            desk.change_film(lambda film: film_cues.with_proposals(film, found.cues)[0], self._tr("Take Up Proposals"))
        told = [self._tr("{count} cues are proposed.").format(count=new)]
        if left:
            told.append(self._tr("Left out, because a cue is there: {names}.").format(names=", ".join(left)))
        desk.view.show_notes((*told, *found.warnings))

    def _may_replace(self, entry: CueEntry, known: CueEntry | None = None) -> tuple[str, ...] | None:
        """The names of cues that give way to one, after asking; None if they shall not."""
        cues = self._desk.film.cues
        already = {other.name for other in overlapping(cues, known)} if known is not None else set()
        names = tuple(other.name for other in overlapping(cues, entry) if other.name not in already)
        if not names:
            return ()
        answer = self._desk.view.ask(Question(Topic.CUE_OVERLAP, entry.name, ", ".join(names)))
        return names if answer is Answer.REPLACE else None

    def _entry(self, name: str) -> CueEntry | None:
        cues = self._desk.film.cues
        return cues.named(name) if name in cues.names else None

    def _work_at(self, name: str) -> None:
        """Show a cue until the playhead comes to another one."""
        if self._desk.frame is not None:
            self._near = self._desk.film.near(self._desk.frame)
        self._desk.go_to(name)

    def _show_chosen(self) -> None:
        """The cue that is worked at is always among those that are meant; where it was not, it alone is."""
        known, name = self._desk.film.cues.names, self._desk.name
        self.chosen = tuple(each for each in known if each in self.chosen)
        if name not in self.chosen:
            self.chosen = (name,) if name else ()
        self._desk.view.show_chosen_cues(self.chosen)

    def _tell_stale(self, name: str) -> None:
        if self._desk.film.cues.names and name in self._desk.film.music and self._desk.film.is_stale(name):
            text = self._tr("{name} reaches beyond its music now: it is not written back until the rest is composed.")
            self._desk.view.show_notes((text.format(name=name),), lambda: name in self.reaching)
            self._desk.view.offer_composing_rest()

    def _begin(self) -> None:
        self._near, self.chosen = "", ()
