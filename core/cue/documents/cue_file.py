"""The cue as a file: ``cue.json``, enough to play it again and to go on with it.

::

    {"schema": "hitpoint.cue.1", "start_frame": 0, "end_frame": 750, "key": "A minor", "style": "cinematic", "seed": 1,
     "tempo": {"beats_per_bar": 4, "points": [{"beat": "0", "seconds_per_beat": "1/2"}]},
     "steps": [{"chord": "A:min7", "locked": false, "density": 10.0, "loudness": 0.17, "drawn": false,
                "loudness_drawn": false}],
     "moods": [{"start": 0.0, "end": 30.0, "mood": "sad", "wished": true}],
     "rerolls": [{"first": 4, "end": 8, "seed": 2}],
     "hits": [{"frame": 210, "event": "door slams", "priority": 3.0}],
     "edit": {"name": "cut", "rate": "24000/1001", "shots": [...], "markers": [...], ...}}

Rates and times that are exact are fractions in text. A cue that is written and read is equal to itself, and the same
cue always gives the same bytes. ``drawn``, ``loudness_drawn``, ``wished``, ``rerolls`` and ``hits`` may be missing:
nothing is, then. A chord has added tones and a bass where the editor wrote them: ``"D/3"`` is D/F#, ``"A:min9"`` Am9.
So may ``kept``, which ``kept_file.py`` describes, ``playing``, which ``playing_file.py`` describes, ``tune``,
``tune_ranges`` and ``theme``, which ``tune_file.py`` describes, ``tune_seed``, ``part_seeds``, ``plan``, which
``plan_file.py`` describes, ``tail_frames``, ``heard`` (the frames that sound, where that is not all), ``styling`` and
``hands``, which ``styling_file.py`` describes, ``like``, which ``likeness.py`` describes, and ``sound``, ``speech`` and
``duck``, which ``sound_file.py`` describes.
"""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from hitpoint.core.affect import Affect
from hitpoint.core.cue.cue import Cue, Played, Reroll, Step
from hitpoint.core.cue.documents.edit_file import edit_of, edit_to_document
from hitpoint.core.cue.documents.kept_file import kept_of, kept_to_document
from hitpoint.core.cue.documents.plan_file import plan_of, plan_to_document
from hitpoint.core.cue.documents.playing_file import playing_of, playing_to_document
from hitpoint.core.cue.documents.sound_file import (
    duck_to_document,
    sound_of,
    sound_to_document,
    speech_of,
    speech_to_document,
)
from hitpoint.core.cue.documents.styling_file import styling_of, styling_to_document, with_hands
from hitpoint.core.cue.documents.tune_file import (
    theme_of,
    theme_to_document,
    tune_ranges_to_document,
    tune_to_document,
    with_tune,
    with_tune_ranges,
)
from hitpoint.core.cue.dynamics import dynamics_named
from hitpoint.core.cue.film.joins import join_of
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.cue.json_values import field, formatted, fraction, items, number, text, truth, whole
from hitpoint.core.cue.likeness import likeness_of, likeness_to_document
from hitpoint.core.errors import CueFileError, OptionError
from hitpoint.core.files.output import write_safely
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.tempo import TempoMap, TempoPoint
from hitpoint.core.music.written_chord import parse_written

SCHEMA = "hitpoint.cue.1"

_FAMILY, _NEWEST = "hitpoint.cue.", 1
_LARGEST_FILE = 64 * 2**20  # bytes; an hour of music with 10 000 shots takes about 3 MB
_LATEST_FRAME = 10**9
_ASKED = "give the cue.json of a .music folder, or score the edit again"
_LONGEST = 1e7  # seconds


def write_cue(cue: Cue, path: Path | str) -> Path:
    """Write a cue; a file that exists is kept, and the next version of the name taken. Answers which.

    Raises:
        EditWriteError: if it cannot be written there.
    """
    content = cue_bytes(cue)
    return write_safely(Path(path), lambda temporary: _write(temporary, content))


