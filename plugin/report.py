"""The report of a run, ``hitpoint.report.1``: the contract that every check reads. Times are timeline seconds."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.documents.sound_file import duck_to_document, speech_to_document
from hitpoint.core.cue.film.cue_list import FIRST_NAME, CueState
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.film.segue import Segue, segue_of
from hitpoint.core.cue.likeness import likeness_report
from hitpoint.core.cue.sounded import sounded_spans
from hitpoint.core.cue.styling import shares_at
from hitpoint.core.edit import Edit
from hitpoint.core.errors import EditWriteError, PlaceError
from hitpoint.core.files.output import PROVENANCE, write_safely
from hitpoint.core.files.places import check_place
from hitpoint.core.timebase import format_timecode
from hitpoint.core.words.prompts import prompt_report
from hitpoint.plugin.console import warn
from hitpoint.plugin.jobs.job import Scored
from hitpoint.plugin.jobs.standing import StandingCue

if TYPE_CHECKING:  # loads numpy, for which an edit that cannot be read need not wait
    from hitpoint.core.arrange.form.hit_points import Hit
    from hitpoint.core.compose.takes import Take

SCHEMA = "hitpoint.report.1"

_LARGEST = 256 * 2**20  # bytes of a file that is looked at to see whether it is a report


def report_document(scored: Scored) -> dict[str, Any]:
    """All that one run did, as plain JSON values."""
    return {
        "schema": SCHEMA,
        "edit": _edit(scored.edit),
        "cue": {**_cue(scored.cue), **_form(scored), "hits": [_hit(hit) for hit in scored.hits]},
        "cues": _cues(scored),
        "takes": [_take(take) for take in scored.takes],
        **({"search": scored.searched} if scored.searched else {}),
        "outputs": _outputs(scored),
        "sound": _sound(scored),
        "seconds": {name: round(seconds, 4) for name, seconds in scored.seconds.items()},
        "engine": scored.engine,
        "warnings": list(scored.told),
    }


def write_report(document: dict[str, Any], path: Path) -> Path:
    """Write a report, whole or not at all, and answer where it lies.

    An earlier report is replaced; any other file stays, and the next free version of the name is taken.

    Raises:
        EditWriteError: if it cannot be written there.
    """
    content = json.dumps(document, indent=1, allow_nan=False) + "\n"
    try:
        return _written(content, path)
    except PlaceError as error:
        raise EditWriteError(f"--report: {error}") from None
    except OSError as error:
        raise EditWriteError(f"--report: cannot write {path} ({error.strerror}): write somewhere else") from None


def check_report(path: Path | None) -> None:
    """See before the work starts that a report, if one is wished, can be written.

    Raises:
        EditWriteError: if its folder is missing or may not be written to.
    """
    try:
        if path is not None:
            check_place(path)
    except PlaceError as error:
        raise EditWriteError(f"--report: {error}") from None


def _written(content: str, path: Path) -> Path:
    if not _is_report(path):
        place = write_safely(path, lambda temporary: _write(temporary, content))
        if place != path:
            warn(f"{path} is no report and stays as it is; the report is {place.name}")
        return place
    temporary = path.with_name(f".{path.name}.hitpoint-tmp")
    _write(temporary, content)
    temporary.replace(path)
    return path


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8")


def _is_report(path: Path) -> bool:
    """Whether a file is a report that we wrote; a large file is none, and neither is what cannot be read."""
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            return False
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(known, dict) and str(known.get("schema", "")).startswith("hitpoint.report.")


def _edit(edit: Edit) -> dict[str, Any]:
    timecode = format_timecode(edit.start_timecode_frame, edit.rate, drop_frame=edit.drop_frame)
    return {
        "name": edit.name,
        "rate": str(edit.rate),
        "start_timecode": timecode,
        "seconds": float(edit.seconds),
        "shots": len(edit.shots),
        "cuts": [float(cut) for cut in edit.cuts],
        "media": {"found": len(edit.media_files), "missing": list(edit.missing)},
    }


def _cue(cue: Cue) -> dict[str, Any]:
    return {
        "start": float(cue.start),
        "seconds": float(cue.seconds),
        "key": str(cue.key),
        "seed": cue.seed,
        "rerolls": [
            {
                "start": float(cue.step_start(reroll.first)),
                "end": float(cue.step_start(reroll.end)),
                "seed": reroll.seed,
            }
            for reroll in cue.rerolls
        ],
        "style": cue.style,
        "chords": [
            {"start": float(s.start), "end": float(s.end), "symbol": s.chord.symbol(), "locked": s.locked}
            for s in sounded_spans(cue)
        ],
        "tempo": [
            {"time": float(cue.start + cue.tempo.seconds_at(point.beat)), "bpm": point.bpm}
            for point in cue.tempo.points
        ],
        "moods": [
            {
                "start": m.start,
                "end": m.end,
                "mood": m.mood.value,
                "wished": m.wished,
                "valence": m.affect.valence,
                "arousal": m.affect.arousal,
            }
            for m in cue.moods
        ],
        "steps": [float(cue.step_start(index)) for index in range(len(cue.steps))],
        "beats_per_step": float(cue.beats_per_step),
        "tail": float(cue.tail),
        **({} if cue.like is None else {"like": likeness_report(cue.like)}),
        **({"prompt": prompt_report(cue)} if cue.prompts else {}),
        "density": [step.density for step in cue.steps],
        "loudness": [step.loudness for step in cue.steps],
    }


def _form(scored: Scored) -> dict[str, Any]:
    """Bars, metres, keys, parts and sections of the cue."""
    from hitpoint.core.arrange.form.bar_lines import bar_beats, metre_changes  # loads numpy with its package

    cue = scored.cue
    metres = [{"time": _time(cue, beat), "metre": str(metre)} for beat, metre in metre_changes(cue)]
    return {
        "bars": [_time(cue, beat) for beat in bar_beats(cue)],
        "metre": metres[0]["metre"] if len(metres) == 1 else metres,
        "keys": _keys(cue),
        "parts": [
            {"name": part.name, "role": part.role, "program": part.program, "style": part.style or cue.style}
            for part in scored.parts
        ],
        "sections": _sections(cue),
        **_styling(cue),
    }


def _styling(cue: Cue) -> dict[str, Any]:
    """The stretches of other ensembles, with the share of each in every bar; none of a cue with one ensemble."""
    if not cue.styling:
        return {}
    from hitpoint.core.arrange.form.bar_lines import bar_beats  # loads numpy with its package

    seconds = [float(cue.edit.rate.seconds(edge)) for one in cue.styling for edge in (one.start_frame, one.end_frame)]
    stretches = [
        {"start": start, "end": end, "style": one.style, "other": one.other or None, "curve": one.curve,
         "first": one.first, "last": one.last}
        for one, start, end in zip(cue.styling, seconds[::2], seconds[1::2], strict=True)
    ]  # fmt: skip
    lines = [*(_time(cue, beat) for beat in bar_beats(cue)), float(cue.start + cue.seconds)]
    frame = float(cue.edit.rate.seconds(1))
    bars = [
        {"time": start, "shares": shares_at(cue.styling, (start + end) / 2 / frame, cue.style)}
        for start, end in pairwise(lines)
    ]
    return {"styling": {"stretches": stretches, "bars": bars}}


def _time(cue: Cue, beat: Fraction | float) -> float:
    return float(cue.start + cue.tempo.seconds_at(beat))


def _keys(cue: Cue) -> list[dict[str, Any]]:
    """The keys of the cue, neighbours with one key joined."""
    end = float(cue.start + cue.seconds)
    keys: list[dict[str, Any]] = []
    for section in _sections(cue):
        if not keys or keys[-1]["key"] != section["key"]:
            keys.append({"start": section["start"], "end": section["end"], "key": section["key"]})
        keys[-1]["end"] = section["end"]
    return keys or [{"start": float(cue.start), "end": end, "key": str(cue.key)}]


def _sections(cue: Cue) -> list[dict[str, Any]]:
    """The sections of the cue's plan; none of a cue without one."""
    if cue.plan is None:
        return []
    end = float(cue.start + cue.seconds)
    starts = [_time(cue, cue.beats_per_step * cue.plan.steps_of(section).start) for section in cue.plan.sections]
    return [
        {
            "start": start,
            "end": following,
            "name": section.name,
            "theme": section.theme,
            "key": str(section.key),
            "tension": section.tension,
            "summit": section.summit,
            "bars": section.bars,
            "phrases": list(section.phrases),
        }
        for section, start, following in zip(cue.plan.sections, starts, [*starts[1:], end], strict=True)
    ]


