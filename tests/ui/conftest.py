"""A window of plain Python, and ports that answer at once: what presenter tests need instead of Qt and of models."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from hitpoint.core.arrange.form.hit_points import Hit
from hitpoint.core.compose.takes import Take
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.changes import recomposed
from hitpoint.core.cue.cue import Cue, Step, step_count
from hitpoint.core.cue.documents.autosave import Recovered
from hitpoint.core.cue.film.cue_list import CueEntry, CueList
from hitpoint.core.cue.film.film_cues import FilmCues, film_of, film_with
from hitpoint.core.cue.heard import cropped
from hitpoint.core.cue.tune import PlacedNote
from hitpoint.core.cue.tune_changes import tune_of
from hitpoint.core.edit import Edit, Shot
from hitpoint.core.errors import EditReadError, PlaceError
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.waveform import Peaks, peaks_of
from hitpoint.core.mood import Mood, MoodSpan
from hitpoint.core.music.chord import Chord, parse_chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import steady_tempo
from hitpoint.core.ports import (
    Composed,
    Conformed,
    Delivered,
    FoundMoment,
    HeardTemp,
    LikeWish,
    OpenedEdit,
    Order,
    Ports,
    Proposals,
    StyleCard,
    Variation,
    Way,
    WriteChoice,
)
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.audition.curve import TiledCurve
from hitpoint.core.render.audition.sound import AuditionSound
from hitpoint.core.render.mix.levels import CHUNK
from hitpoint.core.render.mix.mix import MixSettings
from hitpoint.core.timebase import SAMPLE_RATE, FrameRate
from hitpoint.ui.presenter.edit_places import EditPlaces
from hitpoint.ui.presenter.presenter import Presenter
from hitpoint.ui.presenter.questions import Answer, Question
from hitpoint.ui.presenter.recent_edits import RecentEdits
from hitpoint.ui.presenter.view_models import Busy, Menus, ShownFollowing, ShownWords, TakeRow

if TYPE_CHECKING:  # most of what is tested here needs no Qt
    from pytestqt.qtbot import QtBot

    from hitpoint.ui.app import Window
    from hitpoint.ui.panel import Panel

_SYMBOLS = ("C", "G", "A:min", "F", "D:min", "E:min", "G:7")


def small_edit(path: Path, seconds: int = 8, cuts: tuple[int, ...] = (60, 130)) -> Edit:
    edges = [0, *cuts, 25 * seconds]
    shots = tuple(Shot(f"shot {a}", a, b) for a, b in pairwise(edges))
    return Edit(path.stem, path, FrameRate(Fraction(25)), edges[-1], shots)


def small_cue(edit: Edit, seed: int = 1, wishes: Wishes | None = None) -> Cue:
    """Two chords a second, at 120 beats a minute, which ones hangs on the seed."""
    wished = wishes or Wishes()
    end = edit.frames if wished.end_frame is None else wished.end_frame
    tempo = steady_tempo(Fraction(1, 2))
    count = step_count(edit.rate.seconds(end - wished.start_frame), tempo)
    steps = tuple(Step(parse_chord(_SYMBOLS[(index * 3 + seed) % 7])) for index in range(count))
    start, stop = (float(edit.rate.seconds(frame)) for frame in (wished.start_frame, end))
    moods = (MoodSpan(start, stop, Mood.NEUTRAL),)
    return Cue(
        edit, wished.start_frame, end, wished.key or Key(0), tempo, steps, moods, wished.style, seed, hits=wished.hits,
        prompts=wished.prompts, name=wished.name,
    )  # fmt: skip


def silent_sound(cue: Cue, *, is_settled: bool) -> AuditionSound:
    """A sound of no parts, all of it ready."""
    samples = round(cue.seconds * SAMPLE_RATE)
    curve = TiledCurve(-(-samples // CHUNK), (), 0.0, 0.0)
    return AuditionSound(samples, (), MixSettings(), curve, ((0, samples),), is_settled=is_settled)


class PlainWindow:
    """A view that notes what it is told and answers what the test has put into ``answers``."""

    def __init__(self) -> None:
        self.cue: Cue | None = None
        self.prepared: list[Cue] = []
        self.film = FilmCues()
        self.name = ""
        self.chosen_cues: tuple[str, ...] = ()
        self.opened: OpenedEdit | None = None
        self.selection = range(0)
        self.takes: tuple[TakeRow, ...] = ()
        self.chosen = 0
        self.sound: AuditionSound | None = None
        self.heard: Cue | None = None
        self.wave: Any = None
        self.hits: tuple[Hit, ...] = ()
        self.tune: tuple[PlacedNote, ...] = ()
        self.production_wave: Any = None
        self.busy: Busy | None = None
        self.errors: list[str] = []
        self.notes: list[str] = []
        self.menus = Menus()
        self.delivered: Delivered | None = None
        self.recent: tuple[str, ...] = ()
        self.questions: list[Question] = []
        self.answers: list[Answer] = []
        self.way: WriteChoice | None = None
        self.ways: tuple[Way, ...] = ()
        self.folder: Path | None = None
        self.reasons: list[str] = []
        self.offers_media = self.offers_composing = False
        self.is_closed = False

    def show_welcome(self, recent: tuple[str, ...]) -> None:
        self.recent = recent

    def show_edit(self, opened: OpenedEdit) -> None:
        self.opened = opened

    def show_cue(self, cue: Cue | None) -> None:
        self.cue = cue

    def show_cues(self, film: FilmCues, name: str) -> None:
        self.film, self.name = film, name

    def show_words(self, shown: ShownWords) -> None:
        self.words = shown

    def show_temp(self, temp: HeardTemp | None) -> None:
        self.temp = temp

    def show_following(self, shown: ShownFollowing) -> None:
        self.following = shown

    def show_chosen_cues(self, names: tuple[str, ...]) -> None:
        self.chosen_cues = names

    def prepare_cue(self, edit: Edit, cue: Cue) -> None:
        self.prepared.append(cue)

    def show_selection(self, span: range) -> None:
        self.selection = span

    def show_takes(self, takes: tuple[TakeRow, ...], chosen: int) -> None:
        self.takes, self.chosen = takes, chosen

    def show_sound(self, sound: AuditionSound | None, cue: Cue | None) -> None:
        self.sound, self.heard = sound, cue

    def show_hits(self, cue: Cue, hits: tuple[Hit, ...]) -> None:
        self.hits = hits

    def show_tune(self, cue: Cue, playing: Cue) -> None:
        self.tune = tune_of(playing)

    def show_music_wave(self, peaks: Any) -> None:
        self.wave = peaks

    def show_production_wave(self, peaks: Any) -> None:
        self.production_wave = peaks

    def show_busy(self, busy: Busy | None) -> None:
        self.busy = busy

    def show_error(self, message: str, holds: Callable[[], bool] | None = None) -> None:
        self.errors.append(message)
        self.holds = holds

    def show_notes(self, notes: tuple[str, ...], holds: Callable[[], bool] | None = None) -> None:
        self.notes += notes
        self.holds = holds

    def show_menus(self, menus: Menus) -> None:
        self.menus = menus

    def show_delivered(self, delivered: Delivered) -> None:
        self.delivered = delivered

    def ask(self, question: Question) -> Answer:
        self.questions.append(question)
        return self.answers.pop(0)

    def ask_way(
        self, ways: tuple[Way, ...], *, has_duck: bool, film: FilmCues | None = None, approved: bool = False
    ) -> WriteChoice | None:
        self.ways, self.approved = ways, approved
        return self.way

    def ask_folder(self, reason: str) -> Path | None:
        self.reasons.append(reason)
        return self.folder

    def show_found(self, found: tuple[FoundMoment, ...], told: str) -> None:
        self.found, self.told_of_finding = found, told

    def offer_media(self) -> None:
        self.offers_media = True

    def offer_composing(self) -> None:
        self.offers_composing = True

    def offer_composing_rest(self) -> None:
        self.offers_composing = True

    def close_now(self) -> None:
        self.is_closed = True


class PlainRunner:
    """Runs a job when it is started; while ``holds``, when the test says so."""

    def __init__(self) -> None:
        self.holds = False
        self.waiting: dict[str, Callable[[], None]] = {}

    def start(self, lane: str, name: str, work: Any, done: Any, failed: Any) -> None:
        self._take(lane, lambda: _ended(lambda: done(work(SILENT)), failed))

    def start_each(
        self, lane: str, name: str, work: Any, shown: Any, failed: Any, ended: Callable[[], None] = lambda: None
    ) -> None:
        def all_shown() -> None:
            for each in work(SILENT):
                shown(each)
            ended()

        self._take(lane, lambda: _ended(all_shown, failed))

    def cancel(self, *lanes: str) -> None:
        for lane in lanes or tuple(self.waiting):
            self.waiting.pop(lane, None)

    def is_busy(self, lane: str) -> bool:
        return lane in self.waiting

    def release(self) -> None:
        self.holds = False
        while self.waiting:
            self.waiting.pop(next(iter(self.waiting)))()

    def _take(self, lane: str, run: Callable[[], None]) -> None:
        if self.holds:
            self.waiting[lane] = run
        else:
            run()


def _ended(run: Callable[[], object], failed: Callable[[str], None]) -> None:
    try:
        run()
    except EditReadError as error:
        failed(str(error))


@dataclass
class PlainKeeper:
    """Notes what it was given to keep."""

    kept: tuple[Path, Cue | FilmCues] | None = None
    aside: list[tuple[Path, Cue | FilmCues]] = field(default_factory=list)
    adopted: list[Recovered] = field(default_factory=list)

    def note(self, edit: Path, work: Cue | FilmCues) -> None:
        self.kept = (edit, alone(work))

    def forget(self) -> None:
        self.kept = None

    def set_aside(self) -> None:
        self.aside += [] if self.kept is None else [self.kept]
        self.kept = None

    def adopt(self, recovered: Recovered) -> None:
        self.adopted.append(recovered)


def alone(work: Cue | FilmCues) -> Cue | FilmCues:
    """The only cue of a film; the film if there are several, or something is said about it."""
    if isinstance(work, FilmCues) and len(work.music) == 1 and work == film_of(next(iter(work.music.values()))):
        return next(iter(work.music.values()))
    return work


@dataclass
class PlainPorts:
    """Answers at once. ``scored`` are the files that have a cue."""

    scored: dict[Path, Cue] = field(default_factory=dict)
    written: list[Cue | FilmCues] = field(default_factory=list)
    likes: list[LikeWish | None] = field(default_factory=list)
    beside: list[tuple[Cue, ...]] = field(default_factory=list)
    temps: tuple[HeardTemp, ...] = ()
    choices: list[WriteChoice] = field(default_factory=list)
    proposals: tuple[CueEntry, ...] = ()
    performed: list[Cue] = field(default_factory=list)
    wishes: list[Wishes] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    variations: list[tuple[Variation, int]] = field(default_factory=list)
    is_unseen: bool = False  # whether there are pictures that nobody has looked at; they move the seed
    prepared: int = 0
    folder: Path = Path("/films")
    missing_until: Path | None = None
    read_only: tuple[Path, ...] = ()

    def open(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        if path.suffix == ".bad":
            raise EditReadError(f"{path.name} is no edit that can be read: give another")
        cue = self.scored.get(path)
        return OpenedEdit(path, self._seen(small_edit(path) if cue is None else cue.edit, media), cue)

    def reopened(self, cue: Cue, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        edit = self._seen(cue.edit, media)
        return OpenedEdit(path, edit, replace(cue, edit=edit))

    def _seen(self, edit: Edit, media: tuple[Path, ...]) -> Edit:
        return replace(edit, missing=() if self.missing_until in (None, *media) else ("sea.mov",))

    def demo(self, progress: Progress) -> Path:
        return self.folder / "demo.otio"

    def conform(self, cue: Cue, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Conformed:
        edit = small_edit(path, seconds=10)
        return Conformed(OpenedEdit(path, edit), small_cue(edit, cue.seed), ("one shot is new",))

    def reopened_film(self, film: FilmCues, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> OpenedEdit:
        edit = self._seen(film.edit or small_edit(path), media)
        music = {name: replace(cue, edit=edit) for name, cue in film.music.items()}
        film = replace(film, music=music, edit=edit)
        return OpenedEdit(path, edit, next(iter(music.values()), None), film=film)

    def conform_film(self, film: FilmCues, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Conformed:
        edit = small_edit(path, seconds=10)
        music = {
            name: replace(small_cue(edit, cue.seed, Wishes(cue.start_frame, cue.end_frame)), name=cue.name)
            if len(film.music) > 1
            else small_cue(edit, cue.seed)
            for name, cue in film.music.items()
        }
        new = film_with(film.cues, music)
        return Conformed(OpenedEdit(path, edit), next(iter(music.values())), ("one shot is new",), new)

    def spot(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Proposals:
        return Proposals(CueList(self.proposals), ("listened",))

    def find(self, edit: Edit, text: str, progress: Progress) -> tuple[FoundMoment, ...]:
        if text == "nowhere":
            raise EditReadError("CLIP is not here: hitpoint doctor says what to get")
        return (FoundMoment(70, 60, 130, 2.4, "shot 60"), FoundMoment(10, 0, 40, 0.4, "shot 0"))

    def temp(self, path: Path, progress: Progress, media: tuple[Path, ...] = ()) -> Iterator[HeardTemp]:
        return iter(self.temps)

    def prepare(self) -> None:
        self.prepared += 1

    def compose_at_once(self, edit: Edit, wishes: Wishes, progress: Progress, beside: tuple[Cue, ...] = ()) -> Composed:
        return replace(self.compose(edit, wishes, 1, progress, None, beside), is_from_cuts=self.is_unseen)

    def look(self, edit: Edit, wishes: Wishes, progress: Progress) -> None:
        self.is_unseen = False

    def compose(
        self, edit: Edit, wishes: Wishes, count: int, progress: Progress, like: LikeWish | None = None,
        beside: tuple[Cue, ...] = (),
    ) -> Composed:  # fmt: skip
        self.likes.append(like)
        self.beside.append(beside)
        progress.step(0.5, "composing")
        self.wishes.append(wishes)
        first = wishes.seed + (100 if self.is_unseen else 0)
        cues = [small_cue(edit, first + index, wishes) for index in range(count)]
        return Composed(tuple(Take(cue, cue.seed, -1.0 - index) for index, cue in enumerate(cues)), cues[0].moods)

    def compose_film(
        self, edit: Edit, orders: tuple[Order, ...], beside: tuple[Cue, ...], progress: Progress
    ) -> Iterator[tuple[str, Composed | str]]:
        for order in orders:
            yield order.name, self.compose(edit, order.wishes, 1, progress, order.like, beside)

    def extended(self, cue: Cue, start: int, end: int, progress: Progress) -> Composed:
        whole = small_cue(cue.edit, cue.seed, Wishes(min(start, cue.start_frame), max(end, cue.end_frame)))
        longer = cropped(replace(whole, name=cue.name), start, end)
        return Composed((Take(longer, longer.seed, -1.0),), ())

    def regenerate(self, cue: Cue, span: range, count: int, progress: Progress) -> Composed:
        self.counts.append(count)
        takes = []
        for seed in range(cue.next_seed, cue.next_seed + count):
            new = [
                step if step.locked else replace(step, chord=parse_chord(_SYMBOLS[(index + seed) % 7]))
                for index, step in enumerate(cue.steps)
            ]
            takes.append(Take(recomposed(cue, span, new[span.start : span.stop], seed), seed, -1.0))
        return Composed(tuple(takes), self.proposed_moods(cue, progress))

    def varied(self, cue: Cue, wish: Variation, count: int, progress: Progress) -> Composed:
        self.variations.append((wish, count))
        takes = []
        for seed in range(cue.next_seed, cue.next_seed + count):
            changed = [i for i in wish.span if not cue.steps[i].locked][: round(wish.strength * len(wish.span))]
            new = {i: replace(cue.steps[i], chord=parse_chord(_SYMBOLS[(i + seed) % 7])) for i in changed}
            made = replace(cue, steps=tuple(new.get(i, step) for i, step in enumerate(cue.steps)))
            takes.append(Take(replace(made, style=wish.style or cue.style), seed, 0.0))
        return Composed(tuple(takes), ())

    def suggested(self, *_: Any) -> tuple[Chord, ...]:
        return tuple(map(parse_chord, ("D:min7", "E", "F")))

    def proposed_moods(self, cue: Cue, progress: Progress) -> tuple[MoodSpan, ...]:
        return (MoodSpan(float(cue.start), float(cue.start + cue.seconds), Mood.SAD),)

    def perform(self, cue: Cue, heard_from: float, progress: Progress) -> Iterator[AuditionSound]:
        self.performed.append(cue)
        yield silent_sound(cue, is_settled=False)
        yield silent_sound(cue, is_settled=True)

    def hits(self, cue: Cue, progress: Progress) -> tuple[Hit, ...]:
        return (Hit(cue.seconds, "end", 0.0, "ending", True),)

    def waveform(self, sound: Any, start: float, progress: Progress) -> Peaks:
        return peaks_of(np.full((480, 2), 0.5, np.float32), start)

    def production_waveform(self, clips: tuple[SoundClip, ...], progress: Progress) -> Peaks:
        return peaks_of(np.zeros((480, 2), np.float32))

    def ways(self, source: Path, cue: Cue, folder: Path | None = None) -> tuple[Way, ...]:
        place = folder or source.parent
        if place in self.read_only:
            raise PlaceError(f"cannot write to {place}: the folder is read-only: write somewhere else")
        out = place / f"{source.stem}_hitpoint.otio"
        return (Way("otio", "A copy of the edit", "open it", ("everything",), (), out, True),)

    def write(self, source: Path, work: Cue | FilmCues, choice: WriteChoice, progress: Progress) -> Delivered:
        self.written.append(alone(work))
        self.choices.append(choice)
        way = choice.way
        return Delivered(way.output, way.output.with_suffix(".wav"), way.output.parent, way.steps)


class Room:
    """A presenter with everything around it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.window, self.runner, self.keeper, self.ports = PlainWindow(), PlainRunner(), PlainKeeper(), PlainPorts()
        styles = (StyleCard("piano", ("Piano", "Pad")), StyleCard("strings", ("Strings",)))
        ports = Ports(self.ports, self.ports, self.ports, self.ports, styles)
        self.presenter = Presenter(
            *(self.window, ports, self.runner, self.keeper),
            RecentEdits(folder / "state"),
            EditPlaces(folder / "state"),
            folder / "recovery",
        )

    @property
    def cue(self) -> Cue:
        assert self.window.cue is not None
        return self.window.cue

    @property
    def symbols(self) -> list[str]:
        return [step.chord.symbol() for step in self.cue.steps]

    def edit_file(self, name: str = "cut.otio") -> Path:
        path = self.folder / name
        path.write_text("{}")
        return path


