"""What the transport's keys mean: J K L, space, steps and loop. No Qt; a player is told what to do.

J and L play backwards and forward; pressed again they double the speed, up to eight times. The other one halves it, and
at the usual speed turns round: from +4 to +2, +1, -1, -2, as in editing programs. K and then J turns round at once. With K held, J and L play at a quarter of the speed; K alone stops.
"""

from __future__ import annotations

from hitpoint.core.timebase import FrameRate
from hitpoint.ui.players.player import Player
from hitpoint.ui.transport.frame_clock import frame_heard, seconds_of

FASTEST = 8.0
SLOW = 0.25


class Shuttle:
    """The transport of one edit over one player.

    Args:
        player: what plays.
    """

    def __init__(self, player: Player) -> None:
        self._player = player
        self._rate = FrameRate.from_float(25.0)
        self._frames = 0
        self._cuts: tuple[int, ...] = ()
        self._k_is_held = False
        self._span: tuple[float, float] | None = None
        self._is_looping = False
        self.is_scrubbing_heard = True

    @property
    def player(self) -> Player:
        """What plays."""
        return self._player

    @property
    def rate(self) -> FrameRate:
        """Of the edit."""
        return self._rate

    @property
    def frame(self) -> int:
        """The timeline frame that belongs on the screen now."""
        return min(frame_heard(self._player.position, self._rate), max(self._frames - 1, 0))

    @property
    def is_looping(self) -> bool:
        """Whether the span is repeated."""
        return self._is_looping

    @property
    def loop_span(self) -> tuple[float, float] | None:
        """What is, or would be, repeated, in seconds."""
        return self._span

    def use_player(self, player: Player) -> None:
        """Go on with another player at the same place and at rest; others tell it what it plays."""
        position = self._player.position
        self._player.close()
        self._player = player
        self._player.seek(position)
        self._tell_loop()

    def show_edit(self, rate: FrameRate, frames: int, cuts: tuple[int, ...] = ()) -> None:
        """Work on an edit of this rate and length, with cuts on these frames, in order."""
        self._rate, self._frames, self._cuts = rate, frames, cuts
        self._span, self._is_looping = None, False
        self._player.loop(None)

    def toggle(self) -> None:
        """Space: play, or stop. At the end it plays from the beginning, in a loop from the loop's start."""
        if self._player.playing:
            self._player.stop()
            return
        span = self._span if self._is_looping else None
        if span is not None and not span[0] <= self._player.position < span[1]:
            self._player.seek(span[0])
        elif self.frame >= self._frames - 1:
            self._player.seek(0.0)
        self._player.play(1.0)

    def play_span(self, start: float, end: float) -> None:
        """Play a stretch (seconds) from its first frame, and stop at its end; while looping it plays on."""
        self.stop()
        self.seek(start)
        self._player.play(1.0, None if self._is_looping else end)

    def stop(self) -> None:
        """Stop where it is."""
        self._player.stop()

    def press_j(self) -> None:
        """Backwards, faster at each press; slowly with K."""
        self._shuttle(-1.0)

    def press_l(self) -> None:
        """Forward, faster at each press; slowly with K."""
        self._shuttle(1.0)

    def press_k(self) -> None:
        """Stop; while it is held, J and L are slow."""
        self._k_is_held = True
        self._player.stop()

    def release_k(self) -> None:
        """J and L are as usual again; what played slowly stops."""
        self._k_is_held = False
        if abs(self._player.speed) == SLOW:
            self._player.stop()

    def release_slow(self) -> None:
        """J or L let go: what played slowly under K stops."""
        if self._k_is_held:
            self._player.stop()

    def step(self, frames: int) -> None:
        """Stop, and go some frames on (or back)."""
        frame = self.frame
        self.go_to(frame + frames)

    def go_to(self, frame: int) -> None:
        """Stop at a frame."""
        if self._player.playing:
            self._player.stop()
        self._player.seek(seconds_of(min(max(frame, 0), max(self._frames - 1, 0)), self._rate))

    def seek(self, seconds: float) -> None:
        """Go to the frame at a time without stopping, as when the ruler is clicked."""
        frame = min(max(self._rate.frame_at(max(seconds, 0.0) + 1e-9), 0), max(self._frames - 1, 0))
        self._player.seek(seconds_of(frame, self._rate))

    def scrub(self, seconds: float) -> None:
        """Go to the frame at a time, as while the playhead is dragged: at rest a moment of it is heard."""
        frame = self.frame
        self.seek(seconds)
        if self.is_scrubbing_heard and self.frame != frame:
            self._player.scrub()

    def home(self) -> None:
        """To the first frame."""
        self.go_to(0)

    def previous_cut(self) -> None:
        """To the cut before the playhead, else to the first frame."""
        frame = self.frame
        self.go_to(max((cut for cut in self._cuts if cut < frame), default=0))

    def next_cut(self) -> None:
        """To the cut after the playhead, else to the last frame."""
        frame = self.frame
        self.go_to(min((cut for cut in self._cuts if cut > frame), default=self._frames - 1))

    def end(self) -> None:
        """To the last frame."""
        self.go_to(self._frames - 1)

    def set_loop_span(self, start: float, end: float) -> None:
        """What to repeat, in seconds; an empty span is none."""
        self._span = (start, end) if end > start else None
        self._is_looping = self._is_looping and self._span is not None
        self._tell_loop()

    def set_looping(self, *, is_looping: bool) -> None:
        """Repeat the span, or play straight on; without a span the whole edit is repeated."""
        if is_looping and self._span is None:
            self._span = (0.0, seconds_of(self._frames, self._rate))
        self._is_looping = is_looping
        self._tell_loop()

    def _tell_loop(self) -> None:
        self._player.loop(self._span if self._is_looping else None)

    def _shuttle(self, direction: float) -> None:
        speed = self._player.speed
        if self._k_is_held:
            self._player.play(direction * SLOW)
        elif speed * direction >= 1.0:
            self._player.play(direction * min(abs(speed) * 2.0, FASTEST))
        elif speed * direction < -1.0:
            self._player.play(speed / 2.0)
        else:
            self._player.play(direction)
