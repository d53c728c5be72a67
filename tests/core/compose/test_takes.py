from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from hitpoint.core.compose.takes import Take, copying, cut_agreement, judged, ranked, wish_agreement, with_tune
from hitpoint.core.cue.changes import mood_set, transposed
from hitpoint.core.cue.cue import Cue, Played, altered
from hitpoint.core.cue.tune import TuneNote
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.melody.copying import tune_fingerprints
from hitpoint.core.model.known_runs import fingerprints
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.mood import Mood

MakeCue = Callable[..., Cue]


@pytest.mark.parametrize(
    ("symbols", "agreement"),
    [("C C F F", 1.0), ("C F F F", 0.0), ("C F G F", 0.5), ("C C C C", 0.0)],
    ids=["on the cut", "beside it", "everywhere", "nowhere"],
)
def test_cuts_are_met_by_changes(symbols: str, agreement: float, make_chord_cue: MakeCue) -> None:
    assert cut_agreement(make_chord_cue(symbols, cuts=(50,)), range(4)) == agreement


def test_only_the_stretch_counts(make_chord_cue: MakeCue) -> None:
    assert cut_agreement(make_chord_cue("C F F F G G", cuts=(100,)), range(4, 6)) == 1.0


def test_without_cuts_and_changes_there_is_nothing_to_miss(make_chord_cue: MakeCue) -> None:
    assert cut_agreement(make_chord_cue("C C C"), range(3)) == 1.0


def test_a_sad_wish_is_met_by_minor_chords(make_chord_cue: MakeCue) -> None:
    glad, sad = make_chord_cue("C C F F"), make_chord_cue("A:min A:min D:min D:min")
    agreements = [wish_agreement(mood_set(cue, 0, 4, Mood.SAD), range(4)) for cue in (glad, sad)]
    assert agreements[0] < agreements[1] < 1


def test_what_the_picture_proposes_is_no_wish(make_chord_cue: MakeCue) -> None:
    assert wish_agreement(make_chord_cue("C C F F"), range(4)) == 1.0


def test_the_best_comes_first(make_chord_cue: MakeCue) -> None:
    takes = [judged(make_chord_cue("C F"), seed, -seed / 10, range(2)) for seed in (3, 1, 2)]
    assert [take.seed for take in ranked(takes, range(2))] == [1, 2, 3]


def test_a_different_take_comes_before_a_likely_copy(make_chord_cue: MakeCue) -> None:
    same, other = make_chord_cue("C F"), make_chord_cue("A:min G")
    copy_in_d = transposed(same, 2)
    takes = [Take(same, 1, -1.0), Take(copy_in_d, 2, -1.1), Take(other, 3, -1.3)]
    assert [take.seed for take in ranked(takes, range(2))] == [1, 3, 2]


SONG = "C G A:min F D:min E:min Bb G:7 " * 4


def test_a_training_song_in_any_key_is_a_copy(make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue(SONG)
    known = np.sort(fingerprints([token_named(name) for name in SONG.split()])[0])
    assert copying(cue, range(32), known) == copying(transposed(cue, 5), range(32), known) == 1.0
    assert copying(make_chord_cue("C G A:min F " * 8), range(32), known) == 0.0
    assert judged(cue, 1, -1.0, range(32)).copying == 0.0


def test_a_copy_comes_after_a_less_likely_take(make_chord_cue: MakeCue) -> None:
    own, other = make_chord_cue("C F"), make_chord_cue("A:min G")
    takes = [Take(own, 1, -1.0, copying=1.0), Take(other, 2, -1.9)]
    assert [take.seed for take in ranked(takes, range(2))] == [2, 1]


def test_a_take_that_stands_still_comes_after_a_less_likely_one_that_moves(make_chord_cue: MakeCue) -> None:
    stuck = judged(make_chord_cue("C C G G " * 24), 1, -0.3, range(96))
    moving = judged(make_chord_cue("C C G G A:min A:min F F D:min D:min G:7 G:7 " * 8), 2, -0.8, range(96))
    assert stuck.standstill > 1.0 > moving.standstill == 0.0 and stuck.alternation > moving.alternation
    assert [take.seed for take in ranked([stuck, moving], range(96))] == [2, 1]


def test_changes_on_bar_lines_are_better(make_chord_cue: MakeCue) -> None:
    on, off = (judged(make_chord_cue(chords), 1, -1.0, range(8)) for chords in ("C C F F G G C C", "C F F G G C C F"))
    assert (on.on_bars, off.on_bars) == (1.0, 0.0) and on.score > off.score


def test_a_take_whose_tune_is_a_songs_comes_after_one_with_its_own(make_chord_cue: MakeCue) -> None:
    cue = make_chord_cue("C F G C A:min F G C C F G C A:min F G C")
    takes = []
    for moves in (range(1, 17), [3, 1, 4, 1, 5, 9, 2, 6] * 2):
        notes = [TuneNote(Fraction(0), Fraction(1, 2), 48 + 5 * move % 31) for move in moves]
        played = tuple(Played(tune=(note,), is_written=True) for note in notes)
        takes.append(Take(altered(cue, playing=played), 0, -1.0))
    own, copied = takes
    notes = tune_of(copied.cue)
    known = np.unique(
        tune_fingerprints([round(4 * note.start) for note in notes], [note.note.pitch for note in notes])[0]
    )
    assert with_tune(own, known).copying == 0.0
    assert 0.0 < with_tune(copied, known).copying <= 1.0
    assert with_tune(replace(copied, copying=1.0), known).copying == 1.0
