"""Takes that are kept: each in a small file of its own, beside the cue, to be there again when the edit is opened.

::

    cut_hitpoint.music/takes/0123456789ab.json.gz
    {"schema": "hitpoint.take.1", "round": 2, "letter": "B", "name": "the bright one", "pinned": true, "first": 4,
     "end": 8, "whole": false, "made": 1790000000.0, "figures": {"likelihood": -1.2, ...}, "cue": {"schema": ...}}

``figures`` are those of :class:`~hitpoint.core.compose.takes.Take`; null for the state that a composing took the place
of. ``version`` and ``sight`` stand in it where they say something. A file appears whole, and the same take has the same
name wherever it is kept.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from hitpoint.core.compose.takes import Take
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_from_document, cue_to_document
from hitpoint.core.cue.json_values import field, number, text, truth, whole
from hitpoint.core.errors import CueFileError

SCHEMA = "hitpoint.take.1"
FOLDER = "takes"
LONGEST_NAME = 60  # characters

_SUFFIX, _HALF = ".json.gz", ".tmp"
_LARGEST = 96 * 2**20  # bytes, unpacked
_FIGURES = tuple(one.name for one in fields(Take) if one.name not in ("cue", "seed"))
_MOST_ROUNDS = 10**6

Sight = Literal["", "cuts", "picture"]
FROM_CUTS: Sight = "cuts"
WITH_PICTURE: Sight = "picture"
_SIGHTS: dict[str, Sight] = {"": "", "cuts": FROM_CUTS, "picture": WITH_PICTURE}


@dataclass(frozen=True)
class KeptTake:
    """One take of a composing, or what was there before it.

    Attributes:
        take: the cue with it, and its figures.
        span: steps that were composed.
        round: number of the composing, from 1.
        letter: in its round, "A" the one recommended; empty for what was there before.
        is_whole: whether the whole cue was composed, key and tempo too.
        is_version: whether it is the cue otherwise (:mod:`hitpoint.core.compose.restyle`), or what was there before
            that; it is taken as it stands then, players too.
        sight: "cuts" of a take that was composed before its picture was looked at, "picture" of those that followed
            when it had been; empty for all others.
        name: that the editor gave it.
        is_pinned: whether the editor wants to keep it when others are cleared.
        made: seconds since 1970.
    """

    take: Take
    span: range
    round: int = 1
    letter: str = ""
    is_whole: bool = False
    name: str = ""
    is_pinned: bool = False
    made: float = 0.0
    is_version: bool = False
    sight: Sight = ""

    @property
    def is_before(self) -> bool:
        """Whether it is the state that a composing took the place of."""
        return not self.letter

    @property
    def cue(self) -> Cue:
        """The whole cue with the take."""
        return self.take.cue

    @cached_property
    def key(self) -> str:
        """Twelve hexadecimal digits: the same for the same take, whatever it is called."""
        document = [self.round, self.letter, self.span.start, self.span.stop, cue_to_document(self.cue)]
        return hashlib.sha256(json.dumps(document, sort_keys=True).encode()).hexdigest()[:12]


def write_take(folder: Path, kept: KeptTake) -> Path:
    """Keep a take in a folder, which is made; what was known of the same take is replaced. Answers the file.

    Raises:
        OSError: if the disk refuses; what was there before is still there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{kept.key}{_SUFFIX}"
    packed = gzip.compress(json.dumps(_to_document(kept), allow_nan=False).encode("ascii"), 5, mtime=0)
    temporary = path.with_suffix(f".{os.getpid()}{_HALF}")
    temporary.write_bytes(packed)
    os.replace(temporary, path)
    return path


def remove_take(folder: Path, kept: KeptTake) -> None:
    """Forget a take; one that is not there is forgotten already.

    Raises:
        OSError: if the disk refuses.
    """
    (folder / f"{kept.key}{_SUFFIX}").unlink(missing_ok=True)


