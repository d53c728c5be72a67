import numpy as np
import pytest

from hitpoint.core.model.vocabulary import chord_of
from hitpoint.core.training.listening.charts import read_chart
from hitpoint.core.training.listening.performance import perform
from hitpoint.core.training.listening.pieces import read_pop909_piece

KINDS = ("piano", "band", "no drums", "rubato")


def played(corpora, kind, seed=0, seconds=10.0):
    return perform(read_pop909_piece(corpora, "001"), kind, np.random.default_rng(seed), seconds)


@pytest.mark.parametrize("kind", KINDS)
def test_a_seed_gives_the_same_performance(corpora, kind):
    a, b, c = (played(corpora, kind, seed) for seed in (3, 3, 4))
    assert a.voices == b.voices
    assert np.array_equal(a.beats, b.beats)
    assert a.voices != c.voices


@pytest.mark.parametrize("seed", range(6))
def test_labels_move_with_the_notes(corpora, seed):
    performance = played(corpora, "piano", seed)
    starts = [start for voice in performance.voices for start, *_ in voice.notes]
    beats = performance.beats[(performance.beats > 0.5) & (performance.beats < performance.seconds - 1)]
    assert max(np.abs(beats - start).min() for start in starts if 1 < start < performance.seconds - 1.5) < 0.08
    assert np.all(np.diff(performance.beats) > 0)


def test_bar_lines_are_every_fourth_beat(corpora):
    performance = played(corpora, "band", 1)
    assert 0 <= performance.first_bar < 4
    assert np.array_equal(performance.downbeats, performance.beats[performance.first_bar :: 4])


def test_only_a_band_has_drums(corpora):
    assert any(voice.is_drums for voice in played(corpora, "band").voices)
    for kind in ("piano", "no drums", "rubato"):
        assert not any(voice.is_drums for voice in played(corpora, kind).voices)


def test_rubato_breathes(corpora):
    even, free = (np.diff(played(corpora, kind, 2).beats) for kind in ("piano", "rubato"))
    assert free.std() / free.mean() > 3 * even.std() / even.mean()


def test_a_transposition_moves_notes_chords_and_key_alike(corpora):
    piece = read_pop909_piece(corpora, "001")
    performance = played(corpora, "piano", 5)
    moved = (performance.key.tonic - piece.key.tonic) % 12
    pitches = {pitch % 12 for voice in performance.voices for _, _, pitch, _ in voice.notes}
    assert pitches <= {(pitch + moved) % 12 for pitch in (0, 2, 4, 5, 7, 9, 11)}
    roots = {chord_of(int(token)).root for token in performance.chord_tokens} - {None}
    assert roots <= {(root + moved) % 12 for root in (0, 9, 5, 7)}


@pytest.mark.parametrize("metre", [2, 3])
def test_a_chart_can_be_a_waltz(corpora, metre):
    performance = perform(read_chart(corpora, "0001", metre), "waltz", np.random.default_rng(0), 12.0)
    assert performance.beats_per_bar == metre
    assert len(performance.voices) >= 1
    assert performance.key is None
