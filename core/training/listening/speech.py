"""Speech to lay over the training music: read by espeak-ng in many voices, at many speeds and pitches.

Tests use recordings of people instead, which the networks have never heard.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray

from hitpoint.core.errors import DatasetError
from hitpoint.core.training.listening.synthesis import SAMPLE_RATE

_VOICES = ("en", "en-us", "en+f2", "en+f4", "en-us+m3", "fr", "de", "es", "it+f3", "pl", "ru", "sv+m5", "nl+f1", "pt")
_WORDS = [
    "the",
    "house",
    "stands",
    "where",
    "nobody",
    "ever",
    "asked",
    "about",
    "morning",
    "rain",
    "and",
    "seven",
    "people",
    "carry",
    "water",
    "over",
    "an",
    "old",
    "bridge",
    "they",
    "said",
    "it",
    "would",
    "be",
    "better",
    "to",
    "wait",
    "until",
    "winter",
    "but",
    "she",
    "had",
    "already",
    "left",
    "with",
    "both",
    "children",
    "in",
    "the",
    "car",
    "look",
    "at",
    "me",
    "when",
    "I",
    "am",
    "talking",
    "to",
    "you",
    "this",
    "is",
    "not",
    "what",
    "we",
    "agreed",
    "on",
    "yesterday",
    "please",
    "open",
    "that",
    "door",
    "slowly",
    "and",
    "do",
    "not",
    "make",
    "any",
    "noise",
    "something",
    "moved",
    "behind",
    "us",
    "I",
    "swear",
    "there",
    "was",
    "a",
    "light",
    "in",
    "the",
    "window",
    "again",
    "tell",
    "him",
    "we",
    "are",
    "coming",
]


def spoken(seconds: float, rng: np.random.Generator) -> NDArray[np.float32]:
    """Mono speech at 22.05 kHz with pauses between the sentences, at RMS .05 while it lasts.

    Raises:
        DatasetError: if espeak-ng is missing.
    """
    pieces, length = list[NDArray[np.float32]](), 0
    while length < seconds * SAMPLE_RATE:
        sentence = _sentence(rng)
        pause = np.zeros(int(rng.uniform(0.1, 1.5) * SAMPLE_RATE), np.float32)
        pieces += [sentence, pause]
        length += len(sentence) + len(pause)
    return np.concatenate(pieces)[: int(seconds * SAMPLE_RATE)]


def _sentence(rng: np.random.Generator) -> NDArray[np.float32]:
    text = " ".join(str(word) for word in rng.choice(_WORDS, int(rng.integers(4, 18))))
    voice, speed, pitch = str(rng.choice(_VOICES)), int(rng.integers(120, 220)), int(rng.integers(15, 90))
    with tempfile.TemporaryDirectory() as folder:
        wave = Path(folder) / "speech.wav"
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-w", str(wave), text]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise DatasetError(f"espeak-ng cannot speak ({error}); install it, for example with apt") from None
        samples, rate = soundfile.read(wave, dtype="float32")
    if rate != SAMPLE_RATE:
        raise DatasetError(f"espeak-ng speaks at {rate} Hz, not {SAMPLE_RATE}")
    return np.asarray(samples * (0.05 / max(float(np.sqrt(np.mean(samples**2))), 1e-6)), dtype=np.float32)
