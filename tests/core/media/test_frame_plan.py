from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hitpoint.core.errors import MediaReadError
from hitpoint.core.media import frame_plan
from hitpoint.core.media.frame_plan import FramePlan, plan_frames
from hitpoint.core.media.frames import planned_pairs

TIMES = [Fraction(k, 10) for k in (0, 3, 9, 10, 14, 21)]
H264 = {"g": "12", "bf": "2"}
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "h264 mp4": ("a.mp4", {"options": H264}),
    "h264 mkv": ("a.mkv", {"options": H264}),
    "h264 edit list": (
        "a.mov",
        {"options": H264, "shift": Fraction(-1, 5), "container_options": {"avoid_negative_ts": "disabled"}},
    ),
    "prores": ("a.mov", {"codec": "prores_ks", "pix_fmt": "yuv422p10le"}),
    "prores that begins late": ("a.mov", {"codec": "prores_ks", "pix_fmt": "yuv422p10le", "shift": Fraction(1)}),
    "prores edit list": (
        "a.mov",
        {
            "codec": "prores_ks",
            "pix_fmt": "yuv422p10le",
            "shift": Fraction(-1, 5),
            "container_options": {"avoid_negative_ts": "disabled"},
        },
    ),
    "prores in fragments": (
        "a.mov",
        {"codec": "prores_ks", "pix_fmt": "yuv422p10le", "container_options": {"movflags": "frag_keyframe+empty_moov"}},
    ),
    "ffv1": ("a.mkv", {"codec": "ffv1"}),
}


def pixels(studio: Any, plan: FramePlan, threads: int = 1) -> dict[Fraction, tuple[str, str]]:
    return {
        plan.times[pair.index]: (studio.digest(pair.first), studio.digest(pair.second))
        for pair in planned_pairs(plan, threads=threads)
    }


@pytest.mark.parametrize("kind", KINDS)
def test_frames_are_the_same_when_every_gap_is_jumped_over(
    tmp_path: Path, studio: Any, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    monkeypatch.setattr(frame_plan, "_WORTH_A_SEEK", 1)
    name, settings = KINDS[kind]
    path = studio.write_clip(tmp_path / name, **settings)
    oracle = studio.full_decode(path)
    plan = plan_frames(path, TIMES)
    assert plan.seeks_over == 1
    assert pixels(studio, plan) == {time: studio.shown_and_next(oracle, time) for time in TIMES}


@pytest.mark.parametrize("kind", KINDS)
def test_parts_together_show_what_the_whole_shows(tmp_path: Path, studio: Any, kind: str) -> None:
    name, settings = KINDS[kind]
    plan = plan_frames(studio.write_clip(tmp_path / name, **settings), TIMES)
    parts = plan.parts(3, 100)
    assert len(parts) > 1
    assert {time: each for part in parts for time, each in pixels(studio, part).items()} == pixels(studio, plan)


def test_no_part_has_more_than_the_most_times(tmp_path: Path, studio: Any) -> None:
    plan = plan_frames(studio.write_clip(tmp_path / "a.mov", "prores_ks", pix_fmt="yuv422p10le"), TIMES)
    assert [len(part.times) for part in plan.parts(1, 2)] == [2, 2, 2]


@pytest.mark.parametrize("name", ["a.ts", "a.avi"])
def test_a_file_in_which_a_seek_may_miss_is_not_cut(tmp_path: Path, studio: Any, name: str) -> None:
    plan = plan_frames(studio.write_clip(tmp_path / name, "mpeg4", options=H264), TIMES)
    assert [part.times for part in plan.parts(3, 2)] == [plan.times]


def test_one_long_gop_is_decoded_once(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "a.mp4", options={"g": "250", "sc_threshold": "0"})
    plan = plan_frames(path, TIMES[2:])
    assert len(plan.parts(3, 100)) == 1


def test_the_head_of_a_file_lists_the_packets_that_are_in_it(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "a.mov", "prores_ks", pix_fmt="yuv422p10le")
    index = plan_frames(path, TIMES).index
    assert index is not None
    assert [tick * index.time_base for tick in index.shown.tolist()] == [time for time, _ in studio.full_decode(path)]


def test_a_head_that_lists_other_times_than_the_packets_have_costs_no_frame(tmp_path: Path, studio: Any) -> None:
    path = studio.write_clip(tmp_path / "a.mov", "prores_ks", pix_fmt="yuv422p10le")
    plan = plan_frames(path, TIMES)
    assert plan.index is not None
    wrong = replace(plan, index=replace(plan.index, pts=plan.index.pts + 1))
    assert pixels(studio, wrong) == pixels(studio, plan)


def test_a_file_cut_off_after_its_head_shows_the_frames_it_has(tmp_path: Path, studio: Any) -> None:
    options = {"movflags": "faststart"}
    path = studio.write_clip(tmp_path / "a.mov", "prores_ks", pix_fmt="yuv422p10le", container_options=options)
    whole = pixels(studio, plan_frames(path, TIMES))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    found = pixels(studio, plan_frames(path, TIMES))
    assert [found[time] == whole[time] for time in TIMES] == [True, True, True, True, False, False]


def test_listing_a_file_that_is_not_there_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(MediaReadError, match="relink"):
        plan_frames(tmp_path / "none.mp4", TIMES)


def test_an_image_sequence_is_cut_anywhere(tmp_path: Path) -> None:
    plan = plan_frames(tmp_path / "a.%04d.png", TIMES)
    assert [part.times for part in plan.parts(2, 100)] == [tuple(TIMES[:3]), tuple(TIMES[3:])]
    assert np.all([part.sequence_rate == 25 for part in plan.parts(2, 100)])
