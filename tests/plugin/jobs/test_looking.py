from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from threading import Event, Thread
from typing import Any

import numpy as np
import pytest

from hitpoint.core.cue.sound import Speech
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.features.extract import Extraction
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.progress import Cancelled, Progress
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.jobs import looking as looking_module
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.looking import Observer

SPOKEN = (Speech(1.0, 2.0),)


def pictures(left: int) -> Extraction:
    rows = np.zeros(2, np.float32)
    return Extraction(PictureFeatures(rows, rows, np.zeros((2, 6), np.float32), None, rows > 0), (), 0, left)


@pytest.fixture
def edit(tmp_path: Path) -> Edit:
    return Edit("cut", tmp_path / "cut.otio", FrameRate(Fraction(25)), 50, (Shot("a", 0, 50),))


@pytest.fixture
def observer(monkeypatch: pytest.MonkeyPatch) -> Observer:
    """It looks and listens as the test says."""
    monkeypatch.setattr(looking_module, "read_production_sound", lambda *_, **__: ())
    monkeypatch.setattr(looking_module, "features_of", lambda *_: pictures(0))
    monkeypatch.setattr(looking_module, "known_features", lambda *_, **__: pictures(2))
    return Observer(Engine(use_cache=False))


def test_a_look_makes_a_whole_sight_of_what_was_known_in_part(observer: Observer, edit: Edit) -> None:
    assert not observer.known(edit, 0, 50).is_whole
    observer.seen(edit, 0, 50)
    assert observer.known(edit, 0, 50).is_whole


def test_sound_that_nobody_listened_to_is_missing_too(
    observer: Observer, edit: Edit, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    clips: tuple[Any, ...] = (SoundClip(Fraction(0), Fraction(2), tmp_path / "a.wav"),)
    monkeypatch.setattr(looking_module, "read_production_sound", lambda *_, **__: clips)
    observer.seen(edit, 0, 50)
    assert not observer.known(edit, 0, 50).is_whole
    observer._heard = (clips, SPOKEN)
    known = observer.known(edit, 0, 50)
    assert (known.is_whole, known.speech) == (True, SPOKEN)


def test_two_threads_do_not_look_at_the_same(observer: Observer, edit: Edit, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, goes_on = [], Event()

    def look(*_: object) -> Extraction:
        looks.append(observer.is_looking)
        goes_on.wait()
        return pictures(0)

    monkeypatch.setattr(looking_module, "features_of", look)
    threads = [Thread(target=observer.seen, args=(edit, 0, 50)) for _ in range(2)]
    for thread in threads:
        thread.start()
    goes_on.set()
    for thread in threads:
        thread.join()
    assert looks == [True]
    assert not observer.is_looking


def test_who_waits_for_a_look_can_be_stopped(observer: Observer, edit: Edit) -> None:
    observer._turn.acquire()
    with pytest.raises(Cancelled):
        observer.seen(edit, 0, 50, Progress(is_cancelled=lambda: True))
