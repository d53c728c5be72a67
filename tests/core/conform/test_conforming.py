"""What conforming promises, on a family of re-cuts made by chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.compose.compose import Models
from hitpoint.core.conform.conforming import Conformed, composed, conformed
from hitpoint.core.conform.shot_matching import matched
from hitpoint.core.conform.summary import summary
from hitpoint.core.cue.changes import chord_set, density_drawn, recomposed
from hitpoint.core.cue.cue import Cue, Reroll, steps_touching
from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document, cue_to_document
from hitpoint.core.edit import Edit, Marker
from hitpoint.core.errors import OptionError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import parse_chord
from tests.core.arrange.conftest import styles_one_in

MakeEdit = Callable[..., Edit]
MakeCue = Callable[..., Cue]
Shots = list[tuple[str, int, int]]
LAW = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
LOCK = parse_chord("F#:dim7")


def test_what_changed_beside_the_music_is_not_told(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [("a", 0, 125), ("b", 0, 75), ("c", 0, 100), ("d", 0, 100)]
    cue = make_cue(make_edit(cut), first=150, end=275)
    shorter = conformed(cue, make_edit([*cut[:2], ("c", 0, 90), ("d", 0, 60)])).changes
    assert shorter.lines() == ("nothing changed under the music",)
    assert summary(shorter) == "2 shots kept, 5.0 of 5.0 s of music kept"
    later = conformed(cue, make_edit([("a", 0, 135), *cut[1:]])).changes
    assert later.lines()[0] == "2 shots kept 6.400-11.400 s, 0.400 s later"
    slipped = conformed(cue, make_edit([*cut[:2], ("c", 10, 100), cut[3]])).changes
    assert any("slipped" in line for line in slipped.lines())


@st.composite
def cuts(draw: st.DrawFn) -> Shots:
    """Five to sixteen shots of their own media."""
    lengths = draw(st.lists(st.integers(12, 140), min_size=5, max_size=16))
    return [(f"m{number}", 100, length) for number, length in enumerate(lengths)]


@st.composite
def recuts(draw: st.DrawFn, cut: Shots) -> Shots:
    """The same after one to four things that editors do."""
    shots = list(cut)
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(shots) - 1))
        media, first, frames = shots[place]
        change = draw(st.sampled_from(["trim", "extend", "swap", "delete", "insert", "split", "ripple"]))
        if change == "trim":
            cut_off = draw(st.integers(0, frames - 4))
            head = draw(st.integers(0, cut_off))
            shots[place] = (media, first + head, frames - cut_off)
        elif change == "extend":
            shots[place] = (media, first, frames + draw(st.integers(1, 60)))
        elif change == "ripple":
            shots[place] = (media, first, frames + 1)
        elif change == "swap":
            other = draw(st.integers(0, len(shots) - 1))
            shots[place], shots[other] = shots[other], shots[place]
        elif change == "delete" and len(shots) > 2:
            del shots[place]
        elif change == "insert":
            shots.insert(place, (f"new{draw(st.integers(0, 99))}", 0, draw(st.integers(8, 120))))
        elif change == "split" and frames > 8:
            at = draw(st.integers(4, frames - 4))
            shots[place : place + 1] = [(media, first, at), (media, first + at, frames - at)]
    return shots


@st.composite
def cases(draw: st.DrawFn) -> tuple[Shots, Shots, set[int], set[int]]:
    """A cut, a re-cut, steps to lock and frames to hit."""
    cut = draw(cuts())
    frames = sum(length for _, _, length in cut)
    locks = draw(st.sets(st.integers(0, max(frames // 30, 1)), max_size=5))
    hits = draw(st.sets(st.integers(1, frames - 1), max_size=3))
    return cut, draw(recuts(cut)), locks, hits


def with_locks(cue: Cue, locks: set[int]) -> Cue:
    """The cue with chords of their own, locked, on some steps."""
    for index in locks:
        if index < len(cue.steps):
            cue = chord_set(cue, range(index, index + 1), LOCK)
    return cue


def unchanged_steps(cue: Cue, plan: Conformed) -> list[tuple[int, int]]:
    """Old and new steps that lie on the same picture from beginning to end."""
    times = matched(cue.edit, plan.cue.edit)
    found = []
    for new in range(len(plan.cue.steps)):
        start, end = plan.cue.step_start(new), plan.cue.step_start(new + 1)
        links = times.pieces_of_new(start, end)
        shifts = {link.new_start - link.old_start for link in links}
        if len(shifts) != 1 or sum(link.new_end - link.new_start for link in links) != end - start:
            continue
        shift = shifts.pop()
        found += [(old, new) for old in range(len(cue.steps)) if cue.step_start(old) + shift == start
                  and cue.step_start(old + 1) + shift == end]  # fmt: skip
    return found


@LAW
@given(cases())
def test_the_music_covers_the_new_edit_and_nothing_else(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, locks, hits = case
    new = conformed(with_locks(make_cue(make_edit(cut), hits=hits), locks), make_edit(recut)).cue
    assert (new.start_frame, new.end_frame) == (0, new.edit.frames)
    assert new.moods[0].start == 0 and new.moods[-1].end == float(new.seconds)
    starts = [new.step_start(index) for index in range(len(new.steps) + 1)]
    assert all(a < b for a, b in pairwise(starts))
    assert cue_from_document(cue_to_document(new)) == new


@LAW
@given(cases())
def test_no_lock_is_lost_silently(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, locks, _ = case
    cue = with_locks(make_cue(make_edit(cut)), locks)
    plan = conformed(cue, make_edit(recut))
    times = matched(cue.edit, plan.cue.edit)
    lost = [change.old for change in plan.changes.lost_locks]
    for index, step in enumerate(cue.steps):
        start, end = cue.step_start(index), cue.step_start(index + 1)
        if not step.locked or any(span.start <= start and end <= span.end for span in lost):
            continue
        there = {
            touched
            for link in times.pieces_of_old(start, end)
            for touched in steps_touching(plan.cue, link.new_start - 1, link.new_end + 1)
        }
        assert any(plan.cue.steps[place].locked and plan.cue.steps[place].chord == LOCK for place in there)
    assert all(step.chord == LOCK for step in plan.cue.steps if step.locked)


@LAW
@given(cases())
def test_unchanged_stretches_keep_their_chords(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, locks, _ = case
    cue = with_locks(make_cue(make_edit(cut)), locks)
    plan = conformed(cue, make_edit(recut))
    for old, new in unchanged_steps(cue, plan):
        assert plan.cue.steps[new] == cue.steps[old]


@LAW
@given(cases())
def test_conforming_again_changes_nothing(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, locks, hits = case
    once = conformed(with_locks(make_cue(make_edit(cut), hits=hits), locks), make_edit(recut)).cue
    again = conformed(once, make_edit(recut))
    assert again.cue == once
    assert cue_bytes(again.cue) == cue_bytes(once)
    assert again.changes.is_empty


@LAW
@given(cases())
def test_tempo_stays_within_its_limits(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, _, hits = case
    new = conformed(make_cue(make_edit(cut), hits=hits), make_edit(recut)).cue
    mean = new.seconds / new.tempo.beat_at(new.seconds)
    lengths = [point.seconds_per_beat for point in new.tempo.points]
    assert all(1 / 1.081 <= length / mean <= 1.081 for length in lengths)
    assert all(1 / 1.0601 <= a / b <= 1.0601 for a, b in pairwise(lengths))


@settings(LAW, max_examples=10)
@given(cases())
def test_hits_are_met_as_in_a_cue_composed_anew(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, _, hits = case
    new = conformed(make_cue(make_edit(cut), hits=hits), make_edit(recut)).cue
    errors = [abs(hit.error_seconds or 0) for hit in measured_hits(new, arrange(new)) if hit.wanted]
    assert sum(error <= 0.02 + 1e-9 for error in errors) >= 0.95 * len(errors) - 1


@LAW
@given(cases())
def test_the_editors_hits_stay_on_their_pictures_or_are_told(
    make_edit: MakeEdit, make_cue: MakeCue, case: tuple[Shots, Shots, set[int], set[int]]
) -> None:
    cut, recut, _, hits = case
    cue = make_cue(make_edit(cut), hits=hits)
    plan = conformed(cue, make_edit(recut))
    lost = {change.old for change in plan.changes.hits if change.new is None}
    times = matched(cue.edit, plan.cue.edit)
    frames = {wish.frame for wish in plan.cue.hits}
    for hit in cue.hits:
        piece = times.piece_at_old_frame(hit.frame)
        moved = None if piece is None else piece.new_start + hit.frame - piece.old_start + piece.slip
        assert moved in frames or cue.edit.rate.seconds(hit.frame) in lost


@pytest.mark.parametrize("rate", [24, 30])
def test_a_new_frame_rate_keeps_every_chord_and_beat_on_its_frame(
    make_edit: MakeEdit, make_cue: MakeCue, rate: int
) -> None:
    cut = [(f"m{number}", 40 * number, 31 + 7 * number) for number in range(10)]
    cue = make_cue(make_edit(cut), locks=(3, 9))
    new = conformed(cue, make_edit(cut, rate)).cue
    assert [step.chord for step in new.steps] == [step.chord for step in cue.steps]
    ratio = Fraction(25, rate)
    assert all(new.step_start(index) == cue.step_start(index) * ratio for index in range(len(cue.steps)))


def test_a_new_rate_at_the_same_seconds_keeps_what_it_can(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 50) for number in range(8)]
    plan = conformed(make_cue(make_edit(cut)), make_edit([(media, 0, 48) for media, _, _ in cut], 24))
    assert [music.new.end - music.new.start for music in plan.changes.kept] == [16]
    assert "second for second" in plan.changes.notes[0]


def test_moved_music_keeps_its_notes_when_its_place_in_the_bar_is_the_same(
    make_edit: MakeEdit, make_cue: MakeCue
) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(20)]
    cue = with_playing(make_cue(make_edit(cut), bpm=120))
    new = conformed(cue, make_edit([*cut[:4], *cut[6:]])).cue
    before, after = arrange(cue), arrange(new)
    for old, moved in zip(before.parts, after.parts, strict=True):
        tail = [(n.start - 16, n.end - 16, n.pitch, n.velocity) for n in old.notes if n.start >= 50]
        assert tail == [(n.start, n.end, n.pitch, n.velocity) for n in moved.notes if n.start >= 34]


@pytest.mark.parametrize("style", styles_one_in(4, 1))
@pytest.mark.parametrize("frames", [50, pytest.param(100, marks=pytest.mark.slow)])
def test_beyond_a_bar_of_a_longer_shot_every_note_is_as_it_was(
    make_edit: MakeEdit, make_cue: MakeCue, style: str, frames: int
) -> None:
    cut = [(f"m{number}", 0, 61 + 5 * (number % 7)) for number in range(40)]
    old = replace(make_cue(make_edit(cut), bpm=120), style=style)
    old = with_playing(replace(old, steps=tuple(replace(step, density=8.6) for step in old.steps)))
    plan = conformed(old, make_edit([*cut[:20], ("m20", 0, cut[20][2] + frames), *cut[21:]]))
    new = plan.cue
    for span in plan.fresh:
        fresh = [replace(step, chord=LOCK, density=4.0) for step in new.steps[span.start : span.stop]]
        new = recomposed(new, span, fresh, 1)
    assert plan.fresh
    first, *_, last = (music for music in plan.changes.kept if music.is_barred)
    bar = Fraction(2)  # seconds
    shift = last.new.start - last.old_start
    head = heard_between(old, 0, first.new.end - bar), heard_between(new, 0, first.new.end - bar)
    tail = (
        heard_between(old, last.new.start - shift + bar, old.seconds, shift),
        heard_between(new, last.new.start + bar, new.seconds),
    )
    assert len(head[0]) > 100 and head[0] == head[1]
    assert len(tail[0]) > 100 and tail[0] == tail[1]


def heard_between(
    cue: Cue, start: Fraction | int, end: Fraction, shift: Fraction | int = 0
) -> list[tuple[int, Fraction, int, int]]:
    """Part, milliseconds, pitch and velocity of what is struck from one time to another."""
    grid = Fraction(1, 1000)
    return sorted(
        (number, round((at + shift) / grid) * grid, note.pitch, note.velocity)
        for number, part in enumerate(arrange(cue).parts)
        for note in part.notes
        if start <= (at := cue.tempo.seconds_at(Fraction(note.start).limit_denominator(10**6))) < end
    )


def test_one_frame_more_leaves_nearly_all_of_the_music_alone(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 61 + 5 * (number % 7)) for number in range(30)]
    recut = [*cut[:14], ("m14", 0, cut[14][2] + 1), *cut[15:]]
    plan = conformed(make_cue(make_edit(cut)), make_edit(recut))
    kept = sum(music.new.end - music.new.start for music in plan.changes.kept if music.is_barred)
    assert plan.cue.seconds - kept < 20
    assert not plan.fresh


def test_a_range_follows_its_shots(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(8)]
    cue = make_cue(make_edit(cut), first=200, end=500)
    plan = conformed(cue, make_edit([("x", 0, 30), *cut[:3], ("y", 0, 40), *cut[3:]]))
    assert (plan.cue.start_frame, plan.cue.end_frame) == (230, 570)
    assert plan.changes.new_range != plan.changes.old_range


def test_an_edit_without_any_of_the_shots_is_refused(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    with pytest.raises(OptionError, match="score it anew"):
        conformed(make_cue(make_edit([("a", 0, 100)])), make_edit([("b", 0, 100)]))


def test_wished_moods_go_with_their_shots_and_do_not_spread(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(4)]
    moods = (MoodSpan(0, 4, Mood.SAD), MoodSpan(4, 8, Mood.TENSE, wished=True), MoodSpan(8, 16, Mood.SAD))
    cue = replace(make_cue(make_edit(cut)), moods=moods)
    new = conformed(cue, make_edit([cut[0], ("m1", 0, 40), ("x", 0, 50), ("m1", 40, 60), ("y", 0, 25), *cut[2:]])).cue
    assert [(span.start, span.end) for span in new.moods if span.wished] == [(4, 10)]
    gone = conformed(cue, make_edit([cut[0], *cut[2:]]))
    assert [mood.mood for mood in gone.changes.moods] == ["tense"]


def test_drawn_dynamics_and_rerolls_go_with_their_steps(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(6)]
    cue = density_drawn(make_cue(make_edit(cut), bpm=120), 12, [33.0, 34.0])
    cue = replace(cue, rerolls=(Reroll(11, 15, 9),))
    new = conformed(cue, make_edit([cut[0], *cut[2:]])).cue
    assert [(index, step.density) for index, step in enumerate(new.steps) if step.drawn] == [(8, 33.0), (9, 34.0)]
    assert new.rerolls == (Reroll(7, 11, 9),)


def test_a_new_marker_is_met_and_moves_only_what_is_near(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(10)]
    cue = make_cue(make_edit(cut))
    plan = conformed(cue, replace(make_edit(cut), markers=(Marker(511, 1, "bang"),)))
    starts = [plan.cue.step_start(index) for index in range(len(plan.cue.steps))]
    assert Fraction(511, 25) in starts
    assert [step.chord for step in plan.cue.steps[:8]] == [step.chord for step in cue.steps[:8]]
    assert plan.changes.kept[0].new.start == 0 and not plan.fresh


def test_only_what_is_new_is_composed(
    make_edit: MakeEdit, make_cue: MakeCue, dice_models: Models, grey_features: Callable[[int], PictureFeatures]
) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(5)]
    recut = [*cut[:2], ("x", 0, 110), *cut[2:4], ("y", 0, 90), cut[4]]
    plan = conformed(make_cue(make_edit(cut), locks=(2,)), make_edit(recut))
    cue = composed(plan, grey_features(30), dice_models)
    fresh = {index for span in plan.fresh for index in span}
    assert len(plan.fresh) == 2 and 8 <= len(fresh) <= 10
    assert all(a == b for i, (a, b) in enumerate(zip(cue.steps, plan.cue.steps, strict=True)) if i not in fresh)
    assert not any(cue.steps[index].locked for index in fresh)
    assert {reroll.seed for reroll in cue.rerolls} == {plan.cue.next_seed}
    assert conformed(cue, make_edit(recut)).cue == cue


def test_losses_come_first_and_times_are_written_as_asked(make_edit: MakeEdit, make_cue: MakeCue) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(5)]
    changes = conformed(make_cue(make_edit(cut), bpm=120, locks=(9,)), make_edit([*cut[:2], *cut[4:]])).changes
    lines = changes.lines(lambda seconds: f"<{float(seconds):g}>")
    assert lines[0].startswith("lock") and "is lost" in lines[0] and "<" in lines[0]
    assert not any(" s is lost" in line for line in lines)
    assert sorted(changes.lines()) != sorted(lines) and len(changes.lines()) == len(lines)


def test_music_that_ends_elsewhere_is_led_to_a_close(
    make_edit: MakeEdit, make_cue: MakeCue, dice_models: Models, grey_features: Callable[[int], PictureFeatures]
) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(5)]
    old = make_cue(make_edit(cut), bpm=120, locks=(11,))
    plan = conformed(old, make_edit([*cut[:3], ("m3", 0, 60)]))
    cue = composed(plan, grey_features(30), dice_models)
    assert [step.chord.symbol() for step in plan.cue.steps[-2:]] == ["B:dim", "G"]
    assert cue.steps[-1].chord.symbol() == "C" and cue.steps[-2].chord.root in (5, 7)
    assert cue.steps[:12] == old.steps[:12] and cue.steps[11].locked
    assert any("composed anew, to a close" in line for line in plan.changes.lines())
    assert plan.changes.kept[-1].new.end == plan.changes.composed[-1].start
    assert conformed(cue, cue.edit).changes.is_empty


@pytest.mark.parametrize(
    ("chords", "lock", "count", "note"),
    [("G:7 C", None, 0, ""), ("C C", None, 0, ""), ("C G:7", None, 4, "to a close"), ("C G:7", 14, 0, "locked chord")],
)
def test_a_close_that_is_there_stays_and_so_does_a_locked_chord(
    make_edit: MakeEdit, make_cue: MakeCue, chords: str, lock: int | None, count: int, note: str
) -> None:
    cut = [(f"m{number}", 0, 100) for number in range(5)]
    steps = list(make_cue(make_edit(cut), bpm=120).steps)
    for place, symbol in zip((13, 14), chords.split(), strict=True):
        steps[place] = replace(steps[place], chord=parse_chord(symbol), locked=place == lock)
    cue = replace(make_cue(make_edit(cut), bpm=120), steps=tuple(steps))
    plan = conformed(cue, make_edit([*cut[:3], ("m3", 0, 75)]))
    assert len(plan.cue.steps) == 15
    assert sum(len(span) for span in plan.fresh) == count
    assert note in " ".join(plan.changes.notes) and bool(note) == bool(plan.changes.notes)


@pytest.mark.parametrize(
    "kind", ["ripple", *(pytest.param(kind, marks=pytest.mark.slow) for kind in ("delete", "shuffle", "same"))]
)
def test_twice_as_long_a_film_takes_about_twice_the_work(
    make_edit: MakeEdit, make_cue: MakeCue, calls_in: Callable[[Callable[[], object]], int], kind: str
) -> None:
    half, whole = (
        calls_in(lambda made=made: conformed(*made)) for made in films_recut(kind, (100, 200), make_edit, make_cue)
    )
    assert whole < 2.5 * half


def films_recut(kind: str, counts: Sequence[int], make_edit: MakeEdit, make_cue: MakeCue) -> Iterator[tuple[Cue, Edit]]:
    """Cues on films of so many shots, and the films cut anew."""
    for count in counts:
        chance = Random(3)
        cut = [(f"m{chance.randrange(40)}", chance.randrange(5000), chance.randrange(10, 120)) for _ in range(count)]
        cue, recut = make_cue(make_edit(cut), locks=range(0, 4000, 17)), list(cut)
        if kind == "delete":
            recut = [shot for shot in cut if chance.random() > 0.02]
        elif kind == "ripple":
            recut = [(media, first, frames + 1) for media, first, frames in cut]
        elif kind == "shuffle":
            chance.shuffle(recut)
        yield cue, make_edit(recut)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["ripple", "delete", "shuffle", "same"])
def test_a_feature_film_is_conformed_to_its_end(make_edit: MakeEdit, make_cue: MakeCue, kind: str) -> None:
    (made,) = films_recut(kind, (1500,), make_edit, make_cue)
    assert conformed(*made).cue.end_frame == made[1].frames


@pytest.mark.parametrize("bpm", [None, 90.0])
def test_the_same_cut_keeps_the_metre_of_the_tempo(make_edit: MakeEdit, make_cue: MakeCue, bpm: float | None) -> None:
    edit = make_edit([("a", 100, 90), ("b", 0, 110)])
    cue = make_cue(edit, bpm=bpm)
    waltz = replace(cue, tempo=replace(cue.tempo, beats_per_bar=3))
    assert conformed(waltz, edit).cue.tempo == waltz.tempo
