from itertools import pairwise

import av
import pytest

from hitpoint.bridge.demo import make_demo_edit
from hitpoint.bridge.reading.timeline_reader import read_edit


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    return make_demo_edit(tmp_path_factory.mktemp("demo"))


def test_the_demo_edit_reads_as_it_was_cut(demo):
    edit = read_edit(demo)
    assert edit.cut_frames == (125, 200, 300, 350, 388, 425, 475)
    assert edit.frames == 600
    assert [marker.text for marker in edit.markers] == ["The race begins"]
    assert not edit.missing


def test_the_demo_is_made_once(demo):
    before = {path: path.stat().st_mtime_ns for path in demo.parent.rglob("*") if path.is_file()}
    assert make_demo_edit(demo.parent) == demo
    assert before == {path: path.stat().st_mtime_ns for path in demo.parent.rglob("*") if path.is_file()}


def test_the_demo_films_move(demo):
    with av.open(str(demo.parent / "media" / "race.mp4")) as film:
        frames = [
            frame.to_ndarray(format="gray").astype(int)
            for frame, _ in zip(film.decode(video=0), range(3), strict=False)
        ]
    assert all(abs(a - b).mean() > 5 for a, b in pairwise(frames))
