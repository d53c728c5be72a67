"""The parser of the command line, whose errors are one line, as all errors here are."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

# what argparse says (of Python 3.11 and later), and what is said here; names of options and values stay
_IN_OUR_WORDS = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"(argument )?COMMAND: invalid choice: (.+?) \(.*", r"there is no command \2"),
        (r"invalid choice: (.+?) \(choose from (.*)\)", r"\1 is none of \2"),
        (r"unrecognized arguments: (.*)", r"\1 is not known here"),
        (r"the following arguments are required: (.*)", r"\1 is missing"),
        (r"one of the arguments (.*) is required", r"one of these is missing: \1"),
        (r"not allowed with argument (\S+)", r"does not go with \1"),
        (r"expected one argument", "a value is missing after it"),
        (r"expected at least one argument", "a value or more are missing after it"),
        (r"expected (\d+) arguments?", r"it takes \1 values"),
        (r"ignored explicit argument .*", "it takes no value"),
        (r"invalid int value: (.*)", r"\1 is no whole number"),
        (r"^argument ", ""),
    )
)


class OneLineParser(argparse.ArgumentParser):
    """A parser that says what is wrong and where the options are told, without printing them all.

    What begins with a dash and a digit, such as ``-5min``, is a value, so that its option says what is wrong with it.
    """

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._negative_number_matcher = re.compile(r"-\.?\d")

    def error(self, message: str) -> NoReturn:
        """Say it on stderr, in our words, and end with 2, which is wrong usage."""
        asked = self.prog if self.prog.count(" ") else f"{self.prog} COMMAND"
        if "no command" in (told := in_our_words(message)):
            asked = self.prog
        self.exit(2, f"{self.prog}: error: {told} ({asked} --help shows what there is)\n")


def in_our_words(message: str) -> str:
    """What argparse says of a command line, as the rest of the program would.

    >>> in_our_words("argument --curve: invalid choice: 'foo' (choose from 'linear', 'ease')")
    "--curve: 'foo' is none of linear, ease"
    >>> in_our_words("unrecognized arguments: --nosuch")
    '--nosuch is not known here'
    """
    for pattern, said in _IN_OUR_WORDS:
        found = pattern.search(message)
        if found is not None:
            told = found.expand(said)
            if " is none of " in told:
                value, none, choices = told.partition(" is none of ")
                told = value + none + choices.replace("'", "")
            message = message[: found.start()] + told + message[found.end() :]
    return message
