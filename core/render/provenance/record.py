"""The provenance record of a cue, ``provenance.json`` beside its mix. The same cue and files give the same bytes.

::

    {"schema": "hitpoint.provenance.1", "program": {"name": "Hitpoint", "version": "0.1.0"}, "summary": "...",
     "cue": {"name": "1M1", "id": "1f2e...", "seed": 0, ...},
     "weights": [{"file": "amt.safetensors", "sha256": "...", "licence": "MIT ..."}],
     "fonts": [{..., "parts": ["Piano", "Pad"]}], "data": [...],
     "inputs": {"edit": {...}, "media": [{"file": "a.mov", "sha256": "...", "whole": true}]},
     "person": {"locked_chords": [...], "prompts": [...]}}
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_bytes
from hitpoint.core.files.digests import sampled_sha256, sha256_of
from hitpoint.core.music.score import Score
from hitpoint.core.render.choice import default_soundfont
from hitpoint.core.render.formats.sound_note import cue_id
from hitpoint.core.render.provenance.licences import file_fact, shipped, weights_facts
from hitpoint.core.render.provenance.person import by_a_person
from hitpoint.core.render.provenance.summary import summary

SCHEMA = "hitpoint.provenance.1"
_BUNDLED = "content.otio"  # the timeline inside an .otiod


def write_record(cue: Cue, score: Score, source: Path, path: Path, named: Iterable[Path] = ()) -> None:
    """Write the record into a file that is not there yet; its arguments are those of :func:`record`."""
    content = json.dumps(record(cue, score, source, named), indent=1, allow_nan=False) + "\n"
    with path.open("x", encoding="utf-8") as file:
        file.write(content)


def record(cue: Cue, score: Score, source: Path, named: Iterable[Path] = ()) -> dict[str, Any]:
    """All that is known of how a cue came about, as JSON values.

    Args:
        cue: as it is stored.
        score: as it is played.
        source: the edit it was made from.
        named: weights that the editor named; those that ship are known.
    """
    return {
        "schema": SCHEMA,
        "program": {"name": "Hitpoint", "version": metadata.version("hitpoint")},
        "summary": summary(cue),
        "cue": {
            "name": cue.name,
            "id": cue_id(cue_bytes(cue)),
            "start": float(cue.start),
            "seconds": float(cue.seconds),
            "style": cue.style,
            "key": str(cue.key),
            "seed": cue.seed,
            "rerolls": [{"first": one.first, "end": one.end, "seed": one.seed} for one in cue.rerolls],
            "tune_seed": cue.tune_seed,
            "part_seeds": dict(cue.part_seeds),
        },
        "weights": weights_facts(cue.weights, named),
        "data": [file_fact(path) for path in _data()],
        "fonts": _fonts(cue, score),
        "inputs": _inputs(cue, source),
        "person": by_a_person(cue),
    }


def _data() -> tuple[Path, ...]:
    """What writes and plays besides the networks of chords and dynamics, and comes with Hitpoint."""
    return shipped("checkpoints", "melody.safetensors"), shipped("textures", "piano.npz")


def _fonts(cue: Cue, score: Score) -> list[dict[str, object]]:
    """Each font with the parts that it plays."""
    own = dict(cue.sound.part_fonts)
    usual = cue.sound.soundfont or default_soundfont()
    players: dict[Path, list[str]] = {}
    for part in score.parts:
        players.setdefault(own.get(part.name, usual), []).append(part.name)
    return [file_fact(font, parts=names) for font, names in players.items()]


def _inputs(cue: Cue, source: Path) -> dict[str, Any]:
    timeline = source / _BUNDLED if source.is_dir() else source
    found: dict[str, Any] = {
        "edit": {"file": source.name, "sha256": sha256_of(timeline)},
        "media": [_media(path) for path in _under(cue)],
    }
    if cue.like is not None:
        found["recording"] = {"name": cue.like.source}
    if cue.sound.instruments is not None:
        path = cue.sound.instruments
        found["instruments"] = {"file": path.name, "sha256": sha256_of(path)}
    return found


def _under(cue: Cue) -> tuple[Path, ...]:
    """The media of the shots under the cue, each once, in order of time."""
    shots = (one for one in cue.edit.shots if one.start < cue.end_frame and one.end > cue.start_frame)
    return tuple(dict.fromkeys(one.media for one in shots if one.media is not None))


def _media(path: Path) -> dict[str, object]:
    digest, is_whole = sampled_sha256(path)
    return {"file": path.name, "sha256": digest, "whole": is_whole}
