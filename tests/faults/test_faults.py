"""What goes wrong on real machines: one clear line, nothing lost, and the next run works."""

import io
import json
import os
import sqlite3
import subprocess
import sys
import time

import pytest

from hitpoint.bridge import cue_files
from hitpoint.core.features.cache import FeatureCache
from hitpoint.core.progress import Progress
from hitpoint.plugin import cli
from hitpoint.plugin.jobs import looking

SAMPLES = 115_200  # two shots of thirty frames at 25 a second


@pytest.fixture
def said(capsys):
    """Runs a command line; answers its exit code and what it said on stderr."""

    def run(*words):
        code = cli.main([str(word) for word in words])
        return code, capsys.readouterr().err

    return run


def is_one_line(text):
    return text.count("\n") == 1 and text.startswith("hitpoint: ") and "Errno" not in text


def hidden(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


def test_a_full_disk_is_told_and_the_next_run_works(film_edit, disk, said, digests, check_results):
    place = disk("size=1m")
    before = digests(film_edit.parent)
    code, error = said("score", film_edit, "-o", place, "--quiet")
    assert code == 1 and is_one_line(error) and "the disk is full" in error
    assert list(place.iterdir()) == [] and digests(film_edit.parent) == before
    disk("size=64m")
    assert said("score", film_edit, "-o", place, "--quiet")[0] == 0
    assert check_results(place, SAMPLES) == 1


def test_a_disk_that_takes_no_large_file_is_told(film_edit, said, check_results):
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        code, error = said("score", film_edit, "--quiet")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert code == 1 and is_one_line(error) and "takes no file so large" in error
    assert check_results(film_edit.parent, SAMPLES) == 0 and hidden(film_edit.parent) == []


def test_a_full_cache_disk_costs_only_time(film_edit, disk, said, monkeypatch, check_results):
    place = disk("size=8k")
    (place / "filler").write_bytes(b"\0" * 8192)
    monkeypatch.setenv("HITPOINT_CACHE", str(place / "cache"))
    assert said("score", film_edit, "--quiet") == (0, "")
    assert check_results(film_edit.parent, SAMPLES) == 1


def test_a_read_only_disk_is_answered_with_o(film_edit, disk, said, tmp_path, check_results):
    place = disk("size=8m")
    edit = place / "cut.otio"
    edit.write_bytes(film_edit.read_bytes())
    disk("ro")
    code, error = said("score", edit, "--quiet")
    assert code == 1 and is_one_line(error) and "-o" in error
    assert said("score", edit, "-o", tmp_path / "elsewhere.otio", "--quiet")[0] == 0
    assert check_results(tmp_path, SAMPLES) == 1


def test_a_report_that_cannot_be_written_is_told_before_the_work(film_edit, capsys, check_results, tmp_path):
    code = cli.main(["score", str(film_edit), "--report", str(tmp_path / "no" / "report.json")])
    told = capsys.readouterr()
    assert code == 1 and is_one_line(told.err) and "--report" in told.err
    assert check_results(film_edit.parent, SAMPLES) == 0


def test_media_that_vanish_during_analysis_are_named(film_edit, said, monkeypatch, check_results):
    look = looking.features_of

    def vanishing(engine, edit, *rest):
        for media in edit.media_files:
            media.unlink()
        return look(engine, edit, *rest)

    monkeypatch.setattr(looking, "features_of", vanishing)
    code, error = said("score", film_edit, "--quiet")
    assert code == 0 and "a.mp4" in error and "b.mp4" in error
    assert check_results(film_edit.parent, SAMPLES) == 1


def test_media_that_shrink_while_they_are_decoded_are_named(film_edit, said, monkeypatch, check_results):
    look = looking.features_of

    def shrinking(engine, edit, start, end, progress):
        def shrink(fraction, message):
            for media in edit.media_files:
                os.truncate(media, 1500)

        return look(engine, edit, start, end, Progress(shrink))

    monkeypatch.setattr(looking, "features_of", shrinking)
    code, error = said("score", film_edit, "--quiet")
    assert code == 0 and "cut alone" in error
    assert check_results(film_edit.parent, SAMPLES) == 1


@pytest.mark.parametrize("share", [0.0, 0.5])
def test_a_truncated_film_is_named_or_seen_as_far_as_it_goes(film, tmp_path, make_edit, said, share, check_results):
    content = film.read_bytes()
    short = tmp_path / "short.mp4"
    short.write_bytes(content[: int(share * len(content))])
    code, error = said("score", make_edit(short), "--quiet")
    assert code == 0 and "short.mp4" in error
    assert check_results(tmp_path, SAMPLES // 2) == 1


@pytest.mark.parametrize("samples", [0, 1])
def test_sound_of_no_length_is_silence(film, tmp_path, make_edit, make_sound, said, samples, check_results):
    film_copy = tmp_path / "film.mp4"
    film_copy.write_bytes(film.read_bytes())
    code, error = said("score", make_edit(film_copy, sound=make_sound(samples)), "--duck", "6", "--quiet")
    assert code == 0 and error.count("\n") == 1 and "no speech was found" in error
    assert check_results(tmp_path, SAMPLES // 2) == 1


def test_a_sound_file_of_no_bytes_is_silence(film, tmp_path, make_edit, said):
    film_copy, empty = tmp_path / "film.mp4", tmp_path / "empty.wav"
    film_copy.write_bytes(film.read_bytes())
    empty.touch()
    assert said("score", make_edit(film_copy, sound=empty), "--quiet")[0] == 0


@pytest.mark.parametrize("damage", [b"", b"SQLite format 3\0" + b"\xff" * 5000], ids=["empty", "head"])
def test_a_damaged_cache_is_made_again(film_edit, own_cache, said, damage):
    assert said("score", film_edit, "--quiet")[0] == 0
    (stored,) = own_cache.glob("*.sqlite")
    stored.write_bytes(damage)
    assert said("score", film_edit, "--quiet") == (0, "")
    assert sqlite3.connect(stored).execute("SELECT count(*) FROM row").fetchone()[0] > 0


def test_a_folder_in_the_caches_place_costs_only_time(film_edit, own_cache, said):
    own_cache.mkdir()
    (own_cache / "features-1.sqlite").mkdir()
    assert said("score", film_edit, "--quiet") == (0, "")


def test_a_locked_cache_is_waited_for_once(own_cache, monkeypatch):
    cache = FeatureCache(own_cache)
    cache.keep("one", "kind", {0: [1.0]})
    holder = sqlite3.connect(own_cache / "features-1.sqlite", isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    opened, tries = sqlite3.connect, []
    monkeypatch.setattr(sqlite3, "connect", lambda *where, **how: (tries.append(where), opened(*where, **how))[1])
    for number in range(4):
        cache.keep(str(number), "kind", {0: [1.0]})
    holder.close()
    assert len(tries) == 1


@pytest.mark.parametrize("when", [0, 4_000_000_000], ids=["long ago", "in the future"])
def test_no_clock_is_believed(film_edit, own_cache, said, when, check_results, monkeypatch):
    monkeypatch.setattr(time, "time", lambda: float(when))
    for path in film_edit.parent.iterdir():
        os.utime(path, (when, when))
    assert said("score", film_edit, "--quiet")[0] == 0
    assert said("reroll", film_edit.with_name("cut_hitpoint.otio"), "--quiet")[0] == 0
    assert check_results(film_edit.parent, SAMPLES) == 2


def test_stopping_leaves_nothing_and_says_so(film_edit, said, monkeypatch, digests):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    before = digests(film_edit.parent)
    monkeypatch.setattr(cue_files, "write_midi", interrupted)
    code, error = said("score", film_edit, "--quiet")
    assert (code, error) == (130, "hitpoint: stopped; nothing was changed\n")
    assert digests(film_edit.parent) == before and hidden(film_edit.parent) == []


@pytest.mark.slow
def test_a_disk_that_fills_up_at_the_second_cue_keeps_none(film_edit, said, digests, monkeypatch):
    from hitpoint.bridge import cue_files
    from hitpoint.core.errors import EditWriteError

    before, real, calls = digests(film_edit.parent), cue_files.render_cue, []

    def full(*words, **options):
        calls.append(words)
        if len(calls) == 2:
            raise EditWriteError("no space left")
        return real(*words, **options)

    monkeypatch.setattr(cue_files, "render_cue", full)
    code, error = said("score", film_edit, "--cue", "1M1=0-1", "--cue", "1M2=1-2", "--quiet", "--no-cache")
    assert code == 1 and is_one_line(error) and len(calls) == 2
    assert digests(film_edit.parent) == before and not hidden(film_edit.parent)


@pytest.mark.slow
def test_two_hitpoints_on_one_edit_write_two_versions(film_edit, check_results):
    command = [sys.executable, "-m", "hitpoint.plugin", "score", str(film_edit), "--quiet"]
    running = [subprocess.Popen([*command, "--seed", str(seed)], stderr=subprocess.PIPE) for seed in range(3)]
    for process in running:
        assert process.communicate()[1] == b"" and process.returncode == 0
    assert check_results(film_edit.parent, SAMPLES) == 3 and hidden(film_edit.parent) == []


def test_a_reader_that_goes_away_is_no_error(film_edit):
    command = [sys.executable, "-m", "hitpoint.plugin", "inspect", str(film_edit)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_a_terminal_without_letters_shows_what_it_can(film_edit):
    document = json.loads(film_edit.read_text())
    film_edit.write_text(json.dumps({**document, "name": "汐洛"}))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    command = [sys.executable, "-m", "hitpoint.plugin", "inspect", str(film_edit)]
    done = subprocess.run(command, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\u6c50\\u6d1b" in done.stdout


def test_a_name_that_is_no_text_is_shown_all_the_same(monkeypatch):
    screen = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    monkeypatch.setattr(sys, "stdout", screen)
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    print("\udcff", file=screen, flush=True)
    assert screen.buffer.getvalue().endswith(b"\\udcff\n")
