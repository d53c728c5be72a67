"""The regressor of several networks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from hitpoint.core.errors import CheckpointError
from hitpoint.core.model.checkpoint import default_checkpoint, load_regressor, save_dynamics
from hitpoint.core.model.dynamics_config import DynamicsConfig, dynamics_config_from, dynamics_config_json
from hitpoint.core.model.dynamics_rows import COLUMNS, GROUPS, dynamics_rows
from hitpoint.core.model.generate import predict_dynamics, video_matrix
from hitpoint.core.model.networks.dynamics_net import DynamicsNet

pytestmark = pytest.mark.determinism

MakeVideo = Callable[..., NDArray[np.float32]]
SMALL = DynamicsConfig(channels=6, convolutions=2, hidden=4, components=3, fade=4)


@pytest.fixture
def net() -> DynamicsNet:
    torch.manual_seed(3)
    model = DynamicsNet(SMALL).double().eval()
    model.clip_basis.normal_()
    model.fade_in.copy_(torch.arange(8).reshape(4, 2))
    model.fade_out.copy_(20 + torch.arange(8).reshape(4, 2))
    model.level.fill_(10.0)
    return model


@torch.no_grad()
def test_padding_changes_nothing(net: DynamicsNet, video: MakeVideo) -> None:
    rows = torch.from_numpy(video(30))[None]
    torch.testing.assert_close(net(rows, torch.tensor([17]))[:, :17], net(rows[:, :17]), atol=1e-9, rtol=0)


@torch.no_grad()
def test_an_answer_of_nought_is_what_any_song_has(net: DynamicsNet, video: MakeVideo) -> None:
    for member in (*net.convolutions, *net.recurrents):
        member.last.weight.zero_()
        member.last.bias.zero_()
    found = net(torch.from_numpy(video(11))[None])[0]
    assert found[:, 0].tolist() == [0, 2, 4, 6, 10, 10, 10, 20, 22, 24, 26]


@torch.no_grad()
def test_the_grus_have_their_share(net: DynamicsNet) -> None:
    answers = torch.tensor([1.0, 3.0, 10.0]).reshape(3, 1, 1, 1)
    assert net.mean_of(answers).item() == pytest.approx(0.6 * 2.0 + 0.4 * 10.0)


@torch.no_grad()
@pytest.mark.parametrize("hidden", [(), ("semantic",), ("semantic", "emotion", "motion", "scene_offset")])
def test_whatever_is_unknown_it_answers(net: DynamicsNet, video: MakeVideo, hidden: tuple[str, ...]) -> None:
    from hitpoint.core.model.config import MODALITIES

    shown = video(40)
    for name in hidden:
        shown[:, MODALITIES[name]] = np.nan
    density, loudness = predict_dynamics(net, shown)
    assert np.isfinite(density).all() and np.isfinite(loudness).all() and density.min() >= 0


@torch.no_grad()
def test_a_margin_makes_a_video_the_middle_of_something_longer(net: DynamicsNet, video: MakeVideo) -> None:
    shown = torch.from_numpy(video(20))
    rows, held = net.rows(shown), net.rows(shown, 40)
    clock = GROUPS["clock"]
    assert len(held) == 100 and held[:40, : clock.start].equal(held[40, : clock.start].expand(40, -1))
    assert held[40:60, : clock.start].equal(rows[:, : clock.start])
    assert held[:, clock.stop :][40:60].equal(rows[:, clock.stop :])  # the means are of what is shown
    assert net.curves(shown, 40).shape == (100, 2)
    assert torch.allclose(net.curves(shown), net(shown[None])[0])


def test_rows_tell_of_cuts_and_of_the_clock() -> None:
    emotion = np.full((50, 6), 1 / 6)
    rows = dynamics_rows(video_matrix([*range(20), *range(30)], np.full(50, 3.0), emotion, None))
    scene, clock = rows[:, GROUPS["scene"]], rows[:, GROUPS["clock"]]
    assert rows.shape == (50, COLUMNS)
    assert np.flatnonzero(scene[:, 0]).tolist() == [0, 20]
    assert np.expm1(scene[10, 1:]).tolist() == pytest.approx([10, 9])
    assert np.expm1(clock[[0, 10, 49], 0]).tolist() == pytest.approx([0, 10, 40])
    assert np.expm1(clock[[0, 49], 1]).tolist() == pytest.approx([40, 1])


def test_a_single_row_that_is_unknown_is_read_as_the_mean() -> None:
    emotion = np.full((9, 6), 1 / 6)
    motion = np.array([1, 2, np.nan, 3, 2, 2, 2, 2, 2], np.float32)
    assert not np.isnan(dynamics_rows(video_matrix(range(9), motion, emotion, None))).any()


def test_it_comes_back_from_its_file(net: DynamicsNet, video: MakeVideo, tmp_path: Path) -> None:
    save_dynamics(net, tmp_path / "d.safetensors", {})
    again = load_regressor(tmp_path / "d.safetensors")
    assert isinstance(again, DynamicsNet) and again.config == SMALL
    shown = video(20)
    np.testing.assert_allclose(predict_dynamics(again.double(), shown)[0], predict_dynamics(net, shown)[0], atol=1e-3)


@pytest.mark.parametrize(
    ("field", "value"),
    [("channels", 0), ("channels", True), ("shifts", (0,)), ("shifts", ()), ("recurrent_share", 1.0), ("fade", 9999)],
)
def test_a_size_that_makes_no_sense_is_refused(field: str, value: object) -> None:
    with pytest.raises(CheckpointError):
        dynamics_config_from({**dynamics_config_json(SMALL), field: value})


def test_what_ships_is_small_and_has_a_gru() -> None:
    path = default_checkpoint("regressor")
    model = load_regressor(path)
    assert isinstance(model, DynamicsNet) and len(model.recurrents) >= 1
    assert path.stat().st_size < 802_364  # of the one before
