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
def corpora(tmp_path: Path) -> Path:
    """A song of Billboard in D, from its seventh chord on in E, and one of POP909 in B flat minor."""
    folder = tmp_path / "corpora"
    chords = ["D:maj", "G:maj9(*3)", "A:maj"] * 2 + ["E:maj/3", "A:maj", "B:maj", "E:maj"]
    chords[1] = chords[4] = "G:maj"
    lines = [f"{1.0 + 2 * at:.2f} {3.0 + 2 * at:.2f} {chord}" for at, chord in enumerate(chords)]
    _write(folder / "billboard-2.0.1-lab/0003/full.lab", "\n".join(lines) + "\n")
    tonics = "# title: T\n# tonic: D\n\n0.0\tsilence\n1.0\tA, | D:maj |\n# tonic: E\n13.0\t| E:maj |\n21.0\tend\n"
    _write(folder / "billboard-2.0-salami_chords/0003/salami_chords.txt", tonics)
    names = ("Bb:min", "Eb:min7", "F:7") * 4
    _write(folder / "POP909/001/chord_midi.txt", "".join(f"{at}\t{at + 1}\t{name}\n" for at, name in enumerate(names)))
    _write(folder / "POP909/001/key_audio.txt", "0.5\t99.0\tBb:min\n")
    _write(folder / "POP909/001/beat_midi.txt", "0.5 1.0 1.0\n1.0 0.0 0.0\n1.5 1.0 1.0\n")
    return folder


@pytest.fixture
def change_line() -> Callable[[Path, int, str], None]:
    """Replaces one line (counted from 1) of a file."""

    def change(path: Path, number: int, text: str) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[number - 1] = text
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")

    return change
