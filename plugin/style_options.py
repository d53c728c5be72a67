"""The options about styles: ``--style NAME``, ``--style A-B=NAME`` and ``--morph``. Nothing slow is imported here."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any

from hitpoint.core.errors import OptionError

_CURVES = ("linear", "ease", "late")


class StyleAction(argparse.Action):
    """Keeps the name of a style, and stretches ``A-B=NAME``; ``list`` prints all styles and ends."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep it, or print the list."""
        if values == "list":
            from hitpoint.plugin.style_list import style_lines  # loads the tables only when they are asked for

            print("\n".join(style_lines()))
            parser.exit()
        if isinstance(values, str) and "=" in values:
            namespace.style_stretches = [*getattr(namespace, "style_stretches", ()), values]
            return
        setattr(namespace, self.dest, values)


def add_styles(parser: argparse.ArgumentParser, default: str | None = "piano") -> None:
    """``--style``, ``--morph`` and ``--curve``."""
    parser.add_argument(
        "--style", action=StyleAction, default=default, metavar="[A-B=]NAME",
        help="how it is played; 'list' shows them; A-B=NAME for a stretch, may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--morph", action="append", default=[], metavar="A-B=STYLE>STYLE",
        help='from A to B the first style passes into the second, "10-20=piano>strings"; may be repeated',
    )  # fmt: skip
    parser.add_argument("--curve", choices=_CURVES, help="how --morph goes over time (default linear)")


def curve_of(options: argparse.Namespace) -> str:
    """The course of ``--morph`` over time.

    Raises:
        OptionError: if that is said and no morph is.
    """
    if options.curve is not None and not options.morph:
        raise OptionError(
            f"--curve {options.curve} says how a morph goes: add --morph A-B=STYLE>STYLE, or leave it out"
        )
    return str(options.curve or _CURVES[0])
