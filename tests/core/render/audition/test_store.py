"""What is kept on disk is what was put in, and a small store gives the same samples as a large one."""

import gc
from dataclasses import replace

import numpy as np
import pytest

from hitpoint.core.cue.sound import Level
from hitpoint.core.media.waveform import STRETCH, peaks_of
from hitpoint.core.music.score import Score
from hitpoint.core.progress import SILENT, Cancelled, Progress
from hitpoint.core.render.audition.audition import AuditionRenderer
from hitpoint.core.render.audition.master import LongMaster
from hitpoint.core.render.audition.store import TileStore
from hitpoint.core.render.mix.bus import master
from hitpoint.core.render.mix.levels import Levels
from hitpoint.core.render.mix.mix import MixSettings
from hitpoint.core.render.mix.stem import TILE
from hitpoint.core.render.sampler.sampler import Sampler

SECONDS = 24
SAMPLES = SECONDS * 48_000 + 17
SLOT = TILE * 8
LAST = SAMPLES // TILE


@pytest.fixture
def score(make_part, tempo):
    melody = make_part(*((beat, beat + 0.9, 60 + beat % 12, 90) for beat in range(SECONDS)), name="Piano")
    bass = make_part(*((beat, beat + 3.5, 40, 110) for beat in range(0, SECONDS, 4)), name="Bass", channel=1)
    return Score((melody, bass), tempo)


def small_store(tiles=12):
    """One that holds a few seconds of two parts."""
    return TileStore(2 * SLOT, (tiles - 2) * SLOT)


def noise(seed, length=TILE):
    return np.random.default_rng(seed).standard_normal((2, length)).astype(np.float32)


def louder(score, beat):
    melody = score.parts[0]
    notes = tuple(replace(note, velocity=127) if index == beat else note for index, note in enumerate(melody.notes))
    return replace(score, parts=(replace(melody, notes=notes), *score.parts[1:]))


def test_what_was_moved_out_of_memory_is_the_same():
    store, tiles = TileStore(3 * SLOT, 100 * SLOT), [noise(seed, TILE - 100 * seed) for seed in range(9)]
    kept = [store.keep(tile) for tile in tiles]
    assert store.bytes_in_memory == 3 * SLOT
    assert all(np.array_equal(one.rows(), tile) for one, tile in zip(kept, tiles, strict=True))
    assert all(np.array_equal(one.rows(7, 900), tile[:, 7:900]) for one, tile in zip(kept, tiles, strict=True))


def test_the_room_of_what_nobody_holds_is_used_again():
    store, kept = TileStore(SLOT, 3 * SLOT), []
    for seed in range(30):
        kept.clear()
        kept += [store.keep(noise(seed + index)) for index in range(4)]
        assert store.bytes_in_memory <= 2 * SLOT
        assert np.array_equal(kept[0].rows(), noise(seed))


def test_a_full_disk_loses_nothing(monkeypatch):
    store = TileStore(SLOT, 100 * SLOT)

    def full(at, data):
        raise OSError(28, "no space left on device")

    kept = [store.keep(noise(0)), store.keep(noise(1))]
    monkeypatch.setattr(store._file, "write", full)
    kept += [store.keep(noise(2)), store.keep(noise(3))]
    assert all(np.array_equal(one.rows(), noise(seed)) for seed, one in enumerate(kept))
    assert store.capacity == 2


def test_the_file_has_no_name(tmp_path):
    store = TileStore(SLOT, 10 * SLOT, tmp_path)
    kept = [store.keep(noise(seed)) for seed in range(5)]
    assert len(kept) == 5 and not list(tmp_path.iterdir())


def test_a_small_store_plays_the_same_samples(make_font, score):
    font = make_font()
    *_, whole = AuditionRenderer(Sampler(font)).updates(score, SAMPLES)
    renderer = AuditionRenderer(Sampler(font), small_store())
    for here in (0, 12 * TILE, LAST * TILE):
        *_, sound = renderer.updates(score, SAMPLES, heard_from=here)
        last = min(here + TILE, SAMPLES)
        assert sound.is_settled and not sound.is_complete and sound.is_ready(here, last)
        assert np.array_equal(sound.curve.points, whole.curve.points)
        assert np.array_equal(sound.mix(here, last), whole.mix(here, last))


