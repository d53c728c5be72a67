"""``hitpoint style check FILE``, ``hitpoint style list``: an editor's own styles."""

from __future__ import annotations

import argparse

from hitpoint.core.arrange.styles.styles import checked_style, own_styles_folder
from hitpoint.core.errors import StyleFileError
from hitpoint.plugin.style_list import style_lines


def run(options: argparse.Namespace) -> None:
    """Check a style's file, or list all styles."""
    if options.action == "list":
        print("\n".join(style_lines()))
        return
    if not options.file.is_file():
        raise StyleFileError(
            f"there is no style {options.file}: give the path of a .toml; see resources/docs/styles.md"
        )
    style = checked_style(options.file)
    lead = next(player.name for player in style.players if player.has_motif)
    names = ", ".join(player.name for player in style.players)
    print(f"{style.name} is a style: {names}; {lead} leads")
    if options.file.absolute().parent != own_styles_folder().absolute():
        print(f"put it into {own_styles_folder()}, then: hitpoint score EDIT --style {style.name}")
