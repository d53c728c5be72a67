"""The audition against the files, and what changed against a fresh rendering."""

from dataclasses import replace

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hitpoint.core.music.score import Score
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.render.audition.audition import AuditionRenderer
from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.fluid import FluidSynth, find_library
from hitpoint.core.render.mix.mix import MixSettings
from hitpoint.core.render.mix.stem import TILE
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.render.sampler.generators import Generator
from hitpoint.core.render.sampler.sampler import Sampler

SECONDS = 12
SAMPLES = SECONDS * 48_000 + 17
ZONE = {Generator.VOLUME_RELEASE: -2400, Generator.FILTER_CUTOFF: 9000, Generator.VIBRATO_LFO_TO_PITCH: 20}

a_note = st.tuples(st.floats(0, SECONDS), st.floats(0.05, 3), st.integers(40, 80), st.integers(20, 127))
a_control = st.tuples(st.floats(0, SECONDS), st.sampled_from([7, 11, 64, 10]), st.integers(0, 127))
a_part = st.tuples(st.lists(a_note, max_size=8), st.lists(a_control, max_size=3))


@pytest.fixture
def score(make_part, tempo):
    melody = make_part(*((beat, beat + 0.9, 60 + beat, 100) for beat in range(SECONDS)), name="Piano")
    bass = make_part((0, 4, 36, 120), (4, 11, 43, 120), name="Bass", program=32, channel=1, pan=0.4, gain_decibels=3.0)
    return Score((melody, bass), tempo)


def changed_note(score, index, **changes):
    """The score with a note of its melody changed."""
    melody = score.parts[0]
    notes = [replace(note, **changes) if at == index else note for at, note in enumerate(melody.notes)]
    return replace(score, parts=(replace(melody, notes=tuple(notes)), *score.parts[1:]))


def assert_same_tiles(sound, other):
    for one, same in zip(sound.stems, other.stems, strict=True):
        assert all(np.array_equal(a.rows(), b.rows()) for a, b in zip(one.tiles, same.tiles, strict=True))


def test_it_is_what_the_files_have(make_font, score, tmp_path):
    synth = Sampler(make_font(ZONE))
    *_, sound = AuditionRenderer(synth).updates(score, SAMPLES)
    done = render_score(score, SAMPLES, synth, tmp_path, "cue")
    assert sound.is_settled and sound.is_complete and sound.names == ("Piano", "Bass")
    for index, path in enumerate(done.stems):
        np.testing.assert_allclose(sound.stem(index), soundfile.read(path)[0], atol=2e-5)
    np.testing.assert_allclose(sound.mix(), soundfile.read(done.mix)[0], atol=2e-5)


