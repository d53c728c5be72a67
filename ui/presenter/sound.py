"""Keeps what is heard and drawn in step with the cue: renders again what changed, and shows it as it becomes ready."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from hitpoint.core.arrange.arranger import with_playing
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import is_same_music
from hitpoint.core.cue.tune_changes import is_sung
from hitpoint.core.progress import Progress
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.presenter.desk import DRAW_MUSIC, DRAW_PRODUCTION, MEASURE, SOUND, TUNE, Desk

if TYPE_CHECKING:
    from hitpoint.core.render.audition.sound import AuditionSound

_KEPT = 3  # settled sounds that are at hand at once, for comparing takes
_LONGEST_KEPT = 480.0  # seconds of a cue above which no sound is kept, because a whole one takes more than a gigabyte
_SOON = 5.0  # seconds after the playhead that should be ready
_ON_THE_WAY = 30.0  # seconds after the place rendered first that are rendered faster than they are played


class SoundPresenter:
    """Renders the current cue.

    Args:
        desk: of the window.
        playhead: answers the second of timeline that is heard, which is rendered first.
    """

    def __init__(self, desk: Desk, playhead: Callable[[], float] = lambda: 0.0) -> None:
        self._desk, self._playhead = desk, playhead
        self._known: list[tuple[Cue, AuditionSound]] = []
        self._heard: AuditionSound | None = None
        self._drawn: Cue | None = None
        self._sung: Cue | None = None  # of which the melody was shown
        self._from = 0.0  # the second that was asked for first
        desk.on_cue.append(self.render)
        desk.on_opened.append(self._begin)
        desk.on_silence.append(self._fall_silent)
        desk.on_other.append(self._draw_nothing)

    def render(self, cue: Cue) -> None:
        """Make a cue heard, soon; one that was rendered lately, or the other half of one, now."""
        desk = self._desk
        known = next((sound for other, sound in self._known if is_same_music(other, cue)), None)
        if known is not None:
            desk.runner.cancel(SOUND)
            self._show(cue, known)
            return
        self._render_from(cue, self._playhead())

    def follow(self, seconds: float) -> None:
        """Have ready what the playhead comes to: it may have jumped ahead, or back to what was forgotten meanwhile."""
        cue, sound = self._desk.cue, self._heard
        if cue is None or sound is None:
            return
        first = max(round((seconds - float(cue.start)) * SAMPLE_RATE), 0)
        if first >= sound.samples or sound.is_ready(first, first + round(_SOON * SAMPLE_RATE)):
            return
        patience = _ON_THE_WAY if self._desk.runner.is_busy(SOUND) else 1.0
        if not self._from - 1.0 <= seconds < self._from + patience:
            self._render_from(cue, seconds)

    def _render_from(self, cue: Cue, seconds: float) -> None:
        desk, performer, self._from = self._desk, self._desk.ports.performer, seconds

        def work(progress: Progress) -> Iterator[AuditionSound]:
            return performer.perform(cue, seconds, progress)

        desk.runner.start_each(SOUND, desk.tr("Playing it in"), work, lambda sound: self._show(cue, sound), desk.fail)

    def show_again(self) -> None:
        """Hand the current sound to the view once more, as when another device plays."""
        cue = self._desk.cue
        if cue is not None:
            self.render(cue)

    def _show(self, cue: Cue, sound: AuditionSound) -> None:
        self._heard = sound
        self._desk.view.show_sound(sound, cue)
        if cue is not self._desk.heard:
            self._desk.heard = cue
            for tell in self._desk.on_heard:
                tell()
        if cue is not self._sung:
            self._sung = cue
            self._sing(cue)
        if sound.is_settled:
            kept = _KEPT if cue.seconds < _LONGEST_KEPT else 0
            self._known = [(cue, sound), *(each for each in self._known if each[0] != cue)][:kept]
        if sound.is_settled and cue is not self._drawn:
            self._drawn = cue
            self._draw(cue, sound)
            self._measure(cue)

    def _sing(self, cue: Cue) -> None:
        """Show the melody as it is played where the cue does not remember it, as after another chord."""
        desk = self._desk
        desk.runner.cancel(TUNE)
        if cue.playing and not is_sung(cue):
            desk.runner.start(
                TUNE,
                desk.tr("Playing it in"),
                lambda progress: with_playing(cue),
                lambda playing: desk.view.show_tune(cue, playing),
                desk.fail,
            )

    def _draw(self, cue: Cue, sound: AuditionSound) -> None:
        desk, performer, start = self._desk, self._desk.ports.performer, float(cue.start)
        desk.runner.start(
            DRAW_MUSIC,
            desk.tr("Drawing the sound"),
            lambda progress: performer.waveform(sound, start, progress),
            desk.view.show_music_wave,
            desk.fail,
        )

    def _measure(self, cue: Cue) -> None:
        desk, performer = self._desk, self._desk.ports.performer
        desk.runner.start(
            MEASURE,
            desk.tr("Measuring hits"),
            lambda progress: performer.hits(cue, progress),
            lambda hits: desk.view.show_hits(cue, hits) if cue == desk.cue else None,
            desk.fail,
        )

    def _fall_silent(self) -> None:
        """The cue that is worked at is not composed."""
        self._heard = None
        self._desk.runner.cancel(SOUND, DRAW_MUSIC, MEASURE)
        self._desk.view.show_sound(None, None)

    def _draw_nothing(self) -> None:
        """Another cue is worked at: what was drawn is not its sound."""
        self._drawn = None
        self._desk.runner.cancel(DRAW_MUSIC, MEASURE)
        self._desk.view.show_music_wave(None)

    def _begin(self) -> None:
        """Another edit: silence, and its own sound is drawn."""
        desk, performer = self._desk, self._desk.ports.performer
        self._known, self._heard, self._drawn, self._sung = [], None, None, None
        desk.heard = None
        desk.runner.cancel(SOUND, DRAW_MUSIC, DRAW_PRODUCTION, MEASURE)
        desk.view.show_sound(None, None)
        desk.view.show_music_wave(None)
        desk.view.show_production_wave(None)
        clips = desk.opened.production_sound if desk.opened is not None else ()
        if clips:
            desk.runner.start(
                DRAW_PRODUCTION,
                desk.tr("Drawing the sound"),
                lambda progress: performer.production_waveform(clips, progress),
                desk.view.show_production_wave,
                desk.fail,
            )
