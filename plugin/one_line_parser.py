"""The parser of the command line, whose errors are one line, as all errors here are."""

from __future__ import annotations

import argparse
from typing import NoReturn


class OneLineParser(argparse.ArgumentParser):
    """A parser that says what is wrong and where the options are told, without printing them all."""

    def error(self, message: str) -> NoReturn:
        """Say it on stderr and end with 2, which is wrong usage."""
        asked = self.prog if self.prog.count(" ") else f"{self.prog} COMMAND"
        self.exit(2, f"{self.prog}: error: {message} ({asked} --help shows what there is)\n")
