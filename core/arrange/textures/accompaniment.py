"""Which played bars accompany a phrase, and what they sound on its chords.

For each phrase the bank's bars (:mod:`texture_bank`) are chosen by dynamic programming. A bar costs what its density
lies off
the level's, what it leaves unstruck where chords change, how unlike it is to the rhythm its theme is given, and a
draw of its
own for variety; leaving a chain costs most, because people vary inside one and single bars freeze. All costs are whole
numbers, and nothing hangs on other phrases, so that a change is heard where it is made. Bars that are remembered stay.

A chosen bar is laid on a chord voice by voice: each note becomes the same tone of the new chord, as near as may be to
where the
pianist had it above the bass, or about the middle of the upper hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.arrange.textures.texture_bank import (
    BASS,
    CHAIN_BARS,
    FIFTH,
    OTHER,
    ROOT,
    SEVENTH,
    THIRD,
    BankNote,
    TextureBank,
)
from hitpoint.core.music.key import Key
from hitpoint.core.music.voicing import Harmony, Voicing

Costs = NDArray[np.int64]

# notes a beat that a pianist plays at levels 0..8
NOTES_PER_BEAT = (0.6, 0.9, 1.3, 1.8, 2.3, 2.8, 3.5, 4.5, 6.0)

_OCTAVE_OF_DENSITY = 60  # cost of twice or half the notes that are wished
_UNSTRUCK_CHANGE = 15
_OTHER_RHYTHM = 36  # of a chain that has nothing in common with the theme's
_VARIETY = 50  # draws lie below
_LEFT_CHAIN = 40
_SAME_AGAIN = 7  # each bar of a chain that has the rhythm of one before
_BEGINS_INSIDE = 12  # a phrase that begins in the middle of a chain
_ENDS_EARLY = 6  # a phrase of four bars that does not end with a chain's last
_FOREIGN = 2  # each tone outside the chord
_OWN_HARMONY = 100_000  # of a chain whose own chords come in the phrase: more than any other way costs
_KEPT = 1_000_000  # more than any path saves: what is remembered stays
_STREAM = 6  # of random numbers
_MASK = (1 << 64) - 1
_NEVER = 1 << 40

_STRONG_THINNED = 1.3  # a bar with this many times the notes that are wished is thinned
_LATEST_FOREIGN = 0.5  # share of a step before which only chord tones sound


@dataclass(frozen=True)
class BarWish:
    """What a bar of a phrase asks of its figure.

    Attributes:
        level: of activity, 0..8.
        beats: quarter notes it lasts.
        changes: sixteenths at which the chord changes.
        known: the figure that is remembered; None for none.
    """

    level: int
    beats: float
    changes: tuple[int, ...] = ()
    known: int | None = None


def figures_for(
    bank: TextureBank,
    metre: str,
    wishes: Sequence[BarWish],
    seed: int,
    theme: str,
    phrase: int,
    harmonies: Sequence[int] = (),
) -> tuple[int | None, ...]:
    """The figure of each bar of a phrase; none in a metre that the bank does not have.

    Args:
        bank: to choose from.
        metre: of the bars.
        wishes: one a bar.
        seed: of the cue.
        theme: letter of the section; its phrases share a manner, and play the same again when it comes back.
        phrase: number of the phrase in its section.
        harmonies: fingerprints of any four bars of the phrase; no chain is laid on the progression it was played on.
    """
    chains = bank.chains_in(metre)
    if not chains or not wishes:
        return (None,) * len(wishes)
    manner = _manner(bank, chains, seed, theme, phrase)
    manner = manner + _OWN_HARMONY * np.isin(bank.harmonies[chains.start : chains.stop], harmonies)
    bars = [_bar_costs(bank, chains, wish) + manner[:, None] for wish in wishes]
    return tuple(chains.start * CHAIN_BARS + state for state in _cheapest_path(bars))


def _manner(bank: TextureBank, chains: range, seed: int, theme: str, phrase: int) -> Costs:
    """(n,) what each chain costs in a theme.

    Unlike the chain that gives it its rhythm, and a draw of the phrase's own.
    """
    size = len(chains)
    leader = int(_random(seed, theme, 0).integers(size))
    profiles = bank.profiles[chains.start : chains.stop]
    common = np.minimum(profiles, profiles[leader]).sum(1)
    either = np.maximum(profiles, profiles[leader]).sum(1)
    unlike: Costs = _OTHER_RHYTHM - _OTHER_RHYTHM * common // np.maximum(either, 1)
    draws: Costs = _random(seed, theme, 1 + phrase).integers(0, _VARIETY, size=size)
    return unlike + draws + _SAME_AGAIN * bank.repeated[chains.start : chains.stop]


def _random(seed: int, theme: str, phrase: int) -> np.random.Generator:
    return np.random.Generator(np.random.PCG64([seed & _MASK, _STREAM, crc32(theme.encode()), phrase]))


def _bar_costs(bank: TextureBank, chains: range, wish: BarWish) -> Costs:
    """(n, 4) what each bar of each chain costs by itself in a place."""
    bars = slice(chains.start * CHAIN_BARS, chains.stop * CHAIN_BARS)
    counts = bank.counts[bars]
    wished = max(round(NOTES_PER_BEAT[wish.level] * wish.beats), 1)
    costs: Costs = _density_costs(wished)[np.minimum(counts, _MOST_NOTES)] + _FOREIGN * bank.foreign[bars]
    for slot in wish.changes:
        costs = costs + _UNSTRUCK_CHANGE * ~bank.strikes[bars, slot]
    if wish.known is not None and bars.start <= wish.known < bars.stop:
        costs = costs + _KEPT
        costs[wish.known - bars.start] -= _KEPT
    return costs.reshape(-1, CHAIN_BARS)


_MOST_NOTES = 80


def _density_costs(wished: int) -> Costs:
    """(81,) what so many notes cost where so many are wished; rounded, so that ties fall alike everywhere."""
    ratios = np.log2((np.arange(_MOST_NOTES + 1) + 1.0) / (wished + 1.0))
    costs: Costs = np.rint(_OCTAVE_OF_DENSITY * np.abs(np.round(ratios, 6))).astype(np.int64)
    return costs


def _cheapest_path(bars: Sequence[Costs]) -> list[int]:
    """For each bar the number of its state, four times the chain plus the place in it."""
    total = bars[0] + np.array([0, *[_BEGINS_INSIDE] * (CHAIN_BARS - 1)])
    back: list[Costs] = []
    for costs in bars[1:]:
        best = int(total.argmin())
        stay = np.full_like(total, _NEVER)
        stay[:, 1:] = total[:, :-1]
        leave = int(total.flat[best]) + _LEFT_CHAIN
        places = np.arange(total.size).reshape(total.shape) - 1
        back.append(np.where(stay <= leave, places, best))
        total = np.minimum(stay, leave) + costs
    if len(bars) == CHAIN_BARS:
        total = total + np.array([*[_ENDS_EARLY] * (CHAIN_BARS - 1), 0])
    state = int(total.argmin())
    path = [state]
    for step in reversed(back):
        state = int(step.flat[state])
        path.append(state)
    return path[::-1]


def thinned(notes: Sequence[BankNote], level: int, beats: float) -> tuple[BankNote, ...]:
    """The notes of a bar, or the weightiest of them where they are many more than a level asks for."""
    wished = max(round(NOTES_PER_BEAT[level] * beats), 1)
    if len(notes) <= _STRONG_THINNED * wished:
        return tuple(notes)
    ranked = sorted(range(len(notes)), key=lambda place: (_weight(notes[place]), place))
    kept = frozenset(ranked[:wished])
    return tuple(note for place, note in enumerate(notes) if place in kept)


def _weight(note: BankNote) -> tuple[int, int, int]:
    """Small for what carries a bar: its beginning, its beats, basses, then high notes."""
    place = 0 if note.slot == 0 else 1 if note.slot % 4 == 0 else 2 if note.slot % 2 == 0 else 3
    return place, int(note.is_high and note.function != ROOT), -note.height


def laid(note: BankNote, voicing: Voicing, chord: Harmony, key: Key, centre: int, *, is_late: bool) -> int:
    """The pitch of a note on a chord.

    Args:
        note: of a bar of the bank.
        voicing: of the chord; its bass is what the lower hand stands on.
        chord: whose tones are played.
        key: whose scale gives tones outside the chord.
        centre: the middle of the upper hand.
        is_late: whether the chord has been heard, so that a tone outside of it may sound.
    """
    if note.function == BASS:
        return voicing.bass
    wished = (centre if note.is_high else voicing.bass) + note.height
    classes = _classes(note.function, chord, key, is_late=is_late)
    near = [pitch for pitch in range(wished - 11, wished + 12) if pitch % 12 in classes]
    return min(near, key=lambda pitch: (abs(pitch - wished), pitch))


def _classes(function: int, chord: Harmony, key: Key, *, is_late: bool) -> frozenset[int]:
    """The pitch classes that may stand for a tone of another chord."""
    tones = chord.pitch_classes
    if function == OTHER:
        outside = frozenset(key.scale) - frozenset(tones) - {(tone + 1) % 12 for tone in tones}
        return outside if is_late and outside else frozenset(tones)
    place = {ROOT: 0, THIRD: 1, FIFTH: 2, SEVENTH: 3}[function]
    return frozenset({tones[place]}) if place < len(tones) else frozenset({tones[0], tones[2]})
