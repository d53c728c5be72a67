"""The law of kept music in the files themselves: out of reach of a change, mix and stems are the same bytes."""

from __future__ import annotations

import re
import wave
from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.compose.compose import Models, regenerate
from hitpoint.core.conform.change_list import KeptMusic, Span
from hitpoint.core.conform.conforming import composed, conformed
from hitpoint.core.conform.kept_sound import Before, KeptSound, kept_sounds
from hitpoint.core.cue.changes import chord_set
from hitpoint.core.cue.cue import Cue
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mixdown.delivery import render_cue, with_level
from hitpoint.core.render.mixdown.mixdown import Rendering

pytestmark = pytest.mark.determinism

CUT = [(f"m{number}", 0, 100) for number in range(12)]  # four seconds each
REACH_BEFORE, REACH_AFTER = 0.75, 5.0  # seconds round the notes that changed: a piece of the room; release and room
LEAD_IN, LEAD_OUT = 2.0, 4.0  # seconds round a stretch in which notes may change with it: a bar, and two

MakeEdit = Callable[..., Edit]
MakeCue = Callable[..., Cue]
Grey = Callable[[int], PictureFeatures]


@dataclass(frozen=True)
class Version:
    """A cue as it was delivered."""

    cue: Cue
    done: Rendering


def delivered(cue: Cue, folder: Path) -> Version:
    done = render_cue(cue, arrange(cue), choose_synthesizer(), folder, "cue", remembers_level=True)
    return Version(with_level(cue, done.level), done)


@pytest.fixture(scope="module")
def first(make_edit: MakeEdit, make_cue: MakeCue, tmp_path_factory: pytest.TempPathFactory) -> Version:
    """The version of yesterday, of forty-eight seconds."""
    return delivered(with_playing(make_cue(make_edit(CUT), bpm=120)), tmp_path_factory.mktemp("first"))


def frames(path: Path, start: float, end: float) -> bytes:
    with wave.open(str(path)) as file:
        file.setpos(round(start * 48_000))
        return file.readframes(round((end - start) * 48_000))


def told(old: Version, new: Version, kept: tuple[KeptMusic, ...]) -> tuple[KeptSound, ...]:
    return kept_sounds(Before(old.cue, old.done.mix, kept), new.cue, new.done.mix, new.done.level_change)


def notes_changed(old: Cue, new: Cue) -> tuple[float, float]:
    """Seconds at which the first note that is in one of two cues only begins, and the last one ends."""
    pairs = zip(arrange(old).parts, arrange(new).parts, strict=True)
    changed = [note for before, after in pairs for note in {*before.notes} ^ {*after.notes}]
    return (
        min(float(old.tempo.seconds_at(Fraction(note.start))) for note in changed),
        max(float(old.tempo.seconds_at(Fraction(note.end))) for note in changed),
    )


def check_same_outside(old: Version, new: Version, start: float, end: float) -> None:
    """Mix and stems are the same bytes but for what lies near a stretch, where they are not."""
    first, last = notes_changed(old.cue, new.cue)
    assert start - LEAD_IN <= first <= last <= end + LEAD_OUT
    assert [stem.name for stem in old.done.stems] == [stem.name for stem in new.done.stems]
    for before, after in zip((old.done.mix, *old.done.stems), (new.done.mix, *new.done.stems), strict=True):
        for span in ((0.0, first - REACH_BEFORE), (last + REACH_AFTER, float(old.cue.seconds))):
            assert frames(before, *span) == frames(after, *span)
        is_silent = not any(frames(before, start, end)) and not any(
            frames(after, start, end)
        )  # whoever waits for a turn
        assert is_silent or frames(before, start, end) != frames(after, start, end)


def test_another_shot_of_the_same_length_changes_no_sample_out_of_its_reach(
    first: Version, make_edit: MakeEdit, dice_models: Models, grey_features: Grey, tmp_path: Path
) -> None:
    plan = conformed(first.cue, make_edit([*CUT[:4], ("x", 0, 100), *CUT[5:]]))
    new = delivered(composed(plan, grey_features(100), dice_models), tmp_path)
    assert new.cue.sound.level == first.cue.sound.level and new.done.level_change is None
    check_same_outside(first, new, 16.0, 20.0)
    sounds = told(first, new, plan.changes.kept)
    assert [len(sound.same) for sound in sounds] == [1, 1]
    assert float(sounds[0].same[0].end) > 13 and float(sounds[1].same[0].start) < 29
    assert sounds[1].same[0].end == new.cue.seconds and "heard into it" in sounds[1].line()


