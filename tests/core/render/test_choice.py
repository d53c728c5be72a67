"""Which synthesiser plays, and what those who play with the same font share."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from hitpoint.core.render.choice import choose_synthesizer, default_soundfont


def test_those_who_play_with_the_same_font_share_what_is_computed_of_it() -> None:
    assert choose_synthesizer() is choose_synthesizer("sampler", default_soundfont())


def test_a_font_that_is_another_now_is_read_anew(tmp_path: Path) -> None:
    font = tmp_path / "own.sf3"
    shutil.copyfile(default_soundfont(), font)
    before = choose_synthesizer("auto", font)
    os.utime(font, ns=(0, 0))
    assert choose_synthesizer("auto", font) is not before