def _sound(scored: Scored) -> dict[str, Any]:
    cue = scored.cue
    return {
        "target_lufs": cue.sound.loudness,
        "loudness_lufs": scored.loudness,
        "true_peak_dbtp": scored.true_peak,
        "gain_db": None if cue.sound.level is None else cue.sound.level.gain,
        "level_change_db": scored.level_change,
        "kept": [sound.document() for sound in scored.kept_sounds],
        "bext": cue.sound.is_broadcast,
        "speech": speech_to_document(cue.speech),
        "duck": duck_to_document(cue.duck),
    }


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "time": float(hit.time),
        "event": hit.event,
        "error_seconds": hit.error_seconds,
        "kind": hit.kind,
        "wanted": hit.wanted,
        "grade": hit.grade,
    }


def _cues(scored: Scored) -> list[dict[str, Any]]:
    """All cues of the written timeline, in order of time, those that stayed too."""
    cues = _music_of(scored)
    written = [_written_cue(one, cues) for one in (scored, *scored.further)]
    kept = [_kept_cue(one) for one in scored.kept]
    return sorted([*written, *kept], key=lambda cue: cue["start"] if cue["start"] is not None else math.inf)


def _music_of(scored: Scored) -> list[Cue]:
    """All cues of the written timeline."""
    kept = (one.cue for one in scored.kept if one.cue is not None)
    return [*(one.cue for one in (scored, *scored.further)), *kept]


