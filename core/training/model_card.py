"""The page that comes with trained weights: where they are from, how good they are, and what they are bad at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hitpoint.core.model.checkpoint import fingerprint, read_metadata
from hitpoint.core.training.evaluate import Evaluation
from hitpoint.core.training.recipe import recipe_toml
from hitpoint.core.training.report import evaluation_table

_CARD = """\
# The weights that come with Hitpoint

`amt.safetensors` writes chords, `regressor.safetensors` note density and loudness. Both are the models of Kang, Poria
and Herremans, "Video2Music" (arXiv 2311.00968), at a smaller size, trained from nothing by the code in `core/training`.
Three things differ from the paper: features are scaled to one size and hidden at random, so that one file serves with and
without CLIP; the affective loss is left out (`losses.py` says why); and the chord model begins with weights that look up
what came next the last time (`initial_weights.py`), for songs repeat themselves and the data are few.

{files}
**Data.** MuVi-Sync (Zenodo 10057093): features of 748 music videos once a second, and chords that a recogniser heard in
them. Split v1: the train split less song 712, which is the same song as one of the test split (596 songs); val (75
songs) to watch and to stop. The test split was never looked at. No part of the data set is in these files or in this
repository, and no sound or picture was used. The reference code is under MIT; the data set's record states its own
terms, which whoever wants to use the weights for more than trying them should read.

**Made by** (the recipes `amt.toml` and `regressor.toml` lie beside this page)

```
hitpoint train MUVI_SYNC --model amt -o run/amt
hitpoint train MUVI_SYNC --model regressor -o run/regressor
```

**Measured by** `hitpoint evaluate MUVI_SYNC`; `metrics.json` has every number with its interval. Hits@k are the
paper's: averaged over songs, END counted. change@1 is Hits@1 where the chord changes, among the other chords. nats is
the negative logarithm of the chord's probability. The baselines are counted on the same 596 songs and see no picture.
The paper's own AMT is reported at Hits@1/3/5 = .514/.772/.867, on the test split.

{tables}

**What they are bad at.** {limits}
"""

_LIMITS = """\
The picture hardly matters to the chords: hiding the CLIP rows changes next to nothing, because real music videos do not
choose chords by the picture. Do not expect a mood to be heard in the chords unless a rule asks for it. The labels are a
recogniser's, with flicker and with boundaries drawn to every tenth second; training samples them again at random
phases and steps to hide that clock. Diminished, augmented and half-diminished chords make up .13 % of the data and are
practically unknown. All songs are pop songs of the last decades, in C major or A minor. The level of loudness within a
song is guessed, the level of a whole song cannot be, and neither curve is far better than the mean curve of all songs."""


def write_release(folder: Path, amt: Path, regressor: Path, evaluations: Sequence[Evaluation]) -> None:
    """Put two checkpoints into a folder with their recipes, figures and model card.

    Args:
        folder: made if missing; what it holds under these names is replaced.
        amt: weights of a chord model of either kind, as training left them.
        regressor: likewise.
        evaluations: of these weights, in the order in which the card shall show them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = ""
    for name, path in (("amt", amt), ("regressor", regressor)):
        about = read_metadata(path)
        (folder / f"{name}.safetensors").write_bytes(path.read_bytes())
        (folder / f"{about['recipe']['kind']}.toml").write_text(recipe_toml(about["recipe"]), encoding="utf-8")
        files += _file_line(name, path, about)
    metrics = json.dumps([evaluation.json() for evaluation in evaluations], indent=1)
    (folder / "metrics.json").write_text(metrics + "\n", encoding="utf-8")
    tables = "\n\n".join(f"```\n{evaluation_table(evaluation)}\n```" for evaluation in evaluations)
    card = _CARD.format(files=files, tables=tables, limits=_LIMITS)
    (folder / "README.md").write_text(card, encoding="utf-8")


def _file_line(name: str, path: Path, about: dict[str, Any]) -> str:
    recipe = about["recipe"]
    size = f"{path.stat().st_size / 1e6:.1f} MB, float16"
    when = f"update {about['update']} of {recipe['updates']}, seed {recipe['seed']}"
    return f"* `{name}.safetensors`: {size}, SHA-256 `{fingerprint(path)}…`, weights of {when}.\n"
