"""Chords for a piece with a form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hitpoint.core.compose.compose import Models
from hitpoint.core.compose.harmony.context import HarmonyContext, HarmonySection
from hitpoint.core.compose.harmony.writer import Written, rewrite_harmony, write_harmony
from hitpoint.core.model.checkpoint import default_checkpoint, load_chord_model
from hitpoint.core.model.networks.memory_amt import MemoryAMT
from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import Chord, Quality, parse_chord
from hitpoint.core.music.key import Key

Piece = Callable[..., HarmonyContext]
D_MINOR = Key(2, is_minor=True)


@pytest.fixture(scope="module")
def model() -> MemoryAMT:
    found = load_chord_model(default_checkpoint("amt"))
    assert isinstance(found, MemoryAMT)
    return found.double()


def rngs(*seeds: int) -> list[np.random.Generator]:
    return [np.random.Generator(np.random.PCG64(seed)) for seed in seeds]


def blank(context: HarmonyContext) -> NDArray[np.float32]:
    return np.zeros((context.steps, 776), np.float32)


def written(model: object, context: HarmonyContext, *seeds: int) -> tuple[Written, ...]:
    return write_harmony(model, blank(context), context, rngs(*seeds or (1,)))  # type: ignore[arg-type]


def test_a_theme_comes_back_and_the_piece_ends_at_home(model: MemoryAMT, piece: Piece) -> None:
    take = written(model, piece("A B A", final_step=44))[0]
    assert take.chords[:11] == take.chords[32:43], "but for the dominant before the end"
    assert set(take.chords[44:]) == {Chord(0)} and take.chords[43] != Chord(0)
    assert take.likelihood < 0 < take.gain


def test_each_take_is_its_own_and_does_not_depend_on_its_neighbours(model: MemoryAMT, piece: Piece) -> None:
    context = piece("A")
    both = written(model, context, 1, 2)
    assert both[0].chords == written(model, context, 1)[0].chords
    assert both[1].chords == written(model, context, 2)[0].chords != both[0].chords


def test_sections_are_written_in_their_own_keys(model: MemoryAMT, piece: Piece) -> None:
    take = written(model, piece("A B", Mood.NEUTRAL, keys=(Key(0), D_MINOR), final_step=31))[0]
    assert take.chords[31] == Chord(2, Quality.MIN)
    inside = [set(chord.pitch_classes) <= {*D_MINOR.scale, 1} for chord in take.chords[16:]]
    assert np.mean(inside) > 0.7


@settings(max_examples=6, deadline=None)
@given(locks=st.dictionaries(st.integers(0, 31), st.sampled_from(["F#:dim", "Bb", "C", "N", "E:aug"]), max_size=8))
def test_locks_win_over_everything(dice_models: Models, locks: dict[int, str]) -> None:
    fixed = {step: parse_chord(symbol) for step, symbol in locks.items()}
    sections = (HarmonySection(8, "A", (4, 4), Key(0)), HarmonySection(8, "A'", (4, 4), D_MINOR))
    context = HarmonyContext("half", (2,) * 16, sections, locks=fixed, hits=frozenset({5}))
    chords = written(dice_models.chords, context)[0].chords
    assert all(chords[step] == chord for step, chord in fixed.items())


@pytest.mark.parametrize("unit", ["beat", "half", "bar"])
def test_any_step_will_do_also_in_three(dice_models: Models, unit: str) -> None:
    counts = {"beat": 3, "half": 2, "bar": 1}[unit]
    sections = (HarmonySection(6, "A", (3, 3), Key(7)), HarmonySection(6, "A", (3, 3), Key(7)))
    context = HarmonyContext(unit, (counts,) * 12, sections, bar_lines_only=True)  # type: ignore[arg-type]
    chords = written(dice_models.chords, context)[0].chords
    assert len(chords) == 12 * counts and chords[-1] == Chord(7)


def test_a_stretch_is_written_again_and_nothing_else_changes(model: MemoryAMT, piece: Piece) -> None:
    context = replace(piece("A B A", Mood.TENSE), locks={20: parse_chord("F:min6")})
    before = written(model, context)[0].chords
    again = rewrite_harmony(model, blank(context), context, range(14, 26), before, rngs(5, 6))
    for take in again:
        assert take.chords[:14] == before[:14] and take.chords[26:] == before[26:]
        assert take.chords[20] == parse_chord("F:min6")
    assert again[0].chords != again[1].chords
    alone = rewrite_harmony(model, blank(context), context, range(14, 26), before, rngs(6))[0]
    assert alone.chords == again[1].chords


def test_a_model_without_memory_writes_a_stretch_again_too(dice_models: Models, piece: Piece) -> None:
    context = piece("A B")
    before = written(dice_models.chords, context)[0].chords
    again = rewrite_harmony(dice_models.chords, blank(context), context, range(8, 12), before, rngs(3))[0]  # type: ignore[arg-type]
    assert again.chords[:8] == before[:8] and again.chords[12:] == before[12:]


def test_a_wished_mood_has_its_colours(model: MemoryAMT, piece: Piece) -> None:
    takes = written(model, piece("A B", Mood.FEARFUL, keys=(D_MINOR,) * 2), 1, 2, 3)
    chords = [chord for take in takes for chord in take.chords]
    triads = np.mean([chord.quality in (Quality.MAJ, Quality.MIN) for chord in chords])
    dark = np.mean([chord.quality in (Quality.DIM, Quality.DIM7, Quality.HDIM7, Quality.AUG) for chord in chords])
    foreign = np.mean([not set(chord.pitch_classes) <= {*D_MINOR.scale, 1} for chord in chords])
    assert triads < 0.75 and dark <= 0.15 and 0.05 <= foreign <= 0.5