def segues_of(scored: Scored) -> dict[str, Segue]:
    """How the cues of a run lead to the next in a segue, by their names."""
    cues = _music_of(scored)
    found = {one.cue.name: segue_of(one.cue, cues) for one in (scored, *scored.further)}
    return {name: segue for name, segue in found.items() if segue is not None}


def _written_cue(scored: Scored, cues: Sequence[Cue]) -> dict[str, Any]:
    state = CueState.COMPOSED.value
    segue = segue_of(scored.cue, cues)
    return {
        **_named(scored.cue, scored.cue.name or FIRST_NAME),
        "state": state,
        "outputs": _outputs(scored),
        "kept": False,
        **({} if segue is None else {"segue": segue.document()}),
    }


def _kept_cue(standing: StandingCue) -> dict[str, Any]:
    named = {"name": standing.name, "start": None, "seconds": None, "style": None, "key": None}
    if standing.cue is not None:
        named = _named(standing.cue, standing.name)
    outputs = None
    if standing.file is not None:
        folder = standing.file.parent
        midi = folder / f"{folder.stem}.mid"
        outputs = {"mix": str(standing.mix), "midi": str(midi), "cue": str(standing.file)}
        record = folder / PROVENANCE
        outputs |= {"provenance": str(record)} if record.is_file() else {}
    return {**named, "state": CueState.COMPOSED.value, "outputs": outputs, "kept": True}


def _named(cue: Cue, name: str) -> dict[str, Any]:
    return {
        "name": name,
        "start": float(cue.start),
        "seconds": float(cue.seconds),
        "style": cue.style,
        "key": str(cue.key),
        "theme": cue.theme_name,
        "join": cue.join,
        **({"crossfade": cue.sound.fade_out} if cue.join == Join.CROSSFADE.value else {}),
    }


def _take(take: Take) -> dict[str, Any]:
    return {
        "seed": take.seed,
        "score": take.score,
        "likelihood": take.likelihood,
        "cut_agreement": take.cut_agreement,
        "wish_agreement": take.wish_agreement,
        "gain": take.gain,
        "standstill": take.standstill,
        "alternation": take.alternation,
        "on_bars": take.on_bars,
        "cadences": take.cadences,
        "tension_fit": take.tension_fit,
    }


def _outputs(scored: Scored) -> dict[str, Any]:
    outputs = scored.outputs
    return {
        "timeline": str(scored.timeline),
        "mix": str(outputs.mix),
        "stems": [str(stem) for stem in scored.stems],
        "midi": str(outputs.midi),
        "ducked": None if scored.ducked is None else str(scored.ducked),
        "delivered": str(scored.delivered),
        "cue": str(outputs.cue),
        "provenance": str(outputs.provenance),
        "takes": [str(outputs.take(number)) for number in range(2, len(scored.takes) + 1)],
    }
