from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

import numpy as np
import pytest

from hitpoint.core.errors import DatasetError
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.training.data.datasets import read_song, read_split, song_names

ChangeLine = Callable[[Path, int, str], None]


def test_a_song_has_its_chords_and_the_rows_that_all_folders_share(muvi: Path) -> None:
    song = read_song(muvi, "003")
    assert len(song.chords) == 73
    assert len(song.features) == len(song.loudness) == len(song.density) == 72
    assert song.chords[:3].tolist() == [token_named(name) for name in ("A:min", "F", "F")]
    assert not song.is_minor


def test_songs_come_in_the_order_of_the_split(muvi: Path) -> None:
    assert [song.name for song in read_split(muvi, "train", with_semantic=False)] == ["001", "002", "003", "004"]


def test_semantic_rows_cut_at_the_published_length_do_not_shorten_a_song(muvi: Path) -> None:
    _lengthen(muvi, "005", 320)
    song = read_song(muvi, "005")
    assert song.features.semantic is not None
    assert len(song.features) == len(song.features.semantic) == 320
    assert np.isnan(song.features.semantic[300:]).all() and not np.isnan(song.features.semantic[:300]).any()


def test_segments_are_moved_to_the_key_of_the_chords(muvi: Path) -> None:
    path = muvi / "vevo_chord/lab/all/001.lab"
    up_a_tone = {"C": "D", "G": "A", "A:min": "B:min", "F": "G"}
    lines = [line.split() for line in path.read_text().splitlines()]
    path.write_text("".join(f"{start} {end} {up_a_tone[chord]}\n" for start, end, chord in lines))
    song = read_song(muvi, "001")
    assert song.segments is not None
    assert (song.segments.sampled(np.arange(len(song), dtype=np.float64)) == song.chords).all()


def test_segments_change_at_their_boundary() -> None:
    from hitpoint.core.training.data.datasets import Segments

    segments = Segments(np.array([1.5, 2.0]), np.array([7, 8]))
    assert segments.sampled(np.array([0.0, 1.49, 1.5, 1.99, 9.0])).tolist() == [7, 7, 8, 8, 8]


@pytest.mark.parametrize(
    ("place", "line", "text", "complaint"),
    [
        ("vevo_chord/lab_v2_norm/all/001.lab", 1, "C major", "line 1: expected 'key C major'"),
        ("vevo_chord/lab_v2_norm/all/001.lab", 4, "2 H:min", "line 4: 'H:min' is no chord"),
        ("vevo_chord/lab_v2_norm/all/001.lab", 5, "7 C", "line 5: expected '3 CHORD'"),
        ("vevo_chord/lab/all/001.lab", 2, "1.0 x C", "line 2: expected 'start end CHORD'"),
        ("vevo_motion/all/001.lab", 9, "8 fast", "line 9: expected the next second and 1 number"),
        ("vevo_motion/all/001.lab", 9, "8 nan", "line 9"),
        ("vevo_loudness/all/001.lab", 9, "8 0.1 0.2", "line 9"),
        ("vevo_emotion/6c_l14p/all/001.lab", 3, "5 .1 .1 .1 .1 .1 .1", "line 3|line 4"),
    ],
)
def test_a_damaged_line_is_named(
    muvi: Path, change_line: ChangeLine, place: str, line: int, text: str, complaint: str
) -> None:
    change_line(muvi / place, line, text)
    with pytest.raises(DatasetError, match=complaint) as raised:
        read_song(muvi, "001")
    assert place in str(raised.value)


@pytest.mark.parametrize("place", ["vevo_emotion", "vevo_meta", "vevo_chord"])
def test_a_missing_folder_is_named(muvi: Path, place: str) -> None:
    rmtree(muvi / place)
    with pytest.raises(DatasetError, match=f"{place}.* is missing"):
        read_split(muvi, "val")


def test_a_missing_file_is_named(muvi: Path) -> None:
    (muvi / "vevo_semantic/all/2d/clip_l14p/006.npy").unlink()
    with pytest.raises(DatasetError, match=r"006\.npy: the file is missing"):
        read_split(muvi, "val")
    assert len(read_split(muvi, "val", with_semantic=False)) == 2


def test_a_pickled_array_is_refused(muvi: Path) -> None:
    np.save(muvi / "vevo_semantic/all/2d/clip_l14p/006.npy", np.array([{}]), allow_pickle=True)
    with pytest.raises(DatasetError, match=r"006\.npy: is no numpy array"):
        read_split(muvi, "val")


def test_a_file_cut_short_is_named(muvi: Path) -> None:
    path = muvi / "vevo_note_density/all/002.lab"
    path.write_text("".join(path.read_text().splitlines(keepends=True)[:20]))
    with pytest.raises(DatasetError, match=r"vevo_note_density.*20 rows, but 72 chords"):
        read_song(muvi, "002")


def test_an_unknown_split_is_refused_with_those_there_are(muvi: Path) -> None:
    with pytest.raises(DatasetError, match=r"no split 'test'.*train, val"):
        song_names(muvi, "test")


def test_what_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no such folder"):
        song_names(tmp_path / "nowhere", "val")


def _lengthen(muvi: Path, name: str, seconds: int) -> None:
    for path in muvi.glob(f"vevo_*/**/{name}.lab"):
        lines = path.read_text().splitlines()
        head, last = len(lines), lines[-1].split(maxsplit=1)[1]
        if "/lab/all" in path.as_posix():
            continue
        rows = head - (lines[0][0].isalpha())
        path.write_text("\n".join(lines + [f"{second} {last}" for second in range(rows, seconds)]) + "\n")
    semantic = muvi / f"vevo_semantic/all/2d/clip_l14p/{name}.npy"
    np.save(semantic, np.resize(np.load(semantic), (300, 768)))