@given(parts=st.tuples(a_part, a_part, a_part, a_part), keep=st.booleans(), cut=st.integers(0, 200_000))
@settings(
    max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_changed_sounds_as_if_rendered_afresh(make_font, make_part, tempo, parts, keep, cut):
    made = [
        make_part(
            *sorted((start, start + length, pitch, velocity) for start, length, pitch, velocity in notes),
            controls=tuple(sorted(controls)),
            name=f"part {index % 2}",
            channel=index % 2,
        )
        for index, (notes, controls) in enumerate(parts)
    ]
    before, after = Score(tuple(made[:2]), tempo), Score((made[0] if keep else made[2], made[3]), tempo)
    font = make_font(ZONE)
    renderer = AuditionRenderer(Sampler(font))
    renderer.update(before, SAMPLES)
    fresh = AuditionRenderer(Sampler(font))
    assert_same_tiles(renderer.update(after, SAMPLES - cut), fresh.update(after, SAMPLES - cut))
    kept, anew = renderer.settle().curve, fresh.settle().curve
    np.testing.assert_allclose(kept.points, anew.points, rtol=3e-5)


def test_what_is_not_changed_is_not_rendered(make_font, score):
    renderer = AuditionRenderer(Sampler(make_font(ZONE)))
    before = renderer.update(score, SAMPLES)
    after = renderer.update(changed_note(score, 4, pitch=71), SAMPLES)
    same = [a is b for a, b in zip(before.stems[0].tiles, after.stems[0].tiles, strict=True)]
    assert all(a is b for a, b in zip(before.stems[1].tiles, after.stems[1].tiles, strict=True))
    assert same[: 4 * 48_000 // TILE] == [True] * (4 * 48_000 // TILE)
    assert same[-3:] == [True] * 3 and not all(same)
    ((first, last),) = after.changed
    assert first <= 4 * 48_000 and 5 * 48_000 <= last <= 9 * 48_000


def test_nothing_clicks_where_old_and_new_meet(make_font, score):
    renderer = AuditionRenderer(Sampler(make_font(ZONE)))
    renderer.update(score, SAMPLES)
    after = renderer.update(changed_note(score, 4, pitch=71), SAMPLES)
    steps = np.abs(np.diff(after.mix()[:, 0].astype(float), 3))
    edges = [edge for span in after.changed for edge in span if 0 < edge < SAMPLES]
    assert edges
    assert all(steps[edge - 5 : edge + 5].max() < 1.2 * steps[edge - 4800 : edge + 4800].max() for edge in edges)


def test_the_same_again_is_settled_at_once(make_font, score):
    renderer = AuditionRenderer(Sampler(make_font()))
    *_, settled = renderer.updates(score, SAMPLES)
    assert list(renderer.updates(score, SAMPLES)) == [settled]


def test_the_playhead_comes_first(make_font, score):
    renderer = AuditionRenderer(Sampler(make_font()))
    first = next(renderer.updates(score, SAMPLES, heard_from=5 * TILE + 7))
    assert first.ready == ((5 * TILE, 6 * TILE),)
    assert first.is_ready(5 * TILE + 7, 6 * TILE) and not first.is_complete
    assert first.mix(5 * TILE, 6 * TILE).any() and not first.mix(0, TILE).any()


def test_a_gain_is_changed_without_playing(make_font, score, monkeypatch):
    renderer = AuditionRenderer(Sampler(make_font()))
    *_, before = renderer.updates(score, SAMPLES)
    louder = replace(score, parts=(replace(score.parts[0], gain_decibels=6.0206, pan=-1.0), score.parts[1]))
    *_, after = renderer.updates(louder, SAMPLES)
    assert all(a is b for a, b in zip(before.stems[0].tiles, after.stems[0].tiles, strict=True))
    assert after.stems[0].gains == pytest.approx([2 * 2**0.5, 0], abs=1e-6)
    assert not after.stem(0)[:, 1].any()


def test_target_and_fades_are_changed_without_playing(make_font, score):
    renderer, font = AuditionRenderer(Sampler(make_font())), make_font()
    *_, before = renderer.updates(score, SAMPLES)
    wished = MixSettings(target_lufs=-23.0, fade_out_seconds=3.0)
    *_, after = renderer.updates(score, SAMPLES, wished)
    *_, fresh = AuditionRenderer(Sampler(font)).updates(score, SAMPLES, wished)
    assert all(a is b for a, b in zip(before.stems[0].tiles, after.stems[0].tiles, strict=True))
    np.testing.assert_allclose(after.mix(), fresh.mix(), atol=1e-5)


def test_the_quick_curve_is_near_the_exact_one(make_font, score):
    renderer = AuditionRenderer(Sampler(make_font(ZONE)))
    *_, _ = renderer.updates(score, SAMPLES)
    quick, exact = [*renderer.updates(changed_note(score, 4, velocity=127, pitch=45), SAMPLES)][-2:]
    assert (quick.is_settled, exact.is_settled) == (False, True)
    assert np.abs(20 * np.log10(quick.curve.points / exact.curve.points)).max() < 1.5
    assert np.abs(quick.mix()).max() <= 1.0


def test_a_cancelled_update_goes_on_where_it_stopped(make_font, score):
    renderer, after = AuditionRenderer(Sampler(make_font(ZONE))), changed_note(score, 2, pitch=50)
    asked = iter([False] * 3)
    with pytest.raises(Cancelled):
        renderer.update(score, SAMPLES, progress=Progress(is_cancelled=lambda: next(asked, True)))
    fresh = AuditionRenderer(Sampler(make_font(ZONE)))
    assert_same_tiles(renderer.update(after, SAMPLES), fresh.update(after, SAMPLES))
    assert renderer.settle().is_settled


def test_muted_parts_are_not_heard(make_font, score):
    *_, sound = AuditionRenderer(Sampler(make_font())).updates(score, SAMPLES)
    np.testing.assert_allclose(sound.mix(9, 99_999, [0.0, 1.0]), sound.stem(1, 9, 99_999), atol=1e-6)
    np.testing.assert_allclose(sound.mix(0, SAMPLES, [1.0, 1.0]), sound.mix(), atol=1e-6)


def test_nothing_sounds_after_the_end(make_font, score):
    *_, sound = AuditionRenderer(Sampler(make_font())).updates(score, SAMPLES)
    assert sound.mix(SAMPLES - 5, SAMPLES + 5).shape == (5, 2)
    assert sound.mix(SAMPLES + 5).shape == sound.mix(SAMPLES + 5, SAMPLES + 9).shape == (0, 2)


@pytest.mark.parametrize("samples", [0, 1, TILE, TILE + 1])
def test_the_shortest_cues_sound_too(make_font, score, samples):
    *_, sound = AuditionRenderer(Sampler(make_font())).updates(score, samples)
    assert sound.is_complete and sound.is_settled
    assert sound.mix().shape == (samples, 2)


def test_a_score_without_parts_is_silence(make_font, score):
    *_, sound = AuditionRenderer(Sampler(make_font())).updates(replace(score, parts=()), SAMPLES)
    assert sound.is_complete and not sound.mix().any()


@pytest.mark.skipif(find_library() is None, reason="FluidSynth is not installed")
def test_fluidsynth_renders_a_changed_part_as_afresh(score):
    renderer = AuditionRenderer(FluidSynth(default_soundfont()))
    renderer.update(score, SAMPLES)
    after = renderer.update(changed_note(score, 4, pitch=71), SAMPLES, heard_from=4 * 48_000)
    fresh = AuditionRenderer(FluidSynth(default_soundfont())).update(changed_note(score, 4, pitch=71), SAMPLES)
    assert_same_tiles(after, fresh)
