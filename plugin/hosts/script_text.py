"""Host scripts from their templates: every value is written as a literal of the script's language, never pasted in."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

_FIELD = re.compile(r"@([A-Z]+)@")
_PLAIN = frozenset(range(32, 127)) - frozenset(b'"\\')


def resolve_template(name: str) -> str:
    """A file of ``resolve/`` as text."""
    return (resources.files("hitpoint.plugin.hosts.resolve") / name).read_text(encoding="utf-8")


def filled(template: str, literals: Mapping[str, str]) -> str:
    """A template with its fields (``@NAME@``) filled in; ``@VERSION@`` is ours."""
    known = {"VERSION": metadata.version("hitpoint"), **literals}
    return _FIELD.sub(lambda field: known[field[1]], template)


def python_literal(value: str | Path) -> str:
    r"""Text for a Python of any age, in ASCII: ``'/caf\xe9'``."""
    return ascii(str(value))


def lua_literal(value: str | Path) -> str:
    r"""Text for Lua 5.1, in ASCII, its bytes those that the file system knows: ``"/caf\195\169"``."""
    inside = (chr(byte) if byte in _PLAIN else f"\\{byte:03d}" for byte in os.fsencode(value))
    return f'"{"".join(inside)}"'
