"""Orders and results of the main jobs, as plain values. Nothing slow is imported here."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.film.cue_list import CueList
from hitpoint.core.cue.sound import Sound
from hitpoint.core.edit import Edit
from hitpoint.core.files.output import Outputs
from hitpoint.core.music.theme import Theme
from hitpoint.core.timebase import FrameRate
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.standing import StandingCue

if TYPE_CHECKING:  # loads numpy, for which an edit that cannot be read need not wait
    from hitpoint.core.arrange.form.hit_points import Hit
    from hitpoint.core.compose.takes import Take
    from hitpoint.core.conform.kept_sound import Before, KeptSound
    from hitpoint.core.cue.cue import Cue
    from hitpoint.core.music.score import Part
    from hitpoint.core.render.mixdown.ensemble import Ensemble


@dataclass(frozen=True)
class Recordings:
    """Music that exists, which a cue is to be like or to come after.

    Attributes:
        like: ``track:NAME``, a file, or a learnt style; None for none.
        follow: how much of it counts.
        closeness: in how much detail its harmony is known, 1..6.
        strength: how much that counts; 0 not at all.
        tempo_factor: 2 hears twice as many beats, 0.5 half as many.
        after: ``track:NAME`` or a file, whose key and tempo the cue takes up; None for none.
        style_strength: how much a learnt style counts; 0 not at all, 1 as it was learnt.
        opens_style: whether the chords that a learnt style keeps count as well, by ``closeness`` and ``strength``.
        picture_strength: how much more the picture counts in the chords of a stretch composed again.
    """

    like: str | None = None
    follow: Follow = field(default_factory=Follow)
    closeness: int = 3
    strength: float = 0.0
    tempo_factor: float = 1.0
    after: str | None = None
    style_strength: float = 1.0
    opens_style: bool = False
    picture_strength: float = 0.0


@dataclass(frozen=True)
class Job:
    """One edit to score.

    Attributes:
        edit: the file.
        output: where the scored edit goes; None for beside the edit.
        media_folders: where to look for media that moved.
        rate: frames a second of an edit that does not tell them; None if nobody says.
        wishes: one for each cue; asked once the edit is read, because ranges and moods are times in it.
        replaced: names of cues that give way.
        keeps_composed: whether a wished cue that the edit has music for, as it is wished, stays; else it is refused.
        takes: how many to compose; the likeliest is written.
        section_markers: whether the sections are also written as markers.
        engine: what to compose and play with.
        sound: loudness, fades and what else the files are to be; what plays it is the engine's.
        recordings: what it is to be like.
        theme: the editor's own.
        programme: whether all cues together are as loud as the sound says, not each by itself.
        search: takes to try, or seconds to try them for; None for no search.
    """

    edit: Path
    output: Path | None = None
    media_folders: tuple[Path, ...] = ()
    rate: FrameRate | None = None
    wishes: Callable[[Edit], tuple[Wishes, ...]] = lambda edit: (Wishes(),)
    replaced: tuple[str, ...] = ()
    keeps_composed: bool = False
    takes: int = 1
    section_markers: bool = False
    engine: Engine = field(default_factory=Engine)
    sound: Sound = field(default_factory=Sound)
    recordings: Recordings = field(default_factory=Recordings)
    theme: Theme | None = None
    programme: bool = False
    search: tuple[int | None, float | None] | None = None


@dataclass(frozen=True)
class Delivery:
    """From where to where the music goes.

    Attributes:
        source: the edit that is copied; earlier music of ours in it gives way, unless it is kept.
        planned: where the results go.
        section_markers: whether the sections are also written as markers.
        engine: what it was composed and is played with.
        players: processes that play along, started beforehand; None if none were.
        kept: cues that stay in it as they are.
        known: the list of its cues as an editor has it; None for the one that lies beside the source.
        programme: LUFS of all its new cues together; None where each has its own.
    """

    source: Path
    planned: Outputs
    section_markers: bool
    engine: Engine
    players: Ensemble | None = None
    kept: tuple[StandingCue, ...] = ()
    known: CueList | None = None
    programme: float | None = None


@dataclass(frozen=True)
class Finished:
    """A cue that is composed, on its way to be played and written.

    Attributes:
        cue: what is played and written.
        takes: candidates that were composed for it, the cue's own first; of the others the cues are written.
        warnings: about the picture.
        before: the version that this one goes on from; None for a first one.
        searched: a line about the search that found it; empty for none.
    """

    cue: Cue
    takes: tuple[Take, ...] = ()
    warnings: tuple[str, ...] = ()
    before: Before | None = None
    searched: str = ""


@dataclass(frozen=True)
class Scored:
    """The results of a run, and the facts to tell about it.

    Attributes:
        edit: as it was read.
        cue: as it was written.
        takes: all that were composed for it, the written one first; empty where nothing was, or what there was stays.
        hits: how well the cue meets the picture.
        outputs: where everything lies.
        stems: a WAV for each part.
        loudness: of the mix, LUFS; None for silence.
        true_peak: of the mix, dBTP; None for silence.
        seconds: that each part of the work took.
        engine: facts about what was composed and played with.
        warnings: sentences an editor should read.
        ducked: the mix that gives way under speech; None if none was asked for.
        script: the menu entry of a host that places this music, written now; None if no host needs one.
        level_change: decibels by which the level is another than before; None where it was kept, or nothing was there.
        kept_sounds: how the music sounds that was kept from the version before.
        parts: that play.
        timeline: the copy of the edit.
        delivered: the sound file that this copy plays: the mix, or the one that gives way under speech.
        kept: other cues in that copy, as they were.
        further: the other cues that were written by the same run, in order of time.
        searched: a line about the search that found it; empty for none.
    """

    edit: Edit
    cue: Cue
    takes: tuple[Take, ...]
    hits: tuple[Hit, ...]
    outputs: Outputs
    stems: tuple[Path, ...]
    loudness: float | None
    true_peak: float | None
    seconds: dict[str, float]
    engine: dict[str, object]
    warnings: tuple[str, ...]
    ducked: Path | None = None
    script: Path | None = None
    level_change: float | None = None
    kept_sounds: tuple[KeptSound, ...] = ()
    parts: tuple[Part, ...] = ()
    timeline: Path = Path()
    delivered: Path = Path()
    kept: tuple[StandingCue, ...] = ()
    further: tuple[Scored, ...] = ()
    searched: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The warnings of all cues of the run, each once."""
        return tuple(dict.fromkeys(line for one in (self, *self.further) for line in one.warnings))


@dataclass
class Stopwatch:
    """Seconds each part of a job took, by name, in order."""

    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def lap(self, name: str) -> Iterator[None]:
        """Add the time spent inside to ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start
