"""What the panel needs from outside itself, as Protocols: the panel knows these, ``plugin`` makes them real.

All calls may be long; they run on the panel's worker thread, report to a :class:`Progress` and raise
:class:`~hitpoint.core.progress.Cancelled` when stopped, :class:`~hitpoint.core.errors.HitpointError` for what the
editor can mend. They keep nothing of the caller's and share no state with the main thread.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.cue_list import CueList
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.edit import Edit
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.chord import Chord
from hitpoint.core.progress import Progress

if TYPE_CHECKING:  # it brings scipy, which a window that is still opening can do without
    from hitpoint.core.media.waveform import Peaks
    from hitpoint.core.render.audition.sound import AuditionSound


@dataclass(frozen=True)
class OpenedEdit:
    """An edit as it was read.

    Attributes:
        path: the file the editor opened.
        edit: the cut.
        cue: the music that the edit has from us; None if it has none yet.
        is_saved: whether a file holds that cue as it is.
        production_sound: what its own audio tracks play.
        warnings: sentences the editor should read.
        music: the folder in which its cue lies, or the folders of its cues; None if it has none yet.
        film: all its cues, and the list of them; None where there is no list, but at most the one cue.
    """

    path: Path
    edit: Edit
    cue: Cue | None = None
    is_saved: bool = True
    production_sound: tuple[SoundClip, ...] = ()
    warnings: tuple[str, ...] = ()
    music: Path | None = None
    film: FilmCues | None = None


@dataclass(frozen=True)
class Composed:
    """What composing gave.

    Attributes:
        takes: best first.
        proposed_moods: what the picture says of the whole cue, for when a wish is taken back.
        warnings: sentences the editor should read, such as a film that cannot be decoded.
        is_from_cuts: whether there is a picture or a sound that it does not know yet.
    """

    takes: tuple[Take, ...]
    proposed_moods: tuple[MoodSpan, ...]
    warnings: tuple[str, ...] = ()
    is_from_cuts: bool = False


@dataclass(frozen=True)
class Conformed:
    """A cue carried over to a new cut, and what became of it, a sentence each.

    ``film`` are all cues there; None where only one was carried.
    """

    opened: OpenedEdit
    cue: Cue
    changes: tuple[str, ...]
    film: FilmCues | None = None


@dataclass(frozen=True)
class Proposals:
    """Where music could be, as ``hitpoint spot`` finds it, and sentences the editor should read."""

    cues: CueList
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class FoundMoment:
    """A moment that looks like some words: frames of the timeline, end exclusive.

    Attributes:
        frame: since when it looks like them.
        start_frame: where it begins.
        end_frame: where it ends.
        stands_out: by how many standard deviations of the edit's scores it lies above their median.
        shot: name of the shot.
    """

    frame: int
    start_frame: int
    end_frame: int
    stands_out: float
    shot: str


@dataclass(frozen=True)
class StyleCard:
    """A style by name, who plays in it, and which of them are drum kits."""

    name: str
    parts: tuple[str, ...]
    kits: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """One way to take music back to the host.

    Attributes:
        key: names it to :meth:`EditSink.write`.
        title: a few words.
        steps: what the editor does in the host afterwards, with ``{wav}``, ``{at}`` and ``{timeline}`` where
            :meth:`told` puts names.
        keeps: what comes through, a line each.
        loses: what does not.
        output: what would be written, under a name that is free now.
        is_recommended: whether it is the right way for the host that made the edit.
        at: where on the timeline the music begins, in words.
    """

    key: str
    title: str
    steps: str
    keeps: tuple[str, ...]
    loses: tuple[str, ...]
    output: Path
    is_recommended: bool
    at: str = ""

    def told(self, sound: str, at: str = "", timeline: str = "") -> str:
        """The steps with the name of the sound, or of several, where it begins, and the name of the copy."""
        names = {"{wav}": sound, "{at}": at or self.at, "{timeline}": timeline or self.output.name}
        told = self.steps
        for place, name in names.items():
            told = told.replace(place, name)
        return told


@dataclass(frozen=True, eq=False)
class HeardTemp:
    """The temp music of an edit; all times are seconds of the timeline.

    Attributes:
        name: of its track.
        option: what names it to a command, such as ``track:A3``.
        clips: that lie on the track.
        start: of the first clip.
        end: of the last one.
        peaks: its sound, small enough to draw.
        is_heard: whether it was listened to; beats and chords are there then, as far as there are any.
        beats: in order.
        downbeats: those that begin a bar.
        chords: start, end and Harte symbol; without silences.
        loudness: LUFS integrated (ITU-R BS.1770-4); minus infinity where it is silent or not measured.
    """

    name: str
    option: str
    clips: tuple[SoundClip, ...]
    start: float
    end: float
    peaks: Peaks
    is_heard: bool = False
    beats: tuple[float, ...] = ()
    downbeats: tuple[float, ...] = ()
    chords: tuple[tuple[float, float, str], ...] = ()
    loudness: float = -math.inf


@dataclass(frozen=True)
class LikeWish:
    """A recording that a cue is to follow, ``track:NAME`` or a file, and how much of it."""

    source: str
    follow: Follow


@dataclass(frozen=True)
class Variation:
    """A cue that is to be otherwise, as ``hitpoint restyle`` makes it.

    Attributes:
        strength: 0 nothing, 1 every bar that may change.
        span: of steps that may change.
        style: an ensemble that comes in by the strength's share; empty for none.
    """

    strength: float
    span: range
    style: str = ""


@dataclass(frozen=True)
class Order:
    """A cue that is to be composed together with others.

    Attributes:
        name: in the list.
        wishes: what is asked for.
        like: the recording that it follows; None for none.
        is_new: whether it has no music yet, so that its join may still change where it begins or ends.
    """

    name: str
    wishes: Wishes
    like: LikeWish | None = None
    is_new: bool = True


@dataclass(frozen=True)
class WriteChoice:
    """How music goes back.

    Attributes:
        way: what is written.
        section_markers: whether the sections become markers.
        ducked: whether the timeline plays the mix that gives way under speech, if the cue has one.
        approved: whether only approved cues are written.
    """

    way: Way
    section_markers: bool = False
    ducked: bool = True
    approved: bool = False


@dataclass(frozen=True)
class Delivered:
    """What was written.

    Attributes:
        timeline: the copy of the edit, or of the host's project.
        mix: the whole music.
        folder: where mix, stems, MIDI and cue lie; of several cues, where the folder of each lies.
        steps: what the editor does in the host now.
        warnings: sentences the editor should read.
        kept: what of the sound is as in the version before, and why the rest is not, a line each.
        cues: the sound that the copy plays, and the folder, of each cue in it in order of time; empty for only that
            one.
    """

    timeline: Path
    mix: Path
    folder: Path
    steps: str
    warnings: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    cues: tuple[tuple[Path, Path], ...] = ()


class EditSource(Protocol):
    """Reads edits."""

    def open(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        """Read an edit, and the cue if it is one that we have scored; ``path`` may also be a ``cue.json``.

        ``media`` are folders in which its media may lie, here and below.
        """

    def reopened(self, cue: Cue, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        """Read the edit of a cue that was recovered; media is looked for again, the cue stays."""

    def demo(self, progress: Progress) -> Path:
        """Make the small edit for a newcomer's first try, and answer where it lies."""

    def conform(self, cue: Cue, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Conformed:
        """Carry a cue over to the cut that now lies at ``path``."""

    def reopened_film(self, film: FilmCues, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        """Read the edit of cues that were recovered; they follow its cut if that is another one."""

    def conform_film(self, film: FilmCues, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Conformed:
        """Carry all cues over to the cut that now lies at ``path``.

        Those whose picture is gone are left out, and told.
        """

    def spot(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Proposals:
        """Where music could be in an edit, and why."""

    def find(self, edit: Edit, text: str, progress: Progress) -> tuple[FoundMoment, ...]:
        """Moments that look like some words, the likest first; an error says what to get where nothing can look."""


class Composer(Protocol):
    """Writes chords and dynamics. Holds models and what was seen of the picture from one call to the next."""

    def prepare(self) -> None:
        """Begin to load what composes, on a thread of its own, so that the first call does not wait for it. Quick."""

    def compose_at_once(self, edit: Edit, wishes: Wishes, progress: Progress, beside: tuple[Cue, ...] = ()) -> Composed:
        """A new cue in one take, from what is known without looking: the cuts, wishes, and pictures seen before."""

    def look(self, edit: Edit, wishes: Wishes, progress: Progress) -> None:
        """Look at the pictures of a cue and listen to its edit, for the next calls; on any thread."""

    def compose(
        self,
        edit: Edit,
        wishes: Wishes,
        count: int,
        progress: Progress,
        like: LikeWish | None = None,
        beside: tuple[Cue, ...] = (),
    ) -> Composed:
        """A new cue, in so many takes; with ``like`` it follows a recording.

        It goes with the cues ``beside`` it: in a key near its neighbour's, and with the theme that it shares with one.
        """

    def compose_film(
        self, edit: Edit, orders: tuple[Order, ...], beside: tuple[Cue, ...], progress: Progress
    ) -> Iterator[tuple[str, Composed | str]]:
        """Cues in order of time, each by name with its music or why there is none; each knows those before it.

        A cue that leads over to the next one comes once more, with an ending that does.
        """

    def extended(self, cue: Cue, start: int, end: int, progress: Progress) -> Composed:
        """A cue over a longer range, in one take: what there is of it stays, the rest is composed."""

    def regenerate(self, cue: Cue, span: range, count: int, progress: Progress) -> Composed:
        """A stretch of steps composed again, in so many takes; locked chords and all outside stay."""

    def varied(self, cue: Cue, wish: Variation, count: int, progress: Progress) -> Composed:
        """A cue otherwise, in so many versions.

        Locked chords, plan, tempo, keys and hits stay. Takes have no figures.
        """

    def suggested(self, cue: Cue, span: range, progress: Progress) -> tuple[Chord, ...]:
        """Chords that would fit all through a stretch of steps, the likeliest first, in the sounding key."""

    def proposed_moods(self, cue: Cue, progress: Progress) -> tuple[MoodSpan, ...]:
        """What the picture says of the whole cue."""


class Performer(Protocol):
    """Plays cues into memory, and only what has changed since the last one."""

    def hits(self, cue: Cue, progress: Progress) -> tuple[Hit, ...]:
        """How well the notes of a cue meet the picture."""

    def waveform(self, sound: AuditionSound, start: float, progress: Progress) -> Peaks:
        """The sound of a cue that starts at a second of the timeline, small enough to draw."""

    def temp(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Iterator[HeardTemp]:
        """The temp music of an edit, first as it looks, then with what was heard; nothing if there is none."""

    def production_waveform(self, clips: tuple[SoundClip, ...], progress: Progress) -> Peaks:
        """The edit's own sound, small enough to draw."""

    def perform(self, cue: Cue, heard_from: float, progress: Progress) -> Iterator[AuditionSound]:
        """The sound of a cue, again whenever more of it is ready, the timeline second ``heard_from`` first."""


class EditSink(Protocol):
    """Writes music back to where the edit came from."""

    def ways(self, source: Path, cue: Cue, folder: Path | None = None) -> tuple[Way, ...]:
        """The ways there are for an edit, the right one for its host first, into a folder or beside it. Quick."""

    def write(self, source: Path, work: Cue | FilmCues, choice: WriteChoice, progress: Progress) -> Delivered:
        """Write timeline, mix, stems, MIDI and cue of all that is ready, and approved if that is chosen; or nothing.

        A cue alone is written beside those that stand in the edit and that it does not meet.
        """


@dataclass(frozen=True)
class Ports:
    """Everything the panel is given."""

    source: EditSource
    composer: Composer
    performer: Performer
    sink: EditSink
    styles: tuple[StyleCard, ...]
