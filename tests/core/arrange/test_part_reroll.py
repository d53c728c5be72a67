from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.part_reroll import part_rerolled, with_theme
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.tune_changes import note_moved, tune_of
from hitpoint.core.errors import OptionError
from hitpoint.core.music.theme import Theme, ThemeNote
from tests.core.arrange.conftest import styles_one_in

CHORDS = "C F G C A:min F G C " * 4
THEME = Theme((ThemeNote(0, 4, 0), ThemeNote(4, 4, 1), ThemeNote(8, 8, 2), ThemeNote(16, 16, 4)), 16, 2, True)


@pytest.mark.parametrize("style", styles_one_in(4, 1))
def test_one_part_alone_is_played_otherwise(make_cue: Callable[..., Cue], style: str) -> None:
    cue = with_playing(make_cue(CHORDS, style=style, density=12.0))
    before = {part.name: part for part in arrange(cue).parts}
    for player in style_named(style).players:
        after = {part.name: part for part in arrange(part_rerolled(cue, player.name, range(len(cue.steps)), 77)).parts}
        leads = {lead.name for lead in style_named(style).leads}  # who share one tune
        changed = leads if player.has_motif else {player.name}
        assert all(after[name] == before[name] for name in before if name not in changed)
        assert not player.has_motif or any(after[name] != before[name] for name in leads)


def test_a_stretch_of_the_tune_is_another(make_cue: Callable[..., Cue]) -> None:
    cue = with_playing(make_cue(CHORDS))
    span = range(8, 16)
    found = {seed: tune_of(part_rerolled(cue, "melody", span, seed)) for seed in (5, 6, 7)}
    for tune in found.values():
        outside = [one for one in tune if not 16 <= one.start < 32]
        assert outside == [one for one in tune_of(cue) if not 16 <= one.start < 32]
    assert len({tuple(one for one in tune if 16 <= one.start < 32) for tune in found.values()}) > 1


def test_locked_notes_stay_whatever_is_asked(make_cue: Callable[..., Cue]) -> None:
    cue = with_playing(make_cue(CHORDS))
    first = tune_of(cue)[3]
    own = note_moved(cue, first.start, first.start, first.note.pitch + 1)
    locked = next(one for one in tune_of(own) if one.note.locked)
    for span in (range(len(cue.steps)), range(4, 20)):
        assert locked in tune_of(part_rerolled(own, "melody", span, 41))


def test_the_editors_theme_is_in_the_cue(make_cue: Callable[..., Cue]) -> None:
    cue = with_theme(make_cue(CHORDS), THEME)
    starts = [one.start for one in tune_of(cue)]
    assert cue.theme == THEME
    assert any({at, at + 1, at + 2, at + 4} <= set(starts) for at in map(Fraction, range(0, 64, 4)))
    again = part_rerolled(cue, "melody", range(len(cue.steps)), 5)
    assert again.theme == THEME


def test_other_parts_are_asked_for_as_a_whole(make_cue: Callable[..., Cue]) -> None:
    with pytest.raises(OptionError, match="as a whole"):
        part_rerolled(make_cue(CHORDS), "Bass", range(4, 8), 1)


def test_an_unknown_part_is_named_with_those_there_are(make_cue: Callable[..., Cue]) -> None:
    with pytest.raises(OptionError, match="Piano"):
        part_rerolled(make_cue(CHORDS), "Tuba", range(4, 8), 1)
