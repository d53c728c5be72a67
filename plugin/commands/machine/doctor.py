"""``hitpoint doctor``: what this machine has, and what to do about what it has not."""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

from hitpoint.bridge.formats import FORMATS, Way
from hitpoint.core.errors import HitpointError
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.model.checkpoint import Kind, default_checkpoint, fingerprint, read_metadata
from hitpoint.core.render.choice import choose_synthesizer
from hitpoint.plugin import __file__ as plugin_file
from hitpoint.plugin.commands.machine.own_modules import missing_modules
from hitpoint.plugin.hosts import kdenlive, resolve_scripts
from hitpoint.plugin.hosts.registry import installation
from hitpoint.plugin.hosts.system import System, kdenlive_folder, resolve_folders, this_system

_LIBRARIES = ("torch", "opentimelineio", "av", "numpy", "scipy", "mido", "soundfile")


@dataclass(frozen=True)
class Finding:
    """One thing looked for: whether it is there, what it is, and what to do if it is not."""

    what: str
    found: bool
    detail: str


def run(options: argparse.Namespace) -> None:
    """Print all findings; something missing is no error."""
    findings = examine()
    if options.json:
        print(json.dumps({"schema": "hitpoint.doctor.1", "findings": [asdict(f) for f in findings]}, indent=1))
        return
    for finding in findings:
        print(f"{'ok' if finding.found else '--'}  {finding.what:<20} {finding.detail}")


def examine() -> list[Finding]:
    """Look for everything that Hitpoint can use."""
    return [
        Finding(
            "hitpoint", True, f"{metadata.version('hitpoint')}, Python {platform.python_version()} on {sys.platform}"
        ),
        _own_modules(),
        Finding("libraries", True, ", ".join(f"{name} {metadata.version(name)}" for name in _LIBRARIES)),
        _tried("synthesiser", lambda: _synthesizer("sampler")),
        _tried("FluidSynth", lambda: _synthesizer("fluidsynth")),
        _audio_device(),
        Finding("picture features", True, "from the frames themselves; nothing to download"),
        _clip_features(),
        _tried("chord model", lambda: _checkpoint("amt")),
        _tried("regressor", lambda: _checkpoint("regressor")),
        _processor(),
        Finding("cache", True, str(user_cache_folder())),
        _formats(),
        _resolve(this_system()),
        _kdenlive(this_system()),
    ]


def _own_modules() -> Finding:
    missing = missing_modules(Path(plugin_file).parents[1])
    if not missing:
        return Finding("own modules", True, "complete")
    more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
    return Finding("own modules", False, f"{missing[0]}{more} missing: install hitpoint again")


def _tried(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except HitpointError as error:
        return Finding(what, False, str(error))


def _synthesizer(name: str) -> str:
    return choose_synthesizer(name, None).name


def _audio_device() -> Finding:
    try:
        import sounddevice  # opens PortAudio, which not every machine has

        device = sounddevice.query_devices(kind="output")
    except OSError:
        return Finding(
            "audio device", False, "PortAudio is missing: install libportaudio2 (or portaudio) to listen here"
        )
    except (ValueError, sounddevice.PortAudioError):
        return Finding("audio device", False, "none; files are written all the same")
    return Finding("audio device", True, str(device["name"]))


def _clip_features() -> Finding:
    if importlib.util.find_spec("transformers") is None:
        return Finding("CLIP features", False, "optional: pip install 'hitpoint[clip]'")
    return Finding(
        "CLIP features",
        True,
        f"transformers {metadata.version('transformers')}; weights are read from this machine at first use",
    )


def _checkpoint(kind: Kind) -> str:
    path = default_checkpoint(kind)
    about = read_metadata(path)
    told = f"{about['update']} updates" if "update" in about else "its training is not told"
    return f"{path} ({told}, {fingerprint(path)})"


def _processor() -> Finding:
    import torch  # slow to import, and only this line asks

    device = torch.cuda.get_device_name() if torch.cuda.is_available() else "CPU"
    return Finding("processor", True, f"{device}, {os.cpu_count()} cores")


def _formats() -> Finding:
    import opentimelineio  # slow to import, and only this line asks

    own = {suffix.removeprefix(".") for row in FORMATS if row.way is not Way.ADAPTER for suffix in row.suffixes}
    suffixes = sorted(own | set(opentimelineio.adapters.suffixes_with_defined_adapters(read=True)))
    more = "" if "edl" in suffixes else "; EDL, FCP XML, AAF with pip install 'hitpoint[formats]'"
    return Finding("edit formats", True, ", ".join(suffixes) + more)


def _resolve(system: System) -> Finding:
    name, installed = "DaVinci Resolve", installation(system, resolve_scripts.HOST)
    if installed is not None:
        place = installed.files[0].parent if installed.files else "nowhere"
        if resolve_scripts.is_current(system, installed):
            return Finding(name, True, f"scripts in {place}, edits in {installed.work}")
        return Finding(name, False, f"scripts in {place} are missing or old: run 'hitpoint install resolve' again")
    folders = resolve_folders(system)
    found = next((folder for folder in folders if folder.parents[1].is_dir()), None)
    if found is None:
        return Finding(name, False, f"not found ({folders[0]})")
    return Finding(name, False, f"found ({found}), scripts not installed: run 'hitpoint install resolve'")


def _kdenlive(system: System) -> Finding:
    name, installed = "Kdenlive", installation(system, kdenlive.HOST)
    if installed is not None:
        if kdenlive.entries_are_current(system, installed):
            return Finding(name, True, ", ".join(map(str, installed.files)))
        return Finding(name, False, "entries are missing or old: run 'hitpoint install kdenlive' again")
    folder = kdenlive_folder(system)
    if not folder.is_dir():
        return Finding(name, False, f"not found ({folder})")
    if system.platform in ("darwin", "win32"):
        return Finding(name, True, f"{folder}; nothing to install here: 'hitpoint install kdenlive' tells the steps")
    return Finding(name, False, f"found ({folder}), entries not installed: run 'hitpoint install kdenlive'")
