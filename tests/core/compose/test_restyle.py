"""The same cue otherwise: nothing at strength 0, more with every strength, and what is locked or met stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from statistics import fmean

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.compose.compose import Models
from hitpoint.core.compose.restyle import (
    Restyle,
    change_order,
    changed_bars,
    composed_bars,
    importance,
    line_before,
    restyled,
)
from hitpoint.core.cue.changes import span_locked
from hitpoint.core.cue.cue import Cue, Played
from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document, cue_to_document
from hitpoint.core.errors import OptionError
from hitpoint.core.features.features import PictureFeatures

STRENGTHS = (0.0, 0.4, 0.7, 1.0)
Maker = Callable[..., Cue]
Seen = Callable[[], tuple[PictureFeatures, Models]]


@pytest.fixture(scope="module")
def cue(make_chord_cue: Maker) -> Cue:
    return with_playing(make_chord_cue("C C F F G G A:min A:min F F G G C C", cuts=(150,)))


@pytest.fixture(scope="module")
def seen(cue: Cue, grey_features: Callable[[int], PictureFeatures], dice_models: Models) -> Seen:
    return lambda: (grey_features(len(cue.steps)), dice_models)


def whole(cue: Cue, strength: float, **wishes: object) -> Restyle:
    return Restyle(strength, range(len(cue.steps)), **wishes)  # type: ignore[arg-type]


def notes(cue: Cue) -> set[tuple[object, ...]]:
    return {(p.name, n.start, n.pitch, n.velocity) for p in arrange(cue).parts for n in p.notes}


def distance(one: Cue, other: Cue) -> float:
    a, b = notes(one), notes(other)
    return len(a ^ b) / len(a | b)


@pytest.fixture(scope="module")
def versions(cue: Cue, seen: Seen) -> list[list[Cue]]:
    """For each of two seeds the cue at each strength."""
    return [[restyled(cue, whole(cue, s, seed=seed), seen) for s in STRENGTHS] for seed in (1, 2)]


def test_strength_0_is_the_identity(cue: Cue, seen: Seen) -> None:
    assert cue_bytes(restyled(cue, whole(cue, 0.0, style="strings"), seen)) == cue_bytes(cue)


def test_distances_grow_with_strength(cue: Cue, versions: list[list[Cue]]) -> None:
    means = [fmean(distance(cue, row[place]) for row in versions) for place in range(len(STRENGTHS))]
    assert means == sorted(means) and means[0] == 0.0 and means[1] > 0.05 and means[-1] > 0.6


def test_what_a_strength_changes_every_greater_one_changes_into_the_same(cue: Cue, versions: list[list[Cue]]) -> None:
    for row in versions:
        for weaker, stronger in pairwise(row):
            changed = [i for i, step in enumerate(weaker.steps) if step.chord != cue.steps[i].chord]
            assert [weaker.steps[i].chord for i in changed] == [stronger.steps[i].chord for i in changed]


def test_the_least_important_bars_change_first(cue: Cue) -> None:
    weights = [importance(cue, bar) for bar in change_order(cue, range(len(cue.steps)), 5)]
    assert weights == sorted(weights) and weights[0] == 0 and weights[-1] > 5


def test_locked_chords_and_notes_outside_the_range_stay(cue: Cue, seen: Seen) -> None:
    held = span_locked(cue, range(4, 6))
    found = restyled(held, Restyle(1.0, range(2, 10), seed=2), seen)
    kept = [0, 1, 4, 5, *range(10, 14)]
    assert [found.steps[i] for i in kept] == [held.steps[i] for i in kept]
    away = [0, *range(11, 14)]  # a level of activity is smoothed with its neighbours'
    assert [found.playing[i] for i in away] == [held.playing[i] for i in away]


def test_what_met_the_picture_still_does(cue: Cue, versions: list[list[Cue]]) -> None:
    def met(one: Cue) -> list[tuple[object, ...]]:
        return [(hit.time, hit.kind, hit.grade) for hit in measured_hits(one, arrange(one))]

    assert all(met(row[-1]) == met(cue) for row in versions)


def test_seeds_give_variations(versions: list[list[Cue]]) -> None:
    assert len({tuple(step.chord for step in row[-1].steps) for row in versions}) == len(versions)


def test_one_part_alone_changes(cue: Cue) -> None:
    def unseen() -> tuple[PictureFeatures, Models]:
        raise AssertionError("no chord changes, so nothing need be looked at")

    found = restyled(cue, whole(cue, 1.0, part="melody"), unseen)
    names = {part.name for old, part in zip(arrange(cue).parts, arrange(found).parts, strict=True) if old != part}
    assert names == {"Melody"} and found.steps == cue.steps


def test_an_ensemble_comes_in_by_the_share(cue: Cue, seen: Seen) -> None:
    half = restyled(cue, whole(cue, 0.5, style="strings"), seen)
    played = {part.style for part in arrange(half).parts if part.notes}
    assert played == {"piano", "strings"}
    assert restyled(cue, whole(cue, 1.0, style="strings"), seen).style == "strings"


def test_an_ensemble_comes_in_on_the_first_bar_line_of_the_range(cue: Cue, seen: Seen) -> None:
    found = restyled(cue, Restyle(1.0, range(3, 9), style="strings"), seen)
    (span,) = found.styling
    rate = cue.edit.rate
    assert (span.start_frame, span.end_frame) == tuple(rate.nearest_frame(line_before(cue, step)) for step in (4, 8))
    begins = [note.start for part in arrange(found).parts if part.style == "strings" for note in part.notes]
    assert min(begins) >= 4 * cue.beats_per_step


def test_a_bar_counts_as_changed_only_if_a_note_did(cue: Cue) -> None:
    last = replace(cue.playing[-1] or Played(), hands=(("nobody", 12),))
    drawn = replace(cue, playing=(*cue.playing[:-1], last))
    assert len(composed_bars(cue, drawn)[0]) == 1 and changed_bars(cue, drawn) == ((), 7)


def test_it_is_written_and_read(cue: Cue, versions: list[list[Cue]]) -> None:
    half = replace(versions[0][2], styling=restyled(cue, whole(cue, 0.0), lambda: None).styling)  # type: ignore[arg-type]
    assert cue_from_document(cue_to_document(half)) == half and notes(half) == notes(with_playing(half))


def test_a_part_of_another_ensemble_is_refused(cue: Cue, seen: Seen) -> None:
    with pytest.raises(OptionError, match="leave out --style"):
        restyled(cue, whole(cue, 0.5, style="strings", part="Pad"), seen)
