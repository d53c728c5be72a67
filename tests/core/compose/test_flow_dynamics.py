"""Cues whose density and loudness are drawn by the flow.

Takes differ in them, a seed repeats, the chords are the same.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import pytest

from hitpoint.core.compose.compose import Models, compose_takes, regenerate
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.dynamics import dynamics_named
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import CueFileError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.timebase import FrameRate

EDIT = Edit("test", Path("test.otio"), FrameRate(Fraction(25)), 750, (Shot("shot", 0, 750),))

Grey = Callable[[int], PictureFeatures]


def curves(cue: Cue) -> list[tuple[float, float]]:
    return [(step.density, step.loudness) for step in cue.steps]


def test_takes_differ_in_dynamics_and_a_seed_repeats(dice_models: Models, grey_features: Grey) -> None:
    first, second = sorted(
        compose_takes(EDIT, Wishes(dynamics="flow"), grey_features(30), dice_models, 2), key=lambda take: take.seed
    )
    (again,) = compose_takes(EDIT, Wishes(dynamics="flow", seed=1), grey_features(30), dice_models, 1)
    (plain,) = compose_takes(EDIT, Wishes(), grey_features(30), dice_models, 1)
    assert curves(first.cue) != curves(second.cue)
    assert curves(second.cue) == curves(again.cue)
    assert [step.chord for step in plain.cue.steps] == [step.chord for step in first.cue.steps]


def test_a_stretch_composed_again_is_drawn_again_and_the_rest_stays(dice_models: Models, grey_features: Grey) -> None:
    (take,) = compose_takes(EDIT, Wishes(dynamics="flow"), grey_features(30), dice_models, 1)
    again = regenerate(take.cue, range(4, 8), grey_features(30), dice_models, seed=9).cue
    assert curves(again)[4:8] != curves(take.cue)[4:8]
    assert curves(again)[:4] + curves(again)[8:] == curves(take.cue)[:4] + curves(take.cue)[8:]
    assert again.dynamics == "flow"


def test_a_cue_remembers_that_it_was_drawn(dice_models: Models, grey_features: Grey) -> None:
    (take,) = compose_takes(EDIT, Wishes(dynamics="flow"), grey_features(30), dice_models, 1)
    assert cue_from_document(cue_to_document(take.cue)).dynamics == "flow"


def test_dynamics_that_are_none_are_told() -> None:
    with pytest.raises(CueFileError, match="mean, flow"):
        dynamics_named("loud")
