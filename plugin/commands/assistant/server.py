"""``hitpoint mcp``: the tools over stdio, with the official SDK (``hitpoint[mcp]``).

One job runs at a time, in a thread of its own. Its progress is told while it runs; a call that is cancelled stops at
the next step. Nothing but the protocol goes to stdout.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from importlib import metadata
from typing import Any, Literal

import anyio
from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import ValidationError

from hitpoint.core.errors import HitpointError
from hitpoint.core.progress import Progress
from hitpoint.plugin.commands.assistant.arguments import unknown_argument, wrong_argument
from hitpoint.plugin.commands.assistant.calls import Calls
from hitpoint.plugin.commands.assistant.folders import Folders

_TOLD_EVERY = 0.2  # seconds
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
_WRITES = ToolAnnotations(read_only_hint=False, destructive_hint=False, idempotent_hint=False, open_world_hint=False)
_TIMES = "Times are seconds from the start of the timeline, or timecode."
_INSTRUCTIONS = (
    "Hitpoint writes music for video edits. inspect an edit, spot where music should be, score it, then lock chords, "
    "reroll stretches, conform to a new cut, export. Each call that writes makes a new version; nothing is overwritten "
    f"or deleted. Paths lie in the folders the server was started with. {_TIMES}"
)
Work = Callable[[Progress], dict[str, Any]]


class Worker:
    """Runs one job at a time beside the server."""

    def __init__(self) -> None:
        self._one = threading.Lock()

    async def done(self, work: Work, context: Context[Any, Any]) -> dict[str, Any]:
        """The result of some work, its progress told to the caller meanwhile.

        Raises:
            ToolError: with our one line, for what the caller can mend.
        """
        stopped, told = threading.Event(), [(0.0, "")]
        progress = Progress(lambda fraction, words: told.append((fraction, words or told[-1][1])), stopped.is_set)
        try:
            async with anyio.create_task_group() as group:
                group.start_soon(_telling, told, context)
                result = await anyio.to_thread.run_sync(partial(self._alone, work, progress), abandon_on_cancel=True)
                group.cancel_scope.cancel()
        finally:
            stopped.set()
        if isinstance(result, HitpointError):
            raise ToolError(str(result))
        return result

    def _alone(self, work: Work, progress: Progress) -> dict[str, Any] | HitpointError:
        with self._one:
            try:
                progress.step(0.0)
                return work(progress)
            except HitpointError as error:
                return error
            except OSError as error:
                return HitpointError(f"{error.filename or 'a file'}: {error.strerror or 'it cannot be used'}")


async def _telling(told: list[tuple[float, str]], context: Context[Any, Any]) -> None:
    """Tell the caller how far the work is, whenever that has changed."""
    last = 0.0
    while True:
        fraction, words = told[-1]
        if fraction > last:
            await context.report_progress(fraction, 1.0, words or None)
            last = fraction
        await anyio.sleep(_TOLD_EVERY)


class PlainServer(MCPServer[Any]):
    """The SDK's server, which tells wrong arguments in our words and lets none pass that a tool does not have."""

    async def call_tool(self, name: str, arguments: dict[str, Any], context: Context[Any, Any] | None = None) -> Any:
        """Call a tool.

        Raises:
            ToolError: with one line, for what the caller can mend.
        """
        schema = next((tool.input_schema for tool in await self.list_tools() if tool.name == name), None)
        if schema is not None and (strange := unknown_argument(name, schema, arguments)) is not None:
            raise ToolError(strange)
        try:
            return await super().call_tool(name, arguments, context)
        except ToolError as error:
            if schema is None or not isinstance(error.__cause__, ValidationError):
                raise
            wrong: list[Any] = list(error.__cause__.errors(include_url=False))
            raise ToolError(wrong_argument(name, schema, wrong)) from None


def server_for(folders: Folders) -> MCPServer[Any]:
    """The server with its tools, for some folders."""
    server: MCPServer[Any] = PlainServer("hitpoint", instructions=_INSTRUCTIONS, version=metadata.version("hitpoint"))
    calls, worker = Calls(folders), Worker()
    _add_readers(server, calls, worker)
    _add_score(server, calls, worker)
    _add_changes(server, calls, worker)
    _add_conform_and_export(server, calls, worker)
    return server