def test_a_change_in_a_small_store_sounds_as_if_all_were_kept(make_font, score):
    large = AuditionRenderer(Sampler(make_font()))
    small = AuditionRenderer(Sampler(make_font()), small_store())
    for beat, here in ((0, 0), (20, 0), (9, 17)):
        *_, one = large.updates(louder(score, beat), SAMPLES)
        *_, other = small.updates(louder(score, beat), SAMPLES, heard_from=here * 48_000)
        np.testing.assert_allclose(other.curve.points, one.curve.points, rtol=3e-5)
        first, last = other.ready[0]
        np.testing.assert_allclose(other.mix(first, last), one.mix(first, last), atol=1e-5)


def test_fades_of_what_was_forgotten_are_measured(make_font, score):
    font, faded = make_font(), MixSettings(fade_in_seconds=5.0, fade_out_seconds=6.0)
    small = AuditionRenderer(Sampler(font), small_store())
    *_, _ = small.updates(score, SAMPLES, heard_from=8 * TILE)
    *_, sound = small.updates(score, SAMPLES, faded, heard_from=8 * TILE)
    *_, whole = AuditionRenderer(Sampler(font)).updates(score, SAMPLES, faded)
    np.testing.assert_allclose(sound.curve.points, whole.curve.points, rtol=3e-5)


def test_no_more_is_kept_than_the_store_holds(make_font, score):
    store = small_store()
    renderer = AuditionRenderer(Sampler(make_font()), store)
    for sound in renderer.updates(score, SAMPLES):
        kept = sum(tile is not None for stem in sound.stems for tile in stem.tiles)
        assert kept <= 2 * 12
    del sound
    gc.collect()
    assert store.bytes_in_memory <= 16 * SLOT


def test_a_long_rendering_that_is_stopped_goes_on(make_font, score):
    font = make_font()
    renderer, asked = AuditionRenderer(Sampler(font), small_store()), iter([False] * 12)
    progress = Progress(is_cancelled=lambda: next(asked, True))
    with pytest.raises(Cancelled):
        list(renderer.updates(score, SAMPLES, progress=progress))
    *_, sound = renderer.updates(score, SAMPLES, heard_from=9 * TILE)
    *_, whole = AuditionRenderer(Sampler(font)).updates(score, SAMPLES)
    np.testing.assert_allclose(sound.curve.points, whole.curve.points, rtol=3e-5)


def test_the_outline_is_drawn_as_the_mix_is(make_font, score):
    *_, sound = AuditionRenderer(Sampler(make_font()), small_store()).updates(score, SAMPLES)
    for index in (0, 1):
        low, high = sound.outline(index)
        peaks = peaks_of(sound.mix(index * TILE, (index + 1) * TILE))
        assert len(low) == TILE // STRETCH
        np.testing.assert_allclose(low[1:], peaks.low[1:], atol=0.02)  # the first holds the fade of three milliseconds
        np.testing.assert_allclose(high[1:], peaks.high[1:], atol=0.02)


@pytest.mark.parametrize("chunks", [10, 700, 150 * 400, 150 * 400 + 77])
@pytest.mark.parametrize("kept", [None, Level(-20.0, 4.0, -16.0), Level(-17.0, 0.4, -23.0)])
def test_a_long_cue_is_mastered_as_a_short_one(chunks, kept, monkeypatch):
    monkeypatch.setattr("hitpoint.core.render.audition.master.STRETCH", 150 * 90)
    rng = np.random.default_rng(chunks)
    loud = np.abs(rng.standard_normal(chunks // 150 + 1)).repeat(150)[:chunks] * 0.1
    levels = Levels(loud**2 * 64, loud * 1.5 * (1 + rng.random(chunks)), loud)
    settings = MixSettings(level=kept)

    def read(first, last):
        return Levels(levels.energy[first:last], levels.peak[first:last], levels.stem_peak[first:last])

    assert LongMaster(read, chunks, settings, SILENT).level() == master(levels, settings).level


def test_silence_has_the_level_of_before():
    silent = Levels(np.zeros(999), np.zeros(999), np.zeros(999))
    kept = Level(-20.0, 4.0, -16.0)
    for level in (None, kept):
        found = LongMaster(lambda first, last: silent, 999, MixSettings(level=level), SILENT).level()
        assert found == master(silent, MixSettings(level=level)).level
