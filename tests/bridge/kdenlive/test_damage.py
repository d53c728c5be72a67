from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hitpoint.bridge.kdenlive.document import project_document
from hitpoint.bridge.kdenlive.marks import Mark
from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track
from hitpoint.core.errors import HitpointError

PROJECT = Path("/films/cut.kdenlive")
MUSIC = MusicTrack(Path("/films/x.music/x_mix.wav"), "Music", 0, 50, Mark("1", "", {}))
WORDS = st.sampled_from(
    [b"", b"0", b"-1", b"9" * 30, b"nan", b"1e999", b'"', b"<a/>", b"&amp;", b"film", b"\xff", b"[", b"{}", b"tractor"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_project_is_read_or_refused_in_one_line(edited, data):
    content = edited.content
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(content)))
        end = start + data.draw(st.integers(0, 30))
        content = content[:start] + data.draw(WORDS) + content[end:]
    for work in (lambda: project_document(content, PROJECT), lambda: with_music_track(content, PROJECT, MUSIC)):
        try:
            work()
        except HitpointError as error:
            assert "\n" not in str(error)
