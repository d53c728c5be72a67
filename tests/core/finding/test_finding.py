from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import MediaReadError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.finding.finding import moments, scores_of
from hitpoint.core.timebase import FrameRate


@pytest.fixture
def edit() -> Edit:
    """Ten seconds, cuts at 2.4 and 6 seconds."""
    shots = (Shot("street", 0, 60), Shot("door", 60, 150), Shot("room", 150, 250))
    return Edit("cut", Path("cut.otio"), FrameRate(Fraction(25)), 250, shots)


def test_scores_are_cosines_and_nothing_where_nothing_was_seen() -> None:
    semantic = np.zeros((3, 768), np.float32)
    semantic[0, :2], semantic[1, 0] = (3, 4), 5
    seen = np.array([True, True, False])
    features = PictureFeatures(
        np.zeros(3, np.float32), np.zeros(3, np.float32), np.zeros((3, 6), np.float32), semantic, seen
    )
    words = np.zeros(768, np.float32)
    words[0] = 1
    assert scores_of(features, words) == pytest.approx([0.6, 1.0, -np.inf])


def test_a_moment_begins_at_the_cut_that_brought_it(edit: Edit) -> None:
    scores = np.array([0.1, 0.1, 0.1, 0.9, 0.8, 0.8, 0.1, 0.1, 0.1, 0.1])
    (found,) = moments(edit, scores, 1)
    assert (found.frame, found.start_frame, found.end_frame, found.shot) == (60, 60, 150, "door")


def test_inside_a_shot_it_is_the_second(edit: Edit) -> None:
    scores = np.array([0.1] * 8 + [0.9, 0.1])
    assert moments(edit, scores, 1)[0].frame == 200


def test_the_best_come_first_and_do_not_overlap(edit: Edit) -> None:
    scores = np.array([0.7, 0.6, 0.1, 0.9, 0.8, 0.1, 0.1, 0.1, 0.5, 0.1])
    found = moments(edit, scores, 3)
    assert [moment.score for moment in found] == [0.9, 0.7, 0.5]
    covered = [frame for moment in found for frame in range(moment.start_frame, moment.end_frame)]
    assert len(covered) == len(set(covered))
    assert found[0].stands_out > found[1].stands_out > 0


def test_an_edit_nobody_can_see_is_told(edit: Edit) -> None:
    with pytest.raises(MediaReadError, match="--media"):
        moments(edit, np.full(10, -np.inf), 1)
