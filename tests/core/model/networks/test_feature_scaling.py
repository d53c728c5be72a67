import torch

from hitpoint.core.model.config import AMTConfig
from hitpoint.core.model.networks.feature_scaling import FeatureScaling


def test_without_statistics_features_pass_as_they_are() -> None:
    rows = torch.randn(2, 3, 776)
    assert torch.equal(FeatureScaling(AMTConfig())(rows), rows)


def test_columns_come_to_mean_nought_and_scale_one() -> None:
    scaling = FeatureScaling(AMTConfig())
    scaling.feature_mean.fill_(4.0)
    scaling.feature_scale.fill_(2.0)
    assert torch.equal(scaling(torch.full((1, 776), 8.0)), torch.full((1, 776), 2.0))


def test_the_unknown_is_the_mean() -> None:
    scaling = FeatureScaling(AMTConfig())
    scaling.feature_mean.fill_(4.0)
    assert torch.equal(scaling(torch.full((1, 776), torch.nan)), torch.zeros(1, 776))


def test_null_modalities_are_not_looked_at() -> None:
    scaled = FeatureScaling(AMTConfig(null_modalities=("semantic", "motion")))(torch.ones(1, 776))
    assert scaled[0, :768].sum() == 0
    assert scaled[0, 768:].tolist() == [1, 0, 1, 1, 1, 1, 1, 1]


def test_scene_offset_and_motion_can_enter_as_logarithms() -> None:
    rows = torch.full((1, 776), 3.0)
    scaled = FeatureScaling(AMTConfig(log_features=True))(rows)
    assert torch.allclose(scaled[0, 768:770], torch.tensor(4.0).log())
    assert torch.equal(scaled[0, 770:], rows[0, 770:])
