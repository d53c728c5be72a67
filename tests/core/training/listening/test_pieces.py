from itertools import pairwise

import pytest

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.training.listening.pieces import pop909_names, read_pop909_piece, without_gaps


def test_bar_lines_come_from_where_the_structures_melody_fits(corpora):
    piece = read_pop909_piece(corpora, "001")
    assert piece is not None
    assert piece.first_bar == 2
    assert [note.start for note in piece.parts["MELODY"][:3]] == pytest.approx([2, 4, 6], abs=0.01)


def test_chords_are_in_beats_and_without_gaps(corpora):
    chords = read_pop909_piece(corpora, "001").chords
    assert [(c.start, symbol_of(c.token)) for c in chords[:4]] == [(0, "N"), (2, "C"), (6, "A:min"), (10, "F:maj7")]
    assert all(a.end == b.start for a, b in pairwise(chords))
    assert chords[-1].end == 66


def test_a_song_whose_melody_fits_nowhere_is_left_out(corpora):
    melody = corpora / "pop909_structure" / "POP909" / "001" / "melody.txt"
    melody.write_text("\n".join(f"{61 + 5 * (number % 3)} 3" for number in range(40)))
    assert read_pop909_piece(corpora, "001") is None


def test_names_need_the_structure(corpora, tmp_path_factory):
    assert pop909_names(corpora) == ("001",)
    with pytest.raises(DatasetError, match="structure of POP909 is missing"):
        pop909_names(tmp_path_factory.mktemp("empty"))


def test_chords_that_are_alike_become_one():
    assert [(c.start, c.end, c.token) for c in without_gaps([(0.0, 5), (2.0, 5), (4.0, 9)], 8.0)] == [
        (0, 4, 5),
        (4, 8, 9),
    ]
