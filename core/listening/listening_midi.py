"""What was heard as a MIDI file.

A tempo map with the beats, chords as held notes, a line, drums, sections as markers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

import mido

from hitpoint.core.listening.listening import Listening
from hitpoint.core.model.vocabulary import SILENCE, chord_of, symbol_of

_TICKS = 480
_DRUM = {"low": 36, "mid": 38, "high": 42}
_CHORD_CENTRE = 60
_DEFAULT_BEAT = 0.5  # seconds


def write_listening_midi(heard: Listening, path: Path) -> None:
    """Write it; bars and beats of the file are those that were heard.

    Raises:
        OSError: if it cannot be written.
    """
    grid = _Grid(heard)
    midi = mido.MidiFile(ticks_per_beat=_TICKS)
    midi.tracks.append(_track([*grid.tempo_events(), *_sections(heard, grid)]))
    midi.tracks.append(_track([_named("Chords"), *_chords(heard, grid)]))
    if heard.melody:
        midi.tracks.append(_track([_named("Melody"), *_melody(heard, grid)]))
    if heard.drums:
        midi.tracks.append(_track([_named("Drums"), *_drums(heard, grid)]))
    midi.save(path)


_Event = tuple[int, int, mido.Message | mido.MetaMessage]


class _Grid:
    """Seconds to ticks, a quarter a beat (a dotted one counts as a quarter here too).

    Bar 1 begins at the first bar line.

    Time before the first beat is a pickup of whole beats.
    """

    def __init__(self, heard: Listening) -> None:
        beats = list(heard.beats) if len(heard.beats) > 1 else []
        if not beats:
            beats = [_DEFAULT_BEAT * index for index in range(int(heard.seconds / _DEFAULT_BEAT) + 2)]
        first = beats[1] - beats[0]
        while beats[0] > 1e-3:
            beats.insert(0, max(beats[0] - first, 0.0))
        beats.append(max(heard.seconds, beats[-1] + 0.02))
        self._beats = beats
        self._metre = heard.beats_per_bar

    def tick(self, seconds: float) -> int:
        """The tick of a time, between the beats by proportion."""
        index = min(max(bisect_right(self._beats, seconds) - 1, 0), len(self._beats) - 2)
        low, high = self._beats[index], self._beats[index + 1]
        return round(_TICKS * (index + min(max((seconds - low) / (high - low), 0.0), 1.0)))

    def tempo_events(self) -> list[_Event]:
        """A tempo a beat, and the metre."""
        events: list[_Event] = [(0, 0, mido.MetaMessage("time_signature", numerator=self._metre, denominator=4))]
        for index, (low, high) in enumerate(zip(self._beats, self._beats[1:], strict=False)):
            tempo = min(max(round(1e6 * (high - low)), 1), 16777215)
            events.append((index * _TICKS, 0, mido.MetaMessage("set_tempo", tempo=tempo)))
        return events


def _named(name: str) -> _Event:
    return 0, 0, mido.MetaMessage("track_name", name=name)


def _sections(heard: Listening, grid: _Grid) -> list[_Event]:
    return [(grid.tick(s.start), 1, mido.MetaMessage("marker", text=s.label)) for s in heard.sections]


def _chords(heard: Listening, grid: _Grid) -> list[_Event]:
    events: list[_Event] = []
    for chord in heard.chords:
        if chord.token != SILENCE:
            start, end = grid.tick(chord.start), grid.tick(chord.end)
            events.append((start, 1, mido.MetaMessage("lyrics", text=symbol_of(chord.token))))
            for tone in chord_of(chord.token).pitch_classes:
                pitch = _CHORD_CENTRE - 6 + (tone - _CHORD_CENTRE + 6) % 12
                events += _note(start, end, 0, pitch, 70)
    return events


def _melody(heard: Listening, grid: _Grid) -> list[_Event]:
    notes = [_note(grid.tick(n.start), grid.tick(n.end), 1, n.pitch, 96) for n in heard.melody]
    return [event for note in notes for event in note]


def _drums(heard: Listening, grid: _Grid) -> list[_Event]:
    strokes = [(grid.tick(d.time), _DRUM[d.band], round(40 + 80 * d.strength)) for d in heard.drums]
    return [event for at, drum, velocity in strokes for event in _note(at, at + _TICKS // 8, 9, drum, velocity)]


def _note(start: int, end: int, channel: int, pitch: int, velocity: int) -> list[_Event]:
    stop = max(end, start + 1)
    return [
        (start, 3, mido.Message("note_on", channel=channel, note=pitch, velocity=velocity)),
        (stop, 2, mido.Message("note_off", channel=channel, note=pitch)),
    ]


def _track(events: Sequence[_Event]) -> mido.MidiTrack:
    """Events in order of time, as a track of distances."""
    track, now = mido.MidiTrack(), 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    return track
