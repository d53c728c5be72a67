"""The plan of a cue: what all its players share, for each step of the form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.form.bars import Bar
from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.arrange.playing.singing import singing_of
from hitpoint.core.arrange.styles.ensemble import LEVELS, Player, Style
from hitpoint.core.arrange.textures.patterns import TEXTURES
from hitpoint.core.arrange.textures.textures import Texture, pitch_of
from hitpoint.core.cue.tune import PlacedNote
from hitpoint.core.music.colour import ColouredChord
from hitpoint.core.music.key import Key
from hitpoint.core.music.progression import passing_tone
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.music.voicing import Voicing

ALONE = 0.05  # the most share of the players that is one alone
_LIVELY = 0.6  # tension of a phrase in which all play who can
_DIP = 0.58  # of a phrase's share of players, the most that a bar has which is thinner by plan
_RISE = 0.1  # of the players, the least that come in in a phrase that grows
_CONTRAST_SHARE = 0.85  # of the players in a theme that contrasts, at the most
_BEAT = frozenset("NPHYEV")  # what keeps the beat of a kit: snare, claps, hats, ride, pedal hat, brush
_TURN_BEATS = 4.0  # before calm music turns, in which a roll may lead there


@dataclass(frozen=True, eq=False)
class Plan:
    """What all players share.

    Attributes:
        form: sections, phrases, accents, ending.
        style: who plays.
        keys: one a step, for passing tones.
        chords: one a step, as it is sounded.
        voicings: one a step; None for a rest.
        levels: of activity, one a step.
        velocities: the curve that loudness asks for, one value a step.
        wander: (places, slots) whole numbers, how each sixteenth's velocity wanders; by the step's place.
        choice: (places,) whole numbers from which variants are chosen, by the place of the phrase's first step.
        spoken: whether somebody speaks in a step, so that the top line keeps still.
        tune: what the lead plays, in order.
        seed: of what a player chooses for whole sections.
        tempo: where the beats lie.
        bars: that the steps make.
        figures: the played bar of each bar, if the style has a player who takes them from a bank.
        slots: sixteenths a step.
        great: beats of the moments that are led into, in order.
        turns: by how much the variant of each step's pattern is turned on; empty for not at all.
        tune_ranges: lowest and highest pitch of the tune in each step, for which others make way; empty for none.
        crest: the step with which the music culminates; None where nobody planned that.
        calm: whether the feeling is sad or relaxed in a step, where drums keep still; empty for nowhere.
        crest_velocity: what loudness asks for there, whatever comes before it.
    """

    form: Form
    style: Style
    keys: tuple[Key, ...]
    chords: tuple[ColouredChord, ...]
    voicings: tuple[Voicing | None, ...]
    levels: tuple[int, ...]
    velocities: tuple[float, ...]
    wander: NDArray[np.int64]
    choice: NDArray[np.int64]
    spoken: tuple[bool, ...]
    tune: tuple[PlacedNote, ...]
    seed: int
    tempo: TempoMap
    bars: tuple[Bar, ...]
    figures: tuple[int | None, ...]
    slots: int
    great: tuple[float, ...] = ()
    turns: tuple[int, ...] = ()
    tune_ranges: tuple[tuple[int, ...], ...] = ()
    crest: int | None = None
    calm: tuple[bool, ...] = ()
    crest_velocity: float = 0.0

    @property
    def step_beats(self) -> float:
        """Quarter notes a step."""
        return self.slots / 4

    @cached_property
    def _bar_of_step(self) -> tuple[int, ...]:
        return tuple(bar.number for bar in self.bars for _ in range(bar.steps))

    def bar(self, step: int) -> Bar:
        """The bar that a step lies in."""
        return self.bars[self._bar_of_step[step]]

    def tune_range_of_bar(self, step: int) -> tuple[int, int] | None:
        """The lowest and the highest pitch of the tune in the bar of a step; None where it is silent."""
        return self._tune_range_of_bar[self._bar_of_step[step]] if self.tune_ranges else None

    @cached_property
    def _tune_range_of_bar(self) -> tuple[tuple[int, int] | None, ...]:
        found = []
        for bar in self.bars:
            pitches = [pitch for one in self.tune_ranges[bar.first : bar.first + bar.steps] for pitch in one]
            found.append((min(pitches), max(pitches)) if pitches else None)
        return tuple(found)

    @cached_property
    def singing(self) -> tuple[int, ...]:
        """Who sings the tune in each bar."""
        return singing_of(self.bars, len(self.style.leads))

    def half(self, step: int) -> int:
        """The number of a step in its bar: 0 on the bar line."""
        return step - self.bar(step).first

    def step_at(self, beat: float) -> int:
        """The step that the metre has at a beat."""
        return min(int(beat / self.step_beats), len(self.form.steps) - 1)

    def is_rest(self, step: int) -> bool:
        """Whether nothing is struck in a step: it has no chord, or lies after the last one."""
        return step > self.form.final or self.voicings[step] is None

    def starts(self, step: int) -> float:
        """The beat at which the chord of a step starts."""
        return self.form.steps[step].chord_beat

    def changes_after(self, step: int) -> float:
        """The beat at which another chord follows the one of a step, or the next step starts with the same."""
        return self.starts(step + 1) if step + 1 < len(self.form.steps) else self.form.release

    def lasts_until(self, step: int) -> float:
        """The beat at which another voicing, a rest or another hit follows the one of a step."""
        steps = self.form.steps
        after = step + 1
        while after <= self.form.final and self.voicings[after] == self.voicings[step] and not steps[after].accented:
            after += 1
        return self.starts(after) if after < len(steps) else self.form.release

    def pitch(self, step: int, role: str) -> int:
        """What a role is in a step that is no rest."""
        voicing = self.voicings[step]
        assert voicing is not None, "a rest has no pitch"
        return pitch_of(role, voicing, self.chords[step])

    def passing_pitch(self, step: int, role: str) -> int | None:
        """The tone that leads a role to its next pitch, unless a voice of the chord has it already."""
        if step + 1 > self.form.final or self.is_rest(step + 1):
            return None
        tone = passing_tone(self.pitch(step, role), self.pitch(step + 1, role), self.keys[step])
        voicing = self.voicings[step]
        return None if voicing is None or tone in voicing.pitches else tone

    def texture(self, name: str) -> Texture:
        """A texture of the style, or of the common table."""
        return self.style.textures.get(name) or TEXTURES[name]

    def is_other(self, bar: Bar) -> bool:
        """Whether a bar has the other variant of the textures: themes take turns, and the seed tells who begins."""
        number = ord(bar.letter) if len(bar.letter) == 1 else crc32(bar.letter.encode())
        return (number + self.seed) % 2 == 1

    def plays(self, player: Player, step: int) -> bool:
        """Whether a player takes part in a step, as sections and the share of players who play will have it."""
        if player.leads_in or player in self.style.leads[1:]:
            return False
        if self._is_calm(step) and self._is_drum(player):
            return False
        bar = self.bar(step)
        if bar.force is None:
            return bar.section not in player.rests_in
        alone = self.alone[bar.number]
        if alone is not None:
            return bar.force > 0.0 and player.name in alone
        ranks = self._ranks[self.is_contrast(bar)]
        share = max(self._share(bar), self._commons[bar.number]) if player.is_unpitched else self._share(bar)
        return ranks[player.name] < math.ceil(round(share * len(ranks), 6))

    @cached_property
    def alone(self) -> tuple[frozenset[str] | None, ...]:
        """The players who alone are heard in each bar of breath; None for other bars.

        In a solo it is who sings; where nobody does, who leads into the moment that follows, or else enters first. In
        a rest it is who leads in, or a held tail of the first who sustains.
        """
        return tuple(self._alone_in(bar) if self._is_breath(bar) else None for bar in self.bars)

    @staticmethod
    def _is_breath(bar: Bar) -> bool:
        """Whether a bar is left to one, or to nobody; not where players enter one by one."""
        return bar.force is not None and bar.force <= ALONE and (bar.force == 0.0 or bar.number > bar.in_phrase)

    def _alone_in(self, bar: Bar) -> frozenset[str]:
        is_solo = bool(bar.force)
        if is_solo and self.tune_range_of_bar(bar.first) is not None:
            return frozenset(player.name for player in self.style.leads)
        after = bar.first + bar.steps
        leads_in = after < len(self.form.steps) and self.starts(after) in self.great
        led = [player.name for player in self.style.players if player.leads_in] if leads_in else []
        ordered = sorted(self.style.players, key=lambda player: player.entry)
        first = [p.name for p in ordered if not (p.leads_in or p.has_motif) and (is_solo or p.is_sustained)]
        return frozenset(led or first[:1])

    def is_hushed(self, player: Player, beat: float) -> bool:
        """Whether drums that a player would strike at a beat are not: in calm music that does not turn at once."""
        if not any(self.calm) or not self._is_drum(player):
            return False
        turn = min(self.form.sounding(beat + _TURN_BEATS), len(self.calm) - 1)
        return all(map(self._is_calm, range(self.form.sounding(beat), turn + 1)))

    def _is_calm(self, step: int) -> bool:
        return bool(self.calm) and self.calm[step]

    def _is_drum(self, player: Player) -> bool:
        """Whether a player drums or rolls, and the style does not live on it.

        A style lives on a kit that has its beat, on snare, claps or cymbals, at the middle level, and goes on in
        releases.
        """
        if not player.is_kit:
            return player.is_unpitched or player.leads_in == "roll"
        middle = self.texture(player.textures[LEVELS // 2])
        roles = {stroke.role for variant in middle.variants for cell in variant for stroke in cell}
        return not roles & _BEAT or SectionKind.RELEASE in player.rests_in

    def is_contrast(self, bar: Bar) -> bool:
        """Whether others accompany in a bar: in a theme that contrasts with the first, where it is not lively."""
        is_other = len(bar.letter) == 1 and bar.letter.isupper() and bar.letter != "A"
        return is_other and bar.force is not None and self._tensions[bar.number] < _LIVELY

    @cached_property
    def _tensions(self) -> tuple[float, ...]:
        """The mean tension of each bar's phrase, so that nobody comes and goes inside one."""
        found: list[float] = []
        for _, group in groupby(self.bars, key=lambda bar: bar.number - bar.in_phrase):
            phrase = [bar.tension for bar in group]
            found.extend([round(sum(phrase) / len(phrase), 6)] * len(phrase))
        return tuple(found)

    def _share(self, bar: Bar) -> float:
        """Of the players who play.

        In a theme that contrasts one of the accompaniment is left out, but where all culminates.
        """
        share = self._forces[bar.number]
        is_full = bar.section in (SectionKind.PEAK, SectionKind.FINALE) or bar.first >= self.form.final
        return share if is_full or not self.is_contrast(bar) else min(share, _CONTRAST_SHARE)

    @cached_property
    def _forces(self) -> tuple[float, ...]:
        """The share of players in each bar.

        A phrase's own, but where somebody is alone or nobody plays, where it is far thinner, where one after the other
        comes in, and at first.
        """
        found: list[float] = []
        for phrase in self._phrases:
            common = _common(phrase)
            few = max(ALONE, _DIP * common)
            is_own = _is_rising(phrase) or not found
            found.extend(force if is_own or force <= few else common for force in phrase)
        return tuple(found)

    @cached_property
    def _commons(self) -> tuple[float, ...]:
        """The share of players of each bar's phrase, which drums keep to in a thinner bar; 0 where one or none does."""
        return tuple(
            _common(phrase) if number and force > ALONE and not _is_rising(phrase) else 0.0
            for number, phrase in enumerate(self._phrases)
            for force in phrase
        )

    @cached_property
    def _phrases(self) -> tuple[list[float], ...]:
        """The forces of the bars of each phrase."""
        groups = groupby(self.bars, key=lambda bar: bar.number - bar.in_phrase)
        return tuple([bar.force or 0.0 for bar in group] for _, group in groups)

    @cached_property
    def _ranks(self) -> tuple[dict[str, int], dict[str, int]]:
        """The order in which players enter.

        In most themes, and in those that contrast, where others accompany first.
        """
        own = [player for player in self.style.players if not player.leads_in and player not in self.style.leads[1:]]
        ordered = sorted(own, key=lambda player: player.entry)
        places = [place for place, player in enumerate(ordered) if player.role in ("harmony", "pad")]
        turned = list(ordered)
        for place, other in zip(places, reversed(places), strict=True):
            turned[place] = ordered[other]
        found = [{player.name: rank for rank, player in enumerate(order)} for order in (ordered, turned)]
        return found[0], found[1]


def _common(phrase: Sequence[float]) -> float:
    """The share of players that a phrase has, but for bars in which one or none plays."""
    many = sorted(force for force in phrase if force > ALONE)
    return many[len(many) // 2] if many else 0.0


def _is_rising(phrase: Sequence[float]) -> bool:
    """Whether one after the other comes in in a phrase that does not begin with thinner bars, and nobody leaves."""
    grows = phrase[-1] - phrase[0] >= _RISE and all(a <= b for a, b in pairwise(phrase))
    return grows and phrase[0] > _DIP * phrase[-1]
