"""Styles by name: those that ship, and an editor's own.

Each is a TOML file, those that ship in ``resources/styles``, an editor's own in the folder ``styles`` of their
configuration
(:func:`own_styles_folder`); how one is written tells :mod:`style_file`. A file is read when its style is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

from hitpoint.core.arrange.styles.ensemble import LEVELS, Player, Style
from hitpoint.core.arrange.styles.style_file import parsed_style, read_style
from hitpoint.core.errors import OptionError, StyleFileError
from hitpoint.core.files.config_folder import user_config_folder

DEFAULT = "piano"
_SUFFIX = ".toml"


class _ShippedStyles(Mapping[str, Style]):
    """The styles that ship, each read when it is asked for."""

    def __getitem__(self, name: str) -> Style:
        if name not in _shipped_names():
            raise KeyError(name)
        return _shipped(name)

    def __iter__(self) -> Iterator[str]:
        return iter(_shipped_names())

    def __len__(self) -> int:
        return len(_shipped_names())


STYLES: Mapping[str, Style] = _ShippedStyles()


def style_names() -> tuple[str, ...]:
    """The styles that ship, the default first."""
    return _shipped_names()


def own_styles_folder() -> Path:
    """Where an editor's own styles lie."""
    return user_config_folder() / "styles"


def own_style_names() -> tuple[str, ...]:
    """The names of an editor's own styles, in order; whether their files make sense is not asked."""
    try:
        found = sorted(path.stem for path in own_styles_folder().iterdir() if path.suffix == _SUFFIX)
    except OSError:
        return ()
    return tuple(name for name in found if name not in _shipped_names())


def style_named(name: str) -> Style:
    """The style an editor asked for, in any case.

    Raises:
        OptionError: if there is no such style; the message lists them all.
        StyleFileError: if it is one of their own whose file makes no sense.
    """
    wished = name.strip().lower()
    if wished in _shipped_names():
        return _shipped(wished)
    if wished in own_style_names():
        path = own_styles_folder() / f"{wished}{_SUFFIX}"
        return _own(path, path.stat().st_mtime_ns)
    names = ", ".join((*style_names(), *own_style_names()))
    raise OptionError(
        f"{name!r} is no style: choose one of {names}; a file of your own belongs into {own_styles_folder()}"
    )


def checked_style(path: Path) -> Style:
    """The style in a file, if it can be asked for by name from where it lies or is put.

    Raises:
        StyleFileError: if it makes no sense, has a name that is taken, or is not called after its style.
    """
    style = read_style(path)
    if style.name in _shipped_names():
        raise StyleFileError(f"{path}: name: {style.name!r} ships with Hitpoint; choose another name")
    if path.name != style.name + _SUFFIX:
        raise StyleFileError(f"{path}: name: the file of a style called {style.name!r} is {style.name}{_SUFFIX}")
    return style


@lru_cache(maxsize=32)
def _own(path: Path, changed: int) -> Style:
    """An editor's own style; ``changed`` is when, so that a file is read again after that."""
    return checked_style(path)


@cache
def _shipped_names() -> tuple[str, ...]:
    folder = files("hitpoint.resources") / "styles"
    names = sorted(one.name.removesuffix(_SUFFIX) for one in folder.iterdir() if one.name.endswith(_SUFFIX))
    return (DEFAULT, *(name for name in names if name != DEFAULT))


@cache
def _shipped(name: str) -> Style:
    file = files("hitpoint.resources") / "styles" / f"{name}{_SUFFIX}"
    return parsed_style(file.read_text(encoding="utf-8"), file.name)


__all__ = [
    "LEVELS", "STYLES", "Player", "Style", "checked_style", "own_style_names", "own_styles_folder", "style_named", "style_names",
]  # fmt: skip
