"""``--search``: the best of many takes of a new cue, or of a stretch composed again. Imports networks."""

from __future__ import annotations

import time
from dataclasses import replace

from hitpoint.core.compose.following import Following
from hitpoint.core.compose.search import Found, Limit, Write, searched
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.model.guidance import ASKED_NOTHING, Asked
from hitpoint.core.progress import Progress
from hitpoint.plugin.jobs.composer import Composer
from hitpoint.plugin.jobs.job import Job
from hitpoint.plugin.jobs.searching.stopping import stop_on_interrupt


def search_new(
    composer: Composer, edit: Edit, wishes: Wishes, sound: Sound, job: Job, progress: Progress
) -> tuple[Found, tuple[str, ...]]:
    """The best takes of a new cue, and warnings about its pictures; seeds count up from the wished one.

    Raises:
        HitpointError: for anything the editor can mend.
        Cancelled: if stopped from elsewhere than by Ctrl+C, which ends the search with the best so far.
    """
    warnings: tuple[str, ...] = ()

    def write(first: int, count: int) -> tuple[Take, ...]:
        """``count`` takes whose seeds begin ``first`` after the asked one."""
        nonlocal warnings
        own = replace(wishes, seed=wishes.seed + first)
        composed = composer.composed(edit, own, count, sound, theme=job.theme)
        warnings = composed.warnings
        return composed.takes

    return _searched(write, job.search, job.takes, progress), warnings


def search_again(
    composer: Composer,
    cue: Cue,
    span: range,
    seed: int | None,
    search: tuple[int | None, float | None],
    keep: int,
    like: Following | None,
    progress: Progress,
    asked: Asked = ASKED_NOTHING,
) -> tuple[Found, tuple[str, ...]]:
    """The best takes of a stretch composed again, and warnings about its pictures.

    Raises:
        HitpointError: for anything the editor can mend.
        Cancelled: if stopped from elsewhere than by Ctrl+C.
    """
    start, warnings = cue.next_seed if seed is None else seed, tuple[str, ...]()

    def write(first: int, count: int) -> tuple[Take, ...]:
        """``count`` takes of the stretch whose seeds begin ``first`` after the asked one."""
        nonlocal warnings
        composed = composer.recomposed(cue, span, count, start + first, like=like, asked=asked)
        warnings = composed.warnings
        return composed.takes

    return _searched(write, search, keep, progress), warnings


def _searched(write: Write, search: tuple[int | None, float | None] | None, keep: int, progress: Progress) -> Found:
    takes, seconds = search or (1, None)
    with stop_on_interrupt() as is_stopped:
        return searched(write, Limit(takes, seconds), keep, time.monotonic, is_stopped, progress)
