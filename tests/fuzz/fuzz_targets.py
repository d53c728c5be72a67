"""What is fuzzed: each target reads bytes as one kind of file, and may end in a value or a ``HitpointError`` only."""

from __future__ import annotations

import os
import random
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import fuzz_mutations as spoil
import fuzz_seeds as seeds

from hitpoint.core.errors import HitpointError
from hitpoint.core.timebase import FrameRate

_PYTHON = re.compile(
    r"\w+Error\b|NoneType|object has no|invalid literal|Traceback|to unpack|out of range|unhashable|Fraction\("
)


@dataclass(frozen=True)
class Target:
    """A kind of file.

    Attributes:
        suffix: of its name.
        seeds: good files.
        spoil: one good file and dice to a bad one.
        read: everything Hitpoint does with such a file that somebody else wrote.
    """

    suffix: str
    seeds: Callable[[], list[bytes]]
    spoil: spoil.Spoil
    read: Callable[[Path], object]


def survives(target: Target, content: bytes, folder: Path | None = None) -> bool:
    """Whether the file is read; False if it is refused. Anything else raised is a defect.

    Nothing may appear in the folder above the file, whatever it says.
    """
    with tempfile.TemporaryDirectory(dir=folder or _memory()) as above:
        inside = Path(above) / "inside"
        inside.mkdir()
        os.environ["HITPOINT_CACHE"] = str(inside / "cache")
        path = inside / f"file{target.suffix}"
        path.write_bytes(content)
        try:
            target.read(path)
        except HitpointError as error:
            assert str(error).strip() and "\n" not in str(error), f"the message is no line: {error!r}"
            assert not _PYTHON.search(str(error)), f"the message speaks Python: {error!r}"
            return False
        finally:
            outside = sorted(item.name for item in Path(above).iterdir())
            shutil.rmtree(inside / "cache", ignore_errors=True)
            assert outside == ["inside"], f"{outside} appeared outside the folder"
        return True


def _memory() -> str | None:
    return "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


def _read_otio(path: Path) -> object:
    """Read it as an edit, put music into it, and read that again."""
    from hitpoint.bridge.otio.otio_json import load_timeline_document
    from hitpoint.bridge.reading.timeline_reader import read_edit
    from hitpoint.bridge.writing.music_clip import MusicClip
    from hitpoint.bridge.writing.otio_music import remove_music, with_music

    edit = read_edit(path)
    document = load_timeline_document(path)
    clip = MusicClip(path.with_suffix(".wav").absolute(), "m.wav", FrameRate(Fraction(25)), 0, 50, {"version": 1})
    scored = with_music(document, clip)
    assert with_music(scored, clip) == with_music(remove_music(scored), clip)
    return edit


def _read_bundle(path: Path) -> object:
    from hitpoint.bridge.reading.timeline_reader import read_edit

    return read_edit(path)


def _read_kdenlive(path: Path) -> object:
    """Read it as an edit, put music into it, take it out again."""
    from hitpoint.bridge.kdenlive.marks import Mark
    from hitpoint.bridge.kdenlive.patcher import MusicTrack, with_music_track
    from hitpoint.bridge.kdenlive.removal import without_music_track
    from hitpoint.bridge.reading.timeline_reader import read_edit

    edit = read_edit(path)
    content = path.read_bytes()
    track = MusicTrack(path.with_suffix(".wav").absolute(), "Music", 0, 50, Mark("1", "cue.json", {}, ()))
    scored = with_music_track(content, path, track)
    without_music_track(scored, path)
    return edit


def _read_exchange(path: Path) -> object:
    """Read it as an edit with its sound, and put music into the .otio that is made of it."""
    from hitpoint.bridge.reading.production_sound import read_production_sound
    from hitpoint.bridge.reading.timeline_reader import read_edit
    from hitpoint.bridge.sources.source_document import load_source
    from hitpoint.bridge.writing.timeline_writer import MusicClip, with_music

    edit = read_edit(path)
    read_production_sound(path, rate=edit.rate)
    clip = MusicClip(path.with_suffix(".wav").absolute(), "m.wav", edit.rate, 0, 50, {"version": 1})
    with_music(load_source(path, edit)[0], clip)
    return edit


def _read_fcp7(path: Path) -> object:
    """Read it as an edit, put music into a copy of it, take it out again."""
    from hitpoint.bridge.writing.fcp7_xml import scored_fcp7, without_music
    from hitpoint.bridge.writing.timeline_writer import MusicClip

    edit = _read_exchange(path)
    clip = MusicClip(path.with_suffix(".wav").absolute(), "m.wav", FrameRate(Fraction(25)), 0, 50, {"version": 1})
    without_music(scored_fcp7(path.read_bytes(), path, [clip]), path)
    return edit


def _read_cue(path: Path) -> object:
    """A cue that is read can be written, and read again as the same."""
    from hitpoint.core.cue.documents.cue_file import cue_bytes, read_cue

    cue = read_cue(path)
    again = path.with_name("again.json")
    again.write_bytes(cue_bytes(cue))
    assert read_cue(again) == cue
    return cue.chord_spans, cue.hit_points, cue.duck


def _read_checkpoint(path: Path) -> object:
    from hitpoint.core.model.checkpoint import load_chord_model, load_regressor

    try:
        return load_chord_model(path)
    except HitpointError:
        return load_regressor(path)


def _read_font(path: Path) -> object:
    """Every preset played at one key."""
    from hitpoint.core.render.sampler.soundfont import SoundFont

    font = SoundFont(path)
    zones = [zone for bank, program in list(font.presets)[:8] for zone in font.zones(bank, program)[:8]]
    return [font.frames(zone.sample) for zone in zones]


TARGETS = {
    "otio": Target(".otio", seeds.otio_files, spoil.spoiled_json, _read_otio),
    "otioz": Target(".otioz", seeds.otioz_files, spoil.spoiled_zip, _read_bundle),
    "kdenlive": Target(".kdenlive", seeds.kdenlive_files, spoil.spoiled_xml, _read_kdenlive),
    "fcp7": Target(".xml", seeds.fcp7_files, spoil.spoiled_xml, _read_fcp7),
    "fcpxml": Target(".fcpxml", seeds.fcpxml_files, spoil.spoiled_xml, _read_exchange),
    "edl": Target(".edl", seeds.edl_files, spoil.spoiled_list, _read_exchange),
    "cue": Target(".json", seeds.cue_files, spoil.spoiled_json, _read_cue),
    "checkpoint": Target(".safetensors", seeds.checkpoint_files, spoil.spoiled_tensors, _read_checkpoint),
    "soundfont": Target(".sf2", seeds.font_files, spoil.spoiled_values, _read_font),
}


@cache
def good_files(name: str) -> list[bytes]:
    """The seeds of a target."""
    return TARGETS[name].seeds()


def bad_file(name: str, dice: random.Random) -> bytes:
    """A seed of the target, spoiled once or more."""
    content = dice.choice(good_files(name))
    for _ in range(dice.choice([1, 1, 1, 2, 4])):
        content = TARGETS[name].spoil(content, dice)
    return content
