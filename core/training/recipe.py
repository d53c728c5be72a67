"""Recipes: training options in a TOML file, so that a checkpoint can be made again.

::

    options = options_of_recipe(shipped_recipe("amt"), Path("MuVi-Sync"), Path("run"), seed=3)
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import fields
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from hitpoint.core.errors import OptionError
from hitpoint.core.files.toml_text import toml_trouble
from hitpoint.core.training.options import TrainingOptions

_OF_A_CALL = ("dataset", "corpora", "output", "resume", "max_seconds", "device", "threads")


def shipped_recipe(kind: Literal["amt", "regressor", "memory_amt", "dynamics"]) -> Path:
    """The recipe of the weights that come with Hitpoint.

    Raises:
        OptionError: if this installation has none.
    """
    path = Path(str(resources.files("hitpoint.resources").joinpath("checkpoints", f"{kind}.toml")))
    if not path.is_file():
        raise OptionError(f"this installation has no recipe for {kind}: name one with --recipe")
    return path


def options_of_recipe(recipe: Path, dataset: Path, output: Path, **changes: Any) -> TrainingOptions:
    """The options that a recipe describes, with some said otherwise.

    Args:
        recipe: a TOML file with names of :class:`TrainingOptions`; what it leaves out keeps its default.
        dataset: MuVi-Sync in its published layout.
        output: folder of the run.
        changes: options by name, which win over the recipe's.

    Raises:
        OptionError: if the file cannot be read, or names what is no option or makes no sense.
    """
    return TrainingOptions(dataset, output, **{**_read(recipe), **changes})


def recipe_toml(recipe: dict[str, str | int | float]) -> str:
    """A recipe (:meth:`TrainingOptions.recipe`) as the text of a TOML file."""
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in recipe.items())


def _read(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise OptionError(f"{path}: the recipe cannot be read ({error.strerror}); check the path") from None
    except UnicodeDecodeError:
        raise OptionError(f"{path}: the recipe is not a text in UTF-8; save it as such") from None
    except tomllib.TOMLDecodeError as error:
        raise OptionError(f"{path}: the recipe is not TOML: {toml_trouble(error)}") from None
    kinds = {field.name: field.type for field in fields(TrainingOptions) if field.name not in _OF_A_CALL}
    for name, value in values.items():
        if name not in kinds:
            raise OptionError(f"{path}: {name!r} is no option of a recipe; there are {', '.join(kinds)}")
        allowed = {"int": (int,), "float": (int, float), "bool": (bool,)}.get(str(kinds[name]), (str,))
        if type(value) not in allowed:
            raise OptionError(f"{path}: {name} cannot be {value!r}")
    return values
