import json

import pytest

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.config import (
    AMTConfig,
    RegressorConfig,
    amt_config_from,
    config_json,
    regressor_config_from,
)


def test_an_amt_configuration_survives_json() -> None:
    config = AMTConfig(n_layers=3, has_start=True, null_modalities=("semantic",))
    assert amt_config_from(json.loads(json.dumps(config_json(config)))) == config


def test_a_regressor_configuration_survives_json() -> None:
    config = RegressorConfig(hidden=32, log_features=True, null_modalities=("emotion", "motion"))
    assert regressor_config_from(json.loads(json.dumps(config_json(config)))) == config


@pytest.mark.parametrize(
    "wrong",
    [
        None, [], {"n_layers": 0}, {"n_layers": 10**9}, {"n_layers": True}, {"n_layers": 2.5}, {"d_model": "512"},
        {"d_model": 510}, {"n_heads": 7}, {"dropout": 1.0}, {"dropout": float("nan")}, {"video_features": 8},
        {"vocabulary": 160}, {"max_steps": 1}, {"future_idea": 1}, {"null_modalities": "semantic"},
        {"null_modalities": ["smell"]}, {"null_modalities": [["semantic"]]}, {"has_start": 1},
    ],
)  # fmt: skip
def test_a_configuration_that_makes_no_sense_is_refused_in_one_line(wrong: object) -> None:
    with pytest.raises(CheckpointError) as caught:
        amt_config_from(wrong)
    assert "\n" not in str(caught.value)
