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


def fcp7_files() -> list[bytes]:
    """A sequence with another inside, fades, a retime, multicam, generators, markers and sounds."""
    f = builders("bridge/fcp7")
    inner = f.sequence(f.track(f.clip("n1.mov", 0, 100), f.clip("n2.mov", 100, 200)), id_="s2")
    keys = f.key(0, 0) + f.key(500, 1000)
    mark = "<marker><name>M</name><comment>here</comment><in>40</in><out>-1</out></marker>"
    multi = (
        f"<multiclip id='m'><angle><activevideoangle>TRUE</activevideoangle>{f.clip('cam', 0, 9)}</angle></multiclip>"
    )
    code = f"<timecode>{f.rate()}<string>01:00:00:00</string><frame>90000</frame></timecode>"
    items = (
        f.clip("a.mov", 0, -1, 0, 60, inside=f.file("a.mov", more=code), more=mark),
        f.fade(40, 60),
        f.clip("nest", -1, 150, 30, 140, inside=inner),
        f.clip("fast", 150, 200, 10, 60, more=f.remap(200, keys=keys)),
        f.clip("cams", 200, 260, 10, inside=multi),
    )
    above = f.track(f.generator("Slug", 20, 30), f.clip("off.mov", 60, 70, enabled="FALSE"), enabled="TRUE")
    sound = f.track(f.clip("x.wav", 0, 100), f.clip("nest", 100, 200, inside="<sequence id='s2'/>"))
    whole = f.xmeml(f.sequence(f.track(*items), above, sounds=(sound,), more=code + mark))
    return [whole.encode(), f.xmeml(f.sequence(f.track(f.clip("a.mov", 0, 50)))).encode()]


def fcpxml_files() -> list[bytes]:
    """Clips, lanes, gaps, a compound and a multicam clip, an audition, a title, retimes, markers, roles."""
    f = builders("bridge/fcpxml")
    story = f.clip("0s", "3s", "a") + f.clip("3s", "9s", "b")
    angle = f'<mc-angle angleID="one">{story}</mc-angle>'
    media = (
        f'<media id="r7"><sequence format="r1" duration="12s" tcStart="0s"><spine>{story}</spine></sequence></media>'
    )
    media += f'<media id="r6"><multicam format="r1" tcStart="0s">{angle}</multicam></media><effect id="r8" name="T"/>'
    map_ = '<timeMap><timept time="0s" value="0s"/><timept time="50s" value="100s"/></timeMap>'
    lanes = f.clip("3601s", "1s", "up", lane="1") + f.clip("3601s", "1s", "T", "title", lane="2", ref="r8")
    elements = (
        f.clip(
            "3600s", "2s", "x", start="3600s", inside=lanes + '<marker start="3601s" value="m"/>', audioRole="music"
        ),
        '<transition offset="3601.5s" duration="1s"/>',
        f.clip("3602s", "2s", "fast", start="5s", inside=map_),
        '<gap offset="3604s" duration="1s" start="3600s"/>',
        f.clip("3605s", "2s", "comp", "ref-clip", ref="r7", start="2s"),
        f.clip("3607s", "2s", "mc", "mc-clip", ref="r6", inside='<mc-source angleID="one"/>'),
        f"<audition offset='3609s'>{f.clip('0s', '1s')}</audition>",
        f.clip("3610s", "2s", "s", "sync-clip", ref="", inside=f"<spine>{story}</spine>"),
    )
    resources = f.asset(start="3600s", more='hasAudio="1"') + media
    return [f.project(*elements, resources=resources, start="3600s", more='tcFormat="NDF"').encode()]


def edl_files() -> list[bytes]:
    """Cuts, a dissolve, a key, a speed, sounds, locators; in two codings."""
    text = """TITLE: cut
FCM: NON-DROP FRAME

001  AX       V     C        00:00:10:00 00:00:14:12 01:00:00:00 01:00:04:12
* FROM CLIP NAME: base25.mp4
* LOC: 01:00:02:00 RED     here
002  R2       AA/V  C        00:00:00:00 00:00:05:10 01:00:04:12 01:00:09:22
M2   R2       050.0          00:00:00:00
003  R2       V     C        00:00:05:10 00:00:05:10 01:00:09:22 01:00:09:22
003  R3       V     D    024 00:00:00:00 00:00:10:00 01:00:09:22 01:00:19:22
* TO CLIP NAME: c.mov
004  BL       V     K B      00:00:00:00 00:00:02:00 01:00:19:22 01:00:21:22
004  TITLE    V     K    000 00:00:00:00 00:00:01:00 01:00:20:00 01:00:21:00
"""
    return [text.encode(), text.encode("utf-16"), text.replace(":", ";").encode()]


def cue_files() -> list[bytes]:
    from hitpoint.core.cue.documents.cue_file import cue_bytes

    return [cue_bytes(builders("core").symbols_cue("C:7 A:min F G:sus4", cuts=[20, 55]))]


def checkpoint_files() -> list[bytes]:
    """The smallest models, one of each kind."""
    import torch

    from hitpoint.core.model.checkpoint import save_dynamics, save_memory_amt, save_regressor
    from hitpoint.core.model.config import RegressorConfig
    from hitpoint.core.model.dynamics_config import DynamicsConfig
    from hitpoint.core.model.memory_config import MemoryConfig
    from hitpoint.core.model.networks.bigru import BiGRU
    from hitpoint.core.model.networks.dynamics_net import DynamicsNet
    from hitpoint.core.model.networks.memory_amt import MemoryAMT

    torch.manual_seed(0)
    sizes = {"d_model": 4, "n_heads": 1, "n_layers": 1, "encoder_layers": 1, "max_steps": 4, "n_pointers": 1,
             "pointer_width": 2, "pair_hidden": 1, "biased_layers": (0,)}  # fmt: skip
    model = MemoryAMT(MemoryConfig(**sizes))
    regressor = BiGRU(RegressorConfig(hidden=2, max_steps=4))
    dynamics = DynamicsNet(DynamicsConfig(channels=2, shifts=(1,), convolutions=1, hidden=2, components=2, fade=2))
    with tempfile.TemporaryDirectory() as folder:
        save_memory_amt(model, Path(folder) / "a", {})
        save_regressor(regressor, Path(folder) / "b", {})
        save_dynamics(dynamics, Path(folder) / "d", {})
        torch.save({"weight": torch.zeros(2, 3)}, Path(folder) / "c")
        return [(Path(folder) / name).read_bytes() for name in "abcd"]


def font_files() -> list[bytes]:
    build = builders("core/render")
    sine = 0.5 * np.sin(2 * np.pi * np.arange(300) / 100)
    generators = [{54: 1}, {54: 1, 43: 0x3F00, 51: 12, 5: 50, 22: 30, 7: 200, 25: 100}]
    return [build.font_bytes(generators, sine, (100, 200), 69)]
