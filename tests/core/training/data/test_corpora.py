from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.vocabulary import symbol_of
from hitpoint.core.training.data.corpora import mode_profiles, read_beats, read_corpora, token_in_key
from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.data.segments import TimedChords


def _read(corpora: Path, muvi: Path) -> dict[str, TimedChords]:
    songs = read_split(muvi, "train", with_semantic=False)
    return {song.source: song for song in read_corpora(corpora, songs)}


def _symbols(song: TimedChords) -> list[str]:
    return [symbol_of(int(token)) for token in song.segments.tokens]


@pytest.mark.parametrize(
    ("label", "tonic", "is_minor", "symbol"),
    [
        ("G", 7, False, "C"), ("G:min", 7, True, "A:min"), ("Bb:9", 10, False, "C:7"), ("C:maj/5", 0, False, "C"),
        ("C/5", 0, False, "C"), ("E:1", 0, False, "E"), ("E:5", 0, False, "E"), ("F:min11(4)", 0, False, "F:min7"),
        ("D:maj(b7)/3", 0, False, "D:7"), ("D:min(b7)", 0, False, "D:min7"), ("C:sus4(b7)", 0, False, "C:sus4"),
        ("X", 0, False, "N"), ("&pause", 0, False, "N"), ("C:weird", 0, False, "N"),
    ],
)  # fmt: skip
def test_labels_are_read_in_the_key_of_the_models(label: str, tonic: int, is_minor: bool, symbol: str) -> None:
    assert symbol_of(token_in_key(label, tonic, is_minor=is_minor)) == symbol


@pytest.mark.parametrize("label", ["H:min", "silence", "", "C:maj:min/"])
def test_what_is_no_label_is_refused(label: str) -> None:
    if label == "C:maj:min/":
        assert token_in_key(label, 0, is_minor=False) == 0
        return
    with pytest.raises(ValueError, match="no chord label"):
        token_in_key(label, 0, is_minor=False)


def test_billboard_is_moved_by_its_tonic_and_by_each_change_of_it(corpora: Path, muvi: Path) -> None:
    song = _read(corpora, muvi)["billboard"]
    assert _symbols(song) == ["C", "F", "G", "C", "F", "G", "C", "F", "G", "C"]
    assert not song.is_minor and song.seconds == pytest.approx(20.0)
    assert song.segments.ends[:2].tolist() == pytest.approx([2.0, 4.0])


def test_pop909_is_moved_by_its_key(corpora: Path, muvi: Path) -> None:
    song = _read(corpora, muvi)["pop909"]
    assert song.is_minor and _symbols(song)[:3] == ["A:min", "D:min7", "E:7"]


def test_the_mode_is_the_one_in_which_the_chords_are_likelier(muvi: Path) -> None:
    profiles = mode_profiles(read_split(muvi, "train", with_semantic=False))
    assert profiles.shape == (2, 157)
    assert np.exp(profiles).sum(axis=1) == pytest.approx([1.0, 1.0])
    assert profiles[0, token_in_key("C", 0, is_minor=False)] > profiles[1, token_in_key("C", 0, is_minor=False)]


def test_beats_have_a_time_and_a_bar_line(corpora: Path) -> None:
    times, begins_bar = read_beats(corpora, "001")
    assert times.tolist() == [0.5, 1.0, 1.5] and begins_bar.tolist() == [True, False, True]


def test_lines_that_go_back_in_time_are_left_out(corpora: Path, muvi: Path) -> None:
    path = corpora / "billboard-2.0.1-lab/0003/full.lab"
    before = _symbols(_read(corpora, muvi)["billboard"])
    path.write_text(path.read_text() + "21.0 5.0 A:min\n0.0 30.0 D:min\n")
    assert _symbols(_read(corpora, muvi)["billboard"]) == before


def test_a_song_that_validation_covers_is_left_out(corpora: Path, muvi: Path) -> None:
    for place in ("billboard-2.0.1-lab", "billboard-2.0-salami_chords"):
        (corpora / place / "0003").rename(corpora / place / "0743")
    assert set(_read(corpora, muvi)) == {"pop909"}


def test_one_corpus_alone_will_do_but_not_none(corpora: Path, muvi: Path, tmp_path: Path) -> None:
    for path in (corpora / "POP909/001").iterdir():
        path.unlink()
    (corpora / "POP909/001").rmdir()
    assert set(_read(corpora, muvi)) == {"billboard"}
    with pytest.raises(DatasetError, match="neither billboard"):
        _read(tmp_path, muvi)


@pytest.mark.parametrize(
    ("place", "line", "text", "complaint"),
    [
        ("billboard-2.0.1-lab/0003/full.lab", 2, "1.0 x C:maj", "line 2: expected 'start end CHORD'"),
        ("billboard-2.0.1-lab/0003/full.lab", 3, "1.0 2.0", "line 3: expected 'start end CHORD'"),
        ("billboard-2.0.1-lab/0003/full.lab", 3, "1.0 2.0 H:maj", "line 3: expected 'start end CHORD'"),
        ("billboard-2.0-salami_chords/0003/salami_chords.txt", 2, "# tonic: H", "line 2: expected '# tonic: NOTE'"),
        ("billboard-2.0-salami_chords/0003/salami_chords.txt", 2, "# metre: 4/4", "no '# tonic:' line"),
        ("POP909/001/chord_midi.txt", 1, "zero 1 C", "line 1: expected 'start end CHORD'"),
        ("POP909/001/key_audio.txt", 1, "0 9 Gb:dorian", "line 1: expected 'start end KEY'"),
    ],
)
def test_a_damaged_corpus_line_is_named(
    corpora: Path, muvi: Path, place: str, line: int, text: str, complaint: str
) -> None:
    path = corpora / place
    lines = path.read_text().splitlines()
    if "metre" in text:
        lines = [found for found in lines if "tonic" not in found]
    else:
        lines[line - 1] = text
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(DatasetError, match=complaint) as raised:
        _read(corpora, muvi)
    assert place in str(raised.value)


def test_a_missing_corpus_file_is_named(corpora: Path, muvi: Path) -> None:
    (corpora / "POP909/001/key_audio.txt").unlink()
    with pytest.raises(DatasetError, match=r"key_audio\.txt: the file is missing"):
        _read(corpora, muvi)
