"""Colours that an arranger lays on a chord: ninths, major sevenths in minor, raised fourths, pedals in the bass.

A chord keeps its identity, one of the model's thirteen qualities; what is added has a name in Harte's spelling, so that what
sounds and what is written agree. Nothing is drawn: the same chord in the same place has the same colour. The habits are
those of the palette (``resources/palette.toml``): added ninths and clusters, minor chords with a major seventh and pedals for
fear and tension, ninths for rest and sadness, the Lydian fourth for wonder.
"""

from __future__ import annotations

from dataclasses import dataclass

from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import INTERVALS, Chord, Quality
from hitpoint.core.music.key import Key
from hitpoint.core.music.pitch import FLAT_NAMES, SHARP_NAMES

_DEGREES = ("1", "b2", "2", "b3", "3", "4", "b5", "5", "b6", "6", "b7", "7")  # of the bass, by semitones above the root
_ADDED = {2: "9", 5: "11", 6: "#11", 9: "13", 10: "b7", 11: "7"}  # by semitones above the root
_SHORTHANDS: dict[tuple[Quality, tuple[int, ...]], str] = {
    (Quality.MAJ7, (2,)): "maj9", (Quality.MIN7, (2,)): "min9", (Quality.DOM7, (2,)): "9", (Quality.MIN, (11,)): "minmaj7",
}  # fmt: skip

# What a mood adds to a quality: one of these in turn, () for nothing. Semitones above the root.
_HABITS: dict[Mood, dict[Quality, tuple[tuple[int, ...], ...]]] = {
    Mood.FEARFUL: {
        Quality.MIN: ((2,), (), (11,), ()), Quality.MIN6: ((2,), ()), Quality.MAJ: ((), (6,)), Quality.MAJ7: ((), (6,)),
    },
    Mood.TENSE: {
        Quality.MIN: ((2,), ()), Quality.MIN7: ((), (2,)), Quality.SUS4: ((10,), ()), Quality.SUS2: ((), (10,)),
    },
    Mood.SAD: {Quality.MIN: ((2,), (), ()), Quality.MAJ: ((), (2,)), Quality.MIN7: ((), (2,))},
    Mood.EXCITING: {Quality.MAJ: ((), (), (2,))},
    Mood.RELAXING: {Quality.MAJ: ((2,), ()), Quality.MAJ7: ((2,), ()), Quality.MIN7: ((2,), ()), Quality.SUS4: ((10,), ())},
    Mood.NEUTRAL: {},
}  # fmt: skip
_PEDALS = (Mood.FEARFUL, Mood.TENSE)
_PEDAL_FROM = 0.35  # tension from which a pedal lies under the chords of these moods
_PEDAL_TO = 0.8  # and up to which: at the summit the bass moves


@dataclass(frozen=True)
class ColourContext:
    """Where a chord stands.

    Attributes:
        key: of its section.
        mood: what is felt there; None adds nothing.
        tension: 0..1.
        number: of the chord in its section, from 0: habits take turns by it.
        closes: whether it ends a section: then it stays plain.
    """

    key: Key
    mood: Mood | None = None
    tension: float = 0.5
    number: int = 0
    closes: bool = False


@dataclass(frozen=True)
class ColouredChord:
    """A chord as it is sounded.

    Attributes:
        chord: what it is.
        added: semitones above the root, 0..11, that sound beside its own tones.
        bass: pitch class of the lowest tone if it is not the root; None if it is.
    """

    chord: Chord
    added: tuple[int, ...] = ()
    bass: int | None = None

    def __post_init__(self) -> None:
        """What an editor wrote is sounded as written: it moves from the chord to what is added."""
        if self.chord.added or self.chord.bass is not None:
            object.__setattr__(self, "added", self.added or self.chord.added)
            object.__setattr__(self, "bass", self.chord.bass if self.bass is None else self.bass)
            object.__setattr__(self, "chord", self.chord.plain)

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """Of all tones, the chord's own first, without a foreign bass."""
        if self.chord.root is None:
            return ()
        return (*self.chord.pitch_classes, *((self.chord.root + tone) % 12 for tone in self.added))

    def symbol(self, *, flats: bool = False) -> str:
        """In Harte's spelling, with added tones and bass: ``A:min(9)/b3``, ``C:maj9``, ``A#/2``."""
        root, quality = self.chord.root, self.chord.quality
        if root is None:
            return "N"
        name = (FLAT_NAMES if flats else SHARP_NAMES)[root]
        kind = _SHORTHANDS.get((quality, self.added))
        if kind is None:
            kind = "" if quality is Quality.MAJ and not self.added else quality.value
            kind += f"({','.join(_ADDED[tone] for tone in self.added)})" if self.added else ""
        bass = "" if self.bass is None else f"/{_DEGREES[(self.bass - root) % 12]}"
        return f"{name}:{kind}{bass}" if kind else f"{name}{bass}"


def coloured(chord: Chord, context: ColourContext) -> ColouredChord:
    """The chord with what its place and mood add to it; one that an editor wrote out is sounded as written."""
    if chord.plain != chord or chord.root is None or context.mood is None or context.closes:
        return ColouredChord(chord)
    turns = _HABITS[context.mood].get(chord.quality, ((),))
    added = tuple(tone for tone in turns[context.number % len(turns)] if tone not in INTERVALS[chord.quality])
    return ColouredChord(chord, added, _pedal(chord, context))


def _pedal(chord: Chord, context: ColourContext) -> int | None:
    """The tonic under the chords of a dark mood on the way up; not under dominants, which have to lead."""
    is_under = context.mood in _PEDALS and _PEDAL_FROM <= context.tension <= _PEDAL_TO and context.number % 4 != 3
    tonic = context.key.tonic
    if not is_under or chord.root in (tonic, (tonic + 7) % 12):
        return None
    return tonic
