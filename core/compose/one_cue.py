"""A cue from an edit in one call, for programs: what ships with Hitpoint, the pictures of the edit, and wishes.

The chords are those that ``hitpoint score`` writes for the same wishes.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.compose.compose import Models, compose, regenerate
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.edit import Edit
from hitpoint.core.features.cache import FeatureCache
from hitpoint.core.features.extract import extract_features
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.files.digests import sha256_of
from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model, load_regressor
from hitpoint.core.model.generate import one_thread
from hitpoint.core.model.shipped_weights import noted_weights, weights_that_wrote
from hitpoint.core.music.score import Score
from hitpoint.core.perform.perform import performed
from hitpoint.core.progress import SILENT, Progress


def compose_cue(edit: Edit, wishes: Wishes | None = None, progress: Progress = SILENT) -> Cue:
    """Compose music for an edit, or for the stretch that the wishes name.

    Args:
        edit: as :func:`hitpoint.bridge.read_edit` reads it; its pictures are looked at.
        wishes: range in frames, style, moods, key ...; None for the whole edit as the picture has it.
        progress: of all of it.

    Raises:
        OptionError: if the stretch is empty or lies outside the edit.
        Cancelled: if stopped.
    """
    asked = wishes or Wishes()
    start, end = stretch(edit, asked)
    seen = _seen(edit, start, end, progress.part(0.0, 0.7))
    cue = compose(edit, asked, seen, _models(), progress.part(0.7, 1.0)).cue
    return with_playing(_signed(replace(cue, name=asked.name, prompts=asked.prompts)))


def reroll_cue(cue: Cue, span: range | None = None, seed: int | None = None, progress: Progress = SILENT) -> Cue:
    """Compose a stretch again, with the weights that wrote the cue; what is locked, and all outside, stays.

    Args:
        cue: with locks and moods as they are wished.
        span: of steps; None for all.
        seed: of the chords; None for the cue's next one.
        progress: of all of it.

    Raises:
        OptionError: if the cue has no such stretch.
        Cancelled: if stopped.
    """
    seen = _seen(cue.edit, cue.start_frame, cue.end_frame, progress.part(0.0, 0.6))
    whole = range(len(cue.steps)) if span is None else span
    weights = weights_that_wrote(cue.weights)
    take = regenerate(with_playing(cue), whole, seen, _models(weights), seed, progress.part(0.6, 1.0))
    return with_playing(_signed(take.cue, weights))


def score_of(cue: Cue) -> Score:
    """The parts of a cue with their notes, as they are played; beats from the start of the cue.

    Raises:
        OptionError: if there is no such style.
    """
    return performed(arrange(cue), cue)


def _seen(edit: Edit, start: int, end: int, progress: Progress) -> PictureFeatures:
    cache = FeatureCache(user_cache_folder())
    return extract_features(edit, start_frame=start, end_frame=end, cache=cache, progress=progress).features


@lru_cache(maxsize=2)
def _models(chords: Path | None = None) -> Models:
    """The networks that ship, in float64 so that a seed gives the same chords on every machine."""
    with one_thread():
        return Models(
            chords=load_chord_model(chords or default_checkpoint("amt")).double(),
            dynamics=load_regressor(default_checkpoint("regressor")).double(),
        )


def _signed(cue: Cue, chords: Path | None = None) -> Cue:
    """The cue with the weights that wrote it noted, those of now last."""
    used = map(sha256_of, (chords or default_checkpoint("amt"), default_checkpoint("regressor")))
    return altered(cue, weights=noted_weights(cue.weights, used))
