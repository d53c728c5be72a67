from __future__ import annotations

import numpy as np
import pytest

from hitpoint.core.visuals.enlarging import Grain, enlarged, video_planes


def test_a_flat_plane_stays_flat() -> None:
    assert np.allclose(enlarged(np.full((3, 5), 7.0, np.float32), 4), 7.0)


def test_a_slope_stays_a_slope() -> None:
    slope = np.tile(np.arange(12, dtype=np.float32), (4, 1))
    inside = enlarged(slope, 4)[:, 10:-10]
    assert np.allclose(np.diff(inside, axis=1), 0.25, atol=1e-5)


def test_it_neither_lightens_nor_darkens() -> None:
    plane = np.random.default_rng(0).random((9, 11)).astype(np.float32)
    inside = enlarged(np.pad(plane, 4, constant_values=0.5), 4)
    assert float(inside.sum()) == pytest.approx(16 * float(np.pad(plane, 4, constant_values=0.5).sum()), rel=1e-5)


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
