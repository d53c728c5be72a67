from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from hitpoint.core.cue.changes import chord_locked
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents import autosave
from hitpoint.core.cue.documents.autosave import Autosaver, RecoveryFile, discard, left_behind
from hitpoint.core.cue.documents.cue_file import cue_to_document, write_cue
from hitpoint.core.cue.film import film_cues
from hitpoint.core.cue.film.cue_list import CueEntry, listed

MakeCue = Callable[..., Cue]
EDIT = Path("/films/cut.otio")

_CHILD = """
import sys, time
from pathlib import Path
from hitpoint.core.cue.documents.autosave import Autosaver
from hitpoint.core.cue.changes import seed_changed
from hitpoint.core.cue.documents.cue_file import read_cue
cue, saver = read_cue(Path(sys.argv[1])), Autosaver(Path(sys.argv[2]), 0.2)
for seed in range(1_000_000):
    saver.note(Path("/films/cut.otio"), seed_changed(cue, seed))
    print(seed, flush=True)
    time.sleep(0.01)
"""


@pytest.fixture
def cue(make_chord_cue: MakeCue) -> Cue:
    return make_chord_cue("C G A:min F C")


@pytest.fixture
def recovery(tmp_path: Path) -> Iterator[RecoveryFile]:
    file = RecoveryFile(tmp_path / "kept")
    yield file
    file.close()


def _eventually(is_so: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60.0
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.01)
    return is_so()


def test_work_of_a_living_session_is_nobody_elses(recovery: RecoveryFile, cue: Cue) -> None:
    recovery.write(EDIT, cue)
    assert left_behind(recovery.path.parent) == ()


def test_what_was_kept_is_found_whole(recovery: RecoveryFile, cue: Cue) -> None:
    locked = chord_locked(cue, 2)
    recovery.write(EDIT, cue)
    recovery.write(EDIT, locked)
    Path(f"{recovery.path}.lock").unlink()
    (found,) = left_behind(recovery.path.parent)
    assert (found.edit, found.cue) == (EDIT, locked)


def test_all_cues_of_a_list_are_found_whole(recovery: RecoveryFile, cue: Cue) -> None:
    film = film_cues.noted(film_cues.film_of(cue), "1M1", notes="softer")
    film = film_cues.proposed(film, CueEntry("1M2", cue.end_frame, cue.end_frame + 50, reason="a door"))
    recovery.write(EDIT, film)
    Path(f"{recovery.path}.lock").unlink()
    (found,) = left_behind(recovery.path.parent)
    assert (found.film, found.cue) == (film, cue)


def test_only_the_cue_that_has_changed_is_encoded_again(
    recovery: RecoveryFile, cue: Cue, monkeypatch: pytest.MonkeyPatch
) -> None:
    second, entry = replace(cue, name="1M2"), film_cues.film_of(cue).cues.named("1M1")
    both = {"1M1": cue, "1M2": second}
    film = film_cues.FilmCues(listed([entry, replace(entry, name="1M2")]), both, cue.edit)
    recovery.write(EDIT, film)
    encoded: list[Cue] = []
    monkeypatch.setattr(autosave, "cue_to_document", lambda one: encoded.append(one) or cue_to_document(one))
    changed = chord_locked(second, 1)
    recovery.write(EDIT, film_cues.with_music(film, "1M2", changed))
    assert encoded == [changed]
    Path(f"{recovery.path}.lock").unlink()
    (found,) = left_behind(recovery.path.parent)
    assert found.film.music == {"1M1": cue, "1M2": changed}


@pytest.mark.parametrize(
    "damage",
    [{"music": []}, {"music": {"9M9": {}}}, {"cues": {}}, {"music": {"1M1": 3}}, {"schema": "hitpoint.recovery.9"}],
)
def test_a_damaged_list_is_left_alone(recovery: RecoveryFile, cue: Cue, damage: dict[str, object]) -> None:
    film = film_cues.noted(film_cues.film_of(cue), "1M1", notes="softer")
    recovery.write(EDIT, film)
    recovery.path.write_text(json.dumps(json.loads(recovery.path.read_text()) | damage))
    Path(f"{recovery.path}.lock").unlink()
    assert left_behind(recovery.path.parent) == ()


