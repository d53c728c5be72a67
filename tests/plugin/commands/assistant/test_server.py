"""``hitpoint mcp``, spoken to by the official SDK's own client over stdio."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

anyio = pytest.importorskip("anyio")
mcp = pytest.importorskip("mcp", exc_type=ImportError)

Talk = Callable[[Any], Awaitable[None]]


def talked(folder: Path, talk: Talk) -> None:
    """Let a client talk to a server for one folder."""
    variables = {name: os.environ[name] for name in ("PYTHONPATH", "PATH", "HOME") if name in os.environ}
    server = mcp.StdioServerParameters(
        command=sys.executable,
        args=["-m", "hitpoint.plugin", "mcp", str(folder)],
        env={**variables, "HITPOINT_CACHE": str(folder / "cache"), "OMP_NUM_THREADS": "1"},
        cwd=folder,
    )

    async def run() -> None:
        async with mcp.Client(server) as client:
            await talk(client)

    anyio.run(run)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, small_document: dict[str, Any]) -> Path:
    place = tmp_path_factory.mktemp("mcp")
    (place / "work").mkdir()
    (place / "work" / "small.otio").write_text(json.dumps(small_document))
    (place / "elsewhere.otio").write_text(json.dumps(small_document))
    return place / "work"


def test_every_tool_works_and_writes_new_versions_only(folder: Path) -> None:
    told: list[float] = []

    async def heard(done: float, total: float | None, message: str | None) -> None:
        told.append(done)

    async def call(client: Any, name: str, **words: Any) -> dict[str, Any]:
        answer = await client.call_tool(name, words, progress_callback=heard)
        assert not answer.is_error, answer.content
        content: dict[str, Any] = answer.structured_content
        return content

    async def talk(client: Any) -> None:
        names = {tool.name for tool in (await client.list_tools()).tools}
        assert names == {"inspect", "spot", "score", "lock", "reroll", "conform", "export"}
        assert (await call(client, "inspect", edit="small.otio"))["frames"] == 188
        assert (await call(client, "spot", edit="small.otio"))["schema"] == "hitpoint.spotting.1"
        scored = await call(client, "score", edit="small.otio", cues=["1M1=0-3,mood=tense"], output="scored.otio")
        assert [cue["name"] for cue in scored["cues"]] == ["1M1"]
        before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and "cache" not in path.parts}
        locked = await call(client, "lock", scored="scored.otio", lock=["0-1=A:min"])
        assert locked["cue"]["chords"][0]["locked"]
        again = await call(client, "reroll", scored=locked["outputs"]["timeline"], seed=5)
        assert again["cue"]["chords"][0]["symbol"] == "A:min"
        carried = await call(client, "conform", scored="scored.otio", new_edit="small.otio", output="carried.otio")
        assert "changes" in carried
        files = (await call(client, "export", scored="scored.otio", format="midi"))["files"]
        assert Path(files[0]).read_bytes()[:4] == b"MThd"
        assert all(path.read_bytes() == content for path, content in before.items())

    talked(folder, talk)
    assert told and max(told) > 0.5


@pytest.mark.parametrize(
    ("name", "words", "what"),
    [
        ("inspect", {"edit": "../elsewhere.otio"}, "outside of"),
        ("score", {"edit": "small.otio", "output": "/tmp/out.otio"}, "outside of"),
        ("score", {"edit": "small.otio", "range": ["5", "4"]}, "is empty"),
        ("score", {"edit": "small.otio", "style": "no such"}, "no such"),
        ("lock", {"scored": "small.otio"}, "nothing to lock"),
        ("reroll", {"scored": "small.otio"}, "has no cue"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line(folder: Path, name: str, words: dict[str, Any], what: str) -> None:
    from hitpoint.core.errors import HitpointError
    from hitpoint.core.progress import SILENT
    from hitpoint.plugin.commands.assistant.calls import Calls
    from hitpoint.plugin.commands.assistant.folders import Folders

    calls = Calls(Folders([folder]))
    edit = words.pop("edit", None) or words.pop("scored")
    with pytest.raises(HitpointError, match=what):
        getattr(calls, name)(edit, *(() if name == "inspect" else (words,)), SILENT)


def test_wrong_arguments_are_told_in_our_words(folder: Path) -> None:
    from mcp.server.mcpserver.exceptions import ToolError

    from hitpoint.plugin.commands.assistant.folders import Folders
    from hitpoint.plugin.commands.assistant.server import server_for

    server = server_for(Folders([folder]))

    async def asked(words: dict[str, Any]) -> str:
        with pytest.raises(ToolError) as caught:
            await server.call_tool("score", words)
        return str(caught.value)

    assert anyio.run(asked, {"edit": "a.otio", "tempo": "fast"}) == "score: 'tempo' cannot be 'fast': give a number"
    assert anyio.run(asked, {"edit": "a.otio", "styl": "x"}).startswith("score has no argument 'styl'")


def test_media_outside_is_not_opened(folder: Path, small_document: dict[str, Any]) -> None:
    from hitpoint.core.errors import HitpointError
    from hitpoint.core.progress import SILENT
    from hitpoint.plugin.commands.assistant.calls import Calls
    from hitpoint.plugin.commands.assistant.folders import Folders

    document = json.loads(json.dumps(small_document))
    outside = folder.parent / "outside.mov"
    outside.write_bytes(b"no film")
    clip = document["tracks"]["children"][0]["children"][0]
    clip["media_references"]["DEFAULT_MEDIA"]["target_url"] = str(outside)
    (folder / "leads_out.otio").write_text(json.dumps(document))
    with pytest.raises(HitpointError, match=r"leads_out\.otio uses what it may not"):
        Calls(Folders([folder])).score("leads_out.otio", {}, SILENT)


def test_an_error_reaches_the_client_and_a_cancelled_call_leaves_nothing(folder: Path) -> None:
    async def talk(client: Any) -> None:
        answer = await client.call_tool("inspect", {"edit": "/etc/passwd"})
        assert answer.is_error and "outside of" in answer.content[0].text
        started = anyio.Event()

        async def heard(done: float, total: float | None, message: str | None) -> None:
            started.set()

        async def asked() -> None:
            await client.call_tool("score", {"edit": "small.otio", "output": "never.otio"}, progress_callback=heard)

        async with anyio.create_task_group() as group:
            group.start_soon(asked)
            await started.wait()
            group.cancel_scope.cancel()
        assert not (await client.call_tool("inspect", {"edit": "small.otio"})).is_error

    talked(folder, talk)
    assert not (folder / "never.otio").exists() and not (folder / "never.music").exists()


def test_without_the_sdk_one_line_says_what_is_missing(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hitpoint.plugin import cli

    monkeypatch.setitem(sys.modules, "hitpoint.plugin.commands.assistant.server", None)
    assert cli.main(["mcp", str(folder)]) == 1
    assert "pip install 'hitpoint[mcp]'" in capsys.readouterr().err
