"""Cues of one film composed from the window know each other, as they do on the command line."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import read_cue
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.errors import OptionError
from hitpoint.core.music.key import parse_key
from hitpoint.core.ports import Composed, Order
from hitpoint.core.progress import SILENT
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.panel.writing import PanelWriting

Run = Any  # tests/plugin/conftest.py


class Scribe:
    """A composer whose cue is always the same, but for what is asked for; it notes that."""

    def __init__(self, cue: Cue) -> None:
        self.cue, self.asked, self.themes = cue, [], []

    def composed(
        self, edit: Any, wishes: Wishes, count: int, sound: Any, progress: Any, theme: Any = None, sight: Any = None
    ) -> Composed:
        if wishes.name == "bad":
            raise OptionError("no such style")
        self.asked.append(wishes)
        self.themes.append(theme)
        cue = replace(self.cue, name=wishes.name, theme_name=wishes.theme_name, join=wishes.join.value, sound=sound)
        cue = replace(cue, start_frame=wishes.start_frame, end_frame=wishes.end_frame)
        return Composed((Take(cue, 1, -1.0),) * count, ())


@pytest.fixture(scope="module")
def scribe(scored: Run) -> Scribe:
    return Scribe(read_cue(scored.output("cue")))


def order(name: str, start: int, end: int, **more: Any) -> Order:
    return Order(name, Wishes(start, end, name=name, **more))


def test_each_cue_is_led_on_from_those_before_and_beside_it(scribe: Scribe) -> None:
    cue = scribe.cue
    writing, half = PanelWriting(scribe, Engine(), (Path("media"),)), cue.end_frame // 2
    orders = (
        order("1M1", 0, half, theme_name="Anna", join=Join.RING),
        order("bad", half, half + 2),
        order("1M2", half + 2, cue.end_frame, theme_name="Anna"),
    )
    found = list(writing.film(cue.edit, orders, (), SILENT))
    assert [name for name, _ in found] == ["1M1", "bad", "1M2"]
    assert found[1][1] == "bad: no such style"
    first, second = scribe.asked[-2:]
    assert (first.near, first.tail_frames > 0) == (None, True)
    assert second.near == cue.key_at(len(cue.steps) - 1)
    assert scribe.themes[-2:] == [None, replace(cue.theme, is_given=True)]


def test_a_cue_alone_goes_with_those_that_are_there(scribe: Scribe) -> None:
    cue = scribe.cue
    writing = PanelWriting(scribe, Engine(), ())
    before = replace(cue, end_frame=cue.end_frame // 2, key=parse_key("D major"), plan=None)
    one = writing.composed(
        cue.edit, order("1M2", cue.end_frame // 2, cue.end_frame), 3, writing.together((before,)), SILENT
    )
    assert scribe.asked[-1].near == parse_key("D major") and len(one.takes) == 3