def read_cue(path: Path | str) -> Cue:
    """Read a cue.

    Raises:
        CueFileError: if the file is missing, damaged, or written by a newer version.
    """
    path = Path(path)
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise CueFileError(f"{path} is too large to be a cue file")
        document = json.loads(path.read_text(encoding="utf-8"), parse_constant=_refuse_constant)
    except OSError as error:
        raise CueFileError(f"{path} cannot be read: {error.strerror}; score the edit again") from None
    except UnicodeDecodeError:
        raise CueFileError(f"{path} is no cue file, it is not text in UTF-8: {_ASKED}") from None
    except (ValueError, RecursionError):
        raise CueFileError(f"{path} is no cue file, or is damaged: {_ASKED}") from None
    try:
        return cue_from_document(document)
    except CueFileError as error:
        what_to_do = "" if _ASKED in str(error) or "newer" in str(error) else f"; it is damaged: {_ASKED}"
        raise CueFileError(f"{path}: {str(error).removesuffix(': the cue file is damaged')}{what_to_do}") from None


def cue_bytes(cue: Cue) -> bytes:
    """The content of a cue file, in UTF-8."""
    content = formatted(cue_to_document(cue))
    try:
        return content.encode("utf-8")
    except UnicodeEncodeError:  # a file name that is no Unicode; escapes carry it
        return (json.dumps(cue_to_document(cue), indent=2, allow_nan=False) + "\n").encode("ascii")


def _mood_to_document(span: MoodSpan) -> dict[str, Any]:
    return {
        "start": span.start,
        "end": span.end,
        "mood": span.mood.value,
        "wished": span.wished,
        "point": None if span.point is None else [span.point.valence, span.point.arousal],
    }


def cue_to_document(cue: Cue) -> dict[str, Any]:
    """A cue as JSON values."""
    return {
        "schema": SCHEMA,
        "name": cue.name,
        "prompts": list(cue.prompts),
        "start_frame": cue.start_frame,
        "end_frame": cue.end_frame,
        "key": str(cue.key),
        "style": cue.style,
        "seed": cue.seed,
        "tempo": {
            "beats_per_bar": cue.tempo.beats_per_bar,
            "points": [
                {"beat": str(point.beat), "seconds_per_beat": str(point.seconds_per_beat)} for point in cue.tempo.points
            ],
        },
        "steps": [_step_to_document(step) for step in cue.steps],
        "moods": [_mood_to_document(span) for span in cue.moods],
        "mood_strength": cue.mood_strength,
        "change_rate": cue.change_rate,
        "bpm": cue.bpm,
        "kept": kept_to_document(cue.kept),
        "playing": playing_to_document(cue.playing),
        "plan": plan_to_document(cue.plan),
        "tail_frames": cue.tail_frames,
        **({} if cue.dynamics == "mean" else {"dynamics": cue.dynamics}),
        **({} if cue.heard is None else {"heard": list(cue.heard)}),
        "like": likeness_to_document(cue.like),
        "tune": tune_to_document(cue.playing),
        "tune_ranges": tune_ranges_to_document(cue.playing),
        "theme": theme_to_document(cue.theme),
        "tune_seed": cue.tune_seed,
        "weights": list(cue.weights),
        "theme_name": cue.theme_name,
        "join": cue.join,
        "part_seeds": [{"part": name, "seed": seed} for name, seed in cue.part_seeds],
        "rerolls": [{"first": reroll.first, "end": reroll.end, "seed": reroll.seed} for reroll in cue.rerolls],
        "hits": [{"frame": hit.frame, "event": hit.event, "priority": hit.priority} for hit in cue.hits],
        **styling_to_document(cue.styling, cue.playing),
        "sound": sound_to_document(cue.sound),
        "speech": speech_to_document(cue.speech),
        "duck": duck_to_document(cue.duck),
        "edit": edit_to_document(cue.edit),
    }


def _step_to_document(step: Step) -> dict[str, Any]:
    return {
        "chord": step.chord.symbol(), "locked": step.locked, "density": step.density, "loudness": step.loudness,
        "drawn": step.drawn, "loudness_drawn": step.loudness_drawn,
    }  # fmt: skip


