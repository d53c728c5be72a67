"""The features of the picture: one row per second of timeline, as MuVi-Sync has it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEMANTIC_SIZE = 768  # CLIP ViT-L/14@336 image embedding


@dataclass(frozen=True, eq=False)
class PictureFeatures:
    """Features of a stretch of timeline; row ``i`` is what is seen at second ``i`` of the stretch.

    Attributes:
        scene_offset: (T,) whole seconds since the last cut, 0 in a second that holds a cut (MuVi-Sync's definition).
        motion: (T,) mean absolute RGB difference, 0..255, of two consecutive frames; 0 where nothing was seen.
        emotion: (T, 6) probabilities in the order of :data:`hitpoint.core.mood.MOODS`; each row sums to 1.
        semantic: (T, 768) CLIP image embeddings, not normalised; None without CLIP.
        seen: (T,) True where a picture was decoded, False where only the cut is known.
    """

    scene_offset: NDArray[np.float32]
    motion: NDArray[np.float32]
    emotion: NDArray[np.float32]
    semantic: NDArray[np.float32] | None
    seen: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.motion)

    def rows_at(self, rows: NDArray[np.intp]) -> PictureFeatures:
        """The features at other rows, such as the second in which each step starts."""
        clipped = np.clip(rows, 0, len(self) - 1)
        return PictureFeatures(
            self.scene_offset[clipped],
            self.motion[clipped],
            self.emotion[clipped],
            None if self.semantic is None else self.semantic[clipped],
            self.seen[clipped],
        )
