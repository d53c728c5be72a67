"""What a cue forgets of how it was played when it is changed, and what it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from hitpoint.core.cue.cue import Played
from hitpoint.core.cue.tune import TuneNote, unwritten


def led_anew(playing: tuple[Played | None, ...], which: Iterable[int]) -> tuple[Played | None, ...]:
    """What is known of the playing, but for the voicings of some steps, where the tune is to meet other chords."""
    free = frozenset(which)
    return tuple(
        p and replace(p, voicing=None, is_written=False) if index in free else p for index, p in enumerate(playing)
    )


def without_voicings(playing: tuple[Played | None, ...], which: Iterable[int]) -> tuple[Played | None, ...]:
    """What is known of the playing, but for the voicings of some steps."""
    free = frozenset(which)
    return tuple(p and replace(p, voicing=None) if index in free else p for index, p in enumerate(playing))


def played_anew(playing: tuple[Played | None, ...]) -> tuple[Played | None, ...]:
    """Levels only: other hands play other bars in other voicings."""
    return tuple(p and replace(p, voicing=None, figure=None) for p in playing)


def without_tune(playing: tuple[Played | None, ...]) -> tuple[Played | None, ...]:
    """What is known of the playing, but for the notes of the tune that are not locked."""
    return tuple(p and replace(p, tune=unwritten(p.tune), is_written=False, tune_range=None) for p in playing)


def without_tune_again(playing: tuple[Played | None, ...], sources: Sequence[int]) -> tuple[Played | None, ...]:
    """The playing of steps that come from others; locked notes go with the first step that comes from theirs."""
    freed = without_tune(playing)
    found = []
    for before, source in zip([-1, *sources], sources, strict=False):
        one = freed[source]
        found.append(one and replace(one, tune=()) if before == source else one)
    return tuple(found)


def tune_moved(playing: tuple[Played | None, ...], semitones: int) -> tuple[Played | None, ...]:
    """The playing with its tune so many semitones higher, the nearer way."""
    nearer = (semitones + 6) % 12 - 6
    return tuple(
        p and replace(p, tune=tuple(_note_moved(note, nearer) for note in p.tune), tune_range=None) for p in playing
    )


def _note_moved(note: TuneNote, semitones: int) -> TuneNote:
    pitch = note.pitch + semitones
    return replace(note, pitch=pitch - 12 if pitch > 127 else pitch + 12 if pitch < 0 else pitch)


def without_levels(playing: tuple[Played | None, ...], which: Iterable[int]) -> tuple[Played | None, ...]:
    """What is known of the playing, but for the levels of some steps, and the bars that were played for them."""
    free = frozenset(which)
    return tuple(p and replace(p, level=None, figure=None) if index in free else p for index, p in enumerate(playing))
