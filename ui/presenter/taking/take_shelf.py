"""All takes of the open edit, kept in files: pinned, named, deleted, and there again when the edit is opened.

They lie in the cue's folder once there is one, and always in the user's own, so that neither a crash nor a window that
is closed without writing loses one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from threading import Lock

from hitpoint.core.compose.kept_takes import (
    FOLDER,
    LONGEST_NAME,
    KeptTake,
    in_order,
    read_takes,
    remove_take,
    write_take,
)
from hitpoint.core.ports import Delivered, OpenedEdit
from hitpoint.core.progress import Progress
from hitpoint.ui.presenter.desk import Desk

KEEP, READ = "keep takes", "read takes"  # lanes of the changer's


class TakeShelf:
    """The takes of one edit.

    Args:
        desk: of the window.
        folder: of the user, for the takes of all edits.
        changed: called when the list is another.
        moved: called before that, when takes were composed before older ones were read: with the number that their
            rounds grew by, and each as it was and is.
    """

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        changed: Callable[[], None],
        moved: Callable[[int, Sequence[tuple[KeptTake, KeptTake]]], None],
    ) -> None:
        self._desk, self._folder, self._changed, self._moved = desk, folder, changed, moved
        self.takes: tuple[KeptTake, ...] = ()
        self._places: tuple[Path, ...] = ()
        self._older: tuple[Path, ...] = ()  # folders of single cues, in which takes were kept once: read, not written
        self._waiting: list[tuple[Path, KeptTake]] = []
        self._writing = Lock()
        self._has_told = False
        desk.on_delivered.append(self._follow)

    @property
    def next_round(self) -> int:
        """The number of a composing that comes now."""
        return max((kept.round for kept in self.takes), default=0) + 1

    def open(self, opened: OpenedEdit) -> None:
        """The takes of another edit, soon."""
        self.keep_now()
        self.takes, self._has_told = (), False
        name = hashlib.sha256(os.path.abspath(opened.path).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        own = self._folder / name
        music = opened.music
        self._places = (own,) if music is None else (music / FOLDER, own)
        self._older = () if music is None else tuple(sorted(music.glob(f"*/{FOLDER}")))
        places = (*self._places, *self._older)

        def work(progress: Progress) -> tuple[tuple[KeptTake, ...], int]:
            return read_takes(places)

        self._desk.changer.start(READ, self._desk.tr("Reading takes"), work, self._show_read, self._desk.fail)

    def close(self) -> None:
        """No edit is open any more."""
        self.keep_now()
        self.takes, self._places, self._older = (), (), ()

    def add(self, takes: Iterable[KeptTake]) -> None:
        """Keep more takes."""
        new = tuple(takes)
        self.takes = in_order((*self.takes, *new))
        self._write(new)
        self._changed()

    def pin(self, index: int) -> None:
        """Pin a take, or take the pin out."""
        kept = self.takes[index]
        self._replace(index, replace(kept, is_pinned=not kept.is_pinned))

    def name(self, index: int, name: str) -> None:
        """Give a take a name; an empty one takes it away."""
        self._replace(index, replace(self.takes[index], name=" ".join(name.split())[:LONGEST_NAME]))

    def delete(self, doomed: Sequence[KeptTake]) -> None:
        """Forget takes, for good."""
        self.keep_now()
        self.takes = tuple(kept for kept in self.takes if kept not in doomed)
        self._forget(doomed)
        self._changed()

    def keep_now(self) -> None:
        """Write what is not written yet, before the window goes."""
        self._desk.changer.cancel(KEEP)
        if not self._write_all():
            self._tell()

    def _replace(self, index: int, kept: KeptTake) -> None:
        self.takes = (*self.takes[:index], kept, *self.takes[index + 1 :])
        self._write((kept,))
        self._changed()

    def _show_read(self, read: tuple[tuple[KeptTake, ...], int]) -> None:
        """Put older takes before those composed meanwhile, some of which may have been read with them."""
        own = self.takes
        here = {kept.key for kept in own}
        older = tuple(kept for kept in read[0] if kept.key not in here)
        first = max((kept.round for kept in older), default=0)
        if first and own:
            renumbered = tuple(replace(kept, round=kept.round + first) for kept in own)
            self._forget(own)
            self._moved(first, list(zip(own, renumbered, strict=True)))
            self._write(renumbered)
            own = renumbered
        self.takes = in_order((*older, *own))
        if read[1]:
            text = self._desk.tr("{count} kept takes cannot be read; they are left as they are, in {folder}.")
            self._desk.view.show_notes((text.format(count=read[1], folder=self._places[0]),))
        self._changed()

    def _forget(self, doomed: Iterable[KeptTake]) -> None:
        """Remove the files of takes."""
        self._waiting[:] = [(place, kept) for place, kept in self._waiting if kept not in doomed]
        try:
            for kept in doomed:
                for place in (*self._places, *self._older):
                    remove_take(place, kept)
        except OSError:
            self._tell()

    def _write(self, takes: Iterable[KeptTake]) -> None:
        """Write takes into every place, on the thread that waits for nothing else."""
        self._waiting += [(place, kept) for kept in takes for place in self._places]
        if not self._waiting:
            return
        desk = self._desk

        def work(progress: Progress) -> bool:
            return self._write_all()

        def done(is_kept: bool) -> None:
            if not is_kept:
                self._tell()

        desk.changer.start(KEEP, desk.tr("Keeping takes"), work, done, desk.fail)

    def _write_all(self) -> bool:
        """Write what waits, the oldest first, on any thread; False if a folder refused something."""
        is_kept = True
        with self._writing:
            while self._waiting:
                place, kept = self._waiting.pop(0)
                try:
                    write_take(place, kept)
                except OSError:
                    is_kept = False
        return is_kept

    def _follow(self, delivered: Delivered) -> None:
        """What was written has a folder of its own: the takes go along."""
        place = delivered.folder / FOLDER
        if place not in self._places:
            self._places = (place, *self._places)
            self._waiting += [(place, kept) for kept in self.takes]
            self._write(())

    def _tell(self) -> None:
        """Say once that takes cannot be kept."""
        if not self._has_told:
            self._has_told = True
            text = self._desk.tr("The takes cannot be kept in {folder}: check the disk and the rights to that folder.")
            self._desk.view.show_notes((text.format(folder=self._places[0] if self._places else self._folder),))