def read_takes(folders: Iterable[Path]) -> tuple[tuple[KeptTake, ...], int]:
    """The takes in some folders, each once, the newest round first; and how many files could not be read."""
    found: dict[str, KeptTake] = {}
    damaged = 0
    for folder in folders:
        for path in sorted(folder.glob(f"*{_SUFFIX}")):
            name = path.name.removesuffix(_SUFFIX)
            if name in found:
                continue
            try:
                found[name] = _read(path)
            except CueFileError:
                damaged += 1
    return in_order(_sharing(found.values())), damaged


def in_order(takes: Iterable[KeptTake]) -> tuple[KeptTake, ...]:
    """The newest round first; in a round its takes as they are recommended, then what was there before."""
    return tuple(sorted(takes, key=lambda kept: (-kept.round, kept.letter or "~")))


def _sharing(takes: Iterable[KeptTake]) -> tuple[KeptTake, ...]:
    """The same takes; equal edits are one value, because a feature film's takes a megabyte."""
    known: list[Any] = []
    shared = []
    for kept in takes:
        edit = next((one for one in known if one == kept.cue.edit), None)
        if edit is None:
            known.append(kept.cue.edit)
            shared.append(kept)
        else:
            shared.append(replace(kept, take=replace(kept.take, cue=replace(kept.cue, edit=edit))))
    return tuple(shared)


def _to_document(kept: KeptTake) -> dict[str, Any]:
    figures = None if kept.is_before or kept.is_version else {name: getattr(kept.take, name) for name in _FIGURES}
    return {
        "schema": SCHEMA,
        "round": kept.round,
        "letter": kept.letter,
        "name": kept.name,
        "pinned": kept.is_pinned,
        "first": kept.span.start,
        "end": kept.span.stop,
        "whole": kept.is_whole,
        "made": kept.made,
        **({"version": True} if kept.is_version else {}),
        **({"sight": kept.sight} if kept.sight else {}),
        "seed": kept.take.seed,
        "figures": figures,
        "cue": cue_to_document(kept.cue),
    }


def _read(path: Path) -> KeptTake:
    try:
        with gzip.open(path) as file:
            content = file.read(_LARGEST + 1)
        if len(content) > _LARGEST:
            raise CueFileError(f"{path} is too large for a take")
        document: Any = json.loads(content)
    except (OSError, EOFError, zlib.error, ValueError, RecursionError) as error:
        raise CueFileError(f"{path} cannot be read: {error}") from None
    if field(document, "schema", "the take") != SCHEMA:
        raise CueFileError(f"{path} was written by another version")
    cue = cue_from_document(field(document, "cue", "the take"))
    first = whole(field(document, "first", "the take"), "first", 0, len(cue.steps))
    return KeptTake(
        take=_take(document, cue),
        span=range(first, whole(field(document, "end", "the take"), "end", first, len(cue.steps))),
        round=whole(field(document, "round", "the take"), "round", 1, _MOST_ROUNDS),
        letter=text(field(document, "letter", "the take"), "letter", 2),
        is_whole=truth(field(document, "whole", "the take"), "whole"),
        name=text(field(document, "name", "the take"), "name", LONGEST_NAME),
        is_pinned=truth(field(document, "pinned", "the take"), "pinned"),
        made=number(field(document, "made", "the take"), "made", 0, 1e11),
        is_version=truth(document.get("version", False), "version"),
        sight=_SIGHTS.get(text(document.get("sight", ""), "sight", 16), ""),
    )


def _take(document: Any, cue: Cue) -> Take:
    seed = whole(field(document, "seed", "the take"), "seed", -(2**128))
    figures = field(document, "figures", "the take")
    if figures is None:
        return replace(before_take(cue), seed=seed)
    return Take(cue, seed, **{name: number(field(figures, name, "figures"), name, -1e9, 1e9) for name in _FIGURES})


def before_take(cue: Cue) -> Take:
    """A cue as it was, for a list of takes: it was not composed just now, so that its figures say nothing."""
    return Take(cue, cue.seed, 0.0)