def test_what_a_crash_had_half_written_is_cleared(recovery: RecoveryFile) -> None:
    living, dead = recovery.path.with_suffix(".tmp"), recovery.path.with_name("1-0.recovery.tmp")
    for half in (living, dead):
        half.write_text("{")
    left_behind(recovery.path.parent)
    assert living.exists() and not dead.exists()


def test_what_is_discarded_is_gone(recovery: RecoveryFile, cue: Cue) -> None:
    recovery.write(EDIT, cue)
    Path(f"{recovery.path}.lock").unlink()
    for found in left_behind(recovery.path.parent):
        discard(found)
    assert not any(recovery.path.parent.iterdir())


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "hitpoint.recovery.9"}', b"\xff\xff"])
def test_a_damaged_file_is_left_out(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "1-a.recovery.json").write_bytes(content)
    assert left_behind(tmp_path) == ()


def test_a_session_that_ends_well_leaves_nothing(tmp_path: Path, cue: Cue) -> None:
    saver = Autosaver(tmp_path / "kept", 0.0)
    saver.note(EDIT, cue)
    assert _eventually(lambda: any((tmp_path / "kept").glob("*.json")))
    saver.end()
    assert not any((tmp_path / "kept").iterdir())


def test_a_session_can_set_its_work_aside_for_later(tmp_path: Path, cue: Cue) -> None:
    saver = Autosaver(tmp_path / "kept", 100.0)
    saver.note(EDIT, cue)
    saver.note(EDIT, chord_locked(cue, 1))
    saver.set_aside()
    saver.note(EDIT, cue)
    saver.end()
    assert [found.cue for found in left_behind(tmp_path / "kept")] == [chord_locked(cue, 1)]


def test_what_is_forgotten_is_not_kept(tmp_path: Path, cue: Cue) -> None:
    saver = Autosaver(tmp_path / "kept", 0.0)
    saver.note(EDIT, cue)
    saver.forget()
    saver.set_aside()
    saver.end()
    assert left_behind(tmp_path / "kept") == ()


def test_what_a_crash_left_is_offered_to_one_session_only(tmp_path: Path, cue: Cue) -> None:
    crashed, saver = Autosaver(tmp_path / "kept", 0.0), Autosaver(tmp_path / "kept", 0.0)
    crashed.note(EDIT, cue)
    crashed.set_aside()
    saver.adopt(left_behind(tmp_path / "kept")[0])
    assert left_behind(tmp_path / "kept") == ()
    saver.set_aside()
    assert [found.cue for found in left_behind(tmp_path / "kept")] == [cue]


def test_a_disk_that_refuses_is_told_once(tmp_path: Path, cue: Cue) -> None:
    told: list[str] = []
    (tmp_path / "kept").write_text("a file, where a folder should be")
    saver = Autosaver(tmp_path / "kept", 0.0, told.append)
    for index in range(3):
        saver.note(EDIT, chord_locked(cue, index))
        assert _eventually(lambda: saver._waiting is None and not saver._is_writing)
    saver.end()
    assert len(told) == 1
    assert "cannot be kept safe" in told[0]


def test_a_killed_process_loses_no_more_than_a_few_seconds(tmp_path: Path, cue: Cue) -> None:
    kept, cue_file = tmp_path / "kept", write_cue(cue, tmp_path / "cue.json")
    command = [sys.executable, "-c", _CHILD, str(cue_file), str(kept)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        while int(child.stdout.readline()) < 100:  # at least a second
            pass
        child.kill()
        last = max((int(line) for line in child.stdout.read().split()), default=100)
    (found,) = left_behind(kept)
    assert found.cue.seed >= last - 60
