from __future__ import annotations

from dataclasses import replace

from hitpoint.core.melody.layout import phrase_plans
from hitpoint.core.melody.sheet import SheetSection
from hitpoint.core.music.key import parse_key

C = parse_key("C major")


def section(first: int, letter: str, *phrases: int, tension: float = 0.5, is_summit: bool = False) -> SheetSection:
    return SheetSection(first, phrases, letter, C, tension, is_summit)


def sources(*sections: SheetSection) -> list[list[str]]:
    bars = sum(one.bars for one in sections)
    return [[piece.source for piece in plan.pieces] for plan in phrase_plans(sections, bars, 4)]


def test_a_sentence_states_the_theme_then_its_idea_a_fragment_and_a_cadence() -> None:
    assert sources(section(0, "A", 4, 5)) == [["theme"], ["theme", "theme", "network"]]


def test_a_contrast_is_new_and_then_goes_in_sequence() -> None:
    found = sources(section(0, "A", 4), section(4, "B", 4, 5))
    assert found[1:] == [["network"], ["second", "second", "network"]]


def test_the_pieces_of_a_phrase_fill_it() -> None:
    for bars in range(1, 12):
        for letter in ("A", "A'", "B", ""):
            plans = phrase_plans([section(0, letter, bars, bars)], 2 * bars, 4)
            assert all(sum(piece.bars for piece in plan.pieces) == plan.bars for plan in plans)


def test_the_theme_comes_back_in_the_last_third_if_nobody_planned_it() -> None:
    plans = phrase_plans([section(0, "A", 8), section(8, "B", 8), section(16, "B", 8), section(24, "B", 8)], 32, 4)
    assert any(plan.first_bar >= 20 and plan.pieces[0].source == "theme" and plan.pieces[0].is_plain for plan in plans)


def test_a_cue_without_letters_has_a_theme_all_the_same() -> None:
    assert any("theme" in found for found in sources(section(0, "", 4), section(4, "", 4, 4)))


def test_where_it_culminates_the_theme_is_plain() -> None:
    plans = phrase_plans([section(0, "A", 4), section(4, "B", 4, is_summit=True)], 8, 4)
    assert plans[1].pieces[0].source == "theme"
    assert plans[1].pieces[0].is_plain


def test_a_quiet_return_is_slow() -> None:
    plans = phrase_plans([section(0, "A", 4), section(4, "A'", 4, tension=0.1), section(8, "A''", 4)], 12, 4)
    assert plans[1].pieces[0].stretch == 2


def test_returns_are_counted() -> None:
    plans = phrase_plans([section(0, "A", 4, 4), section(8, "A'", 4, 4), section(16, "A''", 4)], 20, 4)
    assert [p.variant for plan in plans for p in plan.pieces if p.is_plain] == [0, 1, 2]


def test_a_contrast_that_comes_back_is_a_return_too() -> None:
    plans = phrase_plans([section(0, "A", 4), section(4, "B", 4), section(8, "B'", 4), section(12, "A", 4)], 16, 4)
    assert [piece.variant for piece in plans[2].pieces] == [1]


def test_where_the_music_waits_the_lead_says_half() -> None:
    spare = replace(section(4, "A'", 4, 4), is_spare=True)
    assert sources(section(0, "A", 4), spare)[1:] == [["theme", "rest"], ["theme", "network", "rest"]]


def test_a_section_states_the_head_once_and_answers_it() -> None:
    plans = phrase_plans([section(0, "A", 4, 4, 4, 4), section(16, "A'", 4, 4, 4, 4)], 32, 4)
    heads = [
        plan.first_bar
        for plan in plans
        for piece in plan.pieces
        if (piece.source, piece.first, piece.is_mirrored) == ("theme", 0, False) and piece.bars > 1
    ]
    assert heads == [0, 16]
    assert plans[1].pieces[0].is_mirrored


def test_where_the_music_waits_the_head_is_answered_too() -> None:
    spare = replace(section(4, "A'", 4, 4, 4, 4), is_spare=True)
    plans = phrase_plans([section(0, "A", 4), spare], 20, 4)[1:]
    firsts = [(plan.pieces[0].source, plan.pieces[0].first, plan.pieces[0].is_plain) for plan in plans]
    assert firsts == [("theme", 0, True), ("theme", 2, False), ("theme", 2, False), ("rest", 0, False)]


def test_the_last_phrase_of_a_cue_gives_the_theme_back() -> None:
    last = replace(section(12, "A'", 4, 4, 4), is_last=True)
    plans = phrase_plans([section(0, "A", 4, 4, 4), last], 24, 4)
    assert [plan.first_bar for plan in plans if plan.pieces[0].is_plain] == [0, 12, 20]


def test_a_contrast_that_is_known_is_answered_instead_of_repeated() -> None:
    plans = phrase_plans(
        [section(0, "A", 4), section(4, "B", 4, 4), section(12, "B'", 4, 4), section(20, "A", 4)], 24, 4
    )
    assert plans[4].pieces[0].is_mirrored
