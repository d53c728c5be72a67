"""Hands what was rendered to the player, and tells it what of it the editor wants to hear."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil, inf, isfinite, log10
from typing import TYPE_CHECKING

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import heard_range, heard_samples
from hitpoint.core.ports import OpenedEdit
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.ui.players.sound import HeardMusic, Monitor, PlayedSound, SampleSource
from hitpoint.ui.transport.shuttle import Shuttle

if TYPE_CHECKING:
    from hitpoint.core.render.audition.sound import AuditionSound


class Listening:
    """What is played in one window.

    Args:
        shuttle: moves the player.
    """

    def __init__(self, shuttle: Shuttle) -> None:
        self._shuttle = shuttle
        self._opened: OpenedEdit | None = None
        self._production: SampleSource | None = None
        self._monitor = Monitor()
        self._temp: SampleSource | None = None
        self._temp_loudness, self._temp_peak = -inf, 0.0
        self._loaded: tuple[AuditionSound | None, Cue | None] = (None, None)
        self.is_temp = False

    @property
    def monitor(self) -> Monitor:
        """What is heard."""
        return self._monitor

    def show_edit(self, opened: OpenedEdit, production: SampleSource | None = None) -> None:
        """Another edit: silence, until its music comes."""
        self._opened, self._production, self.is_temp = opened, production, False
        edit = opened.edit
        self._shuttle.show_edit(edit.rate, edit.frames, edit.cut_frames)
        self._shuttle.player.stop()
        self._shuttle.seek(0.0)
        self.listen_to_production(is_on=False)
        self.load(None, None)

    def load(self, sound: AuditionSound | None, cue: Cue | None) -> None:
        """Play this from now on, at the same place."""
        self._loaded = (sound, cue)
        if self._opened is None:
            return
        edit = self._opened.edit
        first = 0 if cue is None else edit.rate.samples(cue.start_frame)
        duck = () if cue is None else tuple((point.time, point.gain_decibels) for point in cue.duck)
        beats = () if cue is None else _beats(cue)
        frames = max(edit.rate.samples(edit.frames), 0 if sound is None else first + sound.samples)
        if self.is_temp:
            self._shuttle.player.load(PlayedSound(frames, None, 0, self._temp))
        else:
            heard = (
                sound if sound is None or cue is None or cue.heard is None else HeardMusic(sound, *heard_samples(cue))
            )
            self._shuttle.player.load(PlayedSound(frames, heard, first, self._production, duck, beats))

    def show_temp(self, temp: SampleSource | None) -> None:
        """The edit's temp music, or none."""
        self._temp = temp
        if temp is None and self.is_temp:
            self.compare(is_on=False)

    def match_temp(self, loudness: float, peak: float) -> None:
        """Hear the temp as loud as the music is, as far as its peaks allow: the louder of two always seems the better.

        Args:
            loudness: LUFS of the temp; minus infinity to leave it as it is.
            peak: its highest sample, 1 at full scale.
        """
        self._temp_loudness, self._temp_peak = loudness, peak
        if self.is_temp:
            self._shuttle.player.listen(self._heard)

    def compare(self, *, is_on: bool) -> None:
        """Hear the temp in place of all else, at the same place, or go back; without a temp nothing changes."""
        is_on = is_on and self._temp is not None
        if is_on == self.is_temp:
            return
        self.is_temp = is_on
        self.load(*self._loaded)
        self._shuttle.player.listen(self._heard)

    def listen_to_parts(self, parts: Monitor) -> None:
        """Solo, mute and levels of the parts."""
        self._listen(replace(self._monitor, muted=parts.muted, soloed=parts.soloed, part_decibels=parts.part_decibels))

    def listen_to_production(self, *, is_on: bool) -> None:
        """Whether the edit's own sound is heard with the music."""
        self._listen(replace(self._monitor, production=is_on))

    def listen_at(self, decibels: float) -> None:
        """How loud all of it is heard; the files and the meters do not change."""
        self._listen(replace(self._monitor, level=decibels))

    def listen_to_production_at(self, decibels: float) -> None:
        """How loud the edit's own sound is beside the music."""
        self._listen(replace(self._monitor, production_decibels=decibels))

    def listen_to_click(self, *, is_on: bool) -> None:
        """Whether the beats of the music are heard."""
        self._listen(replace(self._monitor, click=is_on))

    def repeat(self) -> None:
        """Tell a player that was exchanged what is heard."""
        self._shuttle.player.listen(self._heard)

    def seconds(self) -> float:
        """What is heard now."""
        return self._shuttle.player.position

    def _listen(self, monitor: Monitor) -> None:
        self._monitor = monitor
        self._shuttle.player.listen(self._heard)

    @property
    def _heard(self) -> Monitor:
        """What is monitored: the parts, or the temp in place of all else, at the same level."""
        if not self.is_temp:
            return self._monitor
        return Monitor(production=True, level=self._monitor.level, production_decibels=self._temp_decibels())

    def _temp_decibels(self) -> float:
        """What brings the temp to the loudness of the cue."""
        cue = self._loaded[1]
        if cue is None or not isfinite(self._temp_loudness) or self._temp_peak <= 0:
            return 0.0
        return min(cue.sound.loudness - self._temp_loudness, -20.0 * log10(self._temp_peak))


def _beats(cue: Cue) -> tuple[tuple[int, bool], ...]:
    """Where the beats of a cue fall, in samples of the timeline, and which of them begin a bar."""
    count = ceil(cue.tempo.beat_at(cue.seconds))
    bar = cue.tempo.beats_per_bar if cue.plan is None else 0
    lines = set() if cue.plan is None else _bar_beats(cue)
    heard = tuple(cue.edit.rate.seconds(frame) for frame in heard_range(cue))
    return tuple(
        (round((cue.start + cue.tempo.seconds_at(beat)) * SAMPLE_RATE), beat in lines if not bar else beat % bar == 0)
        for beat in range(count)
        if heard[0] <= cue.start + cue.tempo.seconds_at(beat) < heard[1]
    )


def _bar_beats(cue: Cue) -> set[Fraction]:
    """The beats on which the bars of the plan begin."""
    assert cue.plan is not None
    plan, per_step = cue.plan, cue.beats_per_step
    return {index * per_step for index in range(len(cue.steps)) if plan.place_in_bar(index) == 0}
