from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hitpoint.core.compose.compose import Models, compose, compose_takes, regenerate, regenerate_takes
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import chord_locked, chord_set, density_drawn, mood_set, span_locked
from hitpoint.core.cue.cue import Cue, Reroll
from hitpoint.core.errors import OptionError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import NO_CHORD, Chord, Quality, parse_chord
from hitpoint.core.progress import Cancelled, Progress

MakeCue = Callable[..., Cue]
MakeFeatures = Callable[[int], PictureFeatures]

LOOP = "C G A:min F " * 3
any_chord = st.one_of(st.just(NO_CHORD), st.builds(Chord, st.integers(0, 11), st.sampled_from(Quality)))


def chords_of(cue: Cue) -> list[Chord]:
    return [step.chord for step in cue.steps]


@settings(database=None)
@given(data=st.data())
def test_no_lock_is_ever_broken_and_nothing_outside_the_stretch_changes(
    data: st.DataObject, make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    size = data.draw(st.integers(1, 9))
    key = data.draw(st.sampled_from(["C major", "F# minor"]))
    cue = make_chord_cue(" ".join(["C"] * size), key=key)
    for index, chord in data.draw(st.dictionaries(st.integers(0, size - 1), any_chord)).items():
        cue = chord_set(cue, range(index, index + 1), chord)
    first = data.draw(st.integers(0, size - 1))
    span = range(first, data.draw(st.integers(first + 1, size)))
    again = regenerate(cue, span, grey_features(size), dice_models, data.draw(st.integers(0, 2**32))).cue
    for index, (old, new) in enumerate(zip(cue.steps, again.steps, strict=True)):
        assert new.locked == old.locked
        if index not in span:
            assert new == old
        elif old.locked:
            assert new.chord == old.chord
    assert replace(again, steps=cue.steps, rerolls=()) == cue


@pytest.mark.parametrize("locked", [[0], [11], [4, 5], [0, 11], list(range(12))], ids=str)
def test_a_lock_may_stand_anywhere(
    locked: list[int], make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = make_chord_cue("F#:dim7 " * 12)
    for index in locked:
        cue = chord_locked(cue, index)
    again = regenerate(cue, range(12), grey_features(12), dice_models).cue
    assert all(again.steps[index].chord == parse_chord("F#:dim7") for index in locked)


def test_a_seed_gives_the_same_chords_and_another_seed_others(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    def rolled(seed: int) -> list[Chord]:
        return chords_of(regenerate(make_chord_cue(LOOP), range(12), grey_features(12), dice_models, seed).cue)

    assert rolled(8) == rolled(8)
    assert rolled(8) != rolled(9)


def test_the_players_seed_stays_and_the_new_one_is_remembered(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    once = regenerate(make_chord_cue(LOOP, seed=3), range(2, 5), grey_features(12), dice_models).cue
    twice = regenerate(once, range(4, 9), grey_features(12), dice_models).cue
    assert twice.seed == 3
    assert twice.rerolls == (Reroll(2, 5, 4), Reroll(4, 9, 5))


def test_the_cue_still_ends_on_its_tonic_when_its_end_is_composed_again(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = make_chord_cue(LOOP, key="D major")
    assert regenerate(cue, range(9, 12), grey_features(12), dice_models).cue.steps[-1].chord == parse_chord("D")


def test_before_kept_chords_there_is_no_cadence(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = make_chord_cue(LOOP)
    seen = {
        regenerate(cue, range(10, 11), grey_features(12), dice_models, seed).cue.steps[10].chord.symbol()
        for seed in range(40)
    }
    assert not seen <= {"G", "G:7", "G:sus4", "F", "F:maj7", "F:maj6", "F:min"}


def test_a_take_of_many_is_the_same_take_alone(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue, features = make_chord_cue(LOOP), grey_features(12)
    many = regenerate_takes(cue, range(3, 9), features, dice_models, 4, seed=20)
    assert sorted(take.seed for take in many) == [20, 21, 22, 23]
    assert all(regenerate(cue, range(3, 9), features, dice_models, take.seed) == take for take in many)


def test_whole_cues_composed_side_by_side_are_those_composed_alone(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    edit, features = make_chord_cue(LOOP, cuts=(100, 200)).edit, grey_features(12)
    for take in compose_takes(edit, Wishes(seed=5), features, dice_models, 3):
        assert compose(edit, Wishes(seed=take.seed), features, dice_models) == take


def test_composing_a_whole_cue_again_leaves_its_dynamics(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = compose(make_chord_cue(LOOP).edit, Wishes(), grey_features(12), dice_models).cue
    again = regenerate(cue, range(len(cue.steps)), grey_features(12), dice_models).cue
    assert [(s.density, s.loudness) for s in again.steps] == [(s.density, s.loudness) for s in cue.steps]


def test_drawn_dynamics_survive(make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models) -> None:
    cue = density_drawn(make_chord_cue(LOOP), 3, [33.0])
    again = regenerate(cue, range(12), grey_features(12), dice_models).cue
    assert again.steps[3].density == 33.0
    assert again.steps[4].density != cue.steps[4].density


def test_a_wished_mood_is_heard_only_where_it_is_composed_again(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = make_chord_cue(LOOP)
    calm = regenerate(cue, range(4, 8), grey_features(12), dice_models, 1).cue
    tense = regenerate(mood_set(cue, 0, 12, Mood.EXCITING), range(4, 8), grey_features(12), dice_models, 1).cue
    assert [a == b for a, b in zip(calm.steps, tense.steps, strict=True)] == [i not in range(4, 8) for i in range(12)]


def test_a_fully_locked_cue_comes_back_as_it_was(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = span_locked(make_chord_cue(LOOP), range(12))
    assert chords_of(regenerate(cue, range(12), grey_features(12), dice_models).cue) == chords_of(cue)


@pytest.mark.parametrize("span", [range(0), range(5, 5), range(-1, 3), range(3, 13), range(0, 12, 2)], ids=str)
def test_what_is_no_stretch_is_refused(
    span: range, make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    with pytest.raises(OptionError):
        regenerate(make_chord_cue(LOOP), span, grey_features(12), dice_models)


def test_it_can_be_stopped(make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models) -> None:
    stopped = Progress(is_cancelled=lambda: True)
    with pytest.raises(Cancelled):
        regenerate(make_chord_cue(LOOP), range(12), grey_features(12), dice_models, 1, stopped)


def test_a_cue_longer_than_the_model_is_composed_again_in_windows(
    make_chord_cue: MakeCue, grey_features: MakeFeatures, dice_models: Models
) -> None:
    cue = make_chord_cue("C G " * 50)
    again = regenerate(cue, range(60, 70), grey_features(100), dice_models).cue
    assert again.steps[:60] == cue.steps[:60] and again.steps[70:] == cue.steps[70:]
    assert again.steps[60:70] != cue.steps[60:70]
