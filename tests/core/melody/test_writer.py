from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise

import pytest

from hitpoint.core.melody.network import melody_network
from hitpoint.core.melody.passages import _score
from hitpoint.core.melody.returning import head_bars
from hitpoint.core.melody.sampling import Drawn
from hitpoint.core.melody.sheet import LeadSheet, SheetNote
from hitpoint.core.melody.writer import Melody, written
from hitpoint.core.music.theme import Theme, ThemeNote

SheetMaker = Callable[..., LeadSheet]

GIVEN = Theme(
    (ThemeNote(0, 4, 0), ThemeNote(4, 4, 1), ThemeNote(8, 8, 2), ThemeNote(16, 8, 4), ThemeNote(24, 8, 0)), 16, 2, True
)


def test_the_same_sheet_gives_the_same_notes(sheet: LeadSheet, melody: Melody) -> None:
    assert written(sheet, melody_network()) == melody


def test_another_seed_gives_others(make_sheet: SheetMaker, melody: Melody) -> None:
    assert written(make_sheet(seed=2), melody_network()).theme != melody.theme


def test_notes_come_one_at_a_time_inside_the_range(sheet: LeadSheet, melody: Melody) -> None:
    assert all(before.end <= after.start for before, after in pairwise(melody.notes))
    assert all(sheet.low <= note.pitch <= sheet.high for note in melody.notes)


def test_the_theme_comes_back_by_its_head_and_never_note_for_note(melody: Melody) -> None:
    def heard(bar: int, bars: int) -> list[tuple[Fraction, int]]:
        notes = [note for note in melody.notes if 4 * bar <= note.start < 4 * (bar + bars)]
        return [(note.start - 4 * bar, note.pitch - notes[0].pitch) for note in notes]

    assert melody.theme is not None
    head = head_bars(melody.theme)
    assert len(heard(4, head)) >= 4
    assert heard(4, head) == heard(12, head) == heard(28, head)
    returns = [heard(bar, 4) for bar in (4, 12, 28)]
    assert all(one != other for one, other in combinations(returns, 2))


def test_where_somebody_speaks_it_keeps_still(make_sheet: SheetMaker) -> None:
    silence = (Fraction(20), Fraction(28))
    notes = written(make_sheet(silences=(silence,)), melody_network()).notes
    assert notes
    assert not [note for note in notes if note.start < silence[1] and note.end > silence[0]]


def test_before_a_rest_a_phrase_comes_to_its_end(make_sheet: SheetMaker) -> None:
    """The last note that is heard is a tone of its chord, whatever would have followed."""
    for bar in (11, 15):
        rest = (Fraction(4 * bar), Fraction(4 * bar + 4))
        sheet = make_sheet(silences=(rest,), rests=(rest,))
        last = [note for note in written(sheet, melody_network()).notes if note.start < rest[0]][-1]
        assert last.end <= rest[0]
        assert last.pitch % 12 in sheet.chord_at(last.start).pitch_classes


def test_phrases_breathe(sheet: LeadSheet, melody: Melody) -> None:
    for end in (sheet.bar_starts[8], sheet.bar_starts[12], sheet.bar_starts[16]):
        assert not [note for note in melody.notes if note.start < end - Fraction(1, 4) < note.end]


def test_it_ends_on_a_tone_of_the_last_chord(sheet: LeadSheet, melody: Melody) -> None:
    last = melody.notes[-1]
    assert (last.start, last.end) == (sheet.final, sheet.end)
    assert last.pitch % 12 in sheet.chord_at(sheet.final).pitch_classes


@pytest.mark.parametrize(("beats", "is_compound"), [(3, False), (3, True), (2, False), (5, False)])
def test_other_metres_have_melodies_too(make_sheet: SheetMaker, beats: int, is_compound: bool) -> None:
    sheet = make_sheet(beats=beats, is_compound=is_compound)
    notes = written(sheet, melody_network()).notes
    starts = {note.start for note in notes}
    assert len(notes) > 20
    assert len([line for line in sheet.bar_starts if line in starts]) > 8


def test_what_stands_stays_and_the_rest_is_as_before(sheet: LeadSheet, melody: Melody) -> None:
    asked = (Fraction(32), Fraction(40))
    standing = tuple(note for note in melody.notes if not asked[0] <= note.start < asked[1])
    again = written(replace(sheet, asked=(asked,), standing=standing, theme=melody.theme), melody_network())
    outside = tuple(note for note in again.notes if not asked[0] <= note.start < asked[1])
    assert outside == standing
    assert [note for note in again.notes if asked[0] <= note.start < asked[1]]


