"""Writes a melody on a lead sheet.

Finds a theme, lays it out, lets the network go on, and fits each phrase to its chords.

>>> melody = written(sheet)                                                     # doctest: +SKIP
>>> melody.notes[0]                                                             # doctest: +SKIP
SheetNote(start=Fraction(8, 1), length=Fraction(1, 1), pitch=69, weight=0.7, locked=False)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import accumulate, pairwise

from hitpoint.core.melody.fitting import HEAVY, Wish, fitted
from hitpoint.core.melody.ground import Staff, staff_of
from hitpoint.core.melody.layout import THEME_BARS, PhrasePlan, Piece, base_letter, phrase_plans
from hitpoint.core.melody.meeting import shift_to_meet
from hitpoint.core.melody.network import MelodyNetwork
from hitpoint.core.melody.passages import Passage, as_heard, invented
from hitpoint.core.melody.phrasing import (
    BREATH,
    breathed,
    in_registers,
    octave_beside,
    silenced,
    struck_on_accents,
)
from hitpoint.core.melody.returning import head_bars, mirrored, varied
from hitpoint.core.melody.sampling import Listener
from hitpoint.core.melody.scales import degree_on, pitch_on
from hitpoint.core.melody.sheet import SLOT, LeadSheet, SheetNote, SheetSection
from hitpoint.core.melody.themes import found_theme
from hitpoint.core.music.theme import Theme, ThemeNote

_NEIGHBOURS = 12  # notes that stand, by which new ones among them find their register
_FAR = 6  # semitones beyond the instrument from which a note of an editor's theme is moved by octaves
_THIN = 91  # G6: a tune above it is lost over its accompaniment
_HOME_SHARE = 0.36  # of the instrument's range, where the theme is at home
_BEYOND, _NO_OCTAVE = 3.0, 6.0  # semitones off its home that one beyond the instrument, and no octave above, cost
_PLAIN_WEIGHT, _WEIGHT, _ASIDE_WEIGHT, _SUMMIT_WEIGHT = 0.6, 0.5, 0.3, 1.0


@dataclass(frozen=True)
class Melody:
    """What was written: notes in order, one at a time, and the theme they come from."""

    notes: tuple[SheetNote, ...]
    theme: Theme | None


@dataclass(frozen=True)
class _Draft:
    """A note before it is fitted; ``pitch`` is wished."""

    start: Fraction
    length: Fraction
    pitch: int
    weight: float
    is_plain: bool = False
    locked: bool = False
    is_fixed: bool = False


def written(sheet: LeadSheet, network: MelodyNetwork) -> Melody:
    """The melody of a sheet; bars that are known stay as they are. A pure function of both."""
    staff = staff_of(sheet)
    theme = sheet.theme or found_theme(sheet, staff, network)
    writer = _Writer(sheet, staff, Listener(network, staff.ground), theme)
    for plan in phrase_plans(sheet.sections, sheet.bars, THEME_BARS if theme is None else theme.bars):
        writer.write(plan)
    writer.end()
    is_whole = sheet.asked is None and not sheet.standing and not sheet.refit
    notes = in_registers(writer.notes, sheet) if is_whole else tuple(writer.notes)
    return Melody(notes, writer.theme)


class _Writer:
    """One melody on its way, phrase by phrase."""

    def __init__(self, sheet: LeadSheet, staff: Staff, listener: Listener, theme: Theme | None) -> None:
        self.sheet, self.staff, self.listener, self.theme = sheet, staff, listener, theme
        self.notes: list[SheetNote] = []
        self._is_realised = sheet.theme is not None
        self._middle: float | None = None  # pitch between the lowest and the highest note of the theme as first heard
        self._seconds: dict[str, tuple[PhrasePlan, tuple[SheetNote, ...]]] = {}

    def write(self, plan: PhrasePlan) -> None:
        """Go on by one phrase."""
        first = self.sheet.bar_starts[plan.first_bar]
        end = self.sheet.bar_starts[min(plan.first_bar + plan.bars, self.sheet.bars)]
        standing = [note for note in self.sheet.standing if first <= note.start < end]
        new = standing
        if self.sheet.is_asked_in(first, end):
            drafts = [replace(one, pitch=one.pitch + shift) for one, shift in self._beside(plan, self._drafts(plan))]
            new = self._fitted(plan, self._among(standing, drafts, (first, end)))
        self.notes.extend(new)
        self.listener.hear(as_heard(self.staff, [(note.start, note.pitch) for note in new]))
        self._remember(plan, new)

    def end(self) -> None:
        """The last note, held until the release, if the editor did not write it."""
        final = self.sheet.final
        bar = self.sheet.bar_at(final)
        if not self.sheet.is_asked(final) or final >= self.sheet.end or self.sheet.chord_at(final).is_silent:
            return
        self.notes = [note for note in self.notes if note.start < final or note.locked]
        if not self.notes or any(note.start >= final for note in self.notes):
            return
        last = self.notes[-1]
        key = self.sheet.section_at(bar).key
        wish = Wish(final, last.pitch, self.sheet.chord_at(final), key, is_heavy=True)
        pitch = fitted([wish], self.sheet.low, self.sheet.high, "full", last.pitch)[0]
        self.notes[-1] = replace(last, length=min(last.length, final - last.start))
        self.notes.append(SheetNote(final, self.sheet.end - final, pitch, _PLAIN_WEIGHT))
        self.notes = list(silenced(self.notes, self.sheet.silences))

    def _beside(self, plan: PhrasePlan, drafts: Sequence[_Draft]) -> list[tuple[_Draft, int]]:
        """The drafts of a phrase, and the octaves that bring them to the register of what stands beside them."""
        asked = [one for one in drafts if self.sheet.is_asked(one.start)]
        shift = 0
        if asked and self.sheet.standing:
            bars = (plan.section.first_bar, plan.section.first_bar + plan.section.bars)
            start, end = (self.sheet.bar_starts[min(bar, self.sheet.bars)] for bar in bars)
            inside = [note for note in self.sheet.standing if start <= note.start < end]
            middle = (asked[0].start + asked[-1].start) / 2
            near = sorted(inside, key=lambda note: abs(note.start - middle))[:_NEIGHBOURS]
            pitches = [one.pitch for one in asked]
            shift = octave_beside(pitches, [note.pitch for note in near], self.sheet.low, self.sheet.high)
        return [(one, shift) for one in drafts]

    def _drafts(self, plan: PhrasePlan) -> list[_Draft]:
        """The notes that the plan of a phrase asks for, pitches as they would be without chords."""
        drafts: list[_Draft] = []
        at = plan.first_bar
        for piece in self._pieces(plan):
            end = min(at + piece.bars, self.sheet.bars)
            if at < end:
                drafts.extend(self._piece(plan, piece, range(at, end), drafts))
            at = end
        return [draft for draft in drafts if draft.start < self.sheet.final and not self.sheet.is_rest(draft.start)]

    def _pieces(self, plan: PhrasePlan) -> tuple[Piece, ...]:
        """What a phrase is made of; new bars throughout where the editor asked for others."""
        fresh = self.sheet.fresh[plan.first_bar : plan.first_bar + plan.bars]
        return (Piece(plan.bars, "network"),) if any(seed is not None for seed in fresh) else plan.pieces

    def _said(self, plan: PhrasePlan) -> int:
        """Bars of a phrase until the lead has said what it says; all of them if it rests throughout."""
        ends = [0, *accumulate(piece.bars for piece in self._pieces(plan))]
        said = [end for piece, end in zip(self._pieces(plan), ends[1:], strict=True) if piece.source != "rest"]
        return said[-1] if said else plan.bars

    def _piece(self, plan: PhrasePlan, piece: Piece, bars: range, before: Sequence[_Draft]) -> list[_Draft]:
        match piece.source:
            case "theme" if self.theme is not None:
                return self._quoted(plan.section, self.theme, self.theme, piece, bars)
            case "second" if base_letter(plan.section) in self._seconds:
                second = self._second(plan.section)
                return self._quoted(plan.section, second, self.theme or second, piece, bars)
            case "rest":
                return []
            case _:
                return self._invented(plan, bars, before)

    def _second(self, section: SheetSection) -> Theme:
        """The idea of a letter as it was first heard."""
        plan, notes = self._seconds[base_letter(section)]
        return self._theme_from(notes, plan.section, plan.first_bar, plan.bars)

    def _quoted(self, section: SheetSection, theme: Theme, first: Theme, piece: Piece, bars: range) -> list[_Draft]:
        """Bars of a theme, moved, varied, slowed, and put into the metre of these bars.

        ``first`` tells its register.
        """
        home = self._raised(section, theme, self._home(section, first))
        known = head_bars(theme) * theme.bar_slots if piece.variant else theme.bars * theme.bar_slots
        theme = varied(theme, piece.variant, self.sheet.seed, is_compound=self.sheet.is_compound)
        theme = mirrored(theme) if piece.is_mirrored else theme
        weight = _SUMMIT_WEIGHT if section.is_summit else _PLAIN_WEIGHT if piece.is_plain else _WEIGHT
        weight = _ASIDE_WEIGHT if piece.stretch > 1 else weight
        found = []
        starts = [self._beat_of(theme, note.slot, piece, bars) for note in theme.notes]
        is_return = piece.is_plain and piece.variant > 0 and not theme.is_given
        shift = piece.shift
        if is_return:
            shift = shift_to_meet(self.sheet, theme, starts, section.key, home, piece.shift, known)
        ends = [self._beat_of(theme, note.slot + note.length, piece, bars, is_end=True) for note in theme.notes]
        for note, start, end in zip(theme.notes, starts, ends, strict=True):
            if start is not None and start < self.sheet.bar_starts[bars.stop]:
                until = min(self.sheet.bar_starts[bars.stop] if end is None else end, self.sheet.bar_starts[bars.stop])
                pitch = pitch_on(note.degree + shift, note.raised, section.key, home)
                pitch = _folded(pitch, self.sheet) if theme.is_given else pitch
                is_plain = piece.is_plain and note.slot < known
                found.append(_Draft(start, max(until - start, SLOT), pitch, weight, is_plain))
        return found

    def _beat_of(self, theme: Theme, slot: int, piece: Piece, bars: range, *, is_end: bool = False) -> Fraction | None:
        """The beat of a slot of a theme in these bars.

        None before the first, after the last, and where a bar is too short.

        A short bar cuts what does not fit, a long one waits; only to another metre is the theme fitted. Ends lie in the
        bar.
        """
        place = (slot - piece.first * theme.bar_slots) * piece.stretch
        if place < 0:
            return None
        bar, inside = divmod(place - is_end, theme.bar_slots)
        if bar >= len(bars):
            return None
        number, inside = bars[bar], inside + is_end
        slots = self.sheet.bar_slots(number)
        if is_end and inside == theme.bar_slots:
            return self.sheet.bar_starts[number + 1]
        if theme.bar_slots != self.sheet.common_slots and theme.bar_slots != slots:
            inside = self.staff.moved_slot(inside, theme.bar_slots, number)
        elif inside >= slots:
            return self.sheet.bar_starts[number + 1] if is_end else None
        return self.sheet.bar_starts[number] + inside * SLOT

    def _home(self, section: SheetSection, theme: Theme) -> int:
        """The tonic from which a theme is counted in a section.

        About where it was heard first; before that, so low that an octave above is left for the summit.
        """
        degrees = [note.degree for note in theme.notes] or [0]
        middle = (self.sheet.low + self.sheet.high) // 2
        homes = [home for home in range(middle - 24, middle + 25) if home % 12 == section.key.tonic]

        def cost(home: int) -> float:
            """Semitones by which the theme lies off its middle and its range from there; more where no octave is left."""
            low, high = (pitch_on(degree, 0, section.key, home) for degree in (min(degrees), max(degrees)))
            centre = self._centre() if self._middle is None else self._middle
            is_high = self._middle is None and high + 12 > min(self.sheet.high, _THIN)
            return abs((low + high) / 2 - centre) + _BEYOND * _outside(low, high, self.sheet) + _NO_OCTAVE * is_high

        return min(homes, key=lambda home: (round(cost(home), 6), home))

    def _raised(self, section: SheetSection, theme: Theme, home: int) -> int:
        """The tonic, an octave higher at the summit if the instrument has the theme there and it does not grow thin."""
        top = pitch_on(max((note.degree for note in theme.notes), default=0), 0, section.key, home)
        return home + 12 if section.is_summit and top + 12 <= min(self.sheet.high, _THIN) else home

    def _centre(self) -> float:
        return self.sheet.low + _HOME_SHARE * (self.sheet.high - self.sheet.low)

    def _invented(self, plan: PhrasePlan, bars: range, before: Sequence[_Draft]) -> list[_Draft]:
        """What the network writes in these bars, knowing all that stands before them."""
        past = [(one.start, one.pitch) for one in before if one.start < self.sheet.bar_starts[bars[0]]]
        seeds = [seed for seed in self.sheet.fresh[bars.start : bars.stop] if seed is not None]
        passage = Passage(
            bars, tuple(past), seeds[0] if seeds else self.sheet.seed, is_end=bars.stop == plan.first_bar + plan.bars
        )
        notes = invented(self.sheet, self.staff, self.listener, passage)
        weight = _SUMMIT_WEIGHT if plan.section.is_summit else _WEIGHT
        return [_Draft(note.start, note.length, note.pitch, weight) for note in notes]

    def _among(
        self, standing: Sequence[SheetNote], drafts: Sequence[_Draft], span: tuple[Fraction, Fraction]
    ) -> list[_Draft]:
        """Drafts where notes are asked for, between those that stand; where a rhythm is to stay, that."""
        kept = [_Draft(n.start, n.length, n.pitch, n.weight, locked=n.locked, is_fixed=True) for n in standing]
        again = [
            _Draft(n.start, n.length, n.pitch, n.weight, True) for n in self.sheet.refit if span[0] <= n.start < span[1]
        ]
        new = [one for one in drafts if self.sheet.is_asked(one.start) and not self.sheet.has_rhythm(one.start)]
        free = [one for one in (*new, *again) if not any(_overlap(one, note) for note in standing)]
        return sorted((*free, *kept), key=lambda one: (one.start, one.pitch))

    def _fitted(self, plan: PhrasePlan, drafts: list[_Draft]) -> list[SheetNote]:
        """The notes of a phrase at the pitches that cost least, with breath, silences and accents."""
        drafts = _one_at_a_time(drafts)
        key = plan.section.key
        wishes = [
            Wish(
                draft.start,
                draft.pitch,
                self.sheet.chord_at(draft.start),
                key,
                self.sheet.is_strong(draft.start) or draft.length >= HEAVY,
                draft.is_fixed,
                draft.is_plain,
            )
            for draft in drafts
        ]
        before = self.notes[-1].pitch if self.notes else None
        after = next((n.pitch for n in self.sheet.standing if wishes and n.start > wishes[-1].start), None)
        pitches = fitted(wishes, self.sheet.low, self.sheet.high, self._ending(plan), before, after)
        notes = [
            SheetNote(draft.start, draft.length, pitch, draft.weight, draft.locked)
            for draft, pitch in zip(drafts, pitches, strict=True)
        ]
        said, whole = (
            self.sheet.bar_starts[min(plan.first_bar + bars, self.sheet.bars)] for bars in (self._said(plan), plan.bars)
        )
        end = min(said + BREATH, whole) if not notes or notes[-1].start < said else whole
        fixed = frozenset(draft.start for draft in drafts if draft.is_fixed)
        notes = list(struck_on_accents(breathed(notes, end, fixed), self.sheet.accents, fixed))
        return list(silenced(notes, self.sheet.silences))

    def _ending(self, plan: PhrasePlan) -> str:
        """How a phrase ends, by the chord that is reached: on the tonic's fully, elsewhere openly."""
        end = self.sheet.bar_starts[min(plan.first_bar + plan.bars, self.sheet.bars)]
        chord = self.sheet.chord_at(end - SLOT)
        return "full" if chord.root == plan.section.key.tonic else "half"

    def _remember(self, plan: PhrasePlan, new: Sequence[SheetNote]) -> None:
        """Take the theme as it is first heard for the theme, and a second idea for what comes back with its letter."""
        first = plan.pieces[0] if plan.pieces else Piece(0, "rest")
        letter = base_letter(plan.section)
        if first.source == "network" and letter not in ("", "A") and letter not in self._seconds and new:
            self._seconds[letter] = (plan, tuple(new))
        is_whole = self.theme is not None and first.bars == self.theme.bars and (first.stretch, first.variant) == (1, 0)
        if self.theme is None or self._is_realised or not (first.source == "theme" and first.is_plain and is_whole):
            return
        realised = self._theme_from(new, plan.section, plan.first_bar, first.bars)
        if [note.slot for note in realised.notes] == [note.slot for note in self.theme.notes]:
            self._is_realised, self.theme = True, realised
            pitches = [note.pitch for note in new][: len(realised.notes)]
            self._middle = (min(pitches) + max(pitches)) / 2

    def _theme_from(self, notes: Iterable[SheetNote], section: SheetSection, first: int, bars: int) -> Theme:
        start, slots = self.sheet.bar_starts[first], self.sheet.common_slots
        home = self._home(section, self.theme) if self.theme else section.key.tonic + 60
        found = []
        for note in notes:
            slot = int((note.start - start) / SLOT)
            if slot < bars * slots:
                degree, raised = degree_on(note.pitch, section.key, home)
                found.append(ThemeNote(slot, max(int(note.length / SLOT), 1), degree, raised))
        return Theme(tuple(found), slots, bars)


