"""Edits with pictures that are only told, not drawn.

Shots cut at a changing rate, and the features a picture would have.

A storyboard is a few scenes, each with a mean shot length, how much moves, and a feeling; cuts are drawn from a gamma
distribution. Nothing is decoded, so that hundreds of cues can be composed in minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from hitpoint.core.edit import Edit, Marker, Shot
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MOODS, Mood
from hitpoint.core.timebase import FrameRate

RATE = 25


@dataclass(frozen=True)
class Scene:
    """A share of the film, its mean shot in seconds, its motion (0..255) and the feeling that its pictures have."""

    share: float
    shot: float
    motion: float
    mood: Mood


@dataclass(frozen=True)
class Storyboard:
    """A film: seconds, scenes, and markers as (share of the film, text)."""

    name: str
    seconds: float
    scenes: tuple[Scene, ...]
    markers: tuple[tuple[float, str], ...] = ()


STORYBOARDS = (
    Storyboard("teaser", 60, (Scene(0.4, 3.0, 4, Mood.NEUTRAL), Scene(0.6, 1.4, 14, Mood.EXCITING))),
    Storyboard(
        "portrait",
        84,
        (Scene(0.5, 5.0, 2, Mood.RELAXING), Scene(0.3, 3.0, 5, Mood.NEUTRAL), Scene(0.2, 6.0, 2, Mood.SAD)),
    ),
    Storyboard(
        "chase",
        120,
        (Scene(0.3, 4.0, 5, Mood.TENSE), Scene(0.5, 1.8, 16, Mood.FEARFUL), Scene(0.2, 5.0, 3, Mood.SAD)),
        ((0.62, "climax"),),
    ),
    Storyboard(
        "journey",
        162,
        (Scene(0.35, 4.5, 5, Mood.RELAXING), Scene(0.35, 2.5, 9, Mood.EXCITING), Scene(0.3, 5.0, 3, Mood.NEUTRAL)),
    ),
    Storyboard(
        "report",
        230,
        (Scene(0.5, 5.5, 4, Mood.NEUTRAL), Scene(0.3, 3.5, 7, Mood.TENSE), Scene(0.2, 6.0, 3, Mood.RELAXING)),
    ),
    Storyboard(
        "feature",
        719,
        (
            Scene(0.2, 7.0, 3, Mood.RELAXING),
            Scene(0.25, 4.0, 6, Mood.TENSE),
            Scene(0.2, 2.0, 13, Mood.FEARFUL),
            Scene(0.2, 2.5, 12, Mood.EXCITING),
            Scene(0.15, 8.0, 2, Mood.SAD),
        ),
    ),
)


def edit_of(board: Storyboard, seed: int = 0) -> Edit:
    """The edit of a storyboard."""
    rng = np.random.default_rng([len(board.name), int(board.seconds), seed])
    frames = round(board.seconds * RATE)
    cuts, at, scene_end = [0], 0.0, 0.0
    for scene in board.scenes:
        scene_end += scene.share * board.seconds
        while at < scene_end - 0.6:
            at = min(at + max(float(rng.gamma(3.0, scene.shot / 3.0)), 0.5), scene_end)
            cuts.append(round(at * RATE))
    edges = sorted({cut for cut in cuts if cut < frames - 8} | {frames})
    shots = tuple(Shot(f"{board.name} {a}", a, b) for a, b in pairwise(edges))
    markers = tuple(
        Marker(min(edges, key=lambda edge: abs(edge - share * frames)), 1, text) for share, text in board.markers
    )
    return Edit(board.name, Path(f"{board.name}.otio"), FrameRate(Fraction(RATE)), frames, shots, markers)


def features_of(board: Storyboard, edit: Edit, seed: int = 0) -> PictureFeatures:
    """What its pictures would be read as, second by second."""
    rng = np.random.default_rng([len(board.name), int(board.seconds), seed, 1])
    count = int(np.ceil(board.seconds))
    scenes = np.repeat(np.arange(len(board.scenes)), [max(round(scene.share * count), 1) for scene in board.scenes])
    scenes = np.pad(scenes, (0, max(count - len(scenes), 0)), mode="edge")[:count]
    motion = np.array([board.scenes[scene].motion for scene in scenes]) * rng.gamma(8.0, 1 / 8.0, count)
    emotion = rng.dirichlet(np.full(6, 0.7), count) * 0.45
    for second, scene in enumerate(scenes):
        emotion[second, MOODS.index(board.scenes[scene].mood)] += 0.55
    cuts = sorted(float(cut) for cut in edit.cuts)
    offsets = [second - max([0, *(int(cut) for cut in cuts if cut <= second + 1)]) for second in range(count)]
    return PictureFeatures(
        np.maximum(np.array(offsets, np.float32), 0),
        motion.astype(np.float32),
        (emotion / emotion.sum(1, keepdims=True)).astype(np.float32),
        None,
        np.ones(count, bool),
    )
