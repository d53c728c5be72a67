from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from hitpoint.core.features.cache import FeatureCache, content_of

HALF = Fraction(1, 2)


def row(value: float, size: int = 6) -> np.ndarray:
    return np.full(size, value, np.float32)


def test_rows_come_back_as_they_were_kept(tmp_path: Path) -> None:
    rows = {Fraction(k, 24): row(k + 0.1) for k in range(1200)}
    FeatureCache(tmp_path).keep("film", "picture.1", rows)
    found = FeatureCache(tmp_path).rows("film", "picture.1", [*rows, Fraction(99)], 6)
    assert found.keys() == rows.keys()
    assert all(np.array_equal(found[time], rows[time]) for time in rows)


def test_media_kinds_and_times_are_kept_apart(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path)
    cache.keep("film", "picture.1", {HALF: row(1)})
    assert cache.rows("other", "picture.1", [HALF], 6) == {}
    assert cache.rows("film", "picture.2", [HALF], 6) == {}
    assert cache.rows("film", "picture.1", [Fraction(1, 3)], 6) == {}
    assert cache.rows("film", "picture.1", [HALF], 7) == {}


def test_an_empty_cache_is_not_written_by_a_look(tmp_path: Path) -> None:
    assert FeatureCache(tmp_path / "new").rows("film", "picture.1", [HALF], 6) == {}
    assert not (tmp_path / "new").exists()


def overwritten(file: Path) -> None:
    file.write_bytes(b"no database at all" * 1000)


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:5000])


def garbled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[200:] = bytes(reversed(data[200:]))
    file.write_bytes(data)


def flipped(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(row(7).tobytes(), row(8).tobytes()))


@pytest.mark.parametrize("damage", [overwritten, cut_short, garbled, flipped])
def test_damage_is_forgotten_and_the_cache_works_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    cache = FeatureCache(tmp_path)
    cache.keep("film", "picture.1", {HALF: row(7)})
    damage(next(tmp_path.glob("*.sqlite")))
    assert cache.rows("film", "picture.1", [HALF], 6) == {}
    cache.keep("film", "picture.1", {HALF: row(9)})
    cache.keep("film", "picture.1", {HALF: row(9)})
    assert np.array_equal(cache.rows("film", "picture.1", [HALF], 6)[HALF], row(9))


def test_a_folder_that_cannot_be_made_keeps_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = FeatureCache(tmp_path / "file" / "cache")
    cache.keep("film", "picture.1", {HALF: row(1)})
    assert cache.rows("film", "picture.1", [HALF], 6) == {}


def test_media_not_used_for_longest_are_forgotten_first(tmp_path: Path) -> None:
    cache = FeatureCache(tmp_path, most_bytes=400_000)
    for number in range(12):
        cache.keep(f"film {number}", "clip", {Fraction(k): row(k, 780) for k in range(20)})
        cache.rows("film 0", "clip", [HALF], 780)
    assert (tmp_path / "features-1.sqlite").stat().st_size < 600_000
    assert cache.rows("film 0", "clip", [Fraction(1)], 780)
    assert cache.rows("film 11", "clip", [Fraction(1)], 780)
    assert not cache.rows("film 1", "clip", [Fraction(1)], 780)


def test_two_writers_lose_nothing(tmp_path: Path) -> None:
    def write(name: str) -> None:
        cache = FeatureCache(tmp_path)
        for k in range(15):
            cache.keep(name, "picture.1", {Fraction(k): row(k)})

    writers = [threading.Thread(target=write, args=(name,)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    times = [Fraction(k) for k in range(15)]
    assert all(len(FeatureCache(tmp_path).rows(name, "picture.1", times, 6)) == 15 for name in ("one", "two"))


def test_content_is_not_told_by_name_but_by_bytes(tmp_path: Path) -> None:
    first, copy, other = (tmp_path / name for name in ("a.mp4", "b.mov", "c.mp4"))
    data = bytearray(np.random.default_rng(0).bytes(3_000_000))
    first.write_bytes(data)
    shutil.copy(first, copy)
    data[-1] ^= 1
    other.write_bytes(data)
    assert content_of(first) == content_of(copy) != content_of(other)


@pytest.mark.parametrize("place", [0, 500_000, 999_999])
def test_any_byte_of_a_small_file_counts(tmp_path: Path, place: int) -> None:
    data = bytearray(1_000_000)
    (tmp_path / "a").write_bytes(data)
    data[place] = 1
    (tmp_path / "b").write_bytes(data)
    assert content_of(tmp_path / "a") != content_of(tmp_path / "b")


def test_an_image_sequence_is_told_by_its_images(tmp_path: Path) -> None:
    for number in range(40):
        (tmp_path / f"a.{number:04}.png").write_bytes(bytes([number]))
    before = content_of(tmp_path / "a.%04d.png")
    (tmp_path / "a.0040.png").write_bytes(b"new")
    assert content_of(tmp_path / "a.%04d.png") != before
