"""A style that was learnt from recordings, and the two files in which it is kept.

``NAME.DIGEST.safetensors`` holds the vector, ``NAME.json`` everything else; both lie in this user's folder and hold
numbers and chord names, nothing of the sound. The JSON file names the other by its digest and is written last, so that
a stop in between leaves the style that was there.
"""

from __future__ import annotations

import hashlib
import json
import math
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hitpoint.core.errors import OptionError, PlaceError, StyleFileError
from hitpoint.core.files.config_folder import user_config_folder
from hitpoint.core.files.places import check_place, make_folder

SCHEMA = "hitpoint.style.1"
_WEIGHTS = ".safetensors"
_NAME = re.compile(r"[\w][\w .-]{0,59}")
_MOST_BYTES = 1 << 20
_WIDEST = 4096
_MOST_CHORDS = 1000


@dataclass(frozen=True)
class LearntStyle:
    """What is kept of recordings.

    Attributes:
        name: as ``--like`` asks for it.
        sources: what the recordings are called.
        seconds: heard of them all.
        chord_model: fingerprint of the weights it was learnt with; no others understand the vector.
        is_minor: of most of them.
        bpm: the middle tempo, None where none was heard.
        minor_share: of the half bars, those in minor, 0..1.
        change_rate: chord changes a half bar, 0..1.
        chords: of each recording, tokens in the model's key, each once however long it is held.
        vector: what the decoder adds to each row.
        nats_attributes: what a held-out chord takes the model that knows the attributes alone.
        nats_style: what it takes the model that hears the style as well.
        judged: held-out chords that this was measured on.
    """

    name: str
    sources: tuple[str, ...]
    seconds: float
    chord_model: str
    is_minor: bool
    bpm: float | None
    minor_share: float
    change_rate: float
    chords: tuple[tuple[int, ...], ...]
    vector: tuple[float, ...]
    nats_attributes: float
    nats_style: float
    judged: int

    @property
    def gain(self) -> float:
        """By how many nats a chord the style is better than the attributes; below 0 if it is worse."""
        return self.nats_attributes - self.nats_style


def learnt_styles_folder() -> Path:
    """Where this user's learnt styles lie."""
    return user_config_folder() / "learnt-styles"


def learnt_style_names() -> tuple[str, ...]:
    """The names of those that are there, in order."""
    try:
        return tuple(sorted(path.stem for path in learnt_styles_folder().iterdir() if path.suffix == ".json"))
    except OSError:
        return ()


def checked_name(name: str) -> str:
    """The name, if a style can be called so.

    Raises:
        OptionError: if not.
    """
    if not _NAME.fullmatch(name) or name.endswith((" ", ".")):
        raise OptionError(
            f"{name!r} is no name for a style: use up to 60 letters, digits, spaces, dots, hyphens, and begin with a letter"
        )
    return name


def taken_by(name: str) -> str | None:
    """The style that has this name already, in whatever case."""
    return next((taken for taken in learnt_style_names() if taken.casefold() == name.casefold()), None)


def check_learnt_styles_folder() -> None:
    """See that a style could be kept, before it is learnt.

    Raises:
        OptionError: if the folder cannot be made or written to.
    """
    folder = learnt_styles_folder()
    try:
        make_folder(folder, is_ours=True)
        check_place(folder / "style.json")
    except PlaceError as error:
        raise OptionError(f"{folder}: no style can be kept there: {error}") from None


