from pathlib import Path

import pytest

from hitpoint.core.training.data.datasets import read_split
from hitpoint.core.training.options import TrainingOptions
from hitpoint.core.training.train import new_amt, new_regressor


@pytest.mark.parametrize(("dropout", "unseen"), [(0.5, ()), (1.0, ("semantic",))])
def test_a_model_never_shown_clip_does_not_look_at_it(muvi: Path, dropout: float, unseen: tuple[str, ...]) -> None:
    songs = read_split(muvi, "train")
    options = TrainingOptions(muvi, muvi / "run", semantic_dropout=dropout, d_model=16, n_heads=2, hidden=4)
    assert new_regressor(options, songs).config.null_modalities == unseen
    assert new_amt(options, songs).config.null_modalities == unseen
