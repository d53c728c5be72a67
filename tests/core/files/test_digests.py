import hashlib
import os

from hitpoint.core.files.digests import WHOLE, sampled_sha256, sha256_of


def test_a_file_is_hashed_again_once_it_was_changed(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"one")
    assert sha256_of(path) == hashlib.sha256(b"one").hexdigest()
    path.write_bytes(b"two2")
    assert sha256_of(path) == hashlib.sha256(b"two2").hexdigest()


def test_a_small_file_is_hashed_whole(tmp_path):
    (tmp_path / "a").write_bytes(b"film")
    assert sampled_sha256(tmp_path / "a") == (hashlib.sha256(b"film").hexdigest(), True)


def test_a_large_file_is_told_by_size_head_and_tail(tmp_path):
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(WHOLE * 2)
    empty, is_whole = sampled_sha256(path)
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        file.write(b"x")
    other, _ = sampled_sha256(path)
    assert empty != other and not is_whole


def test_what_is_no_file_has_no_hash(tmp_path):
    assert sha256_of(tmp_path) is None and sampled_sha256(tmp_path / "none")[0] is None
