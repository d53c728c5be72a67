from __future__ import annotations

from pathlib import Path

import pytest

from hitpoint.core.errors import OptionError
from hitpoint.core.training.options import TrainingOptions
from hitpoint.core.training.recipe import options_of_recipe, recipe_toml, shipped_recipe


def test_a_recipe_written_and_read_is_the_same(tmp_path: Path) -> None:
    options = TrainingOptions(Path("data"), Path("run"), kind="regressor", updates=7, learning_rate=2e-3, seed=5)
    path = tmp_path / "recipe.toml"
    path.write_text(recipe_toml(options.recipe()))
    assert options_of_recipe(path, Path("data"), Path("run")) == options


def test_what_is_said_otherwise_wins_over_the_recipe(tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text("updates = 7\nseed = 5\n")
    options = options_of_recipe(path, Path("data"), Path("run"), seed=6, resume=True)
    assert (options.updates, options.seed, options.resume) == (7, 6, True)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("layers = 3", "'layers' is no option"),
        ("updates = 'many'", "updates cannot be 'many'"),
        ("updates = true", "updates cannot be True"),
        ("dataset = '/data'", "'dataset' is no option"),
        ("updates = ", "is not TOML: line 1, column 11"),
        ("updates = 0", "updates lies between"),
    ],
)
def test_a_recipe_that_makes_no_sense_is_refused(tmp_path: Path, text: str, complaint: str) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text + "\n")
    with pytest.raises(OptionError, match=complaint):
        options_of_recipe(path, Path("data"), Path("run"))


@pytest.mark.parametrize("kind", ["amt", "memory_amt", "regressor", "dynamics"])
def test_the_shipped_recipes_are_of_their_kind(kind: str) -> None:
    options = options_of_recipe(shipped_recipe(kind), Path("data"), Path("run"))  # type: ignore[arg-type]
    assert options.kind == kind
