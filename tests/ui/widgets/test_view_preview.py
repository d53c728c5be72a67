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
from hitpoint.ui.players.choice import recorded_player
from hitpoint.ui.players.sound import PlayedSound
from hitpoint.ui.transport.playhead import Playhead
from hitpoint.ui.transport.shuttle import Shuttle
from hitpoint.ui.widgets.preview import Preview

GREYS = 4  # from one frame to the next


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """Fifty grey frames, each a little lighter."""
    with av.open(str(tmp_path / "greys.mp4"), "w") as container:
        stream = container.add_stream("libx264", rate=25, options={"crf": "1"})
        stream.width, stream.height, stream.pix_fmt = 64, 36, "yuv420p"
        for number in range(50):
            pixels = np.full((36, 64, 3), 20 + GREYS * number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        container.mux(stream.encode(None))
    return tmp_path / "greys.mp4"


@pytest.fixture
def edit(clip: Path) -> Edit:
    shots = (
        Shot("greys", 0, 40, ShotKind.PICTURE, clip, "greys.mp4"),
        Shot("", 40, 60, ShotKind.GAP),
        Shot("lost", 60, 80, ShotKind.PICTURE, None, "lost.mov"),
        Shot("Title", 80, 90, ShotKind.GENERATED),
    )
    return Edit("cut", Path("cut.otio"), FrameRate(Fraction(25)), 90, shots, start_timecode_frame=90_000)


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[Preview]:
    widget = Preview()
    qtbot.addWidget(widget)
    widget.resize(320, 180)
    widget.show()
    yield widget
    widget.close_files()


def grey(preview: Preview) -> int:
    return preview.grab().toImage().pixelColor(160, 90).red()


def test_the_frame_at_the_playhead_is_painted(qtbot: QtBot, preview: Preview, edit: Edit) -> None:
    preview.show_edit(edit)
    with qtbot.waitSignal(preview.picture_shown, check_params_cb=lambda frame: frame == 17, timeout=60_000):
        preview.show_frame(17)
    assert abs(grey(preview) - (20 + GREYS * 17)) <= 2


def test_the_frame_before_stays_until_the_next_is_decoded(qtbot: QtBot, preview: Preview, edit: Edit) -> None:
    preview.show_edit(edit)
    with qtbot.waitSignal(preview.picture_shown, check_params_cb=lambda frame: frame == 5, timeout=60_000):
        preview.show_frame(5)
    preview.show_frame(30)
    assert abs(grey(preview) - (20 + GREYS * 5)) <= 2
    qtbot.waitUntil(lambda: abs(grey(preview) - (20 + GREYS * 30)) <= 2, timeout=60_000)


def test_played_through_the_frames_come_in_order_and_the_last_is_the_wanted_one(
    qtbot: QtBot, preview: Preview, edit: Edit
) -> None:
    preview.show_edit(edit)
    shown: list[int] = []
    preview.picture_shown.connect(shown.append)
    for frame in range(40):
        preview.show_frame(frame, 1.0)
        qtbot.wait(4)
    qtbot.waitUntil(lambda: shown[-1:] == [39], timeout=60_000)
    assert shown == sorted(set(shown))  # none twice


SLATES = {40: "Gap", 65: "Media missing", 85: "Title", 95: "End"}


@pytest.mark.parametrize(("frame", "words"), SLATES.items(), ids=SLATES.values())
def test_where_there_is_no_picture_a_slate_says_why(
    qtbot: QtBot, preview: Preview, edit: Edit, frame: int, words: str
) -> None:
    preview.show_edit(edit)
    preview.show_frame(frame)
    assert words in preview.accessibleDescription()
    image = preview.grab().toImage()
    colours = {image.pixel(x, y) for x in range(0, 320, 2) for y in range(0, 180, 2)}
    assert len(colours) > 5  # black, and letters


def test_missing_media_is_named(preview: Preview, edit: Edit) -> None:
    preview.show_edit(edit)
    preview.show_frame(65)
    assert preview.picture is not None and preview._words() == ("Media missing", "lost.mov")


def test_timecode_counts_from_where_the_edit_begins(preview: Preview, edit: Edit) -> None:
    preview.show_edit(edit)
    preview.show_frame(40)
    assert preview.accessibleDescription().startswith("01:00:01:15")


def test_without_an_edit_it_invites_to_open_one(preview: Preview) -> None:
    assert preview._words()[0] == "No edit"
    preview.show_frame(10)
    assert not preview.grab().isNull()


def test_a_picture_of_the_edit_before_is_not_shown(qtbot: QtBot, preview: Preview, edit: Edit) -> None:
    preview.show_edit(edit)
    preview.show_frame(20)
    preview.show_edit(None)
    qtbot.wait(100)
    assert preview.picture is None


def test_the_picture_on_the_screen_is_the_frame_that_is_heard(qtbot: QtBot, preview: Preview, edit: Edit) -> None:
    player, output = recorded_player(latency=0.05)
    player.load(PlayedSound(edit.rate.samples(edit.frames)))
    shuttle = Shuttle(player)
    shuttle.show_edit(edit.rate, edit.frames)
    playhead = Playhead(shuttle)
    playhead.moved.connect(lambda _seconds, frame: preview.show_frame(frame, player.speed))
    preview.show_edit(edit)
    shuttle.toggle()
    delivered = 0
    for samples in (4800, 7001, 12_345, 20_000, 15_000):
        output.pump(samples)
        delivered += samples
        playhead.look()
        heard = (delivered - 0.05 * 48_000) / 1920  # frames of 25 a second
        qtbot.waitUntil(lambda heard=heard: abs(grey(preview) - (20 + GREYS * int(heard))) <= 2, timeout=60_000)