@pytest.mark.parametrize("bars", [(8, 10), (12, 16), (30, 32)])
def test_what_is_written_anew_among_moved_notes_joins_them(
    sheet: LeadSheet, melody: Melody, bars: tuple[int, int]
) -> None:
    """All that stands has been moved by an octave; so are new bars, and no border leaps by more than one."""
    start, end = (Fraction(4 * bar) for bar in bars)
    fresh = tuple(7 if bars[0] <= bar < bars[1] else None for bar in range(sheet.bars))
    moved = [replace(note, pitch=note.pitch + 12) for note in melody.notes]
    standing = tuple(note for note in moved if not start <= note.start < end)
    high = replace(sheet, high=100, asked=((start, end),), standing=standing, theme=melody.theme, fresh=fresh)
    notes = written(high, melody_network()).notes
    new = [note.pitch for note in notes if start <= note.start < end]
    old = [note.pitch for note in moved if start - 16 <= note.start < end + 16]
    assert new and abs(sum(new) / len(new) - sum(old) / len(old)) <= 7
    places = [at for at, note in enumerate(notes) if start <= note.start < end]
    for one, other in ((places[0] - 1, places[0]), (places[-1], places[-1] + 1)):
        assert abs(notes[one].pitch - notes[other].pitch) <= 12


def test_locked_notes_stay_where_all_else_is_asked_for(sheet: LeadSheet) -> None:
    own = SheetNote(Fraction(37), Fraction(3), 66, 0.6, True)
    everything = ((Fraction(0), sheet.bar_starts[-1]),)
    notes = written(replace(sheet, asked=everything, standing=(own,)), melody_network()).notes
    assert own in notes
    assert not [note for note in notes if note != own and note.start < own.end and own.start < note.end]


def test_a_rhythm_that_is_to_stay_meets_other_chords(sheet: LeadSheet, melody: Melody) -> None:
    bar = (Fraction(16), Fraction(20))
    inside = tuple(note for note in melody.notes if bar[0] <= note.start < bar[1])
    standing = tuple(note for note in melody.notes if note not in inside)
    other = replace(sheet, chords=tuple(one for one in sheet.chords if one.start != 16), asked=(bar,), refit=inside)
    again = written(replace(other, standing=standing, theme=melody.theme), melody_network())
    assert [n.start for n in again.notes if bar[0] <= n.start < bar[1]] == [note.start for note in inside]


def test_the_editors_theme_is_heard(make_sheet: SheetMaker) -> None:
    melody = written(make_sheet(theme=GIVEN), melody_network())
    starts = [note.start - 16 for note in melody.notes if 16 <= note.start < 24]
    assert starts == [0, 1, 2, 4, 6]
    assert melody.theme == GIVEN


def test_a_theme_in_another_metre_finds_its_places(make_sheet: SheetMaker) -> None:
    notes = written(make_sheet(theme=GIVEN, beats=3), melody_network()).notes
    assert Fraction(12) in {note.start for note in notes}


def test_a_note_that_lasts_through_an_accent_is_struck_again(make_sheet: SheetMaker, melody: Melody) -> None:
    long = next(note for note in melody.notes if note.length >= 2)
    accent = long.start + Fraction(1)
    notes = written(make_sheet(accents=(accent,)), melody_network()).notes
    assert accent in {note.start for note in notes}


def test_a_cue_of_one_bar_has_something_to_sing(make_sheet: SheetMaker) -> None:
    sheet = make_sheet((("A", 1),), final=Fraction(4), end=Fraction(4))
    assert all(note.end <= 4 for note in written(sheet, melody_network()).notes)


def test_a_theme_far_wider_than_the_instrument_is_moved_to_it(make_sheet: SheetMaker) -> None:
    wide = replace(GIVEN, notes=(ThemeNote(0, 4, -21), ThemeNote(4, 4, -20), ThemeNote(8, 8, 28)), bars=1)
    sheet = make_sheet((("A", 3),), theme=wide, final=Fraction(12), end=Fraction(12))
    assert all(sheet.low <= note.pitch <= sheet.high for note in written(sheet, melody_network()).notes)


def test_a_half_bar_cuts_a_theme_and_does_not_squeeze_it(make_sheet: SheetMaker) -> None:
    lines = (*(Fraction(4 * bar) for bar in range(6)), Fraction(22), Fraction(26), Fraction(30))
    even = replace(GIVEN, notes=tuple(ThemeNote(4 * at, 4, at % 4) for at in range(8)))
    sheet = make_sheet((("A", 8),), theme=even, bar_starts=lines, final=Fraction(26), end=Fraction(29))
    starts = [note.start for note in written(sheet, melody_network()).notes]
    assert not [start for start in starts if 20 <= start < 22 and start % Fraction(1, 2)]


def test_passages_do_not_leap_wide() -> None:
    stepping = Drawn((0, 4, 8, 12, 16), (20, 22, 24, 25, 24), -1.0)
    leaping = replace(stepping, pitches=(20, 22, 24, 36, 24))
    assert _score(leaping, range(32)) < _score(stepping, range(32)) - 1.0


@pytest.mark.parametrize("seed", [1, 5])
def test_a_theme_returns_where_it_was_stated_and_an_octave_higher_at_the_summit(
    make_sheet: SheetMaker, seed: int
) -> None:
    """On an instrument that has the room: the first note of each statement, from the first bar of A on."""
    notes = written(make_sheet(seed=seed, low=55, high=96), melody_network()).notes
    first, again, summit = (next(n.pitch for n in notes if n.start >= 4 * bar) for bar in (4, 12, 28))
    assert abs(again - first) <= 5
    assert 7 <= summit - first <= 17
