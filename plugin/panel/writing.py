"""The window's cues composed, one or several, each with those beside it: as ``hitpoint score`` does.

Imports networks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from hitpoint.core.compose.kept_takes import before_take
from hitpoint.core.compose.neighbours import beginnings, faded, joined_wishes
from hitpoint.core.compose.restyle import Restyle, restyled
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError
from hitpoint.core.music.theme import Theme
from hitpoint.core.ports import Composed, Order, Variation
from hitpoint.core.progress import Progress
from hitpoint.core.words.prompts import asked_tempo, with_prompts
from hitpoint.plugin.jobs.composer import Carried, Composer
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Finished
from hitpoint.plugin.jobs.looking import Sight
from hitpoint.plugin.jobs.together import Together
from hitpoint.plugin.panel.temp import followed

_LISTENING = 0.4  # share of the time that listening to a recording takes


class PanelWriting:
    """Composes cues of a list.

    Args:
        composer: writes each.
        engine: that recordings are heard with.
        media: folders in which they may lie.
    """

    def __init__(self, composer: Composer, engine: Engine, media: tuple[Path, ...]) -> None:
        self._composer, self._engine, self._media = composer, engine, media

    def together(self, beside: tuple[Cue, ...]) -> Together:
        """What a next cue knows of those beside it."""
        return Together(beside)

    def composed(
        self,
        edit: Edit,
        order: Order,
        count: int,
        together: Together,
        progress: Progress,
        sight: Sight | None = None,
    ) -> Composed:
        """A cue, in so many takes, that goes with the others; ``sight`` as the composer takes it.

        Raises:
            HitpointError: for anything the editor can mend.
            Cancelled: if stopped.
        """
        wishes = order.wishes
        told: tuple[str, ...] = ()
        if order.like is not None:
            listening = progress.part(0.0, _LISTENING)
            wishes, told = followed(edit, wishes, order.like, self._media, self._engine, listening)
            progress = progress.part(_LISTENING, 1.0)
        found: list[Composed] = []

        def write(led: Wishes, theme: Theme | None) -> Finished:
            """One cue with its takes, composed as the cues before it lead."""
            prompted, sound, _ = with_prompts(edit, led, Sound())
            own = faded(sound, prompted)
            one = self._composer.composed(edit, prompted, count, own, progress, theme=theme, sight=sight)
            found.append(one)
            return Finished(one.takes[0].cue, one.takes, one.warnings)

        takes = together.compose(wishes, None, write).takes
        return replace(found[0], takes=takes, warnings=(*told, *found[0].warnings))

    def film(
        self, edit: Edit, orders: tuple[Order, ...], beside: tuple[Cue, ...], progress: Progress
    ) -> Iterator[tuple[str, Composed | str]]:
        """Cues in order of time, each with its music or why there is none, and once more if it leads over to the next.

        Raises:
            OptionError: if a join asks for a neighbour that is not there.
            Cancelled: if stopped.
        """
        together, done = Together(beside), []
        for number, order in enumerate(_joined(edit, orders, beside)):
            part = progress.share(number, len(orders))
            part.step(0.0, order.name)
            try:
                one = self.composed(edit, order, 1, together, part)
            except HitpointError as error:
                yield order.name, f"{order.name}: {error}"
            else:
                done.append((order.name, one))
                yield order.name, one
        finished = together.prepared([Finished(one.takes[0].cue, one.takes) for _, one in done])
        for (name, one), last in zip(done, finished, strict=True):
            if last.cue is not one.takes[0].cue:
                yield name, replace(one, takes=last.takes, warnings=())

    def varied(self, cue: Cue, wish: Variation, count: int, progress: Progress) -> Composed:
        """A cue otherwise, in so many versions, as ``hitpoint restyle --variations`` makes them.

        Raises:
            HitpointError: for anything the editor can mend.
            Cancelled: if stopped.
        """
        seen, writing = self._composer.seen_lazily(cue, progress.part(0.0, 0.5)), progress.part(0.5, 1.0)
        takes = []
        for number in range(count):
            seed = cue.next_seed + number
            made = restyled(
                cue, Restyle(wish.strength, wish.span, wish.style, seed=seed), seen, writing.share(number, count)
            )
            takes.append(replace(before_take(made), seed=seed))
        return Composed(tuple(takes), (), self._composer.warnings)

    def alone(self, carried: Carried) -> Composed:
        """A cue that was carried over, as the only take of a composing."""
        moods = tuple(span for span in carried.cue.moods if not span.wished)
        return Composed((before_take(carried.cue),), moods, carried.warnings)


def _joined(edit: Edit, orders: tuple[Order, ...], beside: tuple[Cue, ...]) -> tuple[Order, ...]:
    """The orders with what their joins ask of range, tail and fades; music that is there already has that."""
    wishes = [one.wishes if one.is_new else replace(one.wishes, join=Join.CUT) for one in orders]
    asked = joined_wishes(edit, wishes, beginnings(beside), partial(asked_tempo, edit))
    return tuple(
        replace(one, wishes=wish if one.is_new else replace(wish, join=one.wishes.join))
        for one, wish in zip(orders, asked, strict=True)
    )