@pytest.mark.slow
def test_a_stretch_composed_again_changes_no_sample_out_of_its_reach(
    first: Version, dice_models: Models, grey_features: Grey, tmp_path: Path
) -> None:
    again = regenerate(first.cue, range(12, 18), grey_features(100), dice_models, 7).cue
    new = delivered(again, tmp_path)
    check_same_outside(first, new, 12.0, 18.0)


@pytest.mark.slow
def test_what_moved_is_the_same_but_for_rounding(
    first: Version, make_edit: MakeEdit, dice_models: Models, grey_features: Grey, tmp_path: Path
) -> None:
    plan = conformed(first.cue, make_edit([*CUT[:3], *CUT[5:]]))
    new = delivered(composed(plan, grey_features(100), dice_models), tmp_path)
    head, tail = told(first, new, plan.changes.kept)
    assert head.same[0].start == 0 and head.same[0].end > 9
    assert tail.music.new.start - tail.music.old_start == -8
    assert (
        tail.alike[-1].end == new.cue.seconds and tail.alike[-1].start < tail.music.new.start + LEAD_OUT + REACH_AFTER
    )
    assert tail.typical < -90 and "moved" in tail.why


def test_a_level_that_was_given_up_is_the_reason(first: Version, tmp_path: Path) -> None:
    level = first.cue.sound.level
    assert level is not None
    louder = replace(first, cue=with_level(first.cue, replace(level, gain=level.gain + 3)))
    new = delivered(louder.cue, tmp_path)
    kept = (KeptMusic(Span(Fraction(0), new.cue.seconds), Fraction(0), is_barred=True),)
    assert new.done.level_change == pytest.approx(-3)
    assert new.cue.sound.level == level
    (sound,) = told(louder, replace(new, done=replace(new.done, mix=louder.done.mix.with_name("gone"))), kept)
    assert "not there" in sound.why
    quieter = tmp_path / "quieter.wav"
    quieter.write_bytes(halved(first.done.mix))
    (sound,) = kept_sounds(Before(louder.cue, quieter, kept), new.cue, new.done.mix, new.done.level_change)
    assert sound.why == "the level changed by -3.0 dB"


def halved(path: Path) -> bytes:
    """A file with every sample at half of its height."""
    content = bytearray(path.read_bytes())
    numbers = np.zeros(((len(content) - 44) // 3, 4), np.uint8)
    numbers[:, 1:] = np.frombuffer(bytes(content[44 : 44 + 3 * len(numbers)]), np.uint8).reshape(-1, 3)
    half = (numbers.view("<i4") // 2).view(np.uint8).reshape(-1, 4)[:, 1:]
    content[44 : 44 + 3 * len(numbers)] = half.tobytes()
    return bytes(content)


@pytest.mark.slow
def test_the_same_cue_again_is_the_same_file(first: Version, tmp_path: Path) -> None:
    again = delivered(first.cue, tmp_path)
    assert again.cue == first.cue
    assert again.done.mix.read_bytes() == first.done.mix.read_bytes()


def test_half_a_sample_is_a_reason(first: Version) -> None:
    kept = (KeptMusic(Span(Fraction(2), Fraction(5)), Fraction(2) + Fraction(1, 96_000), is_barred=True),)
    (sound,) = told(first, first, kept)
    assert (sound.same, sound.why) == ((), "it moved by a fraction of a sample")


def test_a_short_stretch_is_told_whether_its_notes_changed_or_only_what_is_heard_into_it(
    first: Version, tmp_path: Path
) -> None:
    kept = (KeptMusic(Span(Fraction(8), Fraction(12)), Fraction(8), is_barred=True),)
    quieter = tmp_path / "quieter.wav"
    quieter.write_bytes(halved(first.done.mix))
    before = Before(first.cue, quieter, kept)
    (heard_into,) = kept_sounds(before, first.cue, first.done.mix, None)
    assert "notes are all as they were, but what changed beside it is heard into all of it" in heard_into.why
    assert "for up to 12 s, and it lasts 4.0 s" in heard_into.line()
    other = chord_set(first.cue, range(9, 11), parse_chord("F#:dim7"))
    (played,) = kept_sounds(before, other, first.done.mix, None)
    assert re.match(r"[1-9]\d* of its \d+ notes are played otherwise: the lock changed the chord at 9\.", played.why)
    free = replace(other, steps=tuple(replace(step, locked=False) for step in other.steps))
    (beside,) = kept_sounds(before, free, first.done.mix, None)
    assert re.match(r"[1-9]\d* of its \d+ notes are played otherwise, to go with", beside.why)
