from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.affect import Affect
from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue import changes
from hitpoint.core.cue.cue import Cue, Played, steps_inside, steps_touching
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.sound import Sound
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo

MakeCue = Callable[..., Cue]


@pytest.fixture
def cue(make_chord_cue: MakeCue) -> Cue:
    return make_chord_cue("C G A:min F C")


def test_a_lock_is_one_chord_and_can_be_taken_back(cue: Cue) -> None:
    locked = changes.chord_locked(cue, 2)
    assert [step.locked for step in locked.steps] == [False, False, True, False, False]
    assert changes.chord_unlocked(locked, 2) == cue


@pytest.fixture
def known(cue: Cue) -> Cue:
    """The cue with a level and a voicing on each step, whatever they are."""
    return replace(cue, playing=tuple(Played(index, (36, 60, 64, 67 + index)) for index in range(5)))


def remembered(cue: Cue) -> list[tuple[bool, bool]]:
    """Whether the level and the voicing of each step are known."""
    return [(one is not None and one.level is not None, bool(one and one.voicing)) for one in cue.playing]


def test_only_a_chord_that_is_another_is_led_anew(known: Cue) -> None:
    changed = changes.chord_set(known, range(1, 3), known.steps[1].chord)
    assert remembered(changed) == [(True, True)] * 2 + [(True, False)] + [(True, True)] * 2
    assert changes.span_locked(known, range(5)).playing == known.playing


def test_only_a_density_that_is_another_finds_its_level_anew(known: Cue) -> None:
    changed = changes.density_drawn(known, 1, [known.steps[1].density, 30.0])
    assert remembered(changed) == [(True, True)] * 2 + [(False, True)] + [(True, True)] * 2


def test_what_is_composed_again_is_led_anew_but_for_locked_chords(known: Cue) -> None:
    held = changes.chord_locked(known, 2)
    assert remembered(changes.recomposed(held, range(1, 4), held.steps[1:4], 9)) == [
        (True, True), (True, False), (True, True), (True, False), (True, True),
    ]  # fmt: skip


def test_another_style_seed_or_key_leads_everything_anew(known: Cue) -> None:
    others = (changes.style_changed(known, "strings"), changes.seed_changed(known, 9), changes.transposed(known, 2))
    assert all(remembered(other) == [(True, False)] * 5 for other in others)
    assert changes.style_changed(known, known.style) == changes.transposed(known, 12) == known


def test_at_another_tempo_each_chord_keeps_its_playing(known: Cue) -> None:
    faster = changes.tempo_changed(known, steady_tempo(Fraction(2, 5)), 150)
    of_chord = {step.chord: played for step, played in zip(known.steps[:4], known.playing, strict=False)}
    assert len(faster.playing) == len(faster.steps)
    assert all(
        played in (of_chord[step.chord], known.playing[4])
        for step, played in zip(faster.steps, faster.playing, strict=True)
    )


def test_a_stretch_is_locked_and_freed(cue: Cue) -> None:
    locked = changes.span_locked(cue, range(1, 4))
    assert sum(step.locked for step in locked.steps) == 3
    assert changes.span_unlocked(locked, range(5)) == cue


def test_a_chord_that_is_set_is_locked(cue: Cue) -> None:
    changed = changes.chord_set(cue, range(1, 3), parse_chord("Dm7"))
    assert [step.chord.symbol() for step in changed.steps] == ["C", "D:min7", "D:min7", "F", "C"]
    assert [step.locked for step in changed.steps] == [False, True, True, False, False]


def test_transposing_moves_key_and_chords_together(cue: Cue) -> None:
    higher = changes.transposed(cue, 2)
    assert str(higher.key) == "D major"
    assert [step.chord.symbol() for step in higher.steps] == ["D", "A", "B:min", "G", "D"]


