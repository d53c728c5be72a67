import numpy as np
import pytest

from hitpoint.core.listening.sections import find_sections
from hitpoint.core.listening.spectra import FRAMES_PER_SECOND, MEL_BANDS, SEMITONES


def played(manners, bar=2.0, bars=8):
    """Spectra of stretches of eight bars, each in one of a few manners, with a little noise."""
    rng = np.random.default_rng(1)
    mel, semitones = [], []
    for manner in manners:
        frames = round(bars * bar * FRAMES_PER_SECOND)
        shape = np.random.default_rng(ord(manner)).random(MEL_BANDS) ** 3 * (1 + 8 * (manner == "b"))
        tones = np.random.default_rng(ord(manner) + 1).random(SEMITONES) ** 4
        mel.append(shape * rng.uniform(0.8, 1.2, (frames, 1)))
        semitones.append(tones * rng.uniform(0.8, 1.2, (frames, 1)))
    seconds = len(manners) * bars * bar
    arrays = (np.concatenate(mel).astype(np.float32), np.concatenate(semitones).astype(np.float32))
    return *arrays, np.arange(0, seconds, bar).tolist(), seconds


def test_sections_begin_where_the_manner_changes():
    found = find_sections(*played("aba"))
    assert [section.start for section in found] == pytest.approx([0, 16, 32], abs=0.1)


def test_what_sounds_alike_has_the_same_letter():
    found = find_sections(*played("abac"))
    assert [section.label for section in found] == ["A", "B", "A", "C"]


def test_one_manner_is_one_section():
    assert len(find_sections(*played("a"))) == 1


def test_without_bars_there_are_sections_all_the_same():
    mel, semitones, _, seconds = played("ab")
    found = find_sections(mel, semitones, [], seconds)
    assert found[0].start == 0
    assert found[-1].end == seconds
    assert len(found) == 2
