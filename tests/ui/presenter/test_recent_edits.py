from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.ui.presenter.recent_edits import MOST, RecentEdits


def _edit(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("{}")
    return path


def test_the_newest_comes_first_and_each_once(tmp_path: Path) -> None:
    one, other = _edit(tmp_path, "one.otio"), _edit(tmp_path, "other.otio")
    recent = RecentEdits(tmp_path / "state")
    for path in (one, other, one):
        recent.add(path)
    assert RecentEdits(tmp_path / "state").paths() == (one, other)


def test_only_so_many_are_kept_and_none_that_has_gone(tmp_path: Path) -> None:
    recent = RecentEdits(tmp_path / "state")
    paths = [_edit(tmp_path, f"{number}.otio") for number in range(MOST + 3)]
    for path in paths:
        recent.add(path)
    paths[-1].unlink()
    assert recent.paths() == tuple(paths[-2 : -MOST - 1 : -1])


@pytest.mark.parametrize("content", [b"", b"{", b"{}", b"[1, null]", b'["\\u0000"]', b"\xff"])
def test_a_damaged_list_is_an_empty_one(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "recent_edits.json").write_bytes(content)
    assert RecentEdits(tmp_path).paths() == ()


def test_a_folder_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file")
    recent = RecentEdits(tmp_path / "state")
    recent.add(_edit(tmp_path, "one.otio"))
    assert recent.paths() == ()
    assert (tmp_path / "state").read_text() == "a file"
