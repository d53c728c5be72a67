from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hitpoint.ui.players.mixer import Mixer
from hitpoint.ui.players.sound import HeardMusic, Monitor, PlayedSound, Samples, StemArrays

FRAMES = 6000


def ramp(offset: int = 0, frames: int = FRAMES) -> Samples:
    """Sound that tells at each frame which one it is, exactly: left the frame, right its negative."""
    count = np.arange(1, frames + 1, dtype=np.float32) + np.float32(offset)
    return np.stack([count, -count], axis=1)


def sound(*stems: Samples, first: int = 0, frames: int = FRAMES) -> PlayedSound:
    return PlayedSound(frames, StemArrays(tuple(f"part {i}" for i in range(len(stems))), stems), first)


def playing(*stems: Samples, crossfade: int = 0) -> Mixer:
    mixer = Mixer(crossfade)
    mixer.load(sound(*stems))
    mixer.run(1.0)
    return mixer


class Oracle:
    """The same audition told frame by frame, with no cleverness: which frame of which sound comes next."""

    def __init__(self) -> None:
        self.at, self.take, self.loop, self.is_playing = 0, 0, (0, 0), True

    def next(self) -> float:
        if not self.is_playing:
            return 0.0
        value = float(self.at + 1 + 10_000 * self.take)
        self.at += 1
        if self.loop[1] > self.loop[0] and self.at == self.loop[1]:
            self.at = self.loop[0]
        elif self.at == FRAMES:
            self.is_playing = False
        return value


LOOPS = st.tuples(st.integers(0, 3000), st.integers(480, 2000)).map(lambda pair: (pair[0], pair[0] + pair[1]))
DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("hear"), st.integers(1, 1500)),
        st.tuples(st.just("seek"), st.integers(0, FRAMES - 1)),
        st.tuples(st.just("swap"), st.integers(0, 3)),
        st.tuples(st.just("loop"), LOOPS),
    ),
    max_size=25,
)


@given(DEEDS)
def test_any_sequence_of_seeks_loops_and_swaps_yields_exactly_the_samples_of_the_sounds(deeds: list) -> None:
    mixer, oracle = playing(ramp()), Oracle()
    for deed, value in deeds:
        if deed == "seek":
            mixer.seek(value)
            oracle.at = value
        elif deed == "swap":
            mixer.load(sound(ramp(10_000 * value)))
            oracle.take = value
        elif deed == "loop":
            mixer.loop(value)
            oracle.loop = value
        else:
            expected = [oracle.next() for _ in range(value)]
            assert mixer.next(value).samples[:, 0].tolist() == expected


@given(DEEDS, st.integers(1, 400))
def test_a_crossfade_is_over_after_its_length_and_loses_no_frame(deeds: list, crossfade: int) -> None:
    plain, fading = playing(ramp()), playing(ramp(), crossfade=crossfade)
    since = 0
    for deed, value in [*deeds, ("hear", crossfade), ("hear", 300)]:
        if deed == "hear":
            expected, heard = plain.next(value), fading.next(value)
            assert heard.runs == expected.runs
            since = 0 if len(expected.runs) > 1 else since + value  # a loop or the end came
            if since >= crossfade + value:
                assert np.array_equal(heard.samples, expected.samples)
            continue
        since = 0
        for mixer in (plain, fading):
            act = {"seek": mixer.seek, "swap": lambda take, mixer=mixer: mixer.load(sound(ramp(10_000 * take)))}
            act.get(deed, mixer.loop)(value)