def _outside(low: int, high: int, sheet: LeadSheet) -> int:
    """Semitones by which a span goes beyond the instrument."""
    return max(sheet.low - low, 0) + max(high - sheet.high, 0)


def _folded(pitch: int, sheet: LeadSheet) -> int:
    """A pitch, moved by octaves to the instrument if it lies far beyond it."""
    below, above = max(sheet.low - pitch, 0), max(pitch - sheet.high, 0)
    if max(below, above) <= _FAR:
        return pitch
    return pitch + 12 * -(-below // 12) - 12 * -(-above // 12)


def _overlap(draft: _Draft, note: SheetNote) -> bool:
    return draft.start < note.end and note.start < draft.start + draft.length


def _one_at_a_time(drafts: Sequence[_Draft]) -> list[_Draft]:
    """Each note ends where the next begins; of two that begin at once the fixed one, or the first, stays."""
    kept: list[_Draft] = []
    for draft in drafts:
        if kept and kept[-1].start == draft.start:
            kept[-1] = draft if draft.is_fixed and not kept[-1].is_fixed else kept[-1]
        else:
            kept.append(draft)
    ends = [min(a.start + a.length, b.start) for a, b in pairwise(kept)]
    cut = [replace(draft, length=end - draft.start) for draft, end in zip(kept, ends, strict=False)]
    return [*cut, *kept[-1:]]
