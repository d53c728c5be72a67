"""A style as the arranger sees it: who plays, in which register, and what at which level of activity.

Levels 0..8 stand for the note densities of :data:`hitpoint.core.arrange.playing.dynamics.LEVEL_FLOORS`; each player
names one texture a level, or takes its bars from the bank of played ones. Styles are data (:mod:`styles`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.arrange.textures.textures import Texture
from hitpoint.core.music.voice_ranges import VoiceRanges

LEVELS = 9
ROLES_OF_PARTS = ("lead", "harmony", "bass", "pad", "percussion")
LEADS_IN = ("reverse", "roll", "glissando")


@dataclass(frozen=True)
class Player:
    """One part of a style.

    Attributes:
        name: of the part.
        role: "lead", "harmony", "bass", "pad" or "percussion".
        program: General MIDI program, from 0; of a kit, that of the kit.
        bank: of the font.
        low: lowest pitch it ever plays.
        high: highest pitch it ever plays.
        textures: one name a level, from quiet to busy.
        other_textures: the same for sections of another theme; ``textures`` again if empty.
        figures: the bank of played bars that it takes its strokes from, but where it has its other textures; empty
            for none.
        centre: the middle of its upper hand where it plays from a bank.
        final: roles of its last chord.
        accent: roles it strikes on a hit between the steps; somebody in every style does.
        shift: semitones (octaves) added to the common voicing.
        moved: semitones (octaves) of ``shift`` and of the range that are the editor's own wish.
        bars_a_bow: bars after which a held note is struck again.
        is_sustained: whether its loudness follows expression (CC 11) while a note sounds; struck instruments cannot.
        is_pedalled: whether the sustain pedal (CC 64) binds what is struck in a step.
        is_kit: whether its roles are a kit's sounds.
        fill: the texture of a kit's last step before a new section; empty for none.
        small_fill: the texture of a kit's last step of other phrases.
        opening: roles that a kit strikes where the music culminates.
        leads_in: how it leads into great hits, one of :data:`LEADS_IN`; it plays nothing else then.
        rests_in: kinds of sections in which it is silent, accents and the last chord excepted; where a plan says how
            many
            play, only the order of entry counts.
        entry: the smaller, the earlier it enters.
        voices: notes it can sound at once.
        reach: semitones from its lowest to its highest note at once.
        touch: added to every velocity.
        gain_decibels: in the mix.
        pan: -1 left .. 1 right.
    """

    name: str
    role: str
    program: int
    low: int
    high: int
    textures: tuple[str, ...]
    final: str
    other_textures: tuple[str, ...] = ()
    figures: str = ""
    centre: int = 64
    bank: int = 0
    accent: str = ""
    shift: int = 0
    moved: int = 0
    bars_a_bow: int = 4
    is_sustained: bool = False
    is_pedalled: bool = False
    is_kit: bool = False
    fill: str = ""
    small_fill: str = ""
    opening: str = ""
    leads_in: str = ""
    rests_in: tuple[SectionKind, ...] = ()
    entry: int = 0
    voices: int = 10
    reach: int = 88
    touch: int = 0
    gain_decibels: float = 0.0
    pan: float = 0.0

    @property
    def has_motif(self) -> bool:
        """Whether it plays the tune; it keeps still where somebody speaks."""
        return self.role == "lead"

    @property
    def is_unpitched(self) -> bool:
        """Whether its roles are sounds of percussion instead of tones of a chord."""
        return self.role == "percussion" and not self.leads_in

    def textures_in(self, other: bool) -> tuple[str, ...]:
        """Its textures by level, of the first or the other variant."""
        return self.other_textures if other and self.other_textures else self.textures


@dataclass(frozen=True)
class Style:
    """An ensemble.

    Attributes:
        name: as an editor asks for it.
        about: a line that tells what it is for.
        ranges: of its common voicing.
        home: where the soprano of that is at home.
        players: the lead of its texture first.
        textures: its own, besides the common table.
        stops: whether a cue stops at full strength on its last stroke; otherwise it rings out.
        swing: 0..1, how late eighths off the beat come: 1 as in triplets.
    """

    name: str
    about: str
    ranges: VoiceRanges
    home: int
    players: tuple[Player, ...]
    textures: Mapping[str, Texture] = field(default_factory=dict)
    stops: bool = False
    swing: float = 0.0

    @property
    def leads(self) -> tuple[Player, ...]:
        """Who sings the tune: the one it is written for, and the one who takes turns, if there is one."""
        return tuple(player for player in self.players if player.has_motif)
