"""Styles that have all that the sampler can do, played and mixed on a machine that can do more and on one that can do
less."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_PLAYED = """
import hashlib, sys
from fractions import Fraction
from pathlib import Path
from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.cue.cue import Cue, Step
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.music.chord import parse_chord
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.core.render.mixdown.delivery import render_cue
from hitpoint.core.timebase import FrameRate

synth = choose_synthesizer("sampler")
steps = tuple(Step(parse_chord(symbol), False, 14.0, 0.25) for symbol in ("A:min", "F", "E:7", "A:min"))
edit = Edit("machine", Path("machine.otio"), FrameRate(Fraction(25)), 100, (Shot("shot", 0, 100),))
for style in sys.argv[2:]:
    cue = Cue(edit, 0, 100, parse_key("A minor"), steady_tempo(Fraction(1, 2)), steps, (), style, 7)
    folder = Path(sys.argv[1]) / style
    render_cue(cue, arrange(cue), synth, folder, "cue")
    for path in sorted(folder.rglob("*.*")):
        print(path.relative_to(sys.argv[1]), hashlib.sha256(path.read_bytes()).hexdigest())
"""


@pytest.mark.determinism
@pytest.mark.parametrize("styles", ["tension", pytest.param("ambient electronic jazz", marks=pytest.mark.slow)])
def test_music_has_the_same_bytes_on_the_simplest_machine(
    tmp_path: Path, simplest_machine: dict[str, str], styles: str
) -> None:
    here, there = (
        subprocess.run(
            [sys.executable, "-c", _PLAYED, str(tmp_path / name), *styles.split()],
            env=environment, check=True, capture_output=True, text=True,
        ).stdout.splitlines()
        for name, environment in (("here", None), ("there", simplest_machine))
    )  # fmt: skip
    assert len(here) > 4 * len(styles.split())
    assert here == there
