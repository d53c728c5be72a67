"""The command line: ``hitpoint COMMAND``.

Three steps, three functions: :func:`build_parser` knows the words, :func:`run` does what they ask (tests call it), and
:func:`main` turns errors into one line on stderr and an exit code: 0 done, 1 something the editor can mend, 2 wrong
usage. Results go to stdout, words about progress to stderr. Each command lives in ``plugin/commands`` and is imported
only when it is asked for, so that ``--help`` stays quick; its options are in ``plugin/options.py``.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from typing import Any

from hitpoint.core.errors import HitpointError, PlaceError, printable
from hitpoint.core.files.places import check_local
from hitpoint.core.progress import Cancelled
from hitpoint.plugin.batch_options import add_batch
from hitpoint.plugin.cue_options import add_cuesheet, add_export, add_mcp, add_spot
from hitpoint.plugin.missing_library import missing_library
from hitpoint.plugin.one_line_parser import OneLineParser
from hitpoint.plugin.options import (
    Commands,
    add_conform,
    add_demo,
    add_doctor,
    add_inspect,
    add_install,
    add_panel,
    add_render,
    add_reroll,
    add_score,
    add_style,
    add_watch,
)
from hitpoint.plugin.recording_options import add_learn_style, add_listen
from hitpoint.plugin.refused import refused
from hitpoint.plugin.research_options import add_evaluate, add_prepare, add_train
from hitpoint.plugin.restyle_options import add_restyle
from hitpoint.plugin.visual_options import add_find, add_licences, add_visualise

_SWITCH_SECONDS = 0.001  # after which threads that decode pictures may go on beside one that imports

EXIT_DONE, EXIT_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 0, 1, 2, 130

# what a command is called (its module lies in plugin/commands under that name, - as _): what adds its options; help's
# order
_COMMANDS: dict[str, Callable[[Commands], None]] = {
    "score": add_score,
    "demo": add_demo,
    "panel": add_panel,
    "reroll": add_reroll,
    "restyle": add_restyle,
    "conform": add_conform,
    "watch": add_watch,
    "render": add_render,
    "batch": add_batch,
    "inspect": add_inspect,
    "listen": add_listen,
    "learn-style": add_learn_style,
    "find": add_find,
    "spot": add_spot,
    "cuesheet": add_cuesheet,
    "export": add_export,
    "visualise": add_visualise,
    "mcp": add_mcp,
    "evaluate": add_evaluate,
    "style": add_style,
    "train": add_train,
    "prepare": add_prepare,
    "install": add_install,
    "doctor": add_doctor,
    "licences": add_licences,
}
_FOLDERS = dict.fromkeys(("evaluate", "train", "prepare", "learn-style"), "research.") | dict.fromkeys(
    ("doctor", "install", "licences"), "machine."
)  # commands whose module lies in a folder below plugin/commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command line and answer the exit code of the process."""
    _show_what_can_be_shown()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        options = build_parser().parse_args(arguments)
        check_local(vars(options).values())
        run(options)
        sys.stdout.flush()
    except BrokenPipeError:  # whoever was reading, such as "head", has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except PlaceError as error:
        print(f"hitpoint: {printable(str(error))} ({error.option} names another place)", file=sys.stderr)
        return EXIT_ERROR
    except HitpointError as error:
        print(f"hitpoint: {printable(str(error))}", file=sys.stderr)
        return EXIT_ERROR
    except ImportError as error:
        told = missing_library(error)
        if told is None:
            raise
        print(f"hitpoint: {printable(told)}", file=sys.stderr)
        return EXIT_ERROR
    except OSError as error:
        print(f"hitpoint: {printable(missing_library(error) or refused(error))}", file=sys.stderr)
        return EXIT_ERROR
    except (KeyboardInterrupt, Cancelled) as stop:
        told = str(stop) if isinstance(stop, Cancelled) else ""
        print(f"hitpoint: {printable(told or 'stopped; nothing was changed')}", file=sys.stderr)
        return EXIT_INTERRUPTED
    return EXIT_DONE


def _show_what_can_be_shown() -> None:
    """File names may have letters that a terminal has not, or bytes that are no letters: those are shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def run(options: argparse.Namespace) -> None:
    """Do what parsed options ask for.

    Raises:
        HitpointError: for anything the editor can mend.
    """
    place = f"{_FOLDERS.get(options.command, '')}{options.command.replace('-', '_')}"
    import_module(f"hitpoint.plugin.commands.{place}").run(options)


@cache
def build_parser() -> argparse.ArgumentParser:
    """All commands and their options; parsing leaves it as it is."""
    parser: argparse.ArgumentParser = OneLineParser(
        prog="hitpoint", description="Music that belongs to the cut.", allow_abbrev=False
    )
    parser.add_argument("--version", action=_VersionAction)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for add in _COMMANDS.values():
        add(commands)
    return parser


class _VersionAction(argparse.Action):
    """Prints the version, which takes a while to find out, and ends."""

    def __init__(self, option_strings: Sequence[str], dest: str) -> None:
        super().__init__(option_strings, dest, nargs=0, help="show the version and end")

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        from importlib import metadata  # slow to import, and only this line asks

        print(f"hitpoint {metadata.version('hitpoint')}")
        parser.exit()
