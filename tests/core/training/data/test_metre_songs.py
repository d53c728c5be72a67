"""Songs with bars as the corpora publish them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.places import PLACES, Unit
from hitpoint.core.model.vocabulary import CHORDS, symbol_of
from hitpoint.core.training.data.metre_songs import MetreSong, read_metre_songs, read_salami, read_structure
from hitpoint.core.training.data.metre_steps import stepped

EVEN = np.zeros((2, CHORDS))

SALAMI = """# title: A Song's Name!
# artist: Nobody
# metre: 4/4
# tonic: G

0.0\tsilence
0.5\tA, intro, | G:maj | C:maj D:maj | x2
8.1\tB, verse, | G:maj . . D:7 | (2/4) C:maj | E:min | G:5 | G:maj |, (voice)
# tonic: A
16.0\t| A:maj | * |
20.0\tA', intro, | A:maj |
22.0\tend
"""


@pytest.fixture
def salami(tmp_path: Path) -> Path:
    folder = tmp_path / "0001"
    folder.mkdir()
    (folder / "salami_chords.txt").write_text(SALAMI)
    return folder


@pytest.fixture
def structure(tmp_path: Path) -> Path:
    folder = tmp_path / "pop909_structure" / "POP909" / "001"
    folder.mkdir(parents=True)
    (folder / "analyzed_key.txt").write_text("D:min")
    (folder / "human_label1.txt").write_text("i2A8A8\n")
    (folder / "finalized_chord.txt").write_text("D:min [2, 5, 9] 2 4\nG:min7/b7 [7] 7 2\nA:7 [9] 9 66\n")
    return folder


def symbols(song: MetreSong) -> list[list[str]]:
    return [[symbol_of(token) for token in bar] for bar in song.bars]


def test_a_salami_sheet_gives_bars_in_the_key_of_the_models(salami: Path) -> None:
    song = read_salami(salami, EVEN)
    assert song is not None and song.title == "a song s name" and song.beats_per_bar == 4
    bars = symbols(song)
    assert bars[:2] == [["C"] * 4, ["F", "F", "G", "G"]] and bars[2:4] == bars[:2]
    assert bars[4:7] == [["C", "C", "C", "G:7"], ["F", "F"], ["A:min"] * 4]
    assert bars[9:12] == [["C"] * 4, ["N"] * 4, ["C"] * 4], "the tonic has changed"


def test_a_salami_sheet_gives_sections_and_phrases(salami: Path) -> None:
    song = read_salami(salami, EVEN)
    assert song is not None
    assert [(one.first, one.letter, one.phrases) for one in song.sections] == [
        (0, "A", (0,)), (4, "B", (4, 9)), (11, "A'", (11,)),
    ]  # fmt: skip
    assert song.sections[2].theme == "A"


def test_a_labelled_song_of_pop909_gives_bars_and_four_bar_phrases(structure: Path) -> None:
    song = read_structure(structure)
    assert song is not None and song.is_minor and len(song.bars) == 18
    assert symbols(song)[:2] == [["A:min"] * 4, ["D:min7", "D:min7", "E:7", "E:7"]]
    assert [(one.first, one.letter, one.phrases) for one in song.sections] == [
        (0, "i", (0,)), (2, "A", (2, 6)), (10, "A", (10, 14)),
    ]  # fmt: skip


def test_a_song_that_changes_its_key_without_saying_where_is_left_out(structure: Path) -> None:
    (structure / "analyzed_key.txt").write_text("D:min\nE:min\n")
    assert read_structure(structure) is None


def test_a_line_that_is_no_phrase_is_told_with_its_file(salami: Path) -> None:
    (salami / "salami_chords.txt").write_text(SALAMI.replace("# tonic: A", "# tonic: ?"))
    with pytest.raises(DatasetError, match=r"salami_chords.txt, line 9"):
        read_salami(salami, EVEN)


def test_a_folder_without_either_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="holds neither"):
        read_metre_songs(tmp_path, EVEN)


def test_two_recordings_of_a_title_lie_on_the_same_side(structure: Path) -> None:
    songs = [MetreSong(name, "billboard", "yesterday", False, 4, (), ()) for name in ("0001", "0002")]
    assert songs[0].is_held_out == songs[1].is_held_out
    titles = [MetreSong("1", "billboard", f"song {number}", False, 4, (), ()) for number in range(400)]
    assert 20 <= sum(song.is_held_out for song in titles) <= 60


@pytest.mark.parametrize(("unit", "steps"), [("half", 36), ("beat", 72), ("bar", 18)])
def test_a_song_can_be_read_in_steps_of_any_unit(structure: Path, unit: Unit, steps: int) -> None:
    song = read_structure(structure)
    assert song is not None
    timed = stepped(song, unit)
    assert timed is not None and timed.places is not None
    assert len(timed.segments.tokens) == len(timed.places) == steps
    assert timed.places[-1, PLACES.index("to section end")] == 1


def test_bars_of_five_have_no_half(structure: Path) -> None:
    song = MetreSong("1", "billboard", "five", False, 5, ((1,) * 5,), ())
    assert stepped(song, "half") is None
