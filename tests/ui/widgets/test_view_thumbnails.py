from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from hitpoint.core.edit import Edit, Shot, ShotKind
from hitpoint.core.timebase import FrameRate
from hitpoint.ui.widgets.thumbnails import Thumbnails


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Fifty grey frames, each a little lighter."""
    with av.open(str(tmp_path / "greys.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for number in range(50):
            frame = av.VideoFrame.from_ndarray(np.full((36, 64, 3), 20 + 4 * number, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return tmp_path / "greys.mp4"


@pytest.fixture
def edit(clip: Path) -> Edit:
    def shot(start: int, source: int) -> Shot:
        return Shot("grey", start, start + 10, ShotKind.PICTURE, clip, clip.name, Fraction(source, 25))

    shots = (shot(0, 0), Shot("", 10, 20, ShotKind.GAP), shot(20, 30), shot(30, 15))
    return Edit("cut", Path("cut.otio"), FrameRate(Fraction(25)), 40, shots)


@pytest.fixture
def thumbnails() -> Iterator[Thumbnails]:
    made = Thumbnails()
    yield made
    made.close()


def test_each_wanted_frame_is_shown(qtbot: QtBot, thumbnails: Thumbnails, edit: Edit) -> None:
    found = {}
    thumbnails.ready.connect(lambda frame, image: found.update({frame: image.pixelColor(30, 20).red()}))
    thumbnails.show_edit(edit)
    thumbnails.want([35, 5, 15, 25, 99])
    qtbot.waitUntil(lambda: len(found) == 3, timeout=60_000)
    assert found == {frame: pytest.approx(20 + 4 * source, abs=2) for frame, source in {5: 5, 25: 35, 35: 20}.items()}


def test_what_was_wanted_last_comes_first(qtbot: QtBot, thumbnails: Thumbnails, edit: Edit) -> None:
    order: list[int] = []
    thumbnails.ready.connect(lambda frame, _image: order.append(frame))
    thumbnails.want([5, 25, 35])
    thumbnails.want([35, 25])
    with qtbot.waitSignals([thumbnails.ready, thumbnails.ready], timeout=60_000):
        thumbnails.show_edit(edit)
        thumbnails.want([35, 25])
    assert order == [35, 25]


def test_of_an_edit_that_was_closed_nothing_comes(qtbot: QtBot, thumbnails: Thumbnails, edit: Edit) -> None:
    with qtbot.assertNotEmitted(thumbnails.ready, wait=100):
        thumbnails.show_edit(edit)
        thumbnails.want([5, 25])
        thumbnails.show_edit(None)
