"""Words in CLIP's space: what pictures are searched with.

CLIP's two encoders share one space, in which a text lies near the pictures it describes (Radford et al. 2021). A phrase
is read as Radford et al. prompt their classes: several sentences about it, their directions averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

TEMPLATES = ("{}", "a photo of {}", "a frame of a film: {}")


def encoded_words(model: Any, tokenizer: Any, texts: Sequence[str]) -> NDArray[np.float32]:
    """Directions of texts in the space of pictures, (n, size), each of length 1.

    Args:
        model: a ``CLIPModel`` of the ``transformers`` library.
        tokenizer: the tokenizer of the same checkpoint.
        texts: phrases; what is longer than the model reads is cut off.
    """
    import torch  # takes a second: only where CLIP is used

    longest = int(model.config.text_config.max_position_embeddings)
    found = []
    for text in texts:
        sentences = [template.format(text) for template in TEMPLATES]
        tokens = tokenizer(sentences, padding=True, truncation=True, max_length=longest, return_tensors="pt")
        with torch.inference_mode():
            pooled = model.text_model(**tokens).pooler_output
            embeddings = model.text_projection(pooled).float().numpy()
        directions = embeddings / np.maximum(np.linalg.norm(embeddings, axis=1, keepdims=True), 1e-8)
        mean = directions.mean(axis=0)
        found.append(mean / max(float(np.linalg.norm(mean)), 1e-8))
    return np.asarray(found, dtype=np.float32)
