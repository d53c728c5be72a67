"""``hitpoint score --style list``: the styles, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.arrange.styles.styles import STYLES, own_style_names, style_named
from hitpoint.core.errors import StyleFileError


def style_lines() -> Iterator[str]:
    """Name, use and players of each style, the editor's own last."""
    own = own_style_names()
    width = max(len(name) for name in (*STYLES, *own))
    for name in (*STYLES, *own):
        yield f"{name:<{width}}  {_told(name)}"


def _told(name: str) -> str:
    try:
        style = style_named(name)
    except StyleFileError as error:
        return f"cannot be read: {error}"
    players = ", ".join(player.name.lower() for player in style.players)
    return f"{style.about}: {players}" if style.about else players
