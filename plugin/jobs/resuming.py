"""Resuming a long job after a stop: takes and sound are kept until they are delivered.

Pictures are remembered by the feature cache whatever happens. Short cues are not kept, unless there are many: they are
made again sooner than they are checked.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes, stretch
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.cue_file import cue_bytes, cue_from_document, cue_to_document
from hitpoint.core.edit import Edit
from hitpoint.core.errors import CueFileError
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.files.unfinished import key_of, unfinished
from hitpoint.core.model.checkpoint import default_checkpoint, fingerprint
from hitpoint.core.music.score import Score
from hitpoint.core.render.mixdown.rough_sound import BYTES_PER_SAMPLE
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.jobs.engine import Engine

SHORTEST = Fraction(480)  # seconds of a cue whose work is kept: it takes half a minute to make
SHORTEST_TOGETHER = Fraction(120)  # likewise of several cues in one job
_BYTES_A_STEP = 1000  # of a stored take, at the most
_TAKES = "takes.json"
_JUDGED = (
    "seed", "likelihood", "cut_agreement", "wish_agreement", "copying", "gain", "standstill", "alternation", "on_bars",
    "cadences", "tension_fit",
)  # fmt: skip


@contextmanager
def unfinished_takes(
    engine: Engine, edit: Edit, wishes: Wishes, features: PictureFeatures, count: int, together: Fraction = Fraction(0)
) -> Iterator[Path | None]:
    """The folder that keeps the takes of a cue until they are delivered; None if none does.

    ``together`` is the length of all cues of the job, in seconds.
    """
    first, end = stretch(edit, wishes)
    seconds = edit.rate.seconds(end - first)
    if not _is_kept(engine, seconds, together):
        yield None
        return
    weights = [engine.checkpoint or default_checkpoint("amt"), engine.regressor or default_checkpoint("regressor")]
    seen = (features.scene_offset, features.motion, features.emotion, features.semantic, features.seen)
    rows = [b"" if row is None else row.tobytes() for row in seen]
    facts = [_program(), edit, wishes, count, *map(fingerprint, weights), *rows]
    with unfinished(user_cache_folder(), key_of("takes", *facts), int(seconds) * _BYTES_A_STEP * count) as folder:
        yield folder


@contextmanager
def unfinished_sound(
    engine: Engine, cue: Cue, score: Score, synth: Synthesizer, together: Fraction = Fraction(0)
) -> Iterator[Path | None]:
    """The folder that keeps the parts of a cue until they are delivered; None if none does. ``together`` as above."""
    if not _is_kept(engine, cue.seconds, together):
        yield None
        return
    font = synth.soundfont.stat()
    facts = [_program(), cue_bytes(cue), synth.name, synth.soundfont.absolute(), font.st_size, font.st_mtime_ns]
    size = len(score.parts) * cue.samples * BYTES_PER_SAMPLE
    with unfinished(user_cache_folder(), key_of("sound", *facts), size) as folder:
        yield folder


def kept_takes(folder: Path | None, compose: Callable[[], tuple[Take, ...]]) -> tuple[Take, ...]:
    """The takes that an earlier run composed, else those composed now, which are kept if there is a folder."""
    if folder is None:
        return compose()
    with suppress(OSError, ValueError, KeyError, TypeError, CueFileError):
        found = json.loads((folder / _TAKES).read_text(encoding="utf-8"))
        return tuple(
            Take(cue_from_document(one["cue"]), **{name: one[name] for name in _JUDGED}) for one in found["takes"]
        )
    takes = compose()
    document = [{"cue": cue_to_document(take.cue), **{name: getattr(take, name) for name in _JUDGED}} for take in takes]
    with suppress(OSError):
        beside = folder / f"{_TAKES}.part"
        beside.write_text(json.dumps({"takes": document}), encoding="utf-8")
        beside.replace(folder / _TAKES)
    return takes


def _is_kept(engine: Engine, seconds: Fraction, together: Fraction) -> bool:
    is_long = seconds >= SHORTEST or (together > seconds and together >= SHORTEST_TOGETHER)
    return engine.use_cache and is_long


def _program() -> str:
    """The version, and when which file of ``core`` was last changed: what another program began is of no use."""
    core = Path(str(files("hitpoint.core")))
    facts = sorted((path.as_posix(), path.stat().st_mtime_ns) for path in core.rglob("*.py"))
    return f"{metadata.version('hitpoint')} {key_of(facts)}"
