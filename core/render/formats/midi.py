"""Writes a score as a standard MIDI file (type 1, 960 ticks a quarter note).

The first track has tempo, metre, key and the markers of sections; the second, "Chords", has chord symbols as markers;
then comes one track a part. MIDI counts tempo in whole microseconds a beat: each tempo is chosen so that the next one
is on time again, and a steady tempo is corrected every 64 beats, so that no moment strays by a tick however long the
cue.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

from mido import Message, MetaMessage, MidiFile, MidiTrack

from hitpoint.core.errors import EditWriteError
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.score import BEND_RANGE, Part, Score, ScoreMarker
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.render.parts.events import without_overlap

TICKS_PER_BEAT = 960
_LONGEST_STRETCH = 64 * TICKS_PER_BEAT
_SLOWEST = 2**24 - 1  # microseconds a beat that MIDI can say
_VOLUME_AT_UNITY = 100
_BANK_SELECT = 0
_BEND_FULL = 8192  # of the 14-bit wheel, from its middle
_META, _OFF, _CONTROL, _ON = range(4)  # what comes first at the same tick

_Event = tuple[int, int, "Message | MetaMessage"]


def write_midi(score: Score, path: Path, *, seconds: Fraction | float, name: str = "") -> None:
    """Write a score; every track ends where the cue does.

    Args:
        score: what is played. What starts at or after the end is left out; what lasts longer is cut.
        path: of the ``.mid`` file; it must not exist.
        seconds: length of the cue.
        name: of the piece, for the first track.

    Raises:
        EditWriteError: if the file exists or cannot be written.
    """
    if path.exists():
        raise EditWriteError(f"{path} exists and is never overwritten; choose another name or folder")
    file = midi_file(score, seconds=seconds, name=name)
    partial = path.with_name(path.name + ".part")
    try:
        file.save(str(partial))
        partial.replace(path)
    except OSError as error:
        raise EditWriteError(f"{path} cannot be written ({error.strerror}); choose another folder") from None


def midi_file(score: Score, *, seconds: Fraction | float, name: str = "") -> MidiFile:
    """The score as mido's MIDI file, see :func:`write_midi`."""
    end = tick_of(score.tempo.beat_at(seconds))
    file = MidiFile(type=1, ticks_per_beat=TICKS_PER_BEAT, charset="utf-8")
    file.tracks.append(_track(name or "Hitpoint", _conductor(score, end), end))
    file.tracks.append(_track("Chords", _markers(score.chords, "marker"), end))
    for part in score.parts:
        file.tracks.append(_track(part.name, _part_events(part, end), end))
    return file


def tick_of(beat: Fraction | float) -> int:
    """The tick nearest to a beat; halves go to the later one."""
    over, under = beat.as_integer_ratio()  # in whole numbers, because a long cue asks for a hundred thousand
    return (2 * over * TICKS_PER_BEAT + under) // (2 * under)


def tempo_events(tempo: TempoMap, end: int) -> Iterator[tuple[int, int]]:
    """Tick and microseconds a beat of each tempo that MIDI is told, up to the tick ``end``."""
    said, now = None, Fraction(0)
    for first, after in pairwise(_tempo_ticks(tempo, end)):
        beats = Fraction(after - first, TICKS_PER_BEAT)
        target = tempo.seconds_at(Fraction(after, TICKS_PER_BEAT)) * 1_000_000
        microseconds = min(max(round((target - now) / beats), 1), _SLOWEST)
        if microseconds != said:
            yield first, microseconds
        said, now = microseconds, now + microseconds * beats


def _tempo_ticks(tempo: TempoMap, end: int) -> list[int]:
    """Ticks between which the tempo is steady, none further apart than 64 beats."""
    changes = sorted({min(tick_of(point.beat), end) for point in tempo.points} | {0, max(end, 1)})
    ticks = [0]
    for after in changes[1:]:
        while after - ticks[-1] > _LONGEST_STRETCH:
            ticks.append(ticks[-1] + _LONGEST_STRETCH)
        ticks.append(after)
    return ticks


def _conductor(score: Score, end: int) -> Iterator[_Event]:
    for beat, metre in score.metres or ((0.0, Metre(score.tempo.beats_per_bar, 4)),):
        signature = MetaMessage("time_signature", numerator=metre.numerator, denominator=metre.denominator)
        yield tick_of(beat), _META, signature
    for beat, key in ((0.0, score.key_name), *score.keys):
        yield tick_of(beat), _META, MetaMessage("key_signature", key=key)
    for tick, microseconds in tempo_events(score.tempo, end):
        yield tick, _META, MetaMessage("set_tempo", tempo=microseconds)
    yield from _markers(score.markers, "marker")


def _markers(markers: Iterable[ScoreMarker], kind: str) -> Iterator[_Event]:
    for marker in markers:
        yield tick_of(marker.beat), _META, MetaMessage(kind, text=marker.text)


def _part_events(part: Part, end: int) -> Iterator[_Event]:
    channel = part.channel
    volume = round(min(_VOLUME_AT_UNITY * 10.0 ** (part.gain_decibels / 40.0), 127))
    pan = min(max(round(64 + 64 * part.pan), 0), 127)
    if part.bank:
        yield 0, _META, Message("control_change", channel=channel, control=_BANK_SELECT, value=part.bank)
    yield 0, _META, Message("program_change", channel=channel, program=part.program)
    yield 0, _META, Message("control_change", channel=channel, control=7, value=volume)
    yield 0, _META, Message("control_change", channel=channel, control=10, value=pan)
    for one in part.controls:
        message = Message("control_change", channel=channel, control=one.number, value=one.value)
        yield tick_of(one.beat), _CONTROL, message
    for bend in part.bends:
        pitch = min(round(bend.semitones / BEND_RANGE * _BEND_FULL), _BEND_FULL - 1)
        yield tick_of(bend.beat), _CONTROL, Message("pitchwheel", channel=channel, pitch=pitch)
    for note in without_overlap(part.notes):
        start = tick_of(note.start)
        stop = min(max(tick_of(note.end), start + 1), end)
        if start < stop:
            yield start, _ON, Message("note_on", channel=channel, note=note.pitch, velocity=note.velocity)
            yield stop, _OFF, Message("note_off", channel=channel, note=note.pitch, velocity=0)


def _track(name: str, events: Iterable[_Event], end: int) -> MidiTrack:
    """A track with its events in order, each told by the ticks since the one before."""
    track = MidiTrack([MetaMessage("track_name", name=name, time=0)])
    before = 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        if tick > end or (tick == end and message.type in ("note_on", "marker")):
            continue
        message.time = tick - before
        track.append(message)
        before = tick
    track.append(MetaMessage("end_of_track", time=end - before))
    return track
