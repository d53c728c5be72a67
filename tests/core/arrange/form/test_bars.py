"""Bars as players see them, with and without a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.bars import bars_of, slots_per_step
from hitpoint.core.arrange.form.form import form_of
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import FormPlan, PlannedSection
from hitpoint.core.music.metre import parse_metre
from hitpoint.core.music.tempo import steady_tempo
from tests.core.arrange.conftest import styles_one_in

CueMaker = Callable[..., Cue]


def planned(make_cue: CueMaker, metre: str, forces: tuple[float, ...], **fields: object) -> Cue:
    """A cue of sixteen bars, A B A' in 4 + 8 + 4, with a tempo that gives each half bar a second."""
    bars = 16
    cue = make_cue("C C F F G G C C " * 4, tempo=steady_tempo(1 / parse_metre(metre).beats_per_bar * 2), **fields)
    spans = ((0, 4, "Intro", "A", False), (4, 8, "Theme", "B", True), (12, 4, "Release", "A'", False))
    sections = tuple(
        PlannedSection(first, count, name, theme, cue.key, 0.5, summit, (4,) * (count // 4))
        for first, count, name, theme, summit in spans
    )
    tension = tuple(0.3 + 0.02 * (bar if bar < 12 else 0) for bar in range(bars))
    plan = FormPlan(parse_metre(metre), sections, tension, (2,) * bars, forces, bars - 1)
    return replace(cue, plan=plan)


def test_bars_without_a_plan_are_four_quarters_each(make_cue: CueMaker) -> None:
    cue = make_cue("C G " * 16)
    bars = bars_of(form_of(cue).steps, None)
    assert [bar.beat for bar in bars] == [4.0 * number for number in range(16)]
    assert [bar.in_phrase for bar in bars] == [0, 1, 2, 3] * 4
    assert all(bar.force is None and bar.slots == 16 for bar in bars)


@pytest.mark.parametrize(("metre", "slots"), [("4/4", 8), ("3/4", 6), ("6/8", 6)])
def test_bars_of_a_plan_know_theme_place_and_metre(make_cue: CueMaker, metre: str, slots: int) -> None:
    cue = planned(make_cue, metre, (1.0,) * 16)
    bars = bars_of(form_of(cue).steps, cue.plan)
    assert slots_per_step(cue.plan) == slots
    assert [bar.letter for bar in bars] == ["A"] * 4 + ["B"] * 8 + ["A"] * 4
    assert [bar.phrase_in_section for bar in bars] == [0] * 4 + [0] * 4 + [1] * 4 + [0] * 4
    assert bars[1].beat == float(parse_metre(metre).beats_per_bar)


@pytest.mark.parametrize("metre", ["3/4", "6/8"])
@pytest.mark.parametrize("style", styles_one_in(4, 2))
def test_every_style_plays_in_three(make_cue: CueMaker, style: str, metre: str) -> None:
    cue = planned(make_cue, metre, (1.0,) * 16, style=style, density=12.0)
    score = arrange(cue)
    downbeats = {3.0 * bar for bar in range(16)}
    struck = {round(note.start, 3) for part in score.parts for note in part.notes}
    assert len(downbeats & struck) >= 14
    assert arrange(with_playing(cue)) == score
    assert all(cue.tempo.seconds_at(note.end) <= cue.seconds for part in score.parts for note in part.notes)


@pytest.mark.parametrize("style", styles_one_in(4, 3))
def test_as_many_play_as_the_plan_says(make_cue: CueMaker, style: str) -> None:
    forces = (0.0, *[0.1] * 3, *[1.0] * 8, *[0.5] * 4)
    score = arrange(planned(make_cue, "4/4", forces, style=style, density=12.0))
    struck = [
        {part.name for part in score.parts for n in part.notes if 4 * bar <= n.start < 4 * bar + 4} for bar in range(15)
    ]
    lead = {part.name for part in score.parts if part.role == "lead"}  # plays wherever the tune goes
    assert not struck[0]
    assert all(names and len(names - lead) <= 1 for names in struck[1:4])
    full, half = (max(map(len, some)) for some in (struck[4:12], struck[12:15]))
    assert full > half or full == 2


def test_a_theme_that_comes_back_is_accompanied_as_before(make_cue: CueMaker) -> None:
    cue = with_playing(planned(make_cue, "4/4", (1.0,) * 16, density=10.0))
    figures = [one.figure if one is not None else None for one in cue.playing]
    assert figures[0:7] == figures[24:31] != figures[8:15]
    assert Fraction(2) == cue.beats_per_step


def test_a_solo_amid_the_music_is_the_tunes(make_cue: CueMaker) -> None:
    forces = (*[1.0] * 8, *[0.01] * 2, *[1.0] * 6)
    score = arrange(planned(make_cue, "4/4", forces, style="cinematic", density=12.0))
    struck = {part.role for part in score.parts for note in part.notes if 32 <= note.start < 40}
    assert struck == {"lead"}
