"""Colours that an arranger lays on a chord: ninths, major sevenths in minor, raised fourths, pedals in the bass.

A chord keeps its identity, one of the model's thirteen qualities; what is added has a name in Harte's spelling, so that
what sounds and what is written agree. Nothing is drawn: the same chord in the same place has the same colour. The
habits are those of the palette (``resources/palette.toml``): added ninths and clusters, minor chords with a major
seventh and pedals for fear and tension, ninths for rest and sadness, the Lydian fourth for wonder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hitpoint.core.mood import Mood
from hitpoint.core.music.chord import INTERVALS, Chord, Quality
from hitpoint.core.music.key import Key

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
    Mood.RELAXING: {Quality.MAJ: ((2,), ()), Quality.MAJ7: ((2,), ()), Quality.MIN7: ((2,), ()),
                    Quality.SUS4: ((10,), ())},
    Mood.NEUTRAL: {},
}  # fmt: skip
_UPPER = 3  # voices above the bass
_ALTERED = (1, 3, 6, 8, 10, 11)  # lowered or raised, and sevenths: what names a chord most
_WITH_FOURTH = (Quality.MAJ, Quality.DOM7, Quality.MIN)  # chords whose third a fourth may stand for
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
        """What an editor wrote is sounded as written, as far as four voices can: it moves to what is added."""
        if self.chord.added or self.chord.bass is not None:
            object.__setattr__(self, "added", self.added or _with_room(self.chord))
            object.__setattr__(self, "bass", self.chord.bass if self.bass is None else self.bass)
            object.__setattr__(self, "chord", self.chord.plain)

    @property
    def pitch_classes(self) -> tuple[int, ...]:
        """Of all tones, the chord's own first, without a foreign bass."""
        if self.chord.root is None:
            return ()
        return (*self.chord.pitch_classes, *((self.chord.root + tone) % 12 for tone in self.added))

    @property
    def stands_on_own_tone(self) -> bool:
        """Whether the lowest tone is one of the chord's own: an inversion, if it is not the root."""
        return self.bass is None or self.bass in self.chord.pitch_classes

    def is_written(self, chord: Chord) -> bool:
        """Whether this is a chord as it is written, in whatever inversion."""
        return self.chord == chord and not self.added and self.stands_on_own_tone

    def is_added(self, pitch: int) -> bool:
        """Whether a MIDI pitch is one of the added tones."""
        return self.chord.root is not None and (pitch - self.chord.root) % 12 in self.added

    @property
    def tones(self) -> frozenset[int]:
        """All pitch classes that sound, the bass too."""
        return frozenset(self.pitch_classes) | (frozenset() if self.bass is None else {self.bass})

    def symbol(self, *, flats: bool = False) -> str:
        """In Harte's spelling, with added tones and bass: ``A:min(9)/b3``, ``C:maj9``, ``A#/2``."""
        return replace(self.chord, added=self.added, bass=self.bass).symbol(flats=flats)


def sounded_part(chord: Chord) -> Chord:
    """What four voices sound of a chord as it was written: all of it, or what colours it most."""
    return replace(chord, added=_with_room(chord))


def _with_room(chord: Chord) -> tuple[int, ...]:
    """The added tones that have a voice, raised and lowered ones first: the fifth may be left out, no other tone."""
    room = _UPPER + (chord.bass is None) - (len(INTERVALS[chord.quality]) - 1)
    first = sorted(chord.added, key=lambda tone: (tone not in _ALTERED, -tone))
    return tuple(sorted(first[: max(room, 0)]))


def coloured(chord: Chord, context: ColourContext) -> ColouredChord:
    """The chord with what its place and mood add to it; one that an editor wrote out is sounded as written."""
    if chord.plain != chord or chord.root is None or context.mood is None or context.closes:
        return ColouredChord(chord)
    bass = _pedal(chord, context)
    turns = _HABITS[context.mood].get(chord.quality, ((),))
    added = tuple(tone for tone in turns[context.number % len(turns)] if tone not in INTERVALS[chord.quality])
    has_room = bass is None or len(chord.pitch_classes) == 3  # three upper voices sound all of it above a pedal
    return ColouredChord(chord, added if has_room and not _leads(chord, context.key) else (), bass)


def _leads(chord: Chord, key: Key) -> bool:
    """Whether a chord is the dominant, which has to be plain to lead."""
    return chord.root == (key.tonic + 7) % 12 and chord.quality in (Quality.MAJ, Quality.DOM7)


def suspended(chord: Chord, before: Chord) -> ColouredChord | None:
    """A triad or dominant with the fourth in the place of its third, if the chord before has it ready.

    None for any other chord.
    """
    is_ready = chord.root is not None and (chord.root + 5) % 12 in before.pitch_classes
    return with_held_fourth(chord) if is_ready else None


def with_held_fourth(chord: Chord) -> ColouredChord | None:
    """A triad or dominant under a fourth that the tune holds before it falls to the third.

    None for any other chord.
    """
    if chord.plain != chord or chord.root is None or chord.quality not in _WITH_FOURTH:
        return None
    return ColouredChord(Chord(chord.root, Quality.SUS4))


def heard_colour(chord: Chord, pitches: Sequence[int]) -> ColouredChord | None:
    """The colour in which a chord was voiced; None if the pitches are no voicing of it.

    What adds to a chord is found in the pitches themselves, so that nothing else has to be remembered.

    Args:
        chord: as it is written.
        pitches: MIDI, the bass first.
    """
    if chord.root is None or not pitches:
        return None
    bass, upper = pitches[0] % 12, frozenset((pitch - chord.root) % 12 for pitch in pitches[1:])
    standing = _with_fourth(chord, upper)
    own = frozenset(INTERVALS[standing.quality])
    needed = own - {INTERVALS[standing.quality][2]}
    is_foreign = (bass - chord.root) % 12 not in own
    sounding = upper if is_foreign else upper | {(bass - chord.root) % 12}
    added = tuple(sorted(sounding - own))
    if not needed <= sounding or added not in _ALLOWED.get(chord.quality, frozenset({()})):
        return None
    return ColouredChord(standing, added, None if bass == chord.root else bass)


def _with_fourth(chord: Chord, upper: frozenset[int]) -> Chord:
    """The chord as it stands while its third is suspended."""
    is_suspended = chord.quality in _WITH_FOURTH and 5 in upper and not upper & {3, 4}
    return Chord(chord.root, Quality.SUS4) if is_suspended else chord


def _allowed() -> dict[Quality, frozenset[tuple[int, ...]]]:
    """What any mood adds to each quality."""
    found: dict[Quality, set[tuple[int, ...]]] = {quality: {()} for quality in Quality}
    for habits in _HABITS.values():
        for quality, turns in habits.items():
            found[quality].update(turns)
    return {quality: frozenset(turns) for quality, turns in found.items()}


_ALLOWED = _allowed()


def _pedal(chord: Chord, context: ColourContext) -> int | None:
    """The tonic under the chords of a dark mood on the way up; not under dominants, which have to lead."""
    is_under = context.mood in _PEDALS and _PEDAL_FROM <= context.tension <= _PEDAL_TO and context.number % 4 != 3
    tonic = context.key.tonic
    if not is_under or chord.root in (tonic, (tonic + 7) % 12):
        return None
    return tonic
