"""Several ensembles in one cue: who plays where, and how two of them pass into each other.

Each ensemble is arranged over the whole cue, on one form; of its parts only what lies in its stretches is kept. While
one ensemble gives way to another, parts of both cross role by role, pads first, then figures; drums, bass and lead are
handed over on a bar line, so that there is always one bass and never two. Pads and figures cross by level, with equal
power; a part whose role the other ensemble lacks fades. Levels are expression (MIDI controller 11), so that any program
that plays the MIDI file hears them.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from hitpoint.core.arrange.form.bars import Bar, bars_of
from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.styles.ensemble import Player, Style
from hitpoint.core.arrange.styles.part_styles import ensembles_of
from hitpoint.core.cue.cue import Cue, Played, altered
from hitpoint.core.cue.styling import leading_style, span_at
from hitpoint.core.music.score import DRUM_CHANNEL, Control, Note, Part

PartsOf = Callable[[Cue, Form, Style], tuple[Part, ...]]

_EXPRESSION, _PEDAL, _OPEN = 11, 64, 127
_LAST_CHANNEL = 15
_HANDED = frozenset({"bass", "lead", "percussion"})  # roles of which one ensemble plays at a time
_WINDOWS = {"pad": (0.0, 0.6), "harmony": (0.2, 0.8)}  # shares between which both ensembles play a role
_HANDOVER = {"bass": 0.5, "percussion": 0.5, "lead": 0.6}
_REACH = 0.4  # of the share, before and after a handover, in which a part's level bends
_BENT = 0.5  # power that a part has when it is handed over
_FAINTEST = 0.02  # power of a part that is just coming in or all but gone
_BASS_TOP = 45  # MIDI pitch below which a part without the bass role does not double another ensemble's bass
_LEAST_STRUCK, _LEAST_HELD = 2.0, 0.5  # beats left of a note that is struck again where its part comes in


@dataclass(frozen=True, eq=False)
class Crossing:
    """Where which ensemble plays, bar by bar.

    Attributes:
        cue: whose stretches they are.
        bars: of its form.
        styles: its ensembles, the cue's own first.
    """

    cue: Cue
    bars: tuple[Bar, ...]
    styles: tuple[Style, ...]

    def share_of(self, style: str, beat: float) -> float:
        """The share, 0..1, that an ensemble has at a beat; the shares of all add up to 1."""
        frame = self._frame(beat)
        span = span_at(self.cue.styling, frame)
        if span is None:
            return float(style == self.cue.style)
        other = span.share_at(frame)
        return (1.0 - other if style == span.style else 0.0) + (other if style == span.other else 0.0)

    def partner(self, style: str, beat: float) -> Style | None:
        """The other ensemble of a beat at which two play; None where one plays alone."""
        span = span_at(self.cue.styling, self._frame(beat))
        if span is None or not span.is_crossing or style not in span.names:
            return None
        name = span.other if span.style == style else span.style
        return next(one for one in self.styles if one.name == name)

    def power(self, player: Player, style: Style, bar: int, beat: float) -> float:
        """The power that a part has at a beat, 0..1; 0 where it does not play."""
        middle = self.middles[bar]
        partner = self.partner(style.name, middle)
        if partner is None:
            return float(self.share_of(style.name, middle) > 0.0)
        if player.role not in _HANDED or not any(one.role == player.role for one in partner.players):
            first, last = _WINDOWS.get(player.role, (0.2, 0.8))
            own = self.share_of(style.name, beat)
            went = own if self._is_second(style, middle) else 1.0 - own
            gone = min(max((went - first) / (last - first), 0.0), 1.0)
            return gone if self._is_second(style, middle) else 1.0 - gone
        return self._handed(player, style, middle, beat)

    def _handed(self, player: Player, style: Style, middle: float, beat: float) -> float:
        """The power of a part that is handed over on a bar line: it bends to the handover and grows after it."""
        turn = _HANDOVER[player.role]
        second = self._is_second(style, middle)
        at_middle = self.share_of(style.name, middle)
        went = at_middle if second else 1.0 - at_middle
        if (went >= turn) is not second:
            return 0.0
        own = self.share_of(style.name, beat)
        away = abs((own if second else 1.0 - own) - turn)
        return _BENT + (1.0 - _BENT) * min(away / _REACH, 1.0)

    def _is_second(self, style: Style, beat: float) -> bool:
        span = span_at(self.cue.styling, self._frame(beat))
        return span is not None and style.name == span.other

    @cached_property
    def middles(self) -> tuple[float, ...]:
        """The beat in the middle of each bar."""
        ends = [*(bar.beat for bar in self.bars[1:]), self._end]
        return tuple((bar.beat + end) / 2 for bar, end in zip(self.bars, ends, strict=True))

    @cached_property
    def edges(self) -> tuple[float, ...]:
        """The beats of all bar lines, and the end."""
        return (*(bar.beat for bar in self.bars), self._end)

    @property
    def _end(self) -> float:
        last = self.bars[-1]
        return max(float(self.cue.tempo.beat_at(self.cue.seconds)), last.beat + 0.5)

    def bar_at(self, beat: float) -> int:
        """The number of the bar that a beat lies in."""
        return min(max(bisect_right(self._starts, beat) - 1, 0), len(self.bars) - 1)

    @cached_property
    def _starts(self) -> tuple[float, ...]:
        return tuple(bar.beat for bar in self.bars)

    def _frame(self, beat: float) -> float:
        cue = self.cue
        seconds = cue.tempo.seconds_at(Fraction(beat))
        return cue.start_frame + float(seconds / cue.edit.rate.seconds(1))


def crossed_parts(cue: Cue, form: Form, parts_of: PartsOf) -> tuple[Part, ...]:
    """The parts of all ensembles of a cue, each silent where it does not belong.

    Args:
        cue: with stretches of other styles.
        form: that all of them play.
        parts_of: arranges one ensemble over the whole cue, a part for each of its players.
    """
    styles = ensembles_of(cue)
    crossing = Crossing(cue, bars_of(form.steps, cue.plan), styles)
    found: list[Part] = []
    for style in styles:
        parts = parts_of(cue_in(cue, style.name), form, style)
        for player, part in zip(style.players, parts, strict=True):
            shaped = _shaped(part, player, style, crossing)
            if shaped.notes or style is styles[0]:
                found.append(replace(shaped, style=style.name))
    return _with_channels(found)


def cue_in(cue: Cue, style: str) -> Cue:
    """The cue as one of its ensembles sees it: it remembers how that played where it leads, and nothing else."""
    leading = leaders(cue)
    playing = tuple(
        one if one is None or name == style else replace(one, voicing=None, figure=None)
        for one, name in zip(cue.playing, leading, strict=False)
    )
    return altered(cue, style=style, playing=playing, styling=())


def leaders(cue: Cue) -> tuple[str, ...]:
    """The name of the ensemble that leads in each step."""
    rate = cue.edit.rate
    middles = ((cue.step_start(index) + cue.step_start(index + 1)) / 2 for index in range(len(cue.steps)))
    return tuple(leading_style(cue.styling, float(middle / rate.seconds(1)), cue.style) for middle in middles)


def merged_playing(cue: Cue, known: Sequence[tuple[str, tuple[Played | None, ...]]]) -> tuple[Played | None, ...]:
    """How each step is played: as the ensemble plays it that leads there."""
    by_name = dict(known)
    return tuple(by_name[name][index] for index, name in enumerate(leaders(cue)))


def _shaped(part: Part, player: Player, style: Style, crossing: Crossing) -> Part:
    """A part with what it plays in its stretches only, its level as their shares want it."""
    bars = range(len(crossing.bars))
    plays = [crossing.power(player, style, bar, crossing.middles[bar]) > 0.0 for bar in bars]
    runs = [(crossing.edges[first], crossing.edges[end]) for first, end in _runs(plays)]
    cuts = player.is_sustained or player.role in _HANDED
    notes = [piece for note in part.notes for piece in _pieces(note, runs, player, cuts=cuts)]
    notes = [note for note in notes if not _doubles_bass(note, player, style, crossing)]
    controls = [*_levels(part, player, style, crossing), *_pedals(part, runs)]
    return replace(
        part,
        notes=tuple(sorted(notes, key=lambda note: (note.start, note.pitch))),
        controls=tuple(sorted(controls, key=lambda one: (one.beat, one.number))),
    )


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """First and end of each run of true values."""
    edges = [False, *flags, False]
    turns = [place for place, (a, b) in enumerate(pairwise(edges)) if a != b]
    return zip(turns[::2], turns[1::2], strict=True)


def _pieces(note: Note, runs: Sequence[tuple[float, float]], player: Player, *, cuts: bool) -> Iterator[Note]:
    """What is heard of a note where its part plays: one that sounds already when the part comes in begins there."""
    least = _LEAST_HELD if player.is_sustained else _LEAST_STRUCK
    for first, last in runs:
        if first <= note.start < last:
            yield replace(note, end=min(note.end, last)) if cuts and last < note.end else note
        elif note.start < first < note.end and note.end - first >= least and not player.is_unpitched:
            yield replace(note, start=first, end=min(note.end, last) if cuts else note.end)


def _doubles_bass(note: Note, player: Player, style: Style, crossing: Crossing) -> bool:
    """Whether a low note of a part that has no bass role would double the bass of another ensemble."""
    if player.role == "bass" or player.is_unpitched or note.pitch >= _BASS_TOP:
        return False
    bar = crossing.bar_at(note.start)
    partner = crossing.partner(style.name, crossing.middles[bar])
    if partner is None or any(one.role == "bass" for one in style.players):
        return False
    basses = (one for one in partner.players if one.role == "bass")
    return any(crossing.power(one, partner, bar, crossing.middles[bar]) > 0.25 for one in basses)


def _levels(part: Part, player: Player, style: Style, crossing: Crossing) -> Iterator[Control]:
    """Expression where two ensembles cross, a value a beat where it changes; as it was elsewhere."""
    own = [one for one in part.controls if one.number == _EXPRESSION]
    if not any(crossing.partner(style.name, middle) for middle in crossing.middles):
        yield from own
        return
    beats, values = [one.beat for one in own], [one.value for one in own]
    last: int | None = None
    for at in range(int(crossing.edges[-1]) + 1):
        beat = float(at)
        bar = crossing.bar_at(beat)
        place = bisect_right(beats, beat) - 1
        base = values[place] if place >= 0 else _OPEN
        plays = crossing.power(player, style, bar, crossing.middles[bar]) > 0.0
        power = max(crossing.power(player, style, bar, beat), _FAINTEST) if plays else 1.0
        value = base if power >= 1.0 else min(max(round(base * math.sqrt(math.sqrt(power))), 1), 127)
        if value != last and (last is not None or value != _OPEN):
            yield Control(beat, _EXPRESSION, value)
        last = value


def _pedals(part: Part, runs: Sequence[tuple[float, float]]) -> Iterator[Control]:
    """All other controllers where the part plays; the pedal is up where it does not."""
    others = [one for one in part.controls if one.number != _EXPRESSION]
    for first, last in runs:
        before = [one for one in others if one.number == _PEDAL and one.beat < first]
        if before and before[-1].value:
            yield Control(first, _PEDAL, before[-1].value)
        inside = [one for one in others if first <= one.beat < last]
        yield from inside
        pedals = [one for one in (*before[-1:], *inside) if one.number == _PEDAL]
        if pedals and pedals[-1].value:
            yield Control(last, _PEDAL, 0)


def _with_channels(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Parts on MIDI channels of their own, as long as there are fifteen; further ones share the last of them."""
    free = [channel for channel in range(_LAST_CHANNEL + 1) if channel != DRUM_CHANNEL]
    found = []
    for part in parts:
        if part.channel == DRUM_CHANNEL:
            found.append(part)
            continue
        found.append(replace(part, channel=free.pop(0) if len(free) > 1 else free[0]))
    return tuple(found)
