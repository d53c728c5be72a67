"""``--search N`` and ``--search SECONDSs``: composes until nothing better comes. Nothing slow is imported here."""

from __future__ import annotations

import argparse
import re

_FORM = re.compile(r"(?P<number>\d{1,6}(?:\.\d{1,3})?)\s*(?P<unit>s|min)?")
_MOST_TAKES, _MOST_SECONDS = 10_000, 86_400.0
_SECONDS = {"s": 1.0, "min": 60.0}


def search_option(text: str) -> tuple[int | None, float | None]:
    """So many takes, or so many seconds: ``40``, ``90s``, ``5min``."""
    found = _FORM.fullmatch(text.strip())
    if found is not None and found["unit"]:
        seconds = float(found["number"]) * _SECONDS[found["unit"]]
        if 0 < seconds <= _MOST_SECONDS:
            return None, seconds
    elif found is not None and "." not in found["number"] and 1 <= int(found["number"]) <= _MOST_TAKES:
        return int(found["number"]), None
    raise argparse.ArgumentTypeError(
        f"{text!r} is no number of takes and no time: write 40 (takes, 10000 at most), 90s or 5min (24 hours at most)"
    )


def add_search(parser: argparse.ArgumentParser) -> None:
    """``--search``."""
    parser.add_argument(
        "--search", type=search_option, metavar="N|SECONDSs",
        help="compose up to N takes, or for 90s or 5min, until nothing better comes; the best is written, Ctrl+C ends "
        "it",
    )  # fmt: skip
