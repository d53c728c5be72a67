"""``hitpoint mcp [FOLDER...]``: the commands as tools of the Model Context Protocol, over stdio."""

from __future__ import annotations

import argparse
from pathlib import Path

from hitpoint.core.errors import OptionError
from hitpoint.plugin.commands.assistant.folders import Folders


def run(options: argparse.Namespace) -> None:
    """Serve until the client closes stdin."""
    folders = Folders(options.folder or [Path.cwd()])
    try:
        from hitpoint.plugin.commands.assistant.server import server_for  # an extra
    except ImportError:
        raise OptionError("'hitpoint mcp' needs the SDK of the protocol: pip install 'hitpoint[mcp]'") from None
    server_for(folders).run("stdio")
