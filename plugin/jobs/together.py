"""Cues of one film composed one after another, each knowing those before it.

Shared themes, keys and tempi that lead on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.compose.neighbours import after, prepared
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.theme import Theme
from hitpoint.plugin.jobs.job import Finished


class Together:
    """The knowledge that cues of a film have of each other while they are composed in order of time.

    Args:
        kept: cues that stay in the edit as they are.
    """

    def __init__(self, kept: Iterable[Cue]) -> None:
        self._cues = list(kept)

    def compose(self, wish: Wishes, given: Theme | None, write: Callable[[Wishes, Theme | None], Finished]) -> Finished:
        """The next cue, composed by ``write`` from its wishes and its theme as the others lead on to them."""
        led = self.wishes(wish)
        return self.add(write(led, self.theme(led, given)))

    def wishes(self, wish: Wishes) -> Wishes:
        """The wishes of the next cue, led on from its neighbour and its theme; what is given stays."""
        led = after(wish, self._neighbour(wish))
        source = self._source(wish)
        return replace(led, metre=_metre(source)) if source is not None and led.metre is None else led

    def theme(self, wish: Wishes, given: Theme | None) -> Theme | None:
        """The theme that the next cue is given: the editor's own, or that of the first cue that names the same."""
        source = self._source(wish)
        return given if given is not None or source is None else source.theme

    def add(self, finished: Finished) -> Finished:
        """The next cue as the others know it from now on: a theme with a name is kept whatever is composed later."""
        cue = finished.cue
        if cue.theme_name and cue.theme is not None:
            cue = altered(cue, theme=replace(cue.theme, is_given=True))
        self._cues.append(cue)
        return _with_cue(finished, cue)

    def prepared(self, finished: Sequence[Finished]) -> list[Finished]:
        """All cues in order of time, each that goes over in a segue ending on the way to the next one's key."""
        found = list(finished)
        for number, one in enumerate(found):
            following = self._following(one.cue)
            if one.cue.join == Join.SEGUE.value and following is not None:
                found[number] = _with_cue(one, with_playing(prepared(one.cue, following.key_at(0))))
        return found

    def _neighbour(self, wish: Wishes) -> Cue | None:
        """The last cue that begins before, else the first one there is."""
        ordered = sorted(self._cues, key=lambda cue: cue.start_frame)
        before = [cue for cue in ordered if cue.start_frame <= wish.start_frame]
        return before[-1] if before else next(iter(ordered), None)

    def _following(self, cue: Cue) -> Cue | None:
        later = [one for one in self._cues if one.start_frame >= cue.end_frame]
        return min(later, key=lambda one: one.start_frame, default=None)

    def _source(self, wish: Wishes) -> Cue | None:
        """The first cue that has the theme of this name."""
        named = (cue for cue in self._cues if wish.theme_name and cue.theme_name == wish.theme_name)
        return next((cue for cue in named if cue.theme is not None), None)


def _metre(cue: Cue | None) -> Metre | None:
    return None if cue is None or cue.plan is None else cue.plan.metre


def _with_cue(finished: Finished, cue: Cue) -> Finished:
    """A cue on its way with another version of it, which its first take has, too."""
    if cue is finished.cue:
        return finished
    takes: tuple[Take, ...] = tuple(
        replace(take, cue=cue) if take.cue is finished.cue else take for take in finished.takes
    )
    return replace(finished, cue=cue, takes=takes)