@given(semitones=st.integers(-30, 30))
def test_transposing_back_gives_the_cue_again(semitones: int, make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue("C F#:dim7 N", key="Eb major")
    assert changes.transposed(changes.transposed(cue, semitones), -semitones) == cue


def test_a_key_of_the_same_mode_transposes(cue: Cue) -> None:
    assert changes.key_changed(cue, parse_key("F major")) == changes.transposed(cue, 5)


def test_a_key_of_the_other_mode_needs_composing(cue: Cue) -> None:
    with pytest.raises(OptionError, match="--key"):
        changes.key_changed(cue, parse_key("A minor"))


def test_a_mood_is_wished_for_a_stretch(cue: Cue) -> None:
    assert changes.mood_set(cue, 1.0, 3.0, Mood.SAD).moods == (
        MoodSpan(0.0, 1.0, Mood.NEUTRAL),
        MoodSpan(1.0, 3.0, Mood.SAD, wished=True),
        MoodSpan(3.0, 5.0, Mood.NEUTRAL),
    )


@pytest.mark.parametrize(("start", "end"), [(2, 2), (3, 2), (5, 9), (-3, 0), (float("nan"), 2)])
def test_a_mood_for_nothing_is_refused(start: float, end: float, cue: Cue) -> None:
    with pytest.raises(OptionError):
        changes.mood_set(cue, start, end, Mood.SAD)


def test_dynamics_are_drawn_and_released(cue: Cue) -> None:
    drawn = changes.loudness_drawn(changes.density_drawn(cue, 1, [3, 4]), 2, [0.5])
    assert [(step.density, step.loudness) for step in drawn.steps[1:4]] == [(3, 0.17), (4, 0.5), (10, 0.17)]
    assert [step.drawn for step in drawn.steps] == [False, True, True, False, False]
    assert not any(step.drawn for step in changes.dynamics_released(drawn, range(5)).steps)


@pytest.mark.parametrize("value", [-1.0, 43.0, float("nan"), float("inf")])
def test_a_density_out_of_bounds_is_refused(value: float, cue: Cue) -> None:
    with pytest.raises(OptionError, match="density"):
        changes.density_drawn(cue, 0, [1.0, value])


@pytest.mark.parametrize("value", [-0.1, 1.1, float("nan")])
def test_a_loudness_out_of_bounds_is_refused(value: float, cue: Cue) -> None:
    with pytest.raises(OptionError, match="loudness"):
        changes.loudness_drawn(cue, 0, [value])


@pytest.mark.parametrize("span", [range(0), range(4, 6), range(-1, 1), range(3, 2)], ids=str)
def test_a_stretch_that_is_not_there_is_refused(span: range, cue: Cue) -> None:
    for change in (changes.span_locked, changes.span_unlocked, changes.dynamics_released):
        with pytest.raises(OptionError):
            change(cue, span)


def test_a_step_that_is_not_there_is_refused(cue: Cue) -> None:
    with pytest.raises(OptionError):
        changes.chord_locked(cue, 5)


def test_style_and_seed_change_nothing_else(cue: Cue) -> None:
    changed = changes.seed_changed(changes.style_changed(cue, "strings"), 9)
    assert (changed.style, changed.seed, changed.steps) == ("strings", 9, cue.steps)
    with pytest.raises(OptionError):
        changes.seed_changed(cue, -1)
    with pytest.raises(OptionError):
        changes.style_changed(cue, " ")


@pytest.mark.parametrize(
    ("start", "end", "inside", "touching"),
    [
        (1, 3, range(1, 3), range(1, 3)),
        (Fraction(1, 2), 3, range(1, 3), range(3)),
        (1, Fraction(7, 2), range(1, 3), range(1, 4)),
        (Fraction(103, 100), Fraction(297, 100), range(1, 3), range(1, 3)),
        (Fraction(5, 4), Fraction(7, 4), range(0), range(1, 2)),
        (4, 60, range(4, 5), range(4, 5)),
        (6, 7, range(0), range(0)),
    ],
    ids=["whole steps", "early", "late", "a frame off", "within one", "beyond the end", "outside"],
)
def test_times_name_steps(
    start: Fraction, end: Fraction, inside: range, touching: range, make_chord_cue: MakeCue
) -> None:
    cue = make_chord_cue("C C C C C")
    assert steps_inside(cue, Fraction(start), Fraction(end)) == inside
    assert steps_touching(cue, Fraction(start), Fraction(end)) == touching


def test_a_mood_taken_back_is_the_pictures_again(make_chord_cue: MakeCue) -> None:
    proposed = (MoodSpan(0.0, 2.0, Mood.SAD), MoodSpan(2.0, 5.0, Mood.TENSE))
    cue = replace(make_chord_cue("C G A:min F C"), moods=proposed)
    wished = changes.mood_set(cue, 1.0, 4.0, Mood.EXCITING, Affect(0.5, 0.5))
    assert [(s.start, s.end, s.mood, s.wished) for s in wished.moods][1] == (1.0, 4.0, Mood.EXCITING, True)
    assert changes.mood_released(wished, 1.0, 4.0, proposed) == cue


def test_half_of_a_wished_mood_can_be_taken_back(make_chord_cue: MakeCue) -> None:
    proposed = (MoodSpan(0.0, 5.0, Mood.SAD),)
    wished = changes.mood_set(replace(make_chord_cue("C G A:min F C"), moods=proposed), 1.0, 4.0, Mood.TENSE)
    half = changes.mood_released(wished, 2.0, 5.0, proposed)
    assert [(s.start, s.end, s.wished) for s in half.moods] == [(0.0, 1.0, False), (1.0, 2.0, True), (2.0, 5.0, False)]


def test_a_cut_is_let_pass_and_wanted_again(make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue("C G A:min F C", cuts=(40, 80))
    passed = changes.hit_wanted(cue, 40, wanted=False)
    assert [(p.frame, p.wanted) for p in passed.hit_points] == [(40, False), (80, True)]
    assert changes.hit_wanted(passed, 40, wanted=True) == cue


def test_a_cut_crowded_out_by_another_can_be_wanted(make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue("C G A:min F C", cuts=(40, 44))
    wanted = changes.hit_wanted(cue, 44, wanted=True)
    assert [(p.frame, p.wanted) for p in wanted.hit_points] == [(40, False), (44, True)]


def test_a_hit_of_the_editors_own_is_added_moved_and_removed(make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue("C G A:min F C")
    added = changes.hit_added(cue, 30, "door")
    moved = changes.hit_moved(added, 30, 60)
    assert [(p.frame, p.event, p.wanted) for p in moved.hit_points] == [(60, "door", True)]
    assert changes.hit_removed(moved, 60) == cue


def test_a_cut_that_is_moved_stays_and_is_let_pass(make_chord_cue: MakeCue) -> None:
    moved = changes.hit_moved(make_chord_cue("C G A:min F C", cuts=(40,)), 40, 55)
    assert [(p.frame, p.event, p.wanted) for p in moved.hit_points] == [(40, "cut", False), (55, "cut", True)]


def test_a_hit_that_would_shrink_a_locked_chord_is_refused_and_says_which(make_chord_cue: MakeCue) -> None:
    cue = changes.hit_added(changes.chord_locked(make_chord_cue("C G A:min F C"), 2), 30)
    with pytest.raises(OptionError, match=r"Am is locked from 00:00:02:00 to 00:00:03:00 and would last from .*02:10"):
        changes.hit_moved(cue, 30, 60)
    assert changes.hit_moved(changes.chord_unlocked(cue, 2), 30, 60).step_start(2) == Fraction(60, 25)


@given(frames=st.lists(st.integers(1, 124), min_size=1, max_size=6), locked=st.integers(0, 4))
def test_a_locked_chord_keeps_its_extent_whatever_hits_come_and_go(
    frames: list[int], locked: int, make_chord_cue: MakeCue
) -> None:
    cue = changes.chord_locked(make_chord_cue("C G A:min F C"), locked)
    before = cue.step_start(locked), cue.step_start(locked + 1)
    for frame in frames:
        with suppress(OptionError):
            cue = changes.hit_added(cue, frame)
        with suppress(OptionError):
            cue = changes.hit_moved(cue, frame, 125 - frame)
    assert all(abs(cue.step_start(locked + at) - before[at]) <= Fraction(1, 25) for at in (0, 1))


@pytest.mark.parametrize("frame", [0, 125, 500])
def test_a_hit_outside_the_music_is_refused(cue: Cue, frame: int) -> None:
    with pytest.raises(OptionError, match="outside the music"):
        changes.hit_added(cue, frame)


@given(bpm=st.integers(40, 240))
def test_at_another_tempo_every_chord_keeps_its_place_in_the_picture(bpm: int, make_chord_cue: MakeCue) -> None:
    cue = changes.chord_locked(make_chord_cue("C G A:min F C"), 2)
    faster = changes.tempo_changed(cue, steady_tempo(Fraction(60, bpm)))
    assert faster.step_start(len(faster.steps)) == 5
    for index, step in enumerate(faster.steps):
        middle = (faster.step_start(index) + faster.step_start(index + 1)) / 2
        assert step == cue.steps[min(int(middle), 4)]


def test_at_another_tempo_notes_of_rerolls_stay_inside_the_cue(cue: Cue) -> None:
    rerolled = changes.recomposed(cue, range(3, 5), cue.steps[3:5], 9)
    slower = changes.tempo_changed(rerolled, steady_tempo(Fraction(1)))
    assert all(0 <= r.first < r.end <= len(slower.steps) for r in slower.rerolls)
    assert cue_from_document(cue_to_document(slower)) == slower


def test_a_part_is_left_out_and_taken_back(cue: Cue) -> None:
    without = changes.part_left_out(cue, "Pad", left_out=True)
    assert [part.name for part in arrange(without).parts] == [p.name for p in arrange(cue).parts if p.name != "Pad"]
    assert cue_from_document(cue_to_document(without)) == without
    assert changes.part_left_out(without, "Pad", left_out=False) == cue


@pytest.mark.parametrize("sound", [Sound(loudness=-80.0), Sound(duck=-1.0)], ids=["loudness", "duck"])
def test_a_sound_out_of_bounds_is_refused(cue: Cue, sound: Sound) -> None:
    with pytest.raises(OptionError):
        changes.sound_changed(cue, sound)


_ALTERING = [
    lambda cue: changes.span_locked(cue, range(1, 3)),
    lambda cue: changes.transposed(cue, 2),
    lambda cue: changes.mood_set(cue, 1.0, 2.0, Mood.SAD),
    lambda cue: changes.sound_changed(cue, Sound(duck=3.0)),
    lambda cue: changes.hit_added(cue, 33),
    lambda cue: changes.hit_wanted(cue, 40, wanted=False),
    lambda cue: changes.tempo_changed(cue, steady_tempo(Fraction(2, 3))),
    lambda cue: changes.recomposed(cue, range(2), cue.steps[:2], 5),
]


@pytest.mark.parametrize("change", _ALTERING)
def test_what_was_worked_out_before_a_change_still_holds_after_it(
    change: Callable[[Cue], Cue], make_chord_cue: MakeCue
) -> None:
    cue = make_chord_cue("C G A:min F C", cuts=(40, 80))
    assert cue.step_start(3) and cue.hit_points and cue.wanted_times  # now they are known
    changed = change(cue)
    fresh = replace(changed)
    assert [changed.step_start(i) for i in range(len(changed.steps) + 1)] == [
        fresh.step_start(i) for i in range(len(fresh.steps) + 1)
    ]
    assert (changed.hit_points, changed.wanted_times) == (fresh.hit_points, fresh.wanted_times)
