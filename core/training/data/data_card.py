"""The card of a data set: what is in it, how it was measured, what was left out and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hitpoint.core.model.vocabulary import SILENCE, token_named
from hitpoint.core.training.data.dataset_files import song_name
from hitpoint.core.training.data.song_measures import SongMeasures
from hitpoint.core.training.data.twins import Twins

_HEAD = """# Data card

Made by `hitpoint prepare` {version} in the layout of MuVi-Sync (Kang, Poria & Herremans 2024, Zenodo 10057093).
The videos belong to whoever made them; this card gives no right to them.

| measure | how |
|---|---|
| cuts, scene offset | detected in the picture, whole seconds since the last |
| motion | mean absolute RGB difference of two consecutive frames, once a second; the first second has 0 |
| emotion | {emotion} |
| semantic | {semantic} |
| loudness | root mean square of all channels in the second, full scale 1 |
| chords, key | Hitpoint's listening networks; sub-second in `lab`, by the second in `lab_v2`, in C or A minor in `lab_v2_norm` |
| note density | onsets in the second as heard by Hitpoint: not the notes that sound, as in MuVi-Sync |
"""


@dataclass(frozen=True)
class LeftOut:
    """A video that is not in the data set, and the reason."""

    name: str
    reason: str


def data_card(
    songs: Sequence[SongMeasures],
    titles: Sequence[str],
    splits: Mapping[str, Sequence[int]],
    twins: Sequence[Twins],
    left_out: Sequence[LeftOut],
    version: str,
) -> str:
    """The card as Markdown; no time or place of the making is in it."""
    has_clip = any(song.semantic is not None for song in songs)
    head = _HEAD.format(
        version=version,
        emotion="CLIP against the six words" if has_clip else "from colour, light, motion and cut rate, without CLIP",
        semantic="CLIP ViT-L/14@336 image embeddings" if has_clip else "none: no CLIP weights were given",
    )
    parts = [head, "## In numbers\n\n" + "\n".join(_numbers(songs, splits)) + "\n"]
    if twins:
        pairs = (
            f"- {song_name(t.first + 1)} and {song_name(t.second + 1)} by {t.by} ({t.likeness:.2f}): "
            f"{titles[t.first]}; {titles[t.second]}"
            for t in twins
        )
        parts.append("## Videos of one song\n\nThey stay together in train.\n\n" + "\n".join(pairs) + "\n")
    if left_out:
        lines = (f"- {each.name}: {each.reason}" for each in left_out)
        parts.append("## Left out\n\n" + "\n".join(lines) + "\n")
    return "\n".join(parts)


def _numbers(songs: Sequence[SongMeasures], splits: Mapping[str, Sequence[int]]) -> list[str]:
    seconds = sum(len(song) for song in songs)
    minor = sum(song.key.is_minor for song in songs)
    tokens = [token_named(song.chord_at(second)) for song in songs for second in range(len(song))]
    silent = sum(token == SILENCE for token in tokens) / max(len(tokens), 1)
    loudness = np.concatenate([song.loudness for song in songs])
    motion = np.concatenate([song.motion for song in songs])
    share = ", ".join(f"{name} {len(places)}" for name, places in splits.items())
    return [
        f"- {len(songs)} videos, {seconds} seconds; {share}",
        f"- {minor} in minor; no chord in {silent:.1%} of the seconds",
        f"- loudness: median {np.median(loudness):.3f}; motion: median {np.median(motion):.2f}",
    ]
