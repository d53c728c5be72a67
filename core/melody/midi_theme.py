"""The editor's own theme from a MIDI file: one voice, a few bars, read as degrees of its key with rhythm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import mido

from hitpoint.core.errors import OptionError
from hitpoint.core.melody.scales import degree_on, home_near
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.theme import Theme, ThemeNote

MOST_BARS = 8
_MOST_NOTES = 128
_LARGEST_FILE = 1 << 20  # bytes
_MOST_TRACKS = 64
_PERCUSSION = 9  # channel
_SLOTS_PER_BEAT = 4
_TOGETHER = 0.1  # beats that one note may sound into the next: legato, not two voices
_UNREADABLE = (OSError, EOFError, ValueError, LookupError, TypeError, AttributeError, mido.KeySignatureError)


@dataclass(frozen=True)
class _Heard:
    """Beats of start and end, and the pitch."""

    start: float
    end: float
    pitch: int


def read_theme(path: Path) -> Theme:
    """The theme of a MIDI file: the first track with notes, its bars from its first bar with a note on.

    Raises:
        OptionError: if the file cannot be read, has no notes, more than one voice, or more than :data:`MOST_BARS` bars.
    """
    if not path.is_file():
        raise OptionError(f"--theme: nothing found at {path}: give the path of a MIDI file")
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise OptionError(
                f"--theme {path}: larger than a megabyte; write a few bars of one voice to a file of their own"
            )
        midi = mido.MidiFile(path)
    except PermissionError:
        raise OptionError(f"--theme {path} may not be read: change its permissions, or give another file") from None
    except _UNREADABLE:
        raise OptionError(f"--theme {path} is empty or damaged, or no MIDI file: export the melody again") from None
    if midi.ticks_per_beat <= 0 or len(midi.tracks) > _MOST_TRACKS:
        raise OptionError(f"--theme {path}: its time does not count in beats; save it as a standard MIDI file")
    notes = next((found for found in (_notes(track, midi.ticks_per_beat) for track in midi.tracks) if found), [])
    _check_voice(path, notes)
    return _theme(path, notes, _bar_slots(midi), _key(midi, notes))


def _notes(track: Sequence[mido.Message], ticks_per_beat: int) -> list[_Heard]:
    """The notes of a track that is no kit's, in order; what is never released ends with the track."""
    tick, sounding, found = 0, dict[int, int](), list[_Heard]()
    for message in track:
        tick += message.time
        if message.type not in ("note_on", "note_off") or message.channel == _PERCUSSION:
            continue
        begun = sounding.pop(message.note, None)
        if begun is not None and tick > begun:
            found.append(_Heard(begun / ticks_per_beat, tick / ticks_per_beat, message.note))
        if message.type == "note_on" and message.velocity:
            sounding[message.note] = tick
    found += [_Heard(a / ticks_per_beat, tick / ticks_per_beat, note) for note, a in sounding.items() if tick > a]
    return sorted(found, key=lambda note: (note.start, note.pitch))


def _check_voice(path: Path, notes: Sequence[_Heard]) -> None:
    if not notes:
        raise OptionError(f"--theme {path}: there are no notes in it (drums do not count)")
    if len(notes) > _MOST_NOTES:
        raise OptionError(
            f"--theme {path}: {len(notes)} notes are more than a theme; leave the {MOST_BARS} bars that matter"
        )
    for before, after in pairwise(notes):
        if before.end - after.start > _TOGETHER or before.start == after.start:
            raise OptionError(
                f"--theme {path}: two notes sound at once at beat {after.start:g}; a theme has one voice, leave the "
                "melody alone"
            )


def _bar_slots(midi: mido.MidiFile) -> int:
    """Sixteenths of a bar, by the first time signature."""
    for track in midi.tracks:
        for message in track:
            if message.type == "time_signature":
                return max(16 * int(message.numerator) // int(message.denominator), 1)
    return 16


def _key(midi: mido.MidiFile, notes: Sequence[_Heard]) -> Key:
    """The key by the first key signature, if its scale has most notes; else the one whose scale fits best."""
    lengths = Counter[int]()
    for note in notes:
        lengths[note.pitch % 12] += round(16 * (note.end - note.start))
    signatures = [message.key for track in midi.tracks for message in track if message.type == "key_signature"]
    signed = [parse_key(signatures[0])] if signatures else []
    keys = [*signed, *(Key(tonic, is_minor) for is_minor in (False, True) for tonic in range(12))]
    last = notes[-1].pitch % 12

    def fit(key: Key) -> tuple[int, bool, bool, int]:
        """How well a key fits, best last: seconds in its scale, whether signed, whether the last note is its tonic."""
        fifth = lengths[(key.tonic + 7) % 12] + lengths[key.tonic]
        return sum(lengths[tone] for tone in key.scale), key in signed, last == key.tonic, fifth

    return max(keys, key=fit)


def _theme(path: Path, notes: Sequence[_Heard], bar_slots: int, key: Key) -> Theme:
    """Notes on the grid of sixteenths, from the bar of the first on, in degrees of the key."""
    slots = [round(note.start * _SLOTS_PER_BEAT) for note in notes]
    first = slots[0] // bar_slots * bar_slots
    home = home_near(sum(note.pitch for note in notes) / len(notes), key)
    found: list[ThemeNote] = []
    for at, (note, slot) in enumerate(zip(notes, slots, strict=True)):
        following = slots[at + 1] if at + 1 < len(notes) else slot + 16 * bar_slots
        if following > slot:
            length = min(max(round((note.end - note.start) * _SLOTS_PER_BEAT), 1), following - slot)
            found.append(ThemeNote(slot - first, length, *degree_on(note.pitch, key, home)))
    bars = -(-(found[-1].slot + 1) // bar_slots)
    if bars > MOST_BARS:
        raise OptionError(f"--theme {path}: {bars} bars are more than a theme; leave {MOST_BARS} at most")
    return Theme(tuple(found), bar_slots, bars, is_given=True)
