"""Small good files of every kind that is read, for a fuzzer to spoil. Each builder answers the bytes of some."""

from __future__ import annotations

import importlib.util
import io
import json
import sys
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

Node = dict[str, Any]
_TESTS = Path(__file__).parent.parent


@cache
def builders(folder: str) -> ModuleType:
    """The conftest of a folder of tests, for the functions in it."""
    path = _TESTS / folder / "conftest.py"
    spec = importlib.util.spec_from_file_location(f"builders_{folder.replace('/', '_')}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[module.__name__] = module  # where dataclasses look for their annotations
    spec.loader.exec_module(module)
    return module


def documents() -> list[Node]:
    """Timelines with everything that is looked at: retimes, dissolves, gaps, nests, markers, titles, sound."""
    build = builders("bridge")
    plain = build._timeline(
        build._track(build._clip(10, 100), build._gap(20), build._clip(0, 50, 24, url="file:///a%20b.mov")),
        build._track(build._clip(0, 170, url="/sound.wav"), kind="Audio"),
        stack={"markers": [build._marker(30, comment="here"), build._marker(1e3)]},
        global_start_time=build._time(90_000, 25),
    )
    retimed = build._timeline(
        build._track(
            build._clip(0, 40, effects=build._warp(-2.0)),
            build._dissolve(5, 5),
            build._clip(0, 40, effects=[{"OTIO_SCHEMA": "FreezeFrame.1", "time_scalar": 0.0}], enabled=False),
            build._title(30),
            build._stack(build._track(build._clip(), build._clip(5, 9))),
        ),
        metadata={"Resolve_OTIO": {"Resolve OTIO Meta Version": "1.0"}, "PremierePro_OTIO": {}, "kdenlive": {}},
    )
    collection = {"OTIO_SCHEMA": "SerializableCollection.1", "children": [{"OTIO_SCHEMA": "Clip.1"}, plain]}
    return [plain, retimed, collection]


def otio_files() -> list[bytes]:
    return [json.dumps(document).encode() for document in documents()]


def otioz_files() -> list[bytes]:
    """A bundle stored and one deflated."""
    files = []
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as bundle:
            bundle.writestr("content.otio", json.dumps(documents()[0]))
            bundle.writestr("version.txt", "1.0.0")
            bundle.writestr("media/a.mov", b"no movie")
        files.append(packed.getvalue())
    return files


def kdenlive_files() -> list[bytes]:
    """A project as editors leave them, and the same with our music in it."""
    from hitpoint.bridge.kdenlive.marks import Mark
    from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track

    build = builders("bridge/kdenlive")
    content = build.edited.__wrapped__(build.ProjectText).content
    mark = Mark("0123", "cut.music/cue.json", {"seed": 7}, ())
    music = MusicTrack(Path("/films/cut.music/cut_mix.wav"), "Music", 0, 300, mark)
    return [content, with_music_track(content, Path("/films/cut.kdenlive"), music)]


def cue_files() -> list[bytes]:
    from hitpoint.core.cue.cue_file import cue_bytes

    return [cue_bytes(builders("core").symbols_cue("C:7 A:min F G:sus4", cuts=[20, 55]))]


def checkpoint_files() -> list[bytes]:
    """The smallest models, one of each kind."""
    import torch

    from hitpoint.core.model.checkpoint import save_memory_amt, save_regressor
    from hitpoint.core.model.config import RegressorConfig
    from hitpoint.core.model.memory_config import MemoryConfig
    from hitpoint.core.model.networks.bigru import BiGRU
    from hitpoint.core.model.networks.memory_amt import MemoryAMT

    torch.manual_seed(0)
    sizes = {"d_model": 4, "n_heads": 1, "n_layers": 1, "encoder_layers": 1, "max_steps": 4, "n_pointers": 1,
             "pointer_width": 2, "pair_hidden": 1, "biased_layers": (0,)}  # fmt: skip
    model = MemoryAMT(MemoryConfig(**sizes))
    regressor = BiGRU(RegressorConfig(hidden=2, max_steps=4))
    with tempfile.TemporaryDirectory() as folder:
        save_memory_amt(model, Path(folder) / "a", {})
        save_regressor(regressor, Path(folder) / "b", {})
        torch.save({"weight": torch.zeros(2, 3)}, Path(folder) / "c")
        return [(Path(folder) / name).read_bytes() for name in "abc"]


def font_files() -> list[bytes]:
    build = builders("core/render")
    sine = 0.5 * np.sin(2 * np.pi * np.arange(300) / 100)
    generators = [{54: 1}, {54: 1, 43: 0x3F00, 51: 12, 5: 50, 22: 30, 7: 200, 25: 100}]
    return [build.font_bytes(generators, sine, (100, 200), 69)]
