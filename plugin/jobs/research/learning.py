"""Styles learnt from recordings: made by ``learn-style``, asked for by ``--like NAME``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.core.compose.like.follow import NOTHING
from hitpoint.core.compose.like.learnt_style import (
    LearntStyle,
    check_learnt_styles_folder,
    checked_name,
    read_learnt_style,
    taken_by,
    write_learnt_style,
)
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.errors import OptionError
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.job import Recordings

if TYPE_CHECKING:  # loads numpy
    from hitpoint.core.compose.like.temp import Temp
    from hitpoint.core.listening.listening import Listening

_TRACK = "track:"
_LONGEST = 900  # seconds of a recording that are heard
_SLOWEST, _FASTEST = 40.0, 240.0


@dataclass(frozen=True)
class StyleLesson:
    """The recordings that a style is learnt from.

    Attributes:
        references: recordings.
        name: of the style.
        may_replace: whether one of that name gives way.
        tempo_factor: 2 hears twice as many beats, 0.5 half as many.
        engine: whose chord model, and whether what was heard before is used again.
    """

    references: tuple[Path, ...]
    name: str
    may_replace: bool = False
    tempo_factor: float = 1.0
    engine: Engine = field(default_factory=Engine)


def learn_style_from(lesson: StyleLesson, progress: Progress = SILENT) -> tuple[LearntStyle, Path]:
    """Listen, learn, and keep the style; answers it and its file.

    Raises:
        OptionError: if the name is taken or none, there is too little to learn from, or styles cannot be kept.
        MediaReadError: if a file holds no sound.
        CheckpointError: if the chord model cannot be loaded, or can learn no style.
        Cancelled: if stopped.
    """
    taken = taken_by(checked_name(lesson.name))
    if taken is not None and not lesson.may_replace:
        raise OptionError(f"a style {taken!r} is there already: choose another name, or --replace")
    name = taken or lesson.name
    missing = next((path for path in lesson.references if not path.is_file()), None)
    if missing is not None:
        raise OptionError(f"{missing}: there is no such file to learn from")
    check_learnt_styles_folder()
    from hitpoint.core.compose.like.learning import learn_style
    from hitpoint.core.model.checkpoint import default_checkpoint, fingerprint, load_chord_model
    from hitpoint.core.model.networks.memory_amt import MemoryAMT

    weights = lesson.engine.checkpoint or default_checkpoint("amt")
    model = load_chord_model(weights)
    if not isinstance(model, MemoryAMT):
        raise OptionError(f"{weights.name}: this model can learn no style; use the one that comes with Hitpoint")
    heard = _heard(lesson, progress.part(0.0, 0.5))
    style = learn_style(model, fingerprint(weights), name, heard, progress.part(0.5, 1.0))
    return style, write_learnt_style(style)


def _heard(lesson: StyleLesson, progress: Progress) -> list[tuple[str, Listening]]:
    from hitpoint.core.listening.listening_cache import heard_before_or_now
    from hitpoint.core.listening.recording import clip_of_file

    cache = user_cache_folder() if lesson.engine.use_cache else None
    found: list[tuple[str, Listening]] = []
    clips = [clip_of_file(path) for path in lesson.references]  # says now if one has no sound
    for number, (path, clip) in enumerate(zip(lesson.references, clips, strict=True)):
        part = progress.share(number, len(lesson.references))
        seconds = min(clip.end - clip.start, Fraction(_LONGEST))
        heard = heard_before_or_now((clip,), clip.start, seconds, lesson.tempo_factor, cache, part)
        found.append((path.name, heard))
    return found


def is_style(name: str) -> bool:
    """Whether ``--like`` means a learnt style: no track, no file that is there, but a name that is kept."""
    return not name.startswith(_TRACK) and not Path(name).is_file() and taken_by(name) is not None


def style_for(engine: Engine, name: str) -> LearntStyle:
    """The style, if the engine's chord model understands it.

    Raises:
        OptionError: if it was learnt with other weights.
        StyleFileError: if its files are damaged.
    """
    from hitpoint.core.model.checkpoint import default_checkpoint, fingerprint

    style = read_learnt_style(name)
    if style.chord_model != fingerprint(engine.checkpoint or default_checkpoint("amt")):
        raise OptionError(
            f"the style {style.name!r} was learnt with another chord model than writes here: learn it again, with "
            "--replace and the same --weights"
        )
    return style


def with_style(asked: Recordings, wishes: Wishes, style: LearntStyle) -> Wishes:
    """The wishes with a learnt style: its vector, its tempo and rate of changes where the editor chose none.

    At strength 0 they are the wishes as they were.
    """
    if asked.style_strength == 0.0 and not asked.opens_style:
        return wishes
    bpm = None if style.bpm is None else round(min(max(style.bpm, _SLOWEST), _FASTEST), 2)
    return replace(
        wishes,
        like=kept_music(style),
        follow=NOTHING,
        closeness=asked.closeness,
        like_strength=asked.strength if asked.opens_style else 0.0,
        style_vector=style.vector,
        style_strength=asked.style_strength,
        bpm=wishes.bpm or bpm,
        change_rate=style.change_rate if wishes.change_rate is None else wishes.change_rate,
    )


def kept_music(style: LearntStyle) -> Temp:
    """The chords that a style keeps, as a recording of which nothing else is known.

    Music is written like them and does not copy them.
    """
    from hitpoint.core.compose.like.temp import Temp
    from hitpoint.core.listening.chord_tracking import HeardChord
    from hitpoint.core.listening.listening import HeardKey, Listening
    from hitpoint.core.model.vocabulary import model_key

    tokens = [token for row in style.chords for token in row]
    chords = tuple(HeardChord(float(at), float(at + 1), token, 1.0) for at, token in enumerate(tokens))
    key = HeardKey(0.0, float(len(tokens)), model_key(is_minor=style.is_minor), 1.0)
    return Temp(style.name, Listening(float(len(tokens)), keys=(key,), chords=chords))
