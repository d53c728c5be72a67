"""A cue that follows a recording.

Weights of nothing are identities, the recording's beats, form and curves are kept.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.core.compose.compose import Models, compose, compose_takes, regenerate, regenerate_takes
from hitpoint.core.compose.following import Following, chords_like, honest_first, key_like
from hitpoint.core.compose.like.follow import NOTHING, Follow
from hitpoint.core.compose.like.temp import Temp
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import chord_locked
from hitpoint.core.cue.cue import Cue
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import Curves, HeardKey, HeardSection, Listening
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.vocabulary import chord_of, token_named
from hitpoint.core.music.key import Key
from hitpoint.core.timebase import FrameRate

SECONDS = 60
LOOP = ("C", "A:min", "D:min7", "G:7", "E:min", "F", "A#", "G")


def cut(seconds: int = SECONDS) -> Edit:
    shots = tuple(Shot(f"shot {at}", 25 * at, min(25 * (at + 4), 25 * seconds)) for at in range(0, seconds, 4))
    return Edit("test", Path("test.otio"), FrameRate(Fraction(25)), 25 * seconds, shots)


def picture(seconds: int = SECONDS) -> PictureFeatures:
    grey = np.zeros(seconds, np.float32)
    return PictureFeatures(grey, grey + 5, np.full((seconds, 6), 1 / 6, np.float32), None, np.ones(seconds, bool))


def song(bpm: float = 92.0, per_bar: int = 4, seconds: float = 60.0, *, compound: bool = False) -> Listening:
    beats = np.arange(0.4, seconds, 60 / bpm)
    bars = beats[::per_bar]
    chords = tuple(
        HeardChord(float(a), float(b), token_named(LOOP[number % 8]), 0.9)
        for number, (a, b) in enumerate(zip([0.0, *bars[1:]], [*bars[1:], seconds], strict=True))
    )
    arc = np.where(np.arange(int(seconds)) < 40, np.linspace(0.1, 0.6, int(seconds)), 1.0)
    curves = Curves(
        tuple(2 + 5 * arc), tuple(-30 + 20 * arc), tuple(800 + 900 * arc), (60.0,) * len(arc), (0.2,) * len(arc)
    )
    places = [bars[len(bars) * part // 4] if part else 0.0 for part in range(4)]
    sections = tuple(
        HeardSection(float(a), float(b), label)
        for a, b, label in zip(places, [*places[1:], seconds], "ABAC", strict=True)
    )
    keys = (HeardKey(0.0, seconds, Key(0), 0.9),)
    return Listening(
        seconds, tuple(beats), tuple(bars), per_bar, compound, keys, chords, curves=curves, sections=sections
    )


def written(
    models: Models, follow: Follow, heard: Listening | None = None, offset: float = 0.0, **fields: object
) -> Cue:
    temp = Temp("temp", song() if heard is None else heard, offset)
    wishes = replace(Wishes(like=temp, follow=follow), **fields)
    return compose(cut(), wishes, picture(), models).cue


def chords_of(cue: Cue) -> list[str]:
    return [step.chord.symbol() for step in cue.steps]


def test_following_nothing_is_not_following(dice_models: Models) -> None:
    plain = compose(cut(), Wishes(), picture(), dice_models).cue
    assert replace(written(dice_models, NOTHING), like=None) == plain


@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    weights=st.lists(st.sampled_from([0.0, 0.3, 1.0]), min_size=6, max_size=6),
    offset=st.sampled_from([-25.0, 0.0, 3.7, 50.0]),
    bpm=st.sampled_from([55.0, 92.0, 171.0]),
    per_bar=st.sampled_from([2, 3, 4, 5, 7]),
)
def test_whatever_is_followed_the_cue_holds_together(
    dice_models: Models, weights: list[float], offset: float, bpm: float, per_bar: int
) -> None:
    follow = Follow(*weights)
    cue = written(dice_models, follow, song(bpm, per_bar), offset)
    assert cue.plan is not None
    assert cue.plan.steps == len(cue.steps)
    assert cue.plan.tension.count(1.0) == 1
    assert all(0 <= step.density <= 42 and 0 <= step.loudness <= 0.601 for step in cue.steps)
    assert cue == written(dice_models, follow, song(bpm, per_bar), offset)


@pytest.mark.parametrize(("bpm", "per_bar"), [(60.0, 4), (92.0, 4), (131.0, 4), (120.0, 3), (175.0, 3)])
def test_beats_are_the_recordings(dice_models: Models, bpm: float, per_bar: int) -> None:
    cue = written(dice_models, Follow(), song(bpm, per_bar))
    assert dict(cue.like.followed)["beats"] >= 0.95
    assert str(cue.plan.metre) == f"{per_bar}/4"


def test_bar_lines_are_the_recordings(dice_models: Models) -> None:
    heard = song(92.0)
    cue = written(dice_models, Follow(), heard)
    bars = [float(cue.tempo.seconds_at(cue.beats_per_step * step)) for step in cue.plan.bar_starts]
    inner = [bar for bar in heard.downbeats if 3 < bar < 55]
    assert all(min(abs(bar - other) for other in bars) < 0.03 for bar in inner)


def test_sections_and_summit_are_the_recordings(dice_models: Models) -> None:
    cue = written(dice_models, Follow())
    assert dict(cue.like.followed)["form"] >= 0.9
    assert [section.theme for section in cue.plan.sections][:3] == ["A", "B", "A'"]
    summit = cue.plan.bar_starts[cue.plan.tension.index(1.0)]
    assert float(cue.tempo.seconds_at(cue.beats_per_step * summit)) >= 38


def test_dynamics_are_the_recordings(dice_models: Models) -> None:
    followed = dict(written(dice_models, Follow()).like.followed)
    assert followed["dynamics"] > 0.9
    assert followed["density"] > 0.9


def test_all_chords_are_taken_over_when_asked(dice_models: Models) -> None:
    assert dict(written(dice_models, Follow(chords=1.0)).like.followed)["chords"] > 0.9


def test_without_asking_chords_are_as_unlike_as_two_takes(dice_models: Models) -> None:
    temp = Temp("temp", song())
    takes = compose_takes(cut(), Wishes(like=temp), picture(), dice_models, 4)
    others = [
        np.mean([a == b for a, b in zip(chords_of(one.cue), chords_of(two.cue), strict=True)])
        for number, one in enumerate(takes)
        for two in takes[:number]
    ]
    alike = [dict(take.cue.like.followed)["chords"] for take in takes]
    assert np.mean(alike) <= np.mean(others) + 0.15


def test_more_weight_takes_over_more_chords() -> None:
    temp = Temp("temp", song())
    times = [0.5 + index for index in range(58)]
    counts = [len(chords_like(temp, Follow(chords=weight), Key(0), times)) for weight in (0, 0.2, 0.5, 0.8, 1)]
    assert counts == sorted(counts)
    assert (counts[0], counts[-1]) == (0, 58)


def test_chords_move_with_the_key() -> None:
    taken = chords_like(Temp("temp", song()), Follow(chords=1.0), Key(2), [1.0])
    assert taken[0] == chord_of(token_named("D"))


def test_the_recordings_key_is_taken_unless_the_editor_chose_one(dice_models: Models) -> None:
    assert written(dice_models, Follow()).key == Key(0)
    assert written(dice_models, Follow(), key=Key(5)).key == Key(5)
    assert key_like(Temp("temp", song()), NOTHING) is None


def test_a_recording_that_ends_early_leaves_the_rest_to_the_picture(dice_models: Models) -> None:
    cue = written(dice_models, Follow(), song(seconds=20.0))
    assert len(cue.steps) * float(cue.beats_per_step) > 20
    assert dict(cue.like.followed)["beats"] >= 0.95


@pytest.mark.parametrize("heard", [Listening(60.0), Listening(0.2), replace(song(), beats=(), downbeats=())], ids=str)
def test_silence_or_no_beats_give_music_all_the_same(dice_models: Models, heard: Listening) -> None:
    cue = written(dice_models, Follow(), heard)
    assert len(cue.steps) > 20
    assert "beats" not in dict(cue.like.followed)


def test_a_stretch_composed_again_keeps_the_recordings_curves(dice_models: Models) -> None:
    cue = written(dice_models, Follow())
    again = regenerate(cue, range(8, 20), picture(), dice_models).cue
    assert [(s.density, s.loudness) for s in again.steps] == [(s.density, s.loudness) for s in cue.steps]
    assert again.like == cue.like


def test_a_take_that_copies_comes_last(dice_models: Models) -> None:
    cue = written(dice_models, Follow())
    plain, thief = (replace(cue, like=replace(cue.like, alarming=alarming)) for alarming in (False, True))
    takes = [Take(thief, 1, -0.1), Take(plain, 2, -3.0), Take(thief, 3, -0.2)]
    assert [take.seed for take in honest_first(takes)] == [2, 1, 3]


@pytest.mark.parametrize("minor", [True, False])
def test_the_cue_has_the_recordings_mode(dice_models: Models, minor: bool) -> None:
    heard = replace(song(), keys=(HeardKey(0.0, 60.0, Key(9, is_minor=minor), 0.9),))
    cue = written(dice_models, Follow(), heard)
    assert {section.key.is_minor for section in cue.plan.sections} == {minor}


def test_a_manner_without_strength_is_not_asked_for(dice_models: Models) -> None:
    plain = written(dice_models, Follow())
    assert written(dice_models, Follow(), closeness=6, like_strength=0.0) == plain


def test_strength_brings_chords_nearer_to_the_recordings(dice_models: Models) -> None:
    def shared(strength: float) -> float:
        wishes = Wishes(like=Temp("temp", song()), closeness=4, like_strength=strength)
        takes = compose_takes(cut(), wishes, picture(), dice_models, 6)
        return float(np.mean([name in LOOP for take in takes for name in chords_of(take.cue)]))

    assert shared(3.0) > shared(1.0) > shared(0.0)


def test_a_stretch_alone_can_follow_a_recording(dice_models: Models) -> None:
    plain = chord_locked(compose(cut(), Wishes(), picture(), dice_models).cue, 12)
    like = Following(Temp("temp", song()), Follow(chords=1.0))
    again = regenerate_takes(plain, range(8, 20), picture(), dice_models, 1, like=like)[0].cue
    assert [a for a, b in zip(again.steps, plain.steps, strict=True) if a != b] == [
        again.steps[row] for row in range(8, 20) if again.steps[row] != plain.steps[row]
    ]
    assert again.steps[12].chord == plain.steps[12].chord
    assert [again.steps[row].loudness for row in range(8, 20)] != [plain.steps[row].loudness for row in range(8, 20)]
    assert again.like.source == "temp"
    assert again.tempo == plain.tempo


def test_a_stretch_that_follows_nothing_is_as_without(dice_models: Models) -> None:
    plain = compose(cut(), Wishes(), picture(), dice_models).cue
    like = Following(Temp("temp", song()), NOTHING)
    with_it = regenerate_takes(plain, range(8, 20), picture(), dice_models, 1, 5, like=like)[0].cue
    assert with_it.steps == regenerate(plain, range(8, 20), picture(), dice_models, 5).cue.steps


def test_a_style_at_nought_is_not_asking_and_at_one_it_is_heard(dice_models: Models) -> None:
    torch.manual_seed(0)
    chords = MemoryAMT(MemoryConfig(d_model=16, n_heads=2, n_layers=2, encoder_layers=1, max_steps=40, pointer_width=4))
    for parameter in chords.double().eval().parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    models = replace(dice_models, chords=chords)
    style = tuple(np.random.default_rng(1).normal(0, 3, 16).tolist())

    def composed(**fields: object) -> Cue:
        return compose(cut(20), replace(Wishes(), **fields), picture(20), models).cue

    plain = composed()
    assert composed(style_vector=style, style_strength=0.0, picture_strength=0.0) == plain
    assert chords_of(composed(style_vector=style)) != chords_of(plain)
