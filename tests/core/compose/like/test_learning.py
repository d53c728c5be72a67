"""Recordings that were heard, as steps to learn from, and the style that comes of them."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from hitpoint.core.compose.like.learning import learn_style, steps_of
from hitpoint.core.errors import OptionError
from hitpoint.core.listening.chord_tracking import HeardChord
from hitpoint.core.listening.listening import HeardKey, HeardSection, Listening
from hitpoint.core.model.memory_config import MemoryConfig
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.model.places import PLACES
from hitpoint.core.model.vocabulary import token_named
from hitpoint.core.music.key import Key


def song(bars: int = 24, tonic: int = 2) -> Listening:
    """Two seconds a bar in D major: a chord a bar, two in every fourth."""
    names = ("D", "B:min", "G", "A:7")
    chords = []
    for bar in range(bars):
        halves = (names[bar % 4],) if bar % 4 < 3 else ("A:sus4", "A:7")
        length = 2.0 / len(halves)
        chords += [
            HeardChord(2.0 * bar + length * at, 2.0 * bar + length * (at + 1), token_named(name), 1.0)
            for at, name in enumerate(halves)
        ]
    seconds = 2.0 * bars
    return Listening(
        seconds,
        beats=tuple(np.arange(0.0, seconds, 0.5)),
        downbeats=tuple(np.arange(0.0, seconds + 0.1, 2.0)),
        keys=(HeardKey(0.0, seconds, Key(tonic), 1.0),),
        chords=tuple(chords),
        sections=(HeardSection(0.0, 16.0, "A"), HeardSection(16.0, seconds, "B")),
    )


@pytest.fixture(scope="module")
def model() -> MemoryAMT:
    torch.manual_seed(0)
    config = MemoryConfig(
        d_model=16, n_heads=2, n_layers=2, encoder_layers=1, max_steps=64, pointer_width=4, place_hidden=4
    )
    made = MemoryAMT(config)
    for parameter in made.eval().parameters():
        torch.nn.init.normal_(parameter, 0.0, 0.3)
    return made


def test_a_recording_becomes_half_bars_in_the_models_key() -> None:
    steps = steps_of(song())
    assert steps is not None
    wanted = [token_named(name) for name in ("C", "C", "A:min", "A:min", "F", "F", "G:sus4", "G:7")]
    assert steps.tokens[:8].tolist() == wanted
    assert steps.minor_share == pytest.approx(0.25)
    sections = steps.places[:, PLACES.index("since section")]
    assert sections[15] == 8 and sections[16] == 1


def test_where_nothing_is_heard_there_are_no_steps() -> None:
    assert steps_of(Listening(10.0)) is None


def test_a_style_is_learnt_and_judged_on_what_it_has_not_heard(model: MemoryAMT) -> None:
    style = learn_style(model, "0123456789ab", "mine", [("a.wav", song()), ("silence.wav", Listening(5.0))])
    assert len(style.vector) == 16 and any(style.vector)
    assert style.judged == 24 and style.nats_style != style.nats_attributes
    assert style.bpm == 120.0 and not style.is_minor
    assert style.chords[0][:4] == tuple(token_named(name) for name in ("C", "A:min", "F", "G:sus4"))


def test_too_little_to_learn_from_is_told(model: MemoryAMT) -> None:
    with pytest.raises(OptionError, match="longer recordings"):
        learn_style(model, "0123456789ab", "mine", [("a.wav", song(6))])
