from __future__ import annotations

import numpy as np

from hitpoint.core.visuals.enlarging import Grain, enlarged, video_planes


def test_a_flat_plane_stays_flat() -> None:
    assert np.allclose(enlarged(np.full((3, 5), 7.0, np.float32), 4), 7.0)


def test_a_slope_stays_a_slope() -> None:
    slope = np.tile(np.arange(12, dtype=np.float32), (4, 1))
    inside = enlarged(slope, 4)[:, 10:-10]
    assert np.allclose(np.diff(inside, axis=1), 0.25, atol=1e-5)


def test_it_is_the_cubic_convolution_of_the_library() -> None:
    plane = np.random.default_rng(0).random((9, 11)).astype(np.float32)
    import torch

    expected = torch.nn.functional.interpolate(
        torch.from_numpy(plane)[None, None], scale_factor=4, mode="bicubic", align_corners=False
    )[0, 0].numpy()
    ours = enlarged(plane, 4)
    # the library's curve has a = -3/4, ours Catmull and Rom's -1/2: near, and equal where the picture is flat
    assert np.abs(ours - expected).max() < 0.15
    assert np.abs(ours - expected).mean() < 0.03


def test_primaries_become_those_of_bt_709() -> None:
    grain = np.full((8, 8), 0.5, np.float32)
    for rgb, expected in (((0, 0, 0), (16, 128, 128)), ((1, 1, 1), (235, 128, 128)), ((1, 0, 0), (63, 102, 240))):
        planes = tuple(np.full((2, 2), value, np.float32) for value in rgb)
        y, blueness, redness = video_planes(planes, grain)  # type: ignore[arg-type]
        assert y.shape == (8, 8) and blueness.shape == redness.shape == (4, 4)
        found = (int(y[0, 0]), int(blueness[0, 0]), int(redness[0, 0]))
        assert max(abs(a - b) for a, b in zip(found, expected, strict=True)) <= 1


def test_grain_keeps_the_level_and_changes_from_frame_to_frame() -> None:
    grain = Grain(64, 64, 1)
    assert abs(float(grain.of(0).mean()) - 0.5) < 0.05
    assert not np.array_equal(grain.of(0), grain.of(1))
