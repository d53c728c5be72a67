"""The sound of a cue while it is worked on: only what changed is rendered again.

::

    renderer = AuditionRenderer(choose_synthesizer())
    for sound in renderer.updates(arrange(cue), cue.samples, settings, heard_from=playhead):
        player.play(sound)                  # more of it is ready each time, from the playhead on; the last is settled

    sound = renderer.update(arrange(changed), changed.samples, settings)     # all notes, and a curve near the right one
    sound = renderer.settle()                                                # the curve that the files get
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from hitpoint.core.music.score import Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.audition_sound import TILE, AuditionSound, Stem
from hitpoint.core.render.bus import master
from hitpoint.core.render.levels import LevelMeter
from hitpoint.core.render.mix import MixSettings, Room, RumbleFilter, room_impulse, room_send, stem_gains
from hitpoint.core.render.synth import BLOCK, Synthesizer, render


class AuditionRenderer:
    """Renders a cue again and again as it changes. It belongs to one thread; the sounds it gives belong to all.

    Args:
        synth: what plays, and nothing else plays with it.
    """

    def __init__(self, synth: Synthesizer) -> None:
        self._synth = synth
        self._sound: AuditionSound | None = None

    def updates(
        self,
        score: Score,
        samples: int,
        settings: MixSettings | None = None,
        *,
        heard_from: int = 0,
        progress: Progress = SILENT,
    ) -> Iterator[AuditionSound]:
        """The sound of a score, again whenever more of it is ready; the last one is settled.

        Args:
            score: what is played.
            samples: length of the cue.
            settings: loudness, fades and room.
            heard_from: sample from which it is rendered first; what lies before comes last.
            progress: stepped all the way. Whatever was rendered before a cancel is kept for the next call.

        Raises:
            SoundFontError: if the synthesiser's font is damaged.
            Cancelled: if the caller has asked for an end.
        """
        yield self.update(score, samples, settings, heard_from=heard_from, progress=progress)
        yield self.settle(progress)

    def update(
        self,
        score: Score,
        samples: int,
        settings: MixSettings | None = None,
        *,
        heard_from: int = 0,
        progress: Progress = SILENT,
    ) -> AuditionSound:
        """The sound of a score as soon as all of it is up to date; see :meth:`updates`, :meth:`settle` follows."""
        wished = settings or MixSettings()
        impulse, stems, meter = room_impulse(wished), [], LevelMeter()
        total, peak = np.zeros((samples, 2)), np.zeros(samples)
        for part in score.parts:
            progress.step(0.0, f"playing {part.name}")
            rumble = RumbleFilter()
            room = Room(impulse, 10.0 ** (wished.room_decibels / 20.0) * room_send(part))
            dry = render(self._synth, part, score.tempo, samples)
            wet = [room.heard(rumble.heard(dry[at : at + BLOCK])) for at in range(0, samples, BLOCK)]
            whole = np.concatenate([*wet, np.zeros((0, 2), np.float32)])
            tiles = tuple(whole[at : at + TILE] for at in range(0, samples, TILE))
            stems.append(Stem(part.name, stem_gains(part).astype(np.float32), tiles))
            sound = stems[-1].sound(0, samples)
            total += sound
            np.maximum(peak, np.abs(sound).max(axis=1), out=peak)
        meter.add(total, peak)
        curve = master(meter.levels(), wished)
        ready = ((0, samples),)
        self._sound = AuditionSound(samples, tuple(stems), wished, curve, ready, ready, is_settled=True)
        return self._sound

    def settle(self, progress: Progress = SILENT) -> AuditionSound:
        """The last sound under the very curve that the files get; it must be complete."""
        progress.step(0.0, "setting the level")
        assert self._sound is not None, "nothing was rendered yet"
        return self._sound
