import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from hitpoint.core.listening.networks import BeatNet, ChordNet, load_beat_net, load_chord_net
from hitpoint.core.listening.spectra import Spectra
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.training.listening.corpus import Example, load_example, save_example, split
from hitpoint.core.training.listening.hearing import Heard, beat_batch, chord_batch
from hitpoint.core.training.listening.learning import Schedule, save_weights, train_beats
from hitpoint.core.training.listening.performance import Performance


@pytest.fixture
def heard():
    rng = np.random.default_rng(0)
    mel, semitones = (rng.random((1500, size)).astype(np.float32) for size in (64, 84))
    beats = np.arange(0.5, 34, 0.5)
    ends, tokens = np.array([20.0, 35.0]), np.array([token_named("C"), token_named("G:7")])
    example = Example("x", "band", "font", Spectra(mel, semitones), beats, beats[::4], ends, tokens)
    return Heard((example,), (Spectra(mel[::-1].copy(), semitones[::-1].copy()),))


def test_a_batch_of_beats_has_pulses_where_beats_are(heard):
    features, targets = beat_batch(heard, 4, 400, np.random.default_rng(1))
    assert features.shape == (4, 400, 148)
    assert targets.shape == (4, 400, 2)
    assert np.isfinite(features).all()
    counts = (targets[:, :, 0] == 1).sum(axis=1)
    assert counts.min() >= 400 / 43 / 0.5 * 0.75 - 1
    assert counts.max() <= 400 / 43 / 0.5 * 1.3 + 1
    assert ((targets[:, :, 1] == 1) <= (targets[:, :, 0] == 1)).all()


def test_a_batch_of_chords_moves_them_with_the_sound(heard):
    _, tokens = chord_batch(heard, 8, 100, np.random.default_rng(2))
    qualities = {(int(token) - 1) % 13 for token in tokens.ravel()}
    assert qualities <= {(token_named("C") - 1) % 13, (token_named("G:7") - 1) % 13}
    assert len(set(tokens[:, 0].tolist())) > 1


def test_a_chord_that_is_rolled_is_named_a_semitone_on():
    torch.manual_seed(0)
    net = ChordNet(dropout=0.0).eval()
    low = torch.rand(1, 20, 84)
    high = torch.roll(low.reshape(1, 20, 7, 12), 1, dims=-1).reshape(1, 20, 84)
    a, b = net(low)[..., 1:].reshape(1, 20, 12, 13), net(high)[..., 1:].reshape(1, 20, 12, 13)
    assert torch.allclose(torch.roll(a, 1, dims=2), b, atol=1e-4)


def test_training_makes_the_loss_fall(heard):
    torch.manual_seed(1)
    losses = []

    class Told:
        def step(self, done, message):
            losses.append(float(message.rsplit(" ", 1)[1]))

    train_beats(heard, Schedule(6, 3e-3, 60.0), progress=Told())
    assert losses[-1] < losses[0]


def test_weights_come_back_from_their_file(tmp_path):
    beats, chords = BeatNet(), ChordNet()
    save_weights(beats, chords, tmp_path / "weights.safetensors")
    assert load_file(tmp_path / "weights.safetensors")["beats.first.weight"].dtype == torch.float16
    again = load_beat_net(tmp_path / "weights.safetensors")
    assert torch.allclose(again.last.weight, beats.last.weight, atol=1e-3)
    assert not load_chord_net(tmp_path / "weights.safetensors").training


def test_an_example_comes_back_from_its_file(tmp_path, heard):
    example = heard.examples[0]
    performance = Performance(
        "x", "band", (), example.beats, 0, 4, example.chord_ends, example.chord_tokens, None, 35.0
    )
    save_example(tmp_path / "0000.npz", performance, "font", example.spectra)
    again = load_example(tmp_path / "0000.npz")
    assert (again.name, again.kind, again.font) == ("x", "band", "font")
    assert np.allclose(again.spectra.mel, example.spectra.mel, rtol=0.02, atol=1e-4)
    assert np.array_equal(again.downbeats, example.downbeats)


def test_no_song_is_both_trained_on_and_tested():
    names = [f"{number:03}" for number in range(50)]
    trained, tested = split(names, tested=False), split(names, tested=True)
    assert not set(trained) & set(tested)
    assert sorted((*trained, *tested)) == names
