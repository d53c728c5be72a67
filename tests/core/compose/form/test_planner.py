"""The plan of a cue: its laws for any cut, and what moods, markers and the editor decide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.form.planner import FormWishes, plan_in, planned
from hitpoint.core.cue.cue import step_count
from hitpoint.core.cue.form.form_plan import FormPlan, Preparation
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MOODS, Mood, MoodSpan
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.timebase import FrameRate

RATE = 25
HOME = Key(0)
EXCITED = (Mood.EXCITING, Mood.TENSE, Mood.FEARFUL)
METRES = [None, Metre(4, 4), Metre(3, 4), Metre(6, 8)]


def edit_with(seconds: float, cuts: Sequence[int], markers: Sequence[tuple[float, str]] = ()) -> Edit:
    frames = round(seconds * RATE)
    edges = sorted({0, *(cut for cut in cuts if 0 < cut < frames), frames})
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    marks = tuple(Marker(round(time * RATE), 1, text) for time, text in markers)
    return Edit("cut", Path("cut.otio"), FrameRate(Fraction(RATE)), frames, shots, marks)


def picture(seconds: float, seed: int = 0) -> PictureFeatures:
    rng = np.random.default_rng(seed)
    rows = int(np.ceil(seconds))
    emotion = rng.dirichlet(np.ones(6), rows).astype(np.float32)
    return PictureFeatures(
        np.zeros(rows, np.float32), rng.gamma(2, 3, rows).astype(np.float32), emotion, None, np.ones(rows, bool)
    )


def wishes_for(edit: Edit, *moods: Mood, **fields: object) -> FormWishes:
    seconds = float(edit.seconds)
    edges = np.linspace(0.0, seconds, len(moods) + 1).tolist()
    spans = tuple(MoodSpan(a, b, mood, wished=True) for (a, b), mood in zip(pairwise(edges), moods, strict=True))
    return replace(FormWishes(edit, 0, edit.frames, spans, HOME), **fields)  # type: ignore[arg-type]


def cuts_every(seconds: float, mean: float, seed: int = 0) -> list[int]:
    rng, cuts, at = np.random.default_rng(seed), [], 0.0
    while at < seconds:
        at += max(float(rng.gamma(3, mean / 3)), 0.4)
        cuts.append(round(at * RATE))
    return cuts


def plan_for(seconds: float, *moods: Mood, mean: float = 4.0, **fields: object) -> tuple[Edit, TempoMap, FormPlan]:
    edit = edit_with(seconds, cuts_every(seconds, mean))
    return edit, *planned(wishes_for(edit, *moods, **fields), picture(seconds))


def bpm_of(tempo: TempoMap, seconds: float) -> float:
    return 60 * float(tempo.beat_at(seconds)) / seconds


@given(
    frames=st.integers(10, 9000),
    cuts=st.sets(st.integers(1, 9000), max_size=40),
    moods=st.lists(st.sampled_from(MOODS), min_size=1, max_size=4),
    metre=st.sampled_from(METRES),
    bpm=st.sampled_from([None, 60.0, 97.0, 140.0]),
    variant=st.integers(0, 3),
)
def test_any_cut_has_a_plan_that_holds_together(
    frames: int, cuts: set[int], moods: list[Mood], metre: Metre | None, bpm: float | None, variant: int
) -> None:
    edit = edit_with(frames / RATE, sorted(cuts))
    wishes = wishes_for(edit, *moods, metre=metre, bpm=bpm, variant=variant)
    tempo, plan = planned(wishes, picture(frames / RATE))
    assert plan.steps == step_count(edit.seconds, tempo, plan.beats_per_step)
    assert plan.tension.count(1.0) == 1 and max(plan.tension) == 1.0
    assert sum(section.name == "Summit" for section in plan.sections) <= 1
    assert (tempo, plan) == planned(wishes, picture(frames / RATE))


@pytest.mark.parametrize("seconds", [24.0, 61.3, 150.0, 230.0, 719.0])
@pytest.mark.parametrize("mood", MOODS)
def test_the_last_chord_has_time_and_a_bar_line(seconds: float, mood: Mood) -> None:
    edit, tempo, plan = plan_for(seconds, mood)
    last = float(edit.seconds - tempo.seconds_at(plan.beats_per_step * plan.final_step))
    assert 2.0 <= last <= 6.0
    assert plan.place_in_bar(plan.final_step) == 0


@pytest.mark.parametrize("seconds", [60.0, 150.0, 719.0])
def test_exciting_is_half_as_fast_again_as_sad(seconds: float) -> None:
    sad, exciting = (plan_for(seconds, mood)[1] for mood in (Mood.SAD, Mood.EXCITING))
    assert bpm_of(exciting, seconds) >= 1.5 * bpm_of(sad, seconds)


@pytest.mark.parametrize("mood", MOODS)
def test_the_tempo_inside_one_mood_keeps_to_its_mean_before_it_slows(mood: Mood) -> None:
    _, tempo, plan = plan_for(180.0, mood)
    slow = plan.beats_per_step * (plan.final_step - 4)
    lengths = [float(point.seconds_per_beat) for point in tempo.points if point.beat < slow]
    mean = float(tempo.seconds_at(slow) / slow)
    assert all(1 / 1.081 <= length / mean <= 1.081 for length in lengths)


@pytest.mark.parametrize("seed", range(4))
def test_the_last_two_bars_slow_down_by_about_a_tenth(seed: int) -> None:
    edit = edit_with(90.0, cuts_every(90.0, 5.0, seed))
    tempo, plan = planned(wishes_for(edit, Mood.NEUTRAL), picture(90.0))
    end, bar = plan.beats_per_step * plan.final_step, plan.metre.beats_per_bar
    last, before = (
        float(tempo.seconds_at(end - a) - tempo.seconds_at(end - b)) for a, b in ((0, 2 * bar), (2 * bar, 3 * bar))
    )
    assert 1.05 <= last / 2 / before <= 1.2


@pytest.mark.parametrize("seed", range(12))
def test_fear_after_calm_is_in_minor_from_a_section_on(seed: int) -> None:
    edit = edit_with(80.0, cuts_every(80.0, 3.5, seed))
    tempo, plan = planned(wishes_for(edit, Mood.RELAXING, Mood.FEARFUL), picture(80.0, seed))
    starts = [float(tempo.seconds_at(plan.beats_per_step * plan.steps_of(s).start)) for s in plan.sections]
    turn = min(range(len(starts)), key=lambda index: abs(starts[index] - 40.0))
    assert abs(starts[turn] - 40.0) <= 1.01
    assert all(section.key.is_minor == (index >= turn) for index, section in enumerate(plan.sections))


def test_each_mood_has_a_tempo_of_its_own() -> None:
    _, tempo, _ = plan_for(120.0, Mood.SAD, Mood.EXCITING)
    turn = tempo.beat_at(60)
    slow, fast = float(turn / 60), float((tempo.beat_at(112) - turn) / 52)
    assert fast >= 1.5 * slow


def test_a_tempo_the_editor_fixed_is_steady() -> None:
    _, tempo, _ = plan_for(75.0, Mood.SAD, Mood.EXCITING, bpm=100.0)
    assert [point.bpm for point in tempo.points] == [100.0]


def test_a_key_the_editor_fixed_keeps_its_tonic() -> None:
    _, _, plan = plan_for(240.0, Mood.RELAXING, Mood.FEARFUL, key=Key(2), key_is_fixed=True)
    assert {section.key.tonic for section in plan.sections} == {2}


def test_a_key_the_editor_fixed_is_left_for_no_mood_of_the_picture() -> None:
    edit = edit_with(120.0, cuts_every(120.0, 4.0))
    wishes = wishes_for(edit, Mood.RELAXING, Mood.FEARFUL, Mood.EXCITING, key=Key(9, is_minor=True), key_is_fixed=True)
    seen = tuple(replace(span, wished=False) for span in wishes.moods)
    for moods in (seen, wishes_for(edit, Mood.RELAXING).moods):
        _, plan = planned(replace(wishes, moods=moods), picture(120.0))
        assert {section.key for section in plan.sections} == {wishes.key}


def test_a_marker_that_says_so_is_the_summit() -> None:
    seconds = 120.0
    edit = edit_with(seconds, cuts_every(seconds, 4.0), [(31.0, "Climax!"), (70.0, "door")])
    tempo, plan = planned(wishes_for(edit, Mood.TENSE), picture(seconds))
    bar = plan.tension.index(1.0)
    start = float(tempo.seconds_at(plan.beats_per_step * plan.bar_starts[bar]))
    assert abs(start - 31.0) < 2.5
    assert {775, 1750} <= {hit.frame for hit in plan.full_hits}


def test_cuts_in_full_are_few_and_the_editors_hits_are_all_there() -> None:
    seconds = 180.0
    edit = edit_with(seconds, cuts_every(seconds, 3.0))
    own = (HitWish(1111, "slam"), HitWish(edit.cut_frames[7], "cut", 0.0))
    _, plan = planned(wishes_for(edit, Mood.NEUTRAL, hits=own, hits_per_minute=3.0), picture(seconds))
    frames = [hit.frame for hit in plan.full_hits]
    assert 1111 in frames and edit.cut_frames[7] not in frames
    assert 2 <= 60 * (len(frames) - 1) / seconds <= 4


def test_a_theme_comes_back() -> None:
    _, _, plan = plan_for(240.0, Mood.NEUTRAL)
    letters = [section.letter for section in plan.sections]
    assert letters.count("A") >= 3 and len(set(letters)) >= 2
    assert plan.sections[-1].key == plan.sections[0].key


def test_a_long_cue_has_a_rest_or_one_alone_somewhere() -> None:
    _, _, plan = plan_for(150.0, Mood.NEUTRAL)
    assert min(plan.forces[8 : plan.final_bar]) < 0.05


def test_a_plan_moves_to_another_home() -> None:
    _, _, plan = plan_for(240.0, Mood.RELAXING, Mood.FEARFUL)
    moved = plan_in(plan, HOME, Key(5))
    steps = {
        (after.key.tonic - before.key.tonic) % 12 for before, after in zip(plan.sections, moved.sections, strict=True)
    }
    assert steps == {5}


@pytest.mark.parametrize("seed", range(8))
def test_the_summit_begins_on_the_greatest_hit(seed: int) -> None:
    edit = edit_with(120.0, cuts_every(120.0, 3.0, seed))
    tempo, plan = planned(wishes_for(edit, MOODS[seed % len(MOODS)]), picture(120.0, seed))
    greatest = max(plan.full_hits, key=lambda hit: hit.weight)
    summit = tempo.seconds_at(plan.beats_per_step * plan.bar_starts[plan.summit.first_bar])
    assert summit == edit.rate.seconds(greatest.frame)
    assert plan.tension[plan.summit.first_bar] == 1.0
    assert all(hit.weight < greatest.weight for hit in plan.full_hits if hit != greatest)


@pytest.mark.parametrize("mood", MOODS)
def test_the_greatest_hit_is_led_into_by_more_than_a_pickup(mood: Mood) -> None:
    kinds = set()
    for seed in range(12):
        edit = edit_with(90.0, cuts_every(90.0, 4.0, seed))
        _, plan = planned(wishes_for(edit, mood), picture(90.0, seed))
        greatest = max(plan.full_hits, key=lambda hit: hit.weight)
        kinds |= {greatest.preparation} - {Preparation.NONE}  # where another is too near
    allowed = {Preparation.SWELL, Preparation.QUIET} if mood in EXCITED else {Preparation.SWELL}
    assert kinds == allowed


def test_the_summit_begins_near_the_greatest_hit_in_a_tempo_that_the_editor_fixed() -> None:
    edit = edit_with(120.0, cuts_every(120.0, 3.0))
    tempo, plan = planned(wishes_for(edit, Mood.NEUTRAL, bpm=96.0), picture(120.0))
    greatest = max(plan.full_hits, key=lambda hit: hit.weight)
    summit = tempo.seconds_at(plan.beats_per_step * plan.bar_starts[plan.summit.first_bar])
    assert abs(summit - edit.rate.seconds(greatest.frame)) <= tempo.seconds_at(plan.metre.beats_per_bar) / 2


@pytest.mark.parametrize("seed", range(6))
def test_the_last_chord_is_struck_on_the_last_cut_that_leaves_it_time(seed: int) -> None:
    cuts = [cut for cut in cuts_every(90.0, 4.0, seed) if cut < 83 * RATE]
    edit = edit_with(90.0, [*cuts, 86 * RATE])
    tempo, plan = planned(wishes_for(edit, MOODS[seed]), picture(90.0, seed))
    assert tempo.seconds_at(plan.beats_per_step * plan.final_step) == 86


@pytest.mark.parametrize("bpm", [None, 90.0])
def test_the_last_chord_does_not_come_just_before_a_cut(bpm: float | None) -> None:
    edit = edit_with(60.0, [*(cut for cut in cuts_every(60.0, 4.0) if cut < 50 * RATE), 60 * RATE - 45])
    tempo, plan = planned(wishes_for(edit, Mood.SAD, bpm=bpm), picture(60.0))
    last = 60.0 - 45 / RATE
    assert not 0 < last - tempo.seconds_at(plan.beats_per_step * plan.final_step) < 1.0


def test_full_hits_lie_on_bars_where_the_tempo_can_take_them() -> None:
    edit = edit_with(100.0, [round(at * RATE) for at in (9.0, 20.5, 31.0, 43.0, 54.5, 64.0, 76.5, 94.0)])
    tempo, plan = planned(wishes_for(edit, Mood.TENSE), picture(100.0))
    half = plan.beats_per_step
    assert all(tempo.beat_at(edit.rate.seconds(hit.frame)) % half == 0 for hit in plan.full_hits)
