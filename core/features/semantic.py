"""Semantic features and zero-shot emotion: CLIP ViT-L/14@336, as in the paper.

Images are prepared as CLIP was trained: shorter side 336 (bicubic), the middle square, CLIP's own mean and deviation.
The semantic feature is the projected image embedding (768 numbers, not normalised: its length is about 18.6 in
MuVi-Sync). Emotion is the softmax of CLIP's logits for the six bare words "exciting" ... "neutral".

The weights (1.7 GB) come from a folder in the format of the ``transformers`` library, named by the caller or by the
environment variable ``HITPOINT_CLIP``, else from the cache of the Hugging Face hub on this machine. Nothing is fetched
from a network. ``transformers`` is the extra ``hitpoint[clip]`` and is imported only when an encoder is made.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.errors import CheckpointError
from hitpoint.core.features.features import SEMANTIC_SIZE
from hitpoint.core.features.words import encoded_words
from hitpoint.core.mood import MOODS

if TYPE_CHECKING:
    import torch

HUB_MODEL = "openai/clip-vit-large-patch14-336"
ENVIRONMENT_VARIABLE = "HITPOINT_CLIP"
PROMPTS = tuple(mood.value for mood in MOODS)
# of RGB in 0..1, from OpenAI's CLIP
PIXEL_MEAN = (0.48145466, 0.4578275, 0.40821073)
PIXEL_DEVIATION = (0.26862954, 0.26130258, 0.27577711)

Rgb = NDArray[np.uint8]


class ImageEncoder(Protocol):
    """What sees: pictures to embeddings, embeddings to moods."""

    @property
    def name(self) -> str:
        """Tells its weights from others; part of the key under which rows are cached."""
        ...

    def encode(self, images: Sequence[Rgb]) -> NDArray[np.float32]:
        """Embeddings (n, 768), not normalised, of uint8 RGB pictures (height, width, 3) of any size."""
        ...

    def emotion(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probabilities (n, 6) in the order of MOODS for embeddings (n, 768)."""
        ...


class ClipEncoder:
    """An :class:`ImageEncoder` on a CLIP model of the ``transformers`` library, on the CPU.

    Args:
        model: a ``CLIPModel`` that projects to 768 dimensions.
        tokenizer: the ``CLIPTokenizer`` of the same checkpoint.
    """

    def __init__(self, model: Any, tokenizer: Any) -> None:
        self._model = model.eval()
        self._tokenizer = tokenizer
        self._side = int(model.config.vision_config.image_size)
        self._prompts = self._prompt_embeddings(tokenizer)

    @property
    def name(self) -> str:
        """``clip-`` and a hash of the projections, which differ between any two trained checkpoints."""
        projection = self._model.visual_projection.weight.detach().float().numpy()
        return "clip-" + hashlib.blake2b(projection.tobytes() + self._prompts.tobytes(), digest_size=8).hexdigest()

    def encode(self, images: Sequence[Rgb]) -> NDArray[np.float32]:
        """Embeddings (n, 768), not normalised, of uint8 RGB pictures (height, width, 3) of any size."""
        import torch  # takes a second: only where CLIP is used

        if not images:
            return np.zeros((0, SEMANTIC_SIZE), np.float32)
        pixels = torch.stack([_prepared(image, self._side) for image in images])
        with torch.inference_mode():
            pooled = self._model.vision_model(pixel_values=pixels).pooler_output
            return np.asarray(self._model.visual_projection(pooled).float().numpy(), dtype=np.float32)

    def encode_words(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Directions (n, size) of texts in the space of pictures, each of length 1."""
        return encoded_words(self._model, self._tokenizer, texts)

    def emotion(self, embeddings: NDArray[np.float32]) -> NDArray[np.float32]:
        """Softmax over the prompts of the scaled cosines, (n, 6)."""
        norms = np.linalg.norm(embeddings, axis=1, keepdims=True)
        scale = float(self._model.logit_scale.detach().exp())
        logits = scale * (embeddings / np.maximum(norms, 1e-8)) @ self._prompts.T
        weights = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)

    def _prompt_embeddings(self, tokenizer: Any) -> NDArray[np.float32]:
        import torch  # takes a second: only where CLIP is used

        tokens = tokenizer(list(PROMPTS), padding=True, return_tensors="pt")
        with torch.inference_mode():
            pooled = self._model.text_model(**tokens).pooler_output
            embeddings = self._model.text_projection(pooled).float().numpy()
        return np.asarray(embeddings / np.linalg.norm(embeddings, axis=1, keepdims=True), dtype=np.float32)


def load_clip(checkpoint: Path | None = None) -> ClipEncoder:
    """CLIP from a folder, from the folder in ``HITPOINT_CLIP``, or from what the hub's cache holds on this machine.

    Args:
        checkpoint: the folder; None to look where the environment says.

    Raises:
        CheckpointError: if ``transformers`` is not installed, or the weights are not on this machine, or they are
            of a model with other embeddings.
    """
    try:
        from transformers import CLIPModel, CLIPTokenizer
    except ImportError:
        raise CheckpointError('CLIP is not installed: pip install "hitpoint[clip]"') from None
    named = str(checkpoint) if checkpoint is not None else os.environ.get(ENVIRONMENT_VARIABLE, "")
    if named and not Path(named).is_dir():
        raise CheckpointError(f"{named} is no folder with CLIP weights: give the folder that holds their config.json")
    source = named or HUB_MODEL
    try:
        model, tokenizer = (kind.from_pretrained(source, local_files_only=True) for kind in (CLIPModel, CLIPTokenizer))
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        raise CheckpointError(_not_loaded(source, error)) from None
    if model.config.projection_dim != SEMANTIC_SIZE:
        found = f"{source} has embeddings of {model.config.projection_dim} numbers"
        raise CheckpointError(f"{found}, not {SEMANTIC_SIZE}: use {HUB_MODEL}")
    return ClipEncoder(model, tokenizer)


def _not_loaded(source: str, error: Exception) -> str:
    get = (
        f"run 'hf download {HUB_MODEL}' where there is a network, or set {ENVIRONMENT_VARIABLE} to a folder that holds "
        "their config.json, model.safetensors and tokenizer files"
    )
    if source == HUB_MODEL:
        return f"CLIP weights are not on this machine, and nothing is fetched: {get}"
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    return f"CLIP weights cannot be loaded from {source} ({reason}): {get}"


def _prepared(image: Rgb, side: int) -> torch.Tensor:
    """A picture as CLIP takes it: (3, side, side) float32."""
    import torch  # takes a second: only where CLIP is used

    pixels = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1).float() / 255.0
    height, width = pixels.shape[1:]
    if min(height, width) != side:
        scale = side / min(height, width)
        size = [max(side, round(height * scale)), max(side, round(width * scale))]
        resized = torch.nn.functional.interpolate(pixels[None], size=size, mode="bicubic", antialias=True)
        pixels = resized[0].clamp(0.0, 1.0)
        height, width = size
    top, left = (height - side) // 2, (width - side) // 2
    square = pixels[:, top : top + side, left : left + side]
    mean, deviation = (torch.tensor(numbers).view(3, 1, 1) for numbers in (PIXEL_MEAN, PIXEL_DEVIATION))
    return (square - mean) / deviation
