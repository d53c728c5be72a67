"""Finds a theme.

Many candidates of the network's, kept by how they sing and by how they meet the chords of all returns. The best of them
are judged again as they are sung, bent to the chords of their first statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from hitpoint.core.melody.copying import copied_share
from hitpoint.core.melody.fitting import HEAVY, Wish, fitted
from hitpoint.core.melody.ground import Staff, wished_notes
from hitpoint.core.melody.layout import THEME_BARS, PhrasePlan, phrase_plans
from hitpoint.core.melody.line import BAR, PITCHES
from hitpoint.core.melody.network import MelodyNetwork
from hitpoint.core.melody.passages import notes_of
from hitpoint.core.melody.sampling import Drawn, Listener, Manner
from hitpoint.core.melody.scales import degree_on, home_near, pitch_on
from hitpoint.core.melody.sheet import SLOT, LeadSheet, SheetNote
from hitpoint.core.melody.singing import singability
from hitpoint.core.music.key import Key
from hitpoint.core.music.theme import Theme, ThemeNote

_CANDIDATES = 48
_TRIED = 8  # that are judged as they are sung
_STREAM = 7  # of random numbers
_SEED_BITS = (1 << 64) - 1
_LAST_PLACE = 8  # place in the network's bar after which a theme begins no note in its last bar
_HALF_RANGE = 8  # semitones around the middle that candidates are drawn in
_LONGEST = 8  # sixteenths from note to note
_MEETS = 1.5  # of the share of heavy notes that meet their chords where the theme comes back
_COPIED = 3.0
_LATE = 1.0  # what a theme costs that rests on the first beat: the summit begins with it


def found_theme(sheet: LeadSheet, staff: Staff, network: MelodyNetwork) -> Theme | None:
    """The theme for a sheet; None where no bar of it can be heard."""
    statements = [
        plan
        for plan in phrase_plans(sheet.sections, sheet.bars, THEME_BARS)
        if plan.pieces and plan.pieces[0].source == "theme" and plan.pieces[0].is_plain
    ]
    if not statements:
        return None
    first = max(statements, key=lambda plan: (plan.pieces[0].bars, -plan.first_bar))
    bars = range(first.first_bar, min(first.first_bar + first.pieces[0].bars, sheet.bars))
    span = range(bars.start * BAR, bars.stop * BAR)
    if not staff.allowed[span.start : span.stop].any():
        return None
    listener = Listener(network, staff.ground)
    drawn = listener.drawn((), span, _manner(sheet, staff, span), _generators(sheet.seed))
    judge = _Judge.of(sheet, staff, bars, statements)
    scored = sorted(((judge.score(one), -at) for at, one in enumerate(drawn)), reverse=True)
    tried = [drawn[-at] for _, at in scored[:_TRIED]]
    sung = [(judge.score(one, is_sung=True), -at) for at, one in enumerate(tried)]
    return _theme(sheet, staff, tried[-max(sung)[1]], bars)


def _manner(sheet: LeadSheet, staff: Staff, span: range) -> Manner:
    allowed = staff.allowed.copy()
    allowed[span.stop - BAR + _LAST_PLACE + 1 : span.stop] = False
    middle = staff.class_of(int(staff.centre), span.start // BAR)
    return Manner(allowed, max(middle - _HALF_RANGE, 0), min(middle + _HALF_RANGE, PITCHES - 1), _LONGEST)


def _generators(seed: int) -> list[np.random.Generator]:
    return [np.random.Generator(np.random.PCG64([seed & _SEED_BITS, _STREAM, at])) for at in range(_CANDIDATES)]


@dataclass(frozen=True, eq=False)
class _Statement:
    """Where a theme comes: its key, and at each sixteenth whether a strong beat begins and which tones sound."""

    key: Key
    strong: tuple[bool, ...]
    sounding: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(sheet: LeadSheet, plan: PhrasePlan, size: int) -> _Statement:
        """The first ``size`` sixteenths, as far as the sheet goes."""
        start = sheet.bar_starts[plan.first_bar]
        beats = [start + slot * SLOT for slot in range(size)]
        inside = [beat for beat in beats if beat < sheet.bar_starts[-1]]
        sounding = tuple(sheet.chord_at(beat).pitch_classes for beat in inside)
        return _Statement(plan.section.key, tuple(map(sheet.is_strong, inside)), sounding)

    def meeting(self, theme: Theme) -> float:
        """The share of heavy notes that are tones of the chords."""
        heavy = met = 0
        for note in theme.notes:
            if note.slot < len(self.strong) and (self.strong[note.slot] or note.length * SLOT >= 1):
                heavy += 1
                pitch = pitch_on(note.degree, note.raised, self.key, 60 + self.key.tonic)
                met += pitch % 12 in self.sounding[note.slot]
        return met / max(heavy, 1)


@dataclass(frozen=True, eq=False)
class _Judge:
    """What all candidates for one theme are judged by."""

    sheet: LeadSheet
    staff: Staff
    bars: range
    strong: tuple[int, ...]
    wished: tuple[float, ...]
    statements: tuple[_Statement, ...]

    @staticmethod
    def of(sheet: LeadSheet, staff: Staff, bars: range, plans: Sequence[PhrasePlan]) -> _Judge:
        """The one of a theme of these bars that comes where these phrases are."""
        size = sum(map(sheet.bar_slots, bars))
        wished = tuple(wished_notes(sheet, bar) for bar in bars)
        statements = tuple(_Statement.of(sheet, plan, size) for plan in plans)
        return _Judge(sheet, staff, bars, staff.strong_places(bars), wished, statements)

    def score(self, drawn: Drawn, *, is_sung: bool = False) -> float:
        """How it sings and meets the chords; ``is_sung`` judges the pitches that it has over its first chords."""
        span = range(self.bars.start * BAR, self.bars.stop * BAR)
        inside = [
            (onset - span.start, p) for onset, p in zip(drawn.onsets, drawn.pitches, strict=True) if onset in span
        ]
        if len(inside) <= len(self.bars):
            return -9.0
        onsets, pitches = [onset for onset, _ in inside], [pitch for _, pitch in inside]
        heard = _sung(self.sheet, notes_of(self.sheet, self.staff, drawn, span), self.bars) if is_sung else pitches
        sings = singability(onsets, heard, len(self.bars), drawn.likelihood, self.strong, self.wished)
        theme = _theme(self.sheet, self.staff, drawn, self.bars)
        meets = sum(statement.meeting(theme) for statement in self.statements) / len(self.statements)
        late = _LATE if onsets[0] > 0 else 0.0
        return round(sings + _MEETS * meets - _COPIED * copied_share(onsets, pitches) - late, 6)


def _sung(sheet: LeadSheet, notes: Sequence[SheetNote], bars: range) -> tuple[int, ...]:
    """The pitches of a theme as it is first stated, whatever the octave."""
    key, chord = sheet.section_at(bars.start).key, sheet.chord_at(sheet.bar_starts[bars.stop] - SLOT)
    wishes = [
        Wish(
            note.start,
            note.pitch,
            sheet.chord_at(note.start),
            key,
            is_heavy=sheet.is_strong(note.start) or note.length >= HEAVY,
            is_plain=True,
        )
        for note in notes
    ]
    return fitted(wishes, sheet.low - 24, sheet.high + 24, "full" if chord.root == key.tonic else "half")


def _theme(sheet: LeadSheet, staff: Staff, drawn: Drawn, bars: range) -> Theme:
    key = sheet.section_at(bars.start).key
    start, slots = sheet.bar_starts[bars.start], sheet.common_slots
    notes = notes_of(sheet, staff, drawn, range(bars.start * BAR, bars.stop * BAR))
    home = home_near(sum(note.pitch for note in notes) / max(len(notes), 1), key)
    found = []
    for note in notes:
        degree, raised = degree_on(note.pitch, key, home)
        found.append(ThemeNote(int((note.start - start) / SLOT), max(int(note.length / SLOT), 1), degree, raised))
    return Theme(tuple(found), slots, len(bars))
