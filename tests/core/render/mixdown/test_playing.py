"""Playing in chunks, by several processes, and going on after a stop: always the same bytes."""

from __future__ import annotations

import io
import pickle
from fractions import Fraction

import pytest

from hitpoint.core.music.score import Score
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.progress import SILENT, Cancelled, Progress
from hitpoint.core.render.mix.mix import MixSettings
from hitpoint.core.render.mix.stem import TILE
from hitpoint.core.render.mixdown import ensemble as ensemble_module
from hitpoint.core.render.mixdown import playing as playing_module
from hitpoint.core.render.mixdown import rough_sound as rough_sound_module
from hitpoint.core.render.mixdown.ensemble import ensemble
from hitpoint.core.render.mixdown.part_worker import serve
from hitpoint.core.render.mixdown.playing import Playing, play_parts
from hitpoint.core.render.mixdown.rough_sound import Chunk, RoughSound, chunks_of
from hitpoint.core.render.sampler.sampler import Sampler

SAMPLES = 5 * TILE + 999


@pytest.fixture
def long_score(make_part):
    many = [(beat, beat + 1.5, 50 + beat % 24, 60 + beat) for beat in range(14)]
    parts = make_part(*many, name="A"), make_part(*many[::2], name="B", channel=1, pan=0.5)
    return Score(parts, steady_tempo(Fraction(1, 2)))


@pytest.fixture
def played(long_score, make_font, tmp_path, monkeypatch):
    """Plays the score into a folder; answers the bytes of its files."""
    monkeypatch.setattr(rough_sound_module, "CHUNK_TILES", 2)

    def play(name, *, keeps=False, progress=SILENT, players=None):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        settings, synth = MixSettings(), Sampler(make_font())
        play_parts(long_score, SAMPLES, synth, settings, folder, keeps=keeps, progress=progress, players=players)
        return [(folder / f"{part}.f32").read_bytes() for part in range(2)]

    return play


def in_one_process(monkeypatch):
    monkeypatch.setattr(ensemble_module, "_MOST_PROCESSES", 1)


def test_chunks_cover_each_part_once():
    chunks = chunks_of(2, 18 * TILE)
    assert [[(c.first, c.end) for c in part] for part in chunks] == [[(0, 8), (8, 16), (16, 18)]] * 2


def test_several_processes_write_the_bytes_of_one(played, monkeypatch):
    monkeypatch.setattr(playing_module, "_FEWEST_CHUNKS", 1)
    monkeypatch.setattr(ensemble_module, "core_count", lambda: 2)
    both = played("both")
    in_one_process(monkeypatch)
    assert played("one") == both and len(both[0]) == SAMPLES * 8


def test_players_started_beforehand_write_the_same_bytes_and_end(played, monkeypatch):
    monkeypatch.setattr(ensemble_module, "core_count", lambda: 2)
    with ensemble() as players:
        both = played("both", players=players)
        assert players[0].wait(60) != 0
    assert played("alone", players=()) == both


def test_players_end_when_playing_is_stopped(played, monkeypatch):
    monkeypatch.setattr(ensemble_module, "core_count", lambda: 2)
    asked = iter(range(100))
    with ensemble() as players:
        with pytest.raises(Cancelled):
            played("stopped", players=players, progress=Progress(is_cancelled=lambda: next(asked) > 3))
        assert players[0].wait(60) != 0


def test_a_player_that_dies_early_is_done_without(played, monkeypatch):
    monkeypatch.setattr(ensemble_module, "core_count", lambda: 2)
    with ensemble() as players:
        players[0].kill()
        players[0].wait()
        assert len(played("without", players=players)[0]) == SAMPLES * 8


def test_a_long_cue_lets_go_of_its_signals_and_sounds_the_same(long_score, make_font, tmp_path, monkeypatch):
    in_one_process(monkeypatch)
    synth, found = Sampler(make_font()), []
    monkeypatch.setattr(playing_module, "_LONG", 0)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        play_parts(long_score, SAMPLES, synth, MixSettings(), tmp_path / name, keeps=False, progress=SILENT)
        assert synth._signals._bytes == 0
        found.append((tmp_path / name / "0.f32").read_bytes())
    assert found[0] == found[1]


def test_a_process_that_cannot_start_is_done_without(played, monkeypatch):
    monkeypatch.setattr(playing_module, "_FEWEST_CHUNKS", 1)
    monkeypatch.setattr(ensemble_module, "core_count", lambda: 3)
    monkeypatch.setattr(ensemble_module.sys, "executable", "/no/such/python")
    without = played("without")
    in_one_process(monkeypatch)
    assert played("one") == without


def test_a_worker_plays_what_its_input_asks_for(long_score, make_font, tmp_path, played, monkeypatch):
    in_one_process(monkeypatch)
    whole = played("whole")
    folder = tmp_path / "worker"
    folder.mkdir()
    asked = io.BytesIO()
    pickle.dump(Playing(long_score, SAMPLES, MixSettings(), folder, False, make_font()), asked)
    pickle.dump(Chunk(1, 2, 4), asked)
    asked.seek(0)
    answers = io.BytesIO()
    serve(asked, answers)
    assert answers.getvalue() == b"ready\n0\n"
    assert (folder / "1.f32").read_bytes()[2 * TILE * 8 :] == whole[1][2 * TILE * 8 : 4 * TILE * 8]


def test_what_was_played_before_a_stop_is_not_played_again(played, monkeypatch):
    in_one_process(monkeypatch)
    whole = played("whole")
    asked = iter(range(100))
    with pytest.raises(Cancelled):
        played("stopped", keeps=True, progress=Progress(is_cancelled=lambda: next(asked) > 6))
    steps: list[str] = []
    assert played("stopped", keeps=True, progress=Progress(lambda _, message: steps.append(message))) == whole
    assert 0 < sum(message.startswith("playing") for message in steps) < 12  # of twelve tiles


@pytest.mark.parametrize("damage", [b"", b"0 0 2 5\n", b"\xff\xfe", b"0 0 2\nx y z w\n"])
def test_a_journal_that_lies_is_not_believed(played, tmp_path, monkeypatch, damage):
    in_one_process(monkeypatch)
    whole = played("kept", keeps=True)
    (tmp_path / "kept" / "0.f32").write_bytes(b"\1" * 100)
    (tmp_path / "kept" / "played").write_bytes(damage)
    assert played("kept", keeps=True) == whole


def test_a_chunk_that_was_damaged_is_missing(played, tmp_path, monkeypatch):
    in_one_process(monkeypatch)
    played("kept", keeps=True)
    with (tmp_path / "kept" / "1.f32").open("r+b") as file:
        file.seek(3 * TILE * 8)
        file.write(b"\7")
    rough = RoughSound(tmp_path / "kept", SAMPLES, keeps=True)
    chunks = [chunk for part in chunks_of(2, SAMPLES) for chunk in part]
    assert rough.missing(chunks) == [Chunk(1, 2, 4)]