@given(st.lists(st.sampled_from(["seek", "mute", "stop", "play", "swap"]), min_size=1, max_size=6), st.integers(1, 300))
def test_whatever_is_done_nothing_jumps(deeds: list[str], between: int) -> None:
    """Two constant sounds, so that every step in the output is the mixer's doing."""
    mixer = Mixer(480)
    mixer.load(sound(np.full((FRAMES, 2), 0.5, np.float32)))
    mixer.seek(100.0)  # at the very beginning nothing is faded
    heard = [mixer.next(1).samples]
    for number, deed in enumerate(deeds):
        {
            "seek": lambda: mixer.seek(200.0),
            "mute": lambda number=number: mixer.listen(Monitor(muted=frozenset(["part 0"] if number % 2 else []))),
            "stop": lambda: mixer.run(0.0),
            "play": lambda: mixer.run(1.0),
            "swap": lambda number=number: mixer.load(sound(np.full((FRAMES, 2), 0.25 + number / 20, np.float32))),
        }[deed]()
        heard.append(mixer.next(between).samples)
    steps = np.abs(np.diff(np.concatenate(heard), axis=0))
    assert steps.max() < 0.6 * (len(deeds) + 1) / 480  # every fade still going adds its slope


def test_a_swap_of_equal_sounds_changes_no_bit() -> None:
    noise = np.random.default_rng(3).standard_normal((FRAMES, 2)).astype(np.float32)
    mixer = playing(noise, crossfade=480)
    heard = [mixer.next(100).samples]
    mixer.load(sound(noise.copy()))
    heard.append(mixer.next(1000).samples)
    assert np.array_equal(np.concatenate(heard), noise[:1100])


def test_playing_from_the_beginning_starts_with_the_very_first_sample() -> None:
    mixer = Mixer()
    mixer.load(sound(ramp()))
    mixer.seek(2000)
    mixer.seek(0)
    mixer.run(1.0)
    assert np.array_equal(mixer.next(1000).samples, ramp()[:1000])


def test_playing_from_elsewhere_comes_in_softly() -> None:
    mixer = Mixer(480)
    mixer.load(sound(np.ones((FRAMES, 2), np.float32)))
    mixer.seek(1000)
    mixer.run(1.0)
    heard = mixer.next(600).samples[:, 0]
    assert heard[0] < 0.01 and (np.diff(heard) >= 0).all() and (heard[480:] == 1.0).all()


def test_what_a_renderer_writes_while_it_plays_is_heard() -> None:
    stem = np.zeros((FRAMES, 2), np.float32)
    mixer = playing(stem)
    assert not mixer.next(500).samples.any()
    stem[:] = ramp()
    assert np.array_equal(mixer.next(500).samples, ramp()[500:1000])


def test_a_stem_that_is_still_short_is_silent_at_its_end() -> None:
    mixer = playing(ramp(frames=300), np.ones((FRAMES, 2), np.float32))
    heard = mixer.next(400).samples
    assert np.array_equal(heard[:300], ramp(frames=300) + 1) and (heard[300:] == 1).all()


MONITORS = {
    "all": (Monitor(), 1.0 + 2.0 + 4.0),
    "one muted": (Monitor(muted=frozenset(["part 1"])), 5.0),
    "one soloed": (Monitor(soloed=frozenset(["part 2"])), 4.0),
    "soloed and muted": (Monitor(soloed=frozenset(["part 2"]), muted=frozenset(["part 2"])), 0.0),
    "no music": (Monitor(music=False), 0.0),
    "a part at -20 dB": (Monitor(part_decibels=(("part 2", -20.0),)), 3.0 + 0.4),
    "with production sound": (Monitor(production=True), 7.0 * 0.1 + 8.0),
    "production alone": (Monitor(music=False, production=True), 8.0),
    "not ducked": (Monitor(production=True, ducked=False), 15.0),
}


class EverEight:
    def read(self, first: int, count: int) -> Samples:
        return np.full((count, 2), 8.0, np.float32)

    def prepare(self, first: int) -> None:
        pass


@pytest.mark.parametrize(("monitor", "level"), MONITORS.values(), ids=MONITORS)
def test_the_monitor_says_what_is_heard(monitor: Monitor, level: float) -> None:
    stems = tuple(np.full((FRAMES, 2), gain, np.float32) for gain in (1.0, 2.0, 4.0))
    music = StemArrays(("part 0", "part 1", "part 2"), stems)
    mixer = Mixer(0)
    mixer.load(PlayedSound(FRAMES, music, 0, EverEight(), duck=((0.0, -20.0), (1.0, -20.0))))
    mixer.listen(monitor)
    mixer.run(1.0)
    assert np.allclose(mixer.next(100).samples, level)


