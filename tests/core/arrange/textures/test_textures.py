"""Patterns are read as they are written."""

from __future__ import annotations

import pytest

from hitpoint.core.arrange.textures.patterns import TEXTURES
from hitpoint.core.arrange.textures.textures import KIT, SLOTS_PER_STEP, Stroke, Texture, pitch_of, texture
from hitpoint.core.music.chord import Chord, Quality
from hitpoint.core.music.voice_ranges import VoiceRanges
from hitpoint.core.music.voicing import voicings_of


def test_signs_become_strokes() -> None:
    found = texture({"s": "x---x-p-|.......x", "b": "x-------|........"})
    first, second = found.variants[0]
    assert first == (Stroke(0, 8, "b"), Stroke(0, 4, "s"), Stroke(4, 2, "s"), Stroke(6, 2, "s", passing=True))
    assert second == (Stroke(7, 1, "s"),)


def test_held_roles_count_as_sounding() -> None:
    found = texture({"b": "x---x---|x-------"}, held="tas")
    assert (found.notes_in(0), found.notes_in(1)) == (5, 4)


@pytest.mark.parametrize("row", ["x-------", "x---|x---", "x------?|........"])
def test_misspelt_rows_are_refused(row: str) -> None:
    with pytest.raises(ValueError, match="row 's'"):
        texture({"s": row})


def test_variants_of_unequal_density_are_refused() -> None:
    with pytest.raises(ValueError, match="unequally"):
        texture({"s": "x-------|........"}, {"s": "x---x---|........"})


@pytest.mark.parametrize("name", TEXTURES)
def test_the_first_sixteenth_has_no_passing_tone(name: str) -> None:
    strokes = [stroke for variant in TEXTURES[name].variants for cell in variant for stroke in cell]
    assert not any(stroke.passing and stroke.slot == 0 for stroke in strokes)


@pytest.mark.parametrize("found", TEXTURES.values(), ids=TEXTURES)
def test_no_key_is_hammered(found: Texture) -> None:
    """At most two sixteenths in a row on one tone: what comes faster than that alternates. Drummers have two sticks."""
    for variant in found.variants:
        strokes = [(half, s) for half in (0, 1) for s in variant[half] if s.role not in KIT]
        slots = {(s.role, half * SLOTS_PER_STEP + s.slot) for half, s in strokes}
        assert not any({(role, at + more) for more in range(3)} <= slots for role, at in slots)


def test_roles_lie_one_above_the_other() -> None:
    for quality in Quality:
        for root in range(12):
            chord = Chord(root, quality)
            for voicing in voicings_of(chord, VoiceRanges()):
                pitches = [pitch_of(role, voicing, chord) for role in "bfotasd"]
                assert pitches == sorted(set(pitches))
                assert {pitch % 12 for pitch in pitches} <= set(chord.pitch_classes)


def test_eighths_sway_in_six_eight() -> None:
    found = texture({"t": "x-x-x-..|x-x-x-..", "s": "x---....|x---...."}).variants_in("6/8")
    slots = [[sorted({stroke.slot for stroke in cell}) for cell in variant] for variant in found]
    even, late = [0, 2, 4], [0, 3, 4]
    assert slots == [[even, even], [even, late], [late, late], [late, even]]
    assert len({tuple(len(cell) for cell in variant) for variant in found}) == 1


def test_what_does_not_run_in_eighths_does_not_sway() -> None:
    for row in ({"s": "x-------|x-------"}, {"s": "xxxxxxxx|xxxxxxxx"}, {"H": "x.x.x.x.|x.x.x.x."}):
        assert len(texture(row).variants_in("6/8")) == 1
