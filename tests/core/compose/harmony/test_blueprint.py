"""What a take does with its form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.core.compose.harmony.blueprint import Role, drawn_blueprint
from hitpoint.core.compose.harmony.context import HarmonyContext, HarmonySection
from hitpoint.core.music.key import Key

Piece = Callable[..., HarmonyContext]


def rngs(*seeds: int) -> list[np.random.Generator]:
    return [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]


def test_a_theme_that_comes_back_has_its_bars_from_the_last_of_its_name(piece: Piece) -> None:
    context = piece("A B A C", final_step=63)
    plans = [drawn_blueprint(context, rng) for rng in rngs(*range(40))]
    for plan in plans:
        assert plan.sources[32:40].tolist() == list(range(8))
        assert all(source in (-1, row) for row, source in enumerate(plan.sources[32:44].tolist()))
        assert all(plan.sources[row] in (-1, row - 8) for row in (*range(32), *range(48, 64)))
    endings = [plan.sources[44] == 12 for plan in plans]
    assert 8 <= sum(endings) <= 32, "the last two bars are new in some takes"


def test_the_second_phrase_of_a_new_theme_may_begin_as_the_first_and_closes_otherwise(piece: Piece) -> None:
    plans = [drawn_blueprint(piece("A"), rng) for rng in rngs(*range(40))]
    begins = [plan.sources[8] == 0 for plan in plans]
    assert 10 <= sum(begins) <= 30
    assert all((plan.sources[14:16] == -1).all() for plan in plans)


def test_a_variation_keeps_most_bars_and_leans_away_in_the_others(piece: Piece) -> None:
    context = piece("A A' B C")
    shares = []
    for rng in rngs(*range(40)):
        plan = drawn_blueprint(context, rng)
        rows = slice(16, 32)
        assert ((plan.sources[rows] >= 0) ^ (plan.leans[rows] >= 0)).all()
        shares.append(float((plan.sources[rows] >= 0).mean()))
    assert 0.5 < np.mean(shares) < 0.9 and len(set(shares)) > 2


def test_a_stretch_that_is_rolled_again_takes_nothing_from_outside_it(piece: Piece) -> None:
    plan = drawn_blueprint(piece("A A B A"), rngs(1)[0], range(16, 40))
    assert (plan.sources[16:32] == -1).all() and (plan.leans[16:32] == -1).all()


def test_phrases_stay_open_and_sections_close(piece: Piece) -> None:
    context = piece("A B")
    roles = drawn_blueprint(context, rngs(0)[0]).roles
    assert roles[6:8].tolist() == [Role.OPEN_SOON, Role.OPEN]
    assert roles[12:15].tolist() == [Role.PREPARE, Role.PREPARE, Role.CLOSE]
    half = replace(context, ends=False, sections=tuple(replace(one, cadence="half") for one in context.sections))
    assert drawn_blueprint(half, rngs(0)[0]).roles[30:].tolist() == [Role.OPEN_SOON, Role.OPEN]


def test_the_summit_and_the_end_are_led_to_whatever_comes_back(piece: Piece) -> None:
    context = piece("A A A", final_step=47)
    context = replace(
        context, sections=(context.sections[0], *(replace(one, cadence="half") for one in context.sections[1:]))
    )
    for rng in rngs(*range(8)):
        plan = drawn_blueprint(context, rng)
        assert plan.roles[30:33].tolist() == [Role.LEAD_SOON, Role.LEAD, Role.ARRIVE] and plan.sources[31] == -1
        assert plan.roles[46] == Role.LEAD and plan.sources[46] == -1


def test_a_change_of_key_is_led_to(piece: Piece) -> None:
    roles = drawn_blueprint(piece("A B", keys=(Key(0), Key(3, is_minor=True))), rngs(0)[0]).roles
    assert roles[15:17].tolist() == [Role.LEAVE, Role.ARRIVE]


def test_harmony_moves_on_bar_lines_and_a_theme_keeps_its_rhythm(piece: Piece) -> None:
    for rng in rngs(*range(20)):
        holds = drawn_blueprint(piece("A B A C"), rng).holds
        assert holds[0] < holds[1] and (holds[0:12] == holds[32:44]).all()


def test_wished_rhythms_are_kept(piece: Piece) -> None:
    def holds(chords_a_bar: float) -> list[float]:
        context = piece("A")
        sections = (replace(context.sections[0], chords_a_bar=chords_a_bar),)
        return list(drawn_blueprint(replace(context, sections=sections), rngs(0)[0]).holds[:4])

    assert holds(2.0) == [-1.0] * 4
    assert holds(0.5)[2] > 0 > holds(0.5)[0] and holds(1.0)[2] < 0 < holds(1.0)[1]


@given(st.integers(0, 2**32 - 1))
def test_the_same_numbers_give_the_same_plan_and_as_many_are_drawn_for_any_stretch(seed: int) -> None:
    sections = tuple(HarmonySection(8, name, (4, 4), Key(0)) for name in ("A", "A'", "A"))
    context = HarmonyContext("half", (2,) * 24, sections)
    first, second = rngs(seed, seed)
    plan, other = drawn_blueprint(context, first), drawn_blueprint(context, second, range(3, 9))
    assert (plan.holds == other.holds).all() and (plan.roles == other.roles).all()
    assert first.random() == second.random()


def test_a_short_section_comes_back_but_for_its_ending() -> None:
    lengths, themes = (6, 4, 4), ("A", "A'", "A''")
    sections = tuple(HarmonySection(bars, name, (bars,), Key(0)) for bars, name in zip(lengths, themes, strict=True))
    context = HarmonyContext("half", (2,) * 14, sections)
    for rng in rngs(*range(10)):
        assert drawn_blueprint(context, rng).sources[12:20].tolist() == list(range(8))
    half = replace(context, sections=(replace(sections[0], cadence="half"), *sections[1:]))
    sources = drawn_blueprint(half, rngs(0)[0]).sources[12:20].tolist()
    assert sources == [*range(6), -1, -1], "a close of another kind is written anew"
