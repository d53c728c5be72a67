"""Pipelines of the ``diffusers`` library, from local folders only."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

import torch

from hitpoint.core.errors import CheckpointError


def loaded(name: str, model_dir: Path, **options: Any) -> Any:
    """A pipeline with the weights in a folder, on the GPU if there is one; nothing is fetched.

    Args:
        name: of the pipeline's class.
        model_dir: folder with a ``model_index.json``.
        options: for the pipeline.

    Raises:
        CheckpointError: if ``diffusers`` is missing or older than the pipeline, or the folder cannot be loaded.
    """
    try:
        import diffusers
        import transformers
    except ImportError:
        raise CheckpointError(
            'sound through a model needs one more library: pip install "hitpoint[diffusion]"'
        ) from None
    kind = getattr(diffusers, name, None)
    if kind is None:
        raise CheckpointError(
            f"{model_dir.name} needs a newer diffusers than {diffusers.__version__}: pip install -U "
            '"hitpoint[diffusion]"'
        )
    diffusers.utils.logging.set_verbosity_error()  # it tells of every stretch that is shorter than the longest
    diffusers.utils.logging.disable_progress_bar()
    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call, unused-ignore]
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FutureWarning)  # of torch, about what diffusers uses of it
            pipeline = kind.from_pretrained(model_dir, local_files_only=True, **options)
    except (ImportError, OSError, ValueError, KeyError, RuntimeError, TypeError) as error:
        reason = (str(error).strip().splitlines() or [type(error).__name__])[0]
        raise CheckpointError(f"{model_dir} cannot be loaded as a {name} ({reason})") from None
    pipeline.set_progress_bar_config(disable=True)
    return pipeline.to("cuda" if torch.cuda.is_available() else "cpu")
