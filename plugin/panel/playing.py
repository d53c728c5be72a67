"""Sound and its pictures for the panel, done with the same functions as the command line's.

Imports synthesisers, no networks.

One object serves one window, on its worker thread only; it holds what is worth keeping between two calls.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.arrange.form.hit_points import Hit, measured_hits
from hitpoint.core.cue.cue import Cue
from hitpoint.core.files.cache_folder import user_cache_folder
from hitpoint.core.media.production_mix import production_peaks
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.media.waveform import STRETCH, Peaks
from hitpoint.core.music.score import Score
from hitpoint.core.perform.perform import performed
from hitpoint.core.progress import Progress
from hitpoint.core.render.audition.audition import AuditionRenderer
from hitpoint.core.render.audition.sound import AuditionSound
from hitpoint.core.render.audition.store import TileStore
from hitpoint.core.render.choice import synthesizer_for
from hitpoint.core.render.mixdown.delivery import mix_settings
from hitpoint.core.timebase import SAMPLE_RATE
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue


class PanelPerformer:
    """Plays cues with the synthesiser that each asks for.

    Args:
        engine: what to play with.
        store: keeps what was played; None for one of the usual size in the user's cache.
    """

    def __init__(self, engine: Engine, store: TileStore | None = None) -> None:
        self._engine, self._store = engine, store
        self._renderer: tuple[tuple[object, ...], AuditionRenderer] | None = None
        self._arranged: tuple[Cue, Score] | None = None

    def hits(self, cue: Cue, progress: Progress) -> tuple[Hit, ...]:
        """Measured in the notes, as the report's are."""
        progress.step(0.0, "measuring hits")
        return measured_hits(cue, self._score(cue))

    def waveform(self, sound: AuditionSound, start: float, progress: Progress) -> Peaks:
        """The waveform of the mix."""
        pieces = [np.zeros((2, 0), np.float32)]
        for index in range(len(sound.outlines)):
            progress.step(index / len(sound.outlines), "drawing the sound")
            pieces.append(sound.outline(index))
        low, high = np.concatenate(pieces, axis=1)
        return Peaks(start, SAMPLE_RATE / STRETCH, low, high)

    def production_waveform(self, clips: tuple[SoundClip, ...], progress: Progress) -> Peaks:
        """The waveform of the edit's own sound."""
        return production_peaks(clips, progress)

    def perform(self, cue: Cue, heard_from: float, progress: Progress) -> Iterator[AuditionSound]:
        """The sound of a cue, as more and more of it is ready."""
        asked = (cue.sound.synth, cue.sound.soundfont, cue.sound.part_fonts, cue.sound.instruments)
        if self._renderer is None or self._renderer[0] != asked:
            engine = engine_of_cue(self._engine, cue)
            sound = replace(cue.sound, synth=engine.synth, soundfont=engine.soundfont)
            self._renderer = (asked, AuditionRenderer(synthesizer_for(sound), self._kept()))
        first = min(max(round((heard_from - float(cue.start)) * SAMPLE_RATE), 0), max(cue.samples - 1, 0))
        settings, score = mix_settings(cue), self._score(cue)
        yield from self._renderer[1].updates(score, cue.samples, settings, heard_from=first, progress=progress)

    def _score(self, cue: Cue) -> Score:
        """The notes of a cue; those of the last one are kept, because a long cue's take seconds to write."""
        if self._arranged is None or not (self._arranged[0] is cue or self._arranged[0] == cue):
            self._arranged = (cue, performed(arrange(cue), cue))
        return self._arranged[1]

    def _kept(self) -> TileStore:
        if self._store is None:
            folder = user_cache_folder()
            folder.mkdir(parents=True, exist_ok=True)
            self._store = TileStore(folder=folder)
        return self._store
