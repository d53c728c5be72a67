from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.core.errors import EditReadError
from hitpoint.ui.presenter.messages import REPORT_NAME, told


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HITPOINT_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


def test_what_can_be_mended_is_told_in_its_own_words(state: Path) -> None:
    assert told(EditReadError("cut.otio is empty: export it again")) == "cut.otio is empty: export it again"
    assert not state.exists()


def test_a_full_disk_is_told_with_its_place() -> None:
    message = told(OSError(28, "No space left on device", "/films/out.wav"))
    assert message.startswith("/films/out.wav: No space left on device")
    assert "\n" not in message


def test_a_mistake_of_ours_is_kept_for_who_mends_it(state: Path) -> None:
    try:
        {}["missing"]
    except KeyError as error:
        message = told(error)
    assert str(state / REPORT_NAME) in message
    assert "KeyError: 'missing'" in (state / REPORT_NAME).read_text()


def test_a_message_is_one_line_that_fits() -> None:
    message = told(EditReadError("two\nlines " + "x" * 5000))
    assert "\n" not in message
    assert len(message) <= 600