class TellingProduction:
    """Production sound whose left channel is the timeline frame."""

    def read(self, first: int, count: int) -> Samples:
        assert first >= 0 and first + count <= FRAMES
        return np.stack([np.arange(first, first + count)] * 2, axis=1).astype(np.float32)

    def prepare(self, first: int) -> None:
        pass


@given(st.integers(0, FRAMES - 1), st.integers(1, 2000))
def test_production_sound_lies_where_the_timeline_has_it(start: int, count: int) -> None:
    mixer = Mixer(0)
    mixer.load(PlayedSound(FRAMES, production=TellingProduction()))
    mixer.listen(Monitor(production=True))
    mixer.seek(start)
    mixer.run(1.0)
    heard = mixer.next(count).samples[:, 0]
    inside = min(count, FRAMES - start)
    assert np.array_equal(heard[:inside], np.arange(start, start + inside)) and not heard[inside:].any()


def test_music_that_begins_later_is_silent_until_then() -> None:
    mixer = Mixer(0)
    mixer.load(sound(ramp(frames=1000), first=2000))
    mixer.run(1.0)
    heard = mixer.next(FRAMES).samples
    assert not heard[:2000].any() and not heard[3000:].any()
    assert np.array_equal(heard[2000:3000], ramp(frames=1000))


SPEEDS = (-8.0, -2.0, -1.0, -0.25, 0.25, 2.0, 4.0)


@pytest.mark.parametrize("speed", SPEEDS)
def test_shuttling_reads_the_sound_at_that_speed(speed: float) -> None:
    mixer = playing(ramp())
    mixer.seek(3000)
    mixer.run(speed)
    heard = np.concatenate([mixer.next(50).samples, mixer.next(50).samples])[:, 0]
    assert np.allclose(heard, 3001 + speed * np.arange(100))
    assert mixer.place.position == 3000 + 100 * speed


@given(st.sampled_from(SPEEDS), st.integers(0, FRAMES), st.integers(1, 900))
def test_shuttling_stops_at_either_end(speed: float, start: int, block: int) -> None:
    mixer = playing(ramp())
    mixer.seek(start)
    mixer.run(speed)
    for _ in range(int(FRAMES / abs(speed) / block) + 2):
        mixer.next(block)
    assert mixer.place.speed == 0.0
    assert mixer.place.position == (FRAMES if speed > 0 else 0.0)


def test_backwards_a_loop_goes_round_too() -> None:
    mixer = playing(ramp())
    mixer.loop((1000, 1500))
    mixer.seek(1002)
    mixer.run(-1.0)
    assert mixer.next(5).samples[:, 0].tolist() == [1003.0, 1002.0, 1001.0, 1500.0, 1499.0]


def test_after_shuttling_slowly_normal_speed_is_on_whole_frames() -> None:
    mixer = playing(ramp())
    mixer.run(0.25)
    mixer.next(101)
    mixer.run(1.0)
    assert mixer.next(3).samples[:, 0].tolist() == [26.0, 27.0, 28.0]


def test_the_runs_say_where_each_stretch_comes_from() -> None:
    mixer = playing(ramp())
    mixer.loop((0, 500))
    mixer.seek(300)
    assert mixer.next(400).runs == ((0, 300.0, 1.0), (200, 0.0, 1.0))


def test_of_a_cropped_cue_only_what_is_heard_sounds_and_that_as_it_was() -> None:
    mixer = Mixer(0)
    mixer.load(PlayedSound(FRAMES, HeardMusic(StemArrays(("part",), (ramp(),)), 1000, 3000)))
    mixer.run(1.0)
    out = np.concatenate([mixer.next(700).samples for _ in range(6)])
    expected = ramp()[: len(out)]
    expected[:1000] = expected[3000:] = 0.0
    np.testing.assert_array_equal(out, expected)
