from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import DatasetError
from hitpoint.core.melody.decisions import NO_BARS, decisions_of, without_density, without_phrases
from hitpoint.core.melody.line import HOME, UNTOLD, gap_class
from hitpoint.core.melody.memory import NO_GAP
from hitpoint.core.training.melody.baselines import baselines
from hitpoint.core.training.melody.fingerprints import all_fingerprints
from hitpoint.core.training.melody.network import MelodyNetwork
from hitpoint.core.training.melody.songs import MelodySong, read_songs, split_songs
from hitpoint.core.training.melody.train import MelodyRecipe, measured, stretch_batch, trained

_TUNES = ((60, 62, 64, 60), (64, 65, 67, 67), (67, 69, 67, 65), (64, 60, 60, 0))


def write_song(folder: Path, name: str, shift: int = 0, *, bars: int = 32, turn: int = 0) -> None:
    """A song in C (moved by ``shift``) of quarters, eight phrases of four bars named A and B."""
    root = folder / "pop909_structure" / "POP909" / name
    root.mkdir(parents=True)
    tunes = [_TUNES[(bar * (turn + 1) + bar // 4 * turn) % 4] for bar in range(bars)]
    notes = [pitch + shift if pitch else 0 for tune in tunes for pitch in tune]
    (root / "melody.txt").write_text("".join(f"{pitch} 4\n" for pitch in notes))
    names = {0: "C", 2: "D"}
    chord = f"{names[shift]}:maj [{shift}, {shift + 4}, {shift + 7}] {shift} 4 \n"
    (root / "finalized_chord.txt").write_text(chord * bars)
    (root / "human_label1.txt").write_text("A4B4" * (bars // 8) + "\n")
    (root / "analyzed_key.txt").write_text(f"{names[shift]}:maj\n")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    write_song(tmp_path, "001")
    write_song(tmp_path, "002", 2)
    write_song(tmp_path, "003", turn=1)
    write_song(tmp_path, "004", bars=16)
    return tmp_path


@pytest.fixture
def songs(corpus: Path) -> tuple[MelodySong, ...]:
    return read_songs(corpus)


def test_short_songs_are_left_out_and_keys_are_one(songs: tuple[MelodySong, ...]) -> None:
    assert [song.name for song in songs] == ["001", "002", "003"]
    one, other = songs[0].line, songs[1].line
    assert one.pitches[:3].tolist() == [HOME, HOME + 2, HOME + 4]
    assert (one.pitches == other.pitches).all() and (one.ground.chroma == other.ground.chroma).all()


def test_phrases_know_where_they_were_heard_before(songs: tuple[MelodySong, ...]) -> None:
    ground = songs[0].line.ground
    assert (ground.phrase_start[70], ground.phrase_end[70], ground.returns[70]) == (64, 128, 0)
    assert ground.returns[128] == 128


def test_versions_of_a_song_lie_on_one_side(songs: tuple[MelodySong, ...]) -> None:
    for seed in range(4):
        train, held = split_songs(songs, 1, seed)
        sides = [{song.name for song in side} for side in (train, held)]
        assert any({"001", "002"} <= side for side in sides)
        assert sides[0] | sides[1] == {"001", "002", "003"}


def test_a_folder_without_songs_is_told(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="no songs"):
        read_songs(tmp_path)


def test_decisions_know_only_what_was_before(songs: tuple[MelodySong, ...]) -> None:
    rows = decisions_of(songs[0].line)
    assert len(rows) == len(songs[0].line) - 1
    assert rows.gap[0] == gap_class(4)
    assert rows.gap_pointers[0].tolist() == [NO_GAP] * 8
    assert rows.pitch.tolist() == songs[0].line.pitches[1:].tolist()


def test_what_is_hidden_is_hidden(songs: tuple[MelodySong, ...]) -> None:
    rows = decisions_of(songs[0].line)
    assert set(without_phrases(rows).when[:, 1]) == {NO_BARS}
    assert set(without_density(rows).when[:, 4]) == {UNTOLD}


def test_counts_beat_chance(songs: tuple[MelodySong, ...]) -> None:
    rows = [decisions_of(song.line) for song in songs]
    found = baselines(rows, rows)
    assert found["counts"]["sum"] < 0.5 * found["uniform"]["sum"]


def test_training_learns_and_repeats(songs: tuple[MelodySong, ...]) -> None:
    rows = [decisions_of(song.line) for song in songs]
    recipe = MelodyRecipe(updates=12, batch=2, stretch=16)
    network, updates = trained(rows, recipe, 60.0)
    again, _ = trained(rows, recipe, 60.0)
    assert updates == 12
    assert measured(network, rows)["sum"] < measured(MelodyNetwork().eval(), rows)["sum"]
    assert measured(network, rows) == measured(again, rows)


def test_a_batch_tells_where_stretches_end(songs: tuple[MelodySong, ...]) -> None:
    rows = [decisions_of(song.line) for song in songs]
    batch = stretch_batch(rows, MelodyRecipe(batch=3, stretch=200), np.random.Generator(np.random.PCG64(0)))
    assert batch["note"].shape == (3, 200, 4)
    assert batch["is_there"].sum(1).tolist() == [float(len(rows[0]))] * 3


def test_fingerprints_hold_each_run_once(songs: tuple[MelodySong, ...]) -> None:
    found = all_fingerprints(song.line for song in songs)
    assert len(found) == len(set(found.tolist())) > 0
