"""``hitpoint watch``: when a file is taken, and what is done then. The clock is the test's own; nothing sleeps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from hitpoint.core.edit import Edit
from hitpoint.core.errors import EditReadError, OptionError
from hitpoint.plugin.jobs import watch as watching
from hitpoint.plugin.jobs.job import Job
from hitpoint.plugin.jobs.watch import Followed, Watch, WatchJob, stamp_of

EDIT = (
    '{"OTIO_SCHEMA": "Timeline.1", "name": "%s", "tracks": {"OTIO_SCHEMA": "Stack.1", "children": ['
    '{"OTIO_SCHEMA": "Track.1", "kind": "Video", "children": [{"OTIO_SCHEMA": "Clip.2", "name": "a", "source_range": '
    '{"OTIO_SCHEMA": "TimeRange.1", "start_time": {"OTIO_SCHEMA": "RationalTime.1", "value": 0, "rate": 25}, '
    '"duration": {"OTIO_SCHEMA": "RationalTime.1", "value": 50, "rate": 25}}}]}]}}'
)


class Desk:
    """A clock on which things happen to a file, and all that was heard of it."""

    def __init__(self, path: Path, events: dict[float, Callable[[], object]] | None = None) -> None:
        self.path, self.events, self.time = path, dict(events or {}), 0.0
        self.followed: list[tuple[float, str]] = []
        self.complaints: list[str] = []

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        """Time goes by; when nothing more will happen, the editor has enough."""
        self.time += seconds
        for due in sorted(at for at in self.events if at <= self.time):
            self.events.pop(due)()
        if not self.events and self.time > 60:
            raise KeyboardInterrupt

    def follow(self, job: Job, edit: Edit, progress: object) -> Followed:
        self.followed.append((self.time, edit.name))
        return Followed()

    def watch(self, *, is_once: bool = False) -> None:
        watch = Watch(WatchJob(Job(self.path), 0.25, is_once), lambda done: None, self.complaints.append, self)
        watch.run()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Desk]:
    """Makes a desk at which following an edit only notes its name."""

    def make(events: dict[float, Callable[[Path], object]] | None = None) -> Desk:
        path = tmp_path / "cut.otio"
        path.write_text(EDIT % "first")
        found = Desk(path, {at: lambda act=act: act(path) for at, act in (events or {}).items()})
        monkeypatch.setattr(watching, "followed", found.follow)
        return found

    return make


def write(text: str) -> Callable[[Path], object]:
    return lambda path: path.write_text(text)


def names(desk: Desk) -> list[str]:
    return [name for _, name in desk.followed]


def test_an_edit_is_followed_once_for_each_change(desk: Callable[..., Desk]) -> None:
    here = desk({5.0: write(EDIT % "second cut"), 9.0: write(EDIT % "third"), 70.0: lambda path: None})
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first", "second cut", "third"]
    assert not here.complaints


def test_a_file_that_was_only_touched_is_not_followed(desk: Callable[..., Desk]) -> None:
    here = desk({5.0: write(EDIT % "first"), 70.0: lambda path: None})
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first"]


def test_a_half_written_file_is_waited_for(desk: Callable[..., Desk]) -> None:
    whole = EDIT % "second cut"
    here = desk({5.0: write(whole[:90]), 9.0: write(whole), 70.0: lambda path: None})
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first", "second cut"]
    assert not here.complaints


def test_a_file_that_grows_is_read_when_it_stands_still(desk: Callable[..., Desk]) -> None:
    whole = EDIT % "second cut"
    pieces = {5.0 + i / 4: write(whole[: 60 * (i + 1)]) for i in range(12)}
    here = desk({**pieces, 70.0: lambda path: None})
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first", "second cut"]
    assert here.followed[1][0] >= 5.0 + 11 / 4 + watching.STILL_SECONDS - 2


def test_a_file_that_stays_damaged_is_told_once(desk: Callable[..., Desk]) -> None:
    here = desk({5.0: write("{nonsense"), 70.0: lambda path: None})
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first"]
    assert len(here.complaints) == 1


def test_a_file_that_is_replaced_may_be_away_for_a_while(desk: Callable[..., Desk]) -> None:
    here = desk({5.0: Path.unlink, 8.0: write(EDIT % "second cut"), 70.0: lambda path: None})
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first", "second cut"]


def test_once_ends_when_the_music_is_right(desk: Callable[..., Desk]) -> None:
    here = desk()
    here.watch(is_once=True)
    assert names(here) == ["first"]
    assert here.time < 2


def test_once_gives_up_on_an_edit_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EditReadError, match="nothing found"):
        Desk(tmp_path / "lost.otio").watch(is_once=True)


def test_a_change_that_cannot_be_followed_is_told_and_the_watch_goes_on(
    desk: Callable[..., Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = desk({5.0: write(EDIT % "second cut"), 70.0: lambda path: None})

    def refuse(job: Job, edit: Edit, progress: object) -> Followed:
        here.followed.append((here.time, edit.name))
        raise OptionError("none of the shots is left")

    monkeypatch.setattr(watching, "followed", refuse)
    with pytest.raises(KeyboardInterrupt):
        here.watch()
    assert names(here) == ["first", "second cut"]
    assert len(here.complaints) == 2


def test_a_folder_is_watched_with_all_its_files(tmp_path: Path) -> None:
    bundle = tmp_path / "cut.otiod"
    bundle.mkdir()
    (bundle / "content.otio").write_text("{}")
    before = stamp_of(bundle)
    (bundle / "media").mkdir()
    (bundle / "media" / "a.mov").write_bytes(b"1")
    assert stamp_of(bundle) != before
    assert stamp_of(tmp_path / "lost") is None
