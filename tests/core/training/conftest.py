from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

_EMOTIONS = "time exciting_prob fearful_prob tense_prob sad_prob relaxing_prob neutral_prob\n"
_LOOP = ("C", "C", "G", "A:min", "F", "F")


def _lines(values: list[str]) -> str:
    return "".join(f"{second} {value}\n" for second, value in enumerate(values))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_song(folder: Path, name: str, seconds: int, rng: np.random.Generator) -> None:
    """A song whose chords go round; the last row of emotion is missing, as it often is in the published data."""
    chords = [_LOOP[(second + int(name)) % len(_LOOP)] for second in range(seconds)]
    _write(folder / f"vevo_chord/lab_v2_norm/all/{name}.lab", "key C major\n" + _lines(chords))
    segments = "".join(f"{second}.000 {second + 1}.000 {chord}\n" for second, chord in enumerate(chords))
    _write(folder / f"vevo_chord/lab/all/{name}.lab", segments)
    emotion = rng.dirichlet(np.ones(6), seconds - 1)
    rows = [" ".join(f"{share:.4f}" for share in row) for row in emotion]
    _write(folder / f"vevo_emotion/6c_l14p/all/{name}.lab", _EMOTIONS + _lines(rows))
    for place, scale in (("motion", 20.0), ("scene_offset", 9.0), ("loudness", 0.3), ("note_density", 20.0)):
        values = [f"{value:.4f}" for value in rng.random(seconds) * scale]
        _write(folder / f"vevo_{place}/all/{name}.lab", _lines(values))
    semantic = folder / f"vevo_semantic/all/2d/clip_l14p/{name}.npy"
    semantic.parent.mkdir(parents=True, exist_ok=True)
    np.save(semantic, rng.normal(size=(seconds, 768)).astype(np.float32))


@pytest.fixture
def muvi(tmp_path: Path) -> Path:
    """A data set in MuVi-Sync's layout: four songs to train on, two to validate, 70 s and more each."""
    rng = np.random.default_rng(0)
    folder = tmp_path / "muvi"
    splits = {"train": ("001", "002", "003", "004"), "val": ("005", "006")}
    for split, names in splits.items():
        _write(folder / f"vevo_meta/split/v1/{split}.txt", "\n".join(names) + "\n")
        for name in names:
            _write_song(folder, name, 70 + int(name), rng)
    return folder


@pytest.fixture
def change_line() -> Callable[[Path, int, str], None]:
    """Replaces one line (counted from 1) of a file."""

    def change(path: Path, number: int, text: str) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[number - 1] = text
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change
