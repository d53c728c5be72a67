"""The page that comes with trained weights: where they are from, how good they are, and what they are bad at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hitpoint.core.model.checkpoint import fingerprint, read_metadata
from hitpoint.core.training.evaluation.evaluate import Evaluation
from hitpoint.core.training.evaluation.report import evaluation_table
from hitpoint.core.training.recipe import recipe_toml

_CARD = """\
# The weights that come with Hitpoint

`amt.safetensors` writes chords, `regressor.safetensors` note density and loudness. They follow the Affective
Multimodal Transformer and the regressor of Kang, Poria and Herremans, "Video2Music" (arXiv 2311.00968), at a smaller
size, trained from nothing by the code in `core/training`. The chord model keeps the paper's plan, a bidirectional
encoder over the picture and a causal decoder over chords with relative positions and an affective objective, and
adds what the data ask for (`core/model/networks/memory_amt.py`): how alike two moments of the song so far are,
pointers that copy what followed a similar moment, run lengths, locked chords and wished attributes as conditions, no
absolute time. Parts of the picture were hidden at random, so that one file serves with CLIP, without it, and with no
picture at all. `paper_amt.safetensors` is the paper's own architecture at a small size, for comparison:
`hitpoint evaluate MUVI_SYNC --checkpoint ...`.

{files}
**Data.** McGill Billboard 2.0 (CC0) and POP909 (MIT) for the chord model's first part of training, and
MuVi-Sync (Zenodo 10057093): features of 748 music videos once a second, and chords that a recogniser heard in them.
Split v1: the train split less song 712, which is the same song as one of the test split (596 songs); val (75 songs)
to watch and to stop. The test split was never looked at. No part of the data set is in these files or in this
repository, and no sound or picture was used. `bigram.npz` counts which chord follows which in the 596 songs;
`known_runs.npz` holds 32-bit hashes of runs of 16 chords of all songs, by which takes that copy one rank lower. The
reference code is under MIT; the data set's record states its own terms, which whoever wants to use the weights for
more than trying them should read.

**Made by** (the recipes `memory_amt.toml`, `amt.toml` and `dynamics.toml` lie beside this page)

```
hitpoint train MUVI_SYNC --corpora FOLDER_OF_BILLBOARD_AND_POP909 -o run/amt
hitpoint train MUVI_SYNC --model paper-amt -o run/paper-amt
hitpoint train MUVI_SYNC --model regressor -o run/dynamics
python -m hitpoint.core.training.data.bigram MUVI_SYNC bigram.npz
python -m hitpoint.core.training.data.fingerprints MUVI_SYNC FOLDER_OF_BILLBOARD_AND_POP909 known_runs.npz
```

**Measured by** `hitpoint evaluate MUVI_SYNC`; `metrics.json` has every number with its interval. Hits@k are the
paper's: averaged over songs, END counted. change@1 is Hits@1 where the chord changes, among the other chords. nats
is the negative logarithm of the chord's probability. The baselines are counted on the same 596 songs and see no
picture. The paper's own AMT is reported at Hits@1/3/5 = .514/.772/.867, on the test split. "Composed" is what the
model writes to the songs' pictures with the rule `CommonProgressions` and no other. A gap "as it is composed" is
heard after all that stands around it, what follows first (`core/model/infill.py`).

{tables}

**What they are bad at.** {limits}
"""

_LIMITS = """\
The picture hardly matters to the chords: hiding the CLIP rows, or all of it, changes next to nothing, because real
music videos do not choose chords by the picture. Mood is therefore a wish that attributes, guidance and a rule carry
out. Inside a gap, chords locked further on help little if the piece is heard from its beginning; heard before the
gap they help, and so it is composed. A chord locked against all that is around it stays an unlikely one. The labels
are a recogniser's, with flicker and with boundaries drawn to every tenth second; training samples them again at
random phases and steps to hide that clock. Diminished, augmented and half-diminished chords make up .13 % of the
data and are practically unknown. All songs are pop songs of the last decades, in C major or A minor. One seed was
trained and every choice was made on val. The level of loudness within a song is guessed, the level of a whole song
cannot be, and neither curve is far better than the mean curve of all songs."""


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
