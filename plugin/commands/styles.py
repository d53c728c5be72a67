"""``hitpoint score --style list``: the styles, a line each."""

from __future__ import annotations

from collections.abc import Iterator

from hitpoint.core.arrange.styles import STYLES


def style_lines() -> Iterator[str]:
    """Name and players of each style."""
    width = max(len(name) for name in STYLES)
    for name, style in STYLES.items():
        yield f"{name:<{width}}  {', '.join(player.name.lower() for player in style.players)}"
