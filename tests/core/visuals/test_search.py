from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.affect import Affect
from hitpoint.core.mood import MOODS, VALENCE_AROUSAL, Mood, MoodSpan
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.visuals.generator import drawn
from hitpoint.core.visuals.judging import MoodJudge, flaw, moods_of, picture_moods, wanted_moods
from hitpoint.core.visuals.pattern import PatternNetwork, View
from hitpoint.core.visuals.search import search

FLOW = 0.003


@pytest.mark.parametrize("mood", [Mood.EXCITING, Mood.FEARFUL, Mood.SAD, Mood.RELAXING])
def test_a_find_looks_like_its_mood(mood: Mood) -> None:
    network = PatternNetwork(1)
    judge = MoodJudge(moods_of(Affect(*VALENCE_AROUSAL[mood]), mood), 2.0)
    find = search(network, judge, np.random.default_rng(1), FLOW, candidates=32)
    pair = drawn(network, find.latent, View(), 54, 96), drawn(network, find.latent, View(flow=FLOW), 54, 96)
    assert MOODS[int(picture_moods([pair], 2.0)[0].argmax())] is mood
    assert find.score > find.first_score


def test_finds_differ_from_those_before() -> None:
    network, judge = PatternNetwork(1), MoodJudge(moods_of(Affect(0, 0)), 2.0)
    first = search(network, judge, np.random.default_rng(1), FLOW, candidates=16)
    other = search(network, judge, np.random.default_rng(1), FLOW, candidates=16, others=[first.latent])
    assert not np.array_equal(first.latent, other.latent)


def test_a_search_can_be_stopped() -> None:
    judge = MoodJudge(moods_of(Affect(0, 0)), 2.0)
    with pytest.raises(Cancelled):
        search(PatternNetwork(1), judge, np.random.default_rng(1), FLOW, progress=Progress(None, lambda: True))


def test_noise_and_grey_are_flaws() -> None:
    noise = np.random.default_rng(0).integers(0, 256, (54, 96, 3), dtype=np.uint8)
    assert flaw(noise) > 1 and flaw(np.full((54, 96, 3), 90, np.uint8)) > 1


def test_wanted_moods_are_weighed_by_their_seconds() -> None:
    spans = [MoodSpan(0, 3, Mood.SAD), MoodSpan(3, 4, Mood.EXCITING)]
    found = wanted_moods(spans, 0, 4)
    assert found.sum() == pytest.approx(1)
    assert MOODS[int(found.argmax())] is Mood.SAD and found[MOODS.index(Mood.EXCITING)] > 0.1


def test_nothing_said_is_neutral() -> None:
    assert MOODS[int(wanted_moods((), 0, 4).argmax())] is Mood.NEUTRAL
