"""Plugins in place of the sampler.

The mapping file, the messages they get, and the mix around them, with a stand-in.
"""

from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.errors import SoundFontError
from hitpoint.core.render.parts.by_part import ByPart
from hitpoint.core.render.parts.synth import render
from hitpoint.core.render.plugin_host import InstrumentChoice, Pedalboard, PluginSynth, messages_of, read_instruments
from hitpoint.core.render.sampler.sampler import Sampler

SECOND = 48_000


class Clicks:
    """An instrument that answers each note with one sample, as loud as its velocity."""

    def play(self, messages, seconds):
        sound = np.zeros((2, round(seconds * SECOND) + 7), np.float32)  # a plugin may answer a few samples more
        for message in messages:
            if message.type == "note_on":
                sound[:, round(message.time * SECOND)] = message.velocity / 127
        return sound


class StandIn:
    name = "stand-in 1"

    def __init__(self):
        self.loaded = []

    def load(self, choice):
        self.loaded.append(choice)
        return Clicks()


@pytest.fixture
def host():
    return StandIn()


def test_a_part_is_played_by_its_plugin(make_part, tempo, host):
    synth = PluginSynth(InstrumentChoice(Path("Clicks.vst3"), gain=-6.0), host, Path("font.sf3"))
    sound = render(synth, make_part((0.5, 1, 60, 127), (1.5, 2, 62, 64)), tempo, 2 * SECOND)
    assert sound.shape == (2 * SECOND, 2)
    assert np.flatnonzero(sound[:, 0]).tolist() == [SECOND // 2, 3 * SECOND // 2]
    assert sound[SECOND // 2, 0] == pytest.approx(10 ** (-6 / 20))
    assert synth.name == "Clicks in stand-in 1"


def test_messages_come_in_order_and_end_before_they_begin(make_part, tempo):
    part = make_part((0, 1, 60, 90), (1, 3, 60, 80), controls=((0.5, 11, 70),), bends=((0.25, 1.0),))
    messages = messages_of(part, tempo, 2 * SECOND)
    assert [message.time for message in messages] == sorted(message.time for message in messages)
    assert [message.type for message in messages] == [
        "note_on", "pitchwheel", "control_change", "note_off", "note_on", "note_off"
    ]  # fmt: skip
    assert messages[-1].time < 2.0  # what lasts beyond the end of the cue is let go inside it


def test_only_the_parts_named_are_played_otherwise(make_font, make_part, tempo, host):
    usual = Sampler(make_font({}))
    both = ByPart(usual, {"Bass": PluginSynth(InstrumentChoice(Path("Clicks.vst3")), host, usual.soundfont)})
    piano, bass = make_part((0, 1, 60, 90), name="Piano"), make_part((0, 1, 60, 90), name="Bass")
    assert np.array_equal(render(both, piano, tempo, SECOND), render(usual, piano, tempo, SECOND))
    assert np.count_nonzero(render(both, bass, tempo, SECOND)) == 2
    assert both.perform(bass, tempo, SECOND).sound(0, 100).shape == (2, 100)
    assert both.name == f"{usual.name} and Clicks in stand-in 1"


def test_a_part_may_have_a_font_of_its_own(make_font, make_part, tempo):
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, 2000)
    one, other = Sampler(make_font({})), Sampler(make_font({}, frames=noise))
    both = ByPart(one, {"Bass": other})
    bass = make_part((0, 1, 60, 90), name="Bass")
    assert np.array_equal(render(both, bass, tempo, SECOND), render(other, bass, tempo, SECOND))


def test_the_file_tells_which_plugin_plays_which_part(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[parts."Low Strings"]\nplugin = "/plugins/Orchestra.vst3"\npreset = "celli.vstpreset"\nname = "Celli"\n'
        "gain = -3\n"
        '[parts.Piano]\nplugin = "Keys.vst3"\n'
    )
    assert read_instruments(path) == {
        "Low Strings": InstrumentChoice(Path("/plugins/Orchestra.vst3"), tmp_path / "celli.vstpreset", "Celli", -3.0),
        "Piano": InstrumentChoice(tmp_path / "Keys.vst3"),
    }


@pytest.mark.parametrize(
    "text",
    ["not toml", "[part.Piano]", "[parts.Piano]", "[parts.Piano]\nplugin = 3",
     '[parts.Piano]\nplugin = "a"\nvolume = 3', '[parts.Piano]\nplugin = "a"\ngain = "loud"',
     '[parts.Piano]\nplugin = "a"\npreset = 3', "parts = 3", "", "[parts]", "parts.Piano = 3"],
)  # fmt: skip
def test_a_file_that_says_something_else_is_one_plain_error(tmp_path, text):
    path = tmp_path / "mine.toml"
    path.write_text(text)
    with pytest.raises(SoundFontError, match="no instruments file"):
        read_instruments(path)


def test_a_plugin_that_is_not_there_is_one_plain_error(tmp_path):
    pytest.importorskip("pedalboard")
    with pytest.raises(SoundFontError, match="there is no plugin"):
        Pedalboard().load(InstrumentChoice(tmp_path / "none.vst3"))
    (tmp_path / "broken.vst3").write_bytes(b"no plugin at all")
    with pytest.raises(SoundFontError, match="cannot be loaded"):
        Pedalboard().load(InstrumentChoice(tmp_path / "broken.vst3"))


def test_an_instruments_file_that_is_no_text_says_so(tmp_path):
    (tmp_path / "mine.toml").write_bytes(b"\xff\xfe\x80")
    with pytest.raises(SoundFontError, match="is not text in UTF-8"):
        read_instruments(tmp_path / "mine.toml")
