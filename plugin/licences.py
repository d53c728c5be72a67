"""Whose work is in Hitpoint: shipped weights, data and sounds, what weights were trained on, and the libraries used."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import metadata, resources
from typing import Any

SCHEMA = "hitpoint.licences.1"

_NAME = re.compile(r"[A-Za-z0-9._-]+")
_LONGEST = 60  # letters of a licence that is told as a name; some libraries put its whole text there


@dataclass(frozen=True)
class ShippedFile:
    """A file that comes with Hitpoint and was not written by hand.

    Attributes:
        path: relative to the resources.
        what: it is.
        licence: in a few words.
        trained_on: data that weights were trained on, or numbers counted in.
        notice: the licence's own words; empty where it is the code's.
        card: path of the page that tells more; empty for none.
    """

    path: str
    what: str
    licence: str
    trained_on: tuple[str, ...]
    notice: str
    card: str


@dataclass(frozen=True)
class Library:
    """A library that Hitpoint uses; ``version`` is empty if it is not installed, ``extra`` if it always is."""

    name: str
    version: str
    licence: str
    extra: str


@cache
def shipped_files() -> tuple[ShippedFile, ...]:
    """All of them, in the order of ``resources/licences.toml``."""
    root = resources.files("hitpoint.resources")
    document = tomllib.loads((root / "licences.toml").read_text(encoding="utf-8"))
    return tuple(_shipped(root, entry) for entry in document["file"])


def libraries() -> tuple[Library, ...]:
    """The libraries that Hitpoint and its extras require, by name, as they tell it themselves."""
    found: dict[str, Library] = {}
    for requirement in metadata.requires("hitpoint") or ():
        name = _NAME.match(requirement)
        extra = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", requirement)
        if name is None or (extra is not None and extra[1] == "test") or name[0].lower() in found:
            continue
        found[name[0].lower()] = _library(name[0], extra[1] if extra else "")
    return tuple(found[name] for name in sorted(found))


def licences_document() -> dict[str, Any]:
    """Everything as plain JSON values."""
    return {
        "schema": SCHEMA,
        "hitpoint": {"version": metadata.version("hitpoint"), "licence": "MIT"},
        "files": [
            {
                "path": one.path,
                "what": one.what,
                "licence": one.licence,
                "trained_on": list(one.trained_on),
                "notice": one.notice,
                "card": one.card,
            }
            for one in shipped_files()
        ],
        "libraries": [
            {"name": one.name, "version": one.version, "licence": one.licence, "extra": one.extra}
            for one in libraries()
        ],
    }


def _shipped(root: Any, entry: dict[str, Any]) -> ShippedFile:
    notice = (root / entry["notice"]).read_text(encoding="utf-8") if "notice" in entry else ""
    return ShippedFile(
        entry["path"],
        entry["what"],
        entry["licence"],
        tuple(entry.get("trained_on", ())),
        notice,
        entry.get("card", ""),
    )


def _library(name: str, extra: str) -> Library:
    try:
        about: Any = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return Library(name, "", "not installed here", extra)
    told = next((about[field] for field in ("License-Expression", "License") if about[field]), "")
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if line.startswith("License")
    ]
    if not told or len(told) > _LONGEST or "\n" in told:
        told = ", ".join(classified) or (told.strip().splitlines() or ["not told"])[0][:_LONGEST]
    return Library(name, metadata.version(name), told, extra)
