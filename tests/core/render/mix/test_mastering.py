"""The mix of whole cues, measured from the file by ffmpeg: a meter and a decoder that are not ours."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.styles.styles import style_names
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.cue.sound import Sound, Speech
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mixdown.delivery import render_cue, with_level
from hitpoint.core.render.mixdown.mixdown import Rendering
from hitpoint.core.timebase import FrameRate

TARGETS = (-23.0, -16.0, -14.0)


def random_cue(seed: int) -> Cue:
    """Any chords, curves, style and loudness; 4 to 16 seconds."""
    random = np.random.default_rng(seed)
    count = int(random.integers(4, 17))
    density, loudness = random.uniform(0, 42), random.uniform(0, 0.6)
    steps = tuple(
        Step(
            Chord(int(random.integers(12)), Quality(random.choice([quality.value for quality in Quality]))),
            density=float(np.clip(density + random.normal(0, 6), 0, 42)),
            loudness=float(np.clip(loudness + random.normal(0, 0.1), 0, 1)),
        )
        for _ in range(count)
    )
    edit = Edit("test", Path("test.otio"), FrameRate(Fraction(25)), 25 * count, (Shot("a", 0, 25 * count),))
    style = style_names()[int(random.integers(len(style_names())))]
    sound = Sound(loudness=TARGETS[seed % 3])
    tempo = steady_tempo(Fraction(1, 2))
    return Cue(edit, 0, 25 * count, parse_key("C major"), tempo, steps, (), style, seed, sound=sound)


def rendered(cue: Cue, folder: Path) -> Rendering:
    return render_cue(cue, arrange(cue), choose_synthesizer(), folder, "cue")


def ffmpeg_says(path: Path) -> tuple[float, float]:
    """Integrated loudness (LUFS) and true peak (dBTP) of a file, by the filter ebur128."""
    graph = av.filter.Graph()
    loudness, peak = 0.0, 0.0
    with av.open(str(path)) as container:
        source = graph.add_abuffer(template=container.streams.audio[0])
        meter, sink = graph.add("ebur128", "metadata=1:peak=true:framelog=quiet"), graph.add("abuffersink")
        source.link_to(meter)
        meter.link_to(sink)
        graph.configure()
        for frame in container.decode(audio=0):
            graph.push(frame)
            while True:
                try:
                    said = sink.pull().metadata
                except (BlockingIOError, av.error.EOFError):
                    break
                loudness = float(said["lavfi.r128.I"])
                peak = max(peak, *(float(said[f"lavfi.r128.true_peaks_ch{channel}"]) for channel in (0, 1)))
    return loudness, 20 * np.log10(peak)


def check(seed: int, folder: Path) -> tuple[float, float]:
    """Render a random cue; answers how far its loudness is off, and its true peak."""
    cue = random_cue(seed)
    done = rendered(cue, folder / str(seed))
    loudness, peak = ffmpeg_says(done.mix)
    stems = sum(soundfile.read(stem, dtype="int32")[0] // 256 for stem in done.stems)
    assert np.array_equal(stems, soundfile.read(done.mix, dtype="int32")[0] // 256)
    return loudness - cue.sound.loudness, peak


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))])
def test_a_cue_is_as_loud_as_asked_by_an_independent_meter(seed, tmp_path):
    error, peak = check(seed, tmp_path)
    assert abs(error) <= 0.5
    assert peak <= -1.0


@pytest.mark.parametrize("off", [pytest.param(-0.44, marks=pytest.mark.slow), 0.44])
def test_a_level_that_is_kept_leaves_the_loudness_within_half_a_unit(off, tmp_path):
    cue = random_cue(1)
    level = rendered(cue, tmp_path / "own").level
    old = replace(level, gain=level.gain + off)
    done = rendered(with_level(cue, old), tmp_path / "kept")
    loudness, peak = ffmpeg_says(done.mix)
    assert done.level == old and 0.3 < abs(loudness - cue.sound.loudness) <= 0.5
    assert peak <= -1.0


@pytest.mark.slow
def test_fifty_random_cues_are_as_loud_as_asked(tmp_path):
    found = np.array([check(seed, tmp_path) for seed in range(100, 150)])
    print(f"\nloudness off by {np.abs(found[:, 0]).max():.3f} LU at the most, true peak {found[:, 1].max():.2f} dBTP")
    assert np.abs(found[:, 0]).max() <= 0.5
    assert found[:, 1].max() <= -1.0


@pytest.fixture(scope="module")
def spoken(tmp_path_factory):
    """A cue with speech from 1 to 2.5 seconds, ducked by 9 dB, in Broadcast Wave files."""
    cue = random_cue(7)
    edit = replace(cue.edit, start_timecode_frame=90_000)
    sound = Sound(is_broadcast=True, duck=9.0, fade_in=0.5)
    cue = replace(cue, edit=edit, sound=sound, speech=(Speech(1.0, 2.5),), start_frame=10)
    return cue, rendered(cue, tmp_path_factory.mktemp("spoken"))


def test_the_ducked_mix_follows_the_curve(spoken):
    cue, done = spoken
    mix, ducked = soundfile.read(done.mix)[0], soundfile.read(done.ducked)[0]
    start = float(cue.start)
    times = [point.time - start for point in cue.duck]
    wanted = np.interp(np.arange(len(mix)) / 48_000, times, [point.gain_decibels for point in cue.duck])
    np.testing.assert_allclose(ducked, mix * 10 ** (wanted / 20)[:, None], atol=2e-7)
    assert wanted.min() == -9.0


def test_broadcast_files_lie_where_the_timecode_says(spoken):
    _, done = spoken
    for path in (done.mix, done.ducked, *done.stems):
        with av.open(str(path)) as container:
            assert container.metadata["time_reference"] == str((90_000 + 10) * 1920)


def test_a_long_fade_in_is_heard(spoken):
    _, done = spoken
    mix = np.abs(soundfile.read(done.mix)[0])
    assert mix[:4800].max() < 0.2 * mix[24_000:].max()


@pytest.mark.slow
def test_without_wishes_there_is_neither_bext_nor_a_second_mix(tmp_path):
    done = rendered(random_cue(3), tmp_path)
    assert done.ducked is None
    assert b"bext" not in done.mix.read_bytes()[:100]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cue_mix.wav", "stems"]


def test_a_button_sounds_in_the_last_frame_and_stops_with_the_file(tmp_path):
    cue = replace(random_cue(0), style="electronic")
    mix = soundfile.read(rendered(cue, tmp_path).mix)[0]
    before = np.sqrt(np.mean(mix[-2 * 1920 : -1920] ** 2))
    assert len(mix) == cue.samples == 1920 * cue.end_frame
    assert 20 * np.log10(before) > -40
    assert mix[-1920:].any() and np.abs(mix[-2:]).max() < 1e-3
    assert np.abs(np.diff(mix[-2400:], axis=0)).max() < 0.1