@pytest.fixture(autouse=True)
def swept_here() -> Iterator[None]:
    """No thread of a test sweeps up the windows of another.

    They lie in circles, and Qt wants them gone on this thread.
    """
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def room(tmp_path: Path) -> Room:
    """A presenter without an edit."""
    return Room(tmp_path)


@pytest.fixture
def composed(room: Room) -> Room:
    """A presenter that has opened an edit without music, and so has composed it."""
    room.presenter.files.open(room.edit_file())
    return room


def _let_close(panel: Panel) -> None:
    panel.may_close = lambda: True


@pytest.fixture
def window(qtbot: QtBot, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    """A window over ports that answer at once; nothing is open."""
    from hitpoint.ui.app import make_application, make_window, start
    from hitpoint.ui.players.choice import recorded_player

    monkeypatch.setenv("HITPOINT_STATE", str(tmp_path / "state"))
    make_application()
    made = make_window(room.presenter.desk.ports, recorded_player()[0], tmp_path / "state")
    qtbot.addWidget(made.panel, before_close_func=_let_close)
    made.panel.show()
    start(made, None, finds_device=False)
    yield made
    _let_close(made.panel)
    made.close()


@pytest.fixture
def at_work(window: Window, qtbot: QtBot, room: Room) -> Window:
    """A window with a cue."""
    window.presenter.files.open(room.edit_file())
    qtbot.waitUntil(lambda: window.presenter.desk.cue is not None and not window.panel.busy.is_busy, timeout=60_000)
    return window