def cue_from_document(document: Any) -> Cue:
    """The cue that JSON values describe.

    Raises:
        CueFileError: if they describe none, or were written by a newer version.
    """
    _check_schema(document.get("schema") if isinstance(document, dict) else None)
    edit = edit_of(field(document, "edit", "the cue"))
    start = whole(field(document, "start_frame", "the cue"), "start_frame", 0, edit.frames - 1)
    end = whole(field(document, "end_frame", "the cue"), "end_frame", start + 1, edit.frames)
    steps = _steps(field(document, "steps", "the cue"))
    return Cue(
        edit=edit,
        start_frame=start,
        end_frame=end,
        key=_key(field(document, "key", "the cue")),
        tempo=_tempo(field(document, "tempo", "the cue")),
        steps=steps,
        moods=_moods(field(document, "moods", "the cue")),
        style=text(field(document, "style", "the cue"), "style"),
        seed=whole(field(document, "seed", "the cue"), "seed", -(2**128)),
        rerolls=items(document.get("rerolls", []), "rerolls", lambda value, where: _reroll(value, where, len(steps))),
        hits=items(document.get("hits", []), "hits", _hit_wish),
        sound=sound_of(document.get("sound")),
        speech=speech_of(document.get("speech", [])),
        mood_strength=number(document.get("mood_strength", 1.0), "mood_strength", 0, 2),
        change_rate=_share(document.get("change_rate"), "change_rate"),
        bpm=_tempo_wish(document.get("bpm")),
        kept=kept_of(document.get("kept", []), len(steps)),
        playing=_playing(document, len(steps)),
        styling=styling_of(document.get("styling", [])),
        theme=theme_of(document.get("theme")),
        tune_seed=_seed(document.get("tune_seed")),
        weights=items(document.get("weights", []), "weights", lambda value, where: text(value, where, longest=128)),
        theme_name=text(document.get("theme_name", ""), "theme_name"),
        join=join_of(document.get("join", "")),
        part_seeds=items(document.get("part_seeds", []), "part_seeds", _part_seed),
        plan=plan_of(document.get("plan"), len(steps)),
        name=text(document.get("name", ""), "name"),
        prompts=items(document.get("prompts", []), "prompts", lambda value, where: text(value, where)),
        tail_frames=whole(document.get("tail_frames", 0), "tail_frames", 0, _LATEST_FRAME),
        dynamics=dynamics_named(document.get("dynamics", "mean")),
        like=likeness_of(document.get("like")),
        heard=_heard(document.get("heard"), start, end),
    )


def _heard(value: Any, start: int, end: int) -> tuple[int, int] | None:
    if value is None:
        return None
    edges = items(value, "heard", lambda one, where: whole(one, where, start, end))
    if len(edges) != 2 or edges[0] >= edges[1]:
        raise CueFileError("heard: the frames that sound are a first one and a later one inside the cue")
    return edges[0], edges[1]


def _playing(document: dict[str, Any], steps: int) -> tuple[Played | None, ...]:
    playing = with_tune(playing_of(document.get("playing", []), steps), document.get("tune", []), steps)
    playing = with_tune_ranges(playing, document.get("tune_ranges", []), steps)
    return with_hands(playing, document.get("hands", []), steps)


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def _check_schema(schema: Any) -> None:
    if schema == SCHEMA:
        return
    version = schema.removeprefix(_FAMILY) if isinstance(schema, str) and schema.startswith(_FAMILY) else ""
    if version.isascii() and version.isdigit() and len(version) < 10 and int(version) > _NEWEST:
        raise CueFileError("the cue was written by a newer Hitpoint: update this one")
    raise CueFileError(f"this is no cue file: {_ASKED}")


def _key(value: Any) -> Key:
    try:
        return parse_key(text(value, "key", longest=40))
    except OptionError as error:
        raise CueFileError(f"key: {error}") from None


