from dataclasses import replace

import numpy as np
import pytest
import soundfile

from hitpoint.core.errors import EditWriteError
from hitpoint.core.music.score import Score
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.render.mixdown import mixdown as mixdown_module
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.render.sampler import sampler as sampler_module
from hitpoint.core.render.sampler.sampler import Sampler


@pytest.fixture
def score(make_part, tempo):
    melody = make_part((0, 1, 60, 120), (1, 2.5, 64, 120), (1, 3, 67, 120), name="Piano")
    bass = make_part((0, 3, 36, 127), name="Low / Bass", program=32, channel=1, pan=0.4, gain_decibels=3.0)
    again = make_part((0.5, 2, 72, 90), name="piano", channel=2)
    return Score((melody, bass, again), tempo)


def read(path):
    return soundfile.read(path, dtype="int32")[0] // 256


@pytest.mark.parametrize("samples", [1, 4801, 100_003])
def test_stems_sum_to_the_mix_number_by_number(make_font, score, tmp_path, samples):
    done = render_score(score, samples, Sampler(make_font()), tmp_path / "out", "cue")
    total = sum(read(stem) for stem in done.stems)
    assert len(total) == samples
    np.testing.assert_array_equal(total, read(done.mix))


def test_a_part_that_is_heard_is_the_same_sample_for_sample(make_font, score, tmp_path):
    font = make_font()
    whole = render_score(score, 100_003, Sampler(font), tmp_path / "whole", "cue")
    part = render_score(score, 100_003, Sampler(font), tmp_path / "part", "cue", heard=(30_001, 90_000))
    np.testing.assert_array_equal(read(part.mix), read(whole.mix)[30_001:90_000])
    np.testing.assert_array_equal(read(part.stems[0]), read(whole.stems[0])[30_001:90_000])


def test_files_are_named_for_their_parts(make_font, score, tmp_path):
    done = render_score(score, 4800, Sampler(make_font()), tmp_path, "cue 1")
    assert done.mix.name == "cue 1_mix.wav"
    assert [stem.name for stem in done.stems] == ["cue 1_piano.wav", "cue 1_low-bass.wav", "cue 1_piano-2.wav"]
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix != ".sf2") == ["cue 1_mix.wav", "stems"]


def test_the_mix_keeps_its_peak_and_its_loudness(make_font, score, tmp_path):
    done = render_score(score, 144_000, Sampler(make_font()), tmp_path, "cue")
    assert done.true_peak <= -1.0
    assert done.loudness == pytest.approx(-16.0, abs=0.1)
    assert np.abs(read(done.mix)).max() < 2**23 * 10 ** (-1 / 20) + 2


def test_blocks_do_not_change_the_mix(make_font, score, tmp_path, monkeypatch):
    whole = read(render_score(score, 100_000, Sampler(make_font()), tmp_path / "a", "cue").mix)
    monkeypatch.setattr(sampler_module, "BLOCK", 30_000)
    monkeypatch.setattr(mixdown_module, "_BLOCK", 30_000)
    pieces = read(render_score(score, 100_000, Sampler(make_font()), tmp_path / "b", "cue").mix)
    assert np.array_equal(pieces, whole)


def test_a_score_without_parts_is_silence(make_font, score, tmp_path):
    done = render_score(replace(score, parts=()), 4800, Sampler(make_font()), tmp_path, "cue")
    assert (done.stems, done.loudness) == ((), -np.inf)
    assert not read(done.mix).any()


def test_cancelling_leaves_no_file(make_font, score, tmp_path):
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        render_score(
            score,
            4800,
            Sampler(make_font()),
            tmp_path / "out",
            "cue",
            progress=Progress(is_cancelled=lambda: next(asked, True)),
        )
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == []


def test_a_mix_that_exists_is_left_alone(make_font, score, tmp_path):
    (tmp_path / "cue_mix.wav").write_text("mine")
    with pytest.raises(EditWriteError):
        render_score(score, 4800, Sampler(make_font()), tmp_path, "cue")
    assert (tmp_path / "cue_mix.wav").read_text() == "mine"


def test_progress_never_falls_and_ends_near_one(make_font, score, tmp_path):
    said = []
    render_score(score, 4800, Sampler(make_font()), tmp_path, "cue", progress=Progress(lambda f, _: said.append(f)))
    assert said == sorted(said)
    assert said[-1] >= 0.9