def _add_readers(server: MCPServer[Any], calls: Calls, worker: Worker) -> None:
    @server.tool(annotations=_READS)
    async def inspect(edit: str, ctx: Context[Any, Any]) -> dict[str, Any]:
        """Read an edit: rate, shots, cuts, markers, media found and missing. Composes nothing."""
        return await worker.done(partial(calls.inspect, edit), ctx)

    @server.tool(annotations=_READS)
    async def spot(edit: str, ctx: Context[Any, Any], share: float = 0.6) -> dict[str, Any]:
        """Where music should be, with the reason of each cue. share: of the edit that may have music, 0 to 1."""
        return await worker.done(partial(calls.spot, edit, share), ctx)


def _add_score(server: MCPServer[Any], calls: Calls, worker: Worker) -> None:
    @server.tool(
        annotations=_WRITES,
        description="Compose music for an edit and write a copy of it with the music on a new track. cues: any number "
        "of "
        "NAME=A-B[,style=...][,mood=...][,key=...][,prompt=...]; without them one cue for range (two times), or for "
        "all. "
        f"replace: names of cues that give way. {_TIMES}",
    )
    async def score(
        edit: str,
        ctx: Context[Any, Any],
        output: str | None = None,
        style: str | None = None,
        mood: list[str] | None = None,
        key: str | None = None,
        tempo: float | None = None,
        prompt: list[str] | None = None,
        cues: list[str] | None = None,
        range: list[str] | None = None,
        replace: list[str] | None = None,
        seed: int = 0,
        takes: int = 1,
    ) -> dict[str, Any]:
        """See the description."""
        wishes = {
            "output": output, "style": style, "mood": mood, "key": key, "tempo": tempo, "prompt": prompt, "cue": cues,
            "range": range, "replace": replace, "seed": seed, "takes": takes,
        }  # fmt: skip
        return await worker.done(partial(calls.score, edit, wishes), ctx)


def _add_changes(server: MCPServer[Any], calls: Calls, worker: Worker) -> None:
    @server.tool(annotations=_WRITES)
    async def lock(
        scored: str,
        ctx: Context[Any, Any],
        lock: list[str] | None = None,
        unlock: list[str] | None = None,
        cue: str | None = None,
        output: str | None = None,
    ) -> dict[str, Any]:
        """Lock chords of a scored edit: A-B=CHORD sets them, A-B keeps those that are there. Composes nothing."""
        wishes = {"lock": lock, "unlock": unlock, "cue": cue, "output": output}
        return await worker.done(partial(calls.lock, scored, wishes), ctx)

    @server.tool(annotations=_WRITES)
    async def reroll(
        scored: str,
        ctx: Context[Any, Any],
        range: list[str] | None = None,
        lock: list[str] | None = None,
        cue: str | None = None,
        seed: int | None = None,
        takes: int = 1,
        output: str | None = None,
    ) -> dict[str, Any]:
        """Compose again inside range (two times; all of the cue without it); locked chords and all outside stay."""
        wishes = {"range": range, "lock": lock, "cue": cue, "seed": seed, "takes": takes, "output": output}
        return await worker.done(partial(calls.reroll, scored, wishes), ctx)


def _add_conform_and_export(server: MCPServer[Any], calls: Calls, worker: Worker) -> None:
    @server.tool(annotations=_WRITES)
    async def conform(
        scored: str, new_edit: str, ctx: Context[Any, Any], cue: str | None = None, output: str | None = None
    ) -> dict[str, Any]:
        """Take the music of a scored edit over to a new cut, and tell what was kept, moved, lost and composed."""
        return await worker.done(partial(calls.conform, scored, new_edit, {"cue": cue, "output": output}), ctx)

    @server.tool(annotations=_WRITES)
    async def export(
        scored: str,
        format: Literal["dawproject", "musicxml", "midi", "stems"],
        ctx: Context[Any, Any],
        cue: str | None = None,
        output: str | None = None,
    ) -> dict[str, Any]:
        """Hand cues over to other programs, as files beside the edit or in output."""
        wishes = {"cue": cue, "output": output}
        return await worker.done(lambda progress: calls.export(scored, format, wishes), ctx)