def _tempo(value: Any) -> TempoMap:
    points = items(field(value, "points", "tempo"), "tempo.points", _tempo_point)
    beats_per_bar = whole(field(value, "beats_per_bar", "tempo"), "tempo.beats_per_bar", 1, 64)
    try:
        return TempoMap(points, beats_per_bar)
    except ValueError as error:
        raise CueFileError(f"tempo: {error}") from None


def _tempo_point(value: Any, where: str) -> TempoPoint:
    return TempoPoint(
        fraction(field(value, "beat", where), f"{where}.beat", Fraction(0)),
        fraction(field(value, "seconds_per_beat", where), f"{where}.seconds_per_beat"),
    )


def _steps(value: Any) -> tuple[Step, ...]:
    steps = items(value, "steps", _step)
    if not steps:
        raise CueFileError("steps: a cue has at least one")
    return steps


def _step(value: Any, where: str) -> Step:
    drawn = truth(value.get("drawn", False) if isinstance(value, dict) else False, f"{where}.drawn")
    return Step(
        chord=_chord(field(value, "chord", where), f"{where}.chord"),
        locked=truth(field(value, "locked", where), f"{where}.locked"),
        density=number(field(value, "density", where), f"{where}.density", 0, 1000),
        loudness=number(field(value, "loudness", where), f"{where}.loudness", 0, 100),
        drawn=drawn,
        loudness_drawn=truth(value.get("loudness_drawn", drawn), f"{where}.loudness_drawn"),  # one word said both once
    )


def _reroll(value: Any, where: str, steps: int) -> Reroll:
    first = whole(field(value, "first", where), f"{where}.first", 0, steps - 1)
    return Reroll(
        first=first,
        end=whole(field(value, "end", where), f"{where}.end", first + 1, steps),
        seed=whole(field(value, "seed", where), f"{where}.seed", -(2**128)),
    )


def _seed(value: Any) -> int | None:
    return None if value is None else whole(value, "tune_seed", -(2**128))


def _part_seed(value: Any, where: str) -> tuple[str, int]:
    name = text(field(value, "part", where), f"{where}.part", longest=200)
    return name, whole(field(value, "seed", where), f"{where}.seed", -(2**128))


def _chord(value: Any, where: str) -> Chord:
    try:
        return parse_written(text(value, where, longest=40))
    except ValueError as error:
        raise CueFileError(f"{where}: {error}") from None


def _hit_wish(value: Any, where: str) -> HitWish:
    return HitWish(
        frame=whole(field(value, "frame", where), f"{where}.frame", -_LATEST_FRAME, _LATEST_FRAME),
        event=text(field(value, "event", where), f"{where}.event"),
        priority=number(field(value, "priority", where), f"{where}.priority", 0, 1000),
    )


def _moods(value: Any) -> tuple[MoodSpan, ...]:
    moods = items(value, "moods", _mood_span)
    if any(span.end <= span.start for span in moods) or any(a.end > b.start for a, b in pairwise(moods)):
        raise CueFileError("moods: they are in order and do not overlap")
    return moods


def _mood_span(value: Any, where: str) -> MoodSpan:
    mood = text(field(value, "mood", where), f"{where}.mood")
    if mood not in {known.value for known in Mood}:
        raise CueFileError(f"{where}.mood: {mood[:40]!r} is no mood")
    return MoodSpan(
        number(field(value, "start", where), f"{where}.start", 0, _LONGEST),
        number(field(value, "end", where), f"{where}.end", 0, _LONGEST),
        Mood(mood),
        wished=truth(value.get("wished", False), f"{where}.wished"),
        point=_point(value.get("point"), f"{where}.point"),
    )


def _point(value: Any, where: str) -> Affect | None:
    if value is None:
        return None
    plane = items(value, where, lambda one, place: number(one, place, -1, 1))
    if len(plane) != 2:
        raise CueFileError(f"{where}: a point is valence and arousal")
    return Affect(*plane)


def _share(value: Any, where: str) -> float | None:
    return None if value is None else number(value, where, 0, 1)


def _tempo_wish(value: Any) -> float | None:
    return None if value is None else number(value, "bpm", 1, 1000)