def write_learnt_style(style: LearntStyle) -> Path:
    """Keep a style; one of the same name gives way.

    Returns:
        Path: of the JSON file.

    Raises:
        OptionError: if the folder cannot be written to.
    """
    import numpy as np
    from safetensors.numpy import save

    folder = learnt_styles_folder()
    weights = save({"style": np.array(style.vector, np.float32)}, {"format": SCHEMA})
    digest = _digest(weights)
    text = json.dumps({**_document(style), "digest": digest}, indent=1, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for ending, content in ((f".{digest}{_WEIGHTS}", weights), (".json", text.encode("utf-8"))):
            beside = folder / f".{style.name}{ending}.part"
            beside.write_bytes(content)
            beside.replace(folder / f"{style.name}{ending}")
        for path in folder.glob(f"*{_WEIGHTS}"):
            if _owner(path) == style.name and digest not in path.name:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise OptionError(f"{folder}: the style cannot be kept there ({error.strerror}): see to the folder") from None
    return folder / f"{style.name}.json"


def read_learnt_style(name: str) -> LearntStyle:
    """The style of this name, in whatever case.

    Raises:
        OptionError: if there is none.
        StyleFileError: if its files are damaged.
    """
    found = taken_by(name)
    if found is None:
        known = ", ".join(learnt_style_names()) or "none yet"
        raise OptionError(
            f"{name!r} is no learnt style: there are {known}; 'hitpoint learn-style REF -o NAME' makes one"
        )
    path = learnt_styles_folder() / f"{found}.json"
    try:
        document = json.loads(_bytes(path))
        digest = str(document["digest"])
        weights = _bytes(path.with_name(f"{found}.{digest}{_WEIGHTS}"))
        if document["schema"] != SCHEMA or digest != _digest(weights):
            raise ValueError("the two files do not belong together")
        return _style(document, found, _vector(weights))
    except (ValueError, LookupError, TypeError, OSError, RecursionError):
        raise StyleFileError(f"{path}: the style cannot be read; learn it again, with --replace") from None


def _owner(path: Path) -> str:
    """The style that a file of weights belongs to."""
    return path.name.removesuffix(_WEIGHTS).rpartition(".")[0]


def _bytes(path: Path) -> bytes:
    if path.stat().st_size > _MOST_BYTES:
        raise ValueError("too large")
    return path.read_bytes()


def _vector(raw: bytes) -> tuple[float, ...]:
    from safetensors import SafetensorError
    from safetensors.numpy import load

    try:
        values = [float(value) for value in load(raw)["style"].ravel()]
    except SafetensorError:
        raise ValueError("damaged") from None
    if not 1 <= len(values) <= _WIDEST or not all(math.isfinite(value) for value in values):
        raise ValueError("no vector")
    return tuple(values)


def _digest(weights: bytes) -> str:
    return hashlib.sha256(weights).hexdigest()[:16]


def _document(style: LearntStyle) -> dict[str, Any]:
    from hitpoint.core.model.vocabulary import symbol_of

    return {
        "schema": SCHEMA,
        "name": style.name,
        "sources": list(style.sources),
        "seconds": style.seconds,
        "chord_model": style.chord_model,
        "mode": "minor" if style.is_minor else "major",
        "bpm": style.bpm,
        "minor_share": style.minor_share,
        "change_rate": style.change_rate,
        "chords": [[symbol_of(token) for token in row] for row in style.chords],
        "held_out": {
            "chords": style.judged, "nats_attributes": style.nats_attributes, "nats_style": style.nats_style,
        },
    }  # fmt: skip


def _style(document: dict[str, Any], name: str, vector: tuple[float, ...]) -> LearntStyle:
    from hitpoint.core.model.vocabulary import token_named

    judged, bpm = document["held_out"], document["bpm"]
    return LearntStyle(
        name=name,
        sources=tuple(str(source) for source in document["sources"]),
        seconds=_number(document["seconds"], 1e7),
        chord_model=str(document["chord_model"]),
        is_minor=document["mode"] == "minor",
        bpm=None if bpm is None else _number(bpm, 1000.0),
        minor_share=_number(document["minor_share"], 1.0),
        change_rate=_number(document["change_rate"], 1.0),
        chords=tuple(tuple(token_named(str(symbol)) for symbol in row[:_MOST_CHORDS]) for row in document["chords"]),
        vector=vector,
        nats_attributes=_number(judged["nats_attributes"], 1e6),
        nats_style=_number(judged["nats_style"], 1e6),
        judged=int(judged["chords"]),
    )


def _number(value: object, most: float) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0.0 <= value <= most:
        raise ValueError("no number in its bounds")
    return float(value)
