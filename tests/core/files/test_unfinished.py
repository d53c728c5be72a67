"""Folders for work that was stopped: kept, bounded, one process each, gone when the work is done."""

from __future__ import annotations

import os
import time

import pytest

from hitpoint.core.files import unfinished as unfinished_module
from hitpoint.core.files.unfinished import key_of, unfinished


def stop_in(cache, key, size=10, most_bytes=100):
    with pytest.raises(KeyboardInterrupt), unfinished(cache, key, most_bytes) as folder:
        assert folder is not None
        (folder / "work").write_bytes(b"x" * size)
        raise KeyboardInterrupt
    return folder


def test_what_a_stopped_run_left_is_there_for_the_next(tmp_path):
    stop_in(tmp_path, "a")
    with unfinished(tmp_path, "a", 100) as folder:
        assert (folder / "work").read_bytes() == b"x" * 10


def test_finished_work_leaves_nothing(tmp_path):
    stop_in(tmp_path, "a")
    with unfinished(tmp_path, "a", 100) as folder:
        pass
    assert not folder.exists()


def test_two_at_once_do_not_share_a_folder(tmp_path):
    with unfinished(tmp_path, "a", 100) as first, unfinished(tmp_path, "a", 100) as second:
        assert first is not None and second is None


def test_the_oldest_give_way_when_there_is_no_room(tmp_path, monkeypatch):
    monkeypatch.setattr(unfinished_module, "MOST_BYTES", 1000)
    for age, name in [(300, "oldest"), (200, "older")]:
        folder = stop_in(tmp_path, name, 400)
        os.utime(folder, (time.time() - age,) * 2)
    stop_in(tmp_path, "new", 10, 500)
    assert {path.name for path in folder.parent.iterdir()} == {"older", "new"}


def test_what_was_left_for_weeks_goes(tmp_path):
    folder = stop_in(tmp_path, "old")
    os.utime(folder, (time.time() - 15 * 86_400,) * 2)
    stop_in(tmp_path, "new")
    assert not folder.exists()


def test_work_that_someone_is_at_stays(tmp_path, monkeypatch):
    monkeypatch.setattr(unfinished_module, "MOST_BYTES", 100)
    with unfinished(tmp_path, "busy", 60) as folder:
        (folder / "work").write_bytes(b"x" * 60)
        stop_in(tmp_path, "new", 10, 80)
        assert (folder / "work").exists()


def test_a_full_disk_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(unfinished_module, "_SPARE_BYTES", 2**62)
    with unfinished(tmp_path, "a", 100) as folder:
        assert folder is None
    assert not list(tmp_path.rglob("lock"))


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    with unfinished(tmp_path / "file", "a", 100) as folder:
        assert folder is None


def test_keys_tell_neighbouring_facts_apart():
    assert key_of("ab", "c") != key_of("a", "bc") and key_of(1, b"x") == key_of(1, b"x")
