"""``evaluate --fit``: compose each edit, listen to what was rendered, and ask which edit it belongs to."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from hitpoint.bridge.reading.timeline_reader import read_edit
from hitpoint.core.arrange.arranger import arrange
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.errors import OptionError
from hitpoint.core.fit.asked import Asked, Curve, asked_by
from hitpoint.core.fit.heard import heard_in
from hitpoint.core.fit.matching import Fit, fit_of
from hitpoint.core.fit.reference import reference_score
from hitpoint.core.listening.hear import hear
from hitpoint.core.media.sound_clip import SoundClip
from hitpoint.core.music.score import Score
from hitpoint.core.progress import Progress
from hitpoint.core.render.mixdown.delivery import mix_settings
from hitpoint.core.render.mixdown.mixdown import render_score
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.jobs.composer import Composer
from hitpoint.plugin.jobs.engine import Engine
from hitpoint.plugin.jobs.launch import synthesizer_of
from hitpoint.plugin.jobs.looking import Observer


@dataclass(frozen=True)
class FitReport:
    """The fit of music to some edits: ours, the reference's rendering of it, and one cue for all of them."""

    ours: Fit
    reference: Fit
    one_cue: Fit

    def json(self) -> dict[str, Any]:
        """As the evaluation writes it."""
        return {**self.ours.json(), "reference": self.reference.json(), "one_cue": self.one_cue.json()}


def measured_fit(paths: Sequence[Path], engine: Engine, style: str, progress: Progress) -> FitReport:
    """Compose, render and hear the music of each edit.

    Args:
        paths: of the edits, at least two.
        engine: what composes and plays.
        style: of all of it.
        progress: of all of it.

    Raises:
        OptionError: if there are fewer than two edits.
        HitpointError: for anything else the editor can mend.
        Cancelled: if stopped.
    """
    if len(paths) < 2:
        raise OptionError("--fit asks which of several edits music belongs to: give at least two")
    synth = synthesizer_of(engine)
    asked: list[Asked] = []
    ours: list[dict[str, Curve]] = []
    reference: list[dict[str, Curve]] = []
    for number, path in enumerate(paths):
        part = progress.share(number, len(paths))
        cue, wish = _composed(path, engine, style, part.part(0.0, 0.4))
        asked.append(wish)
        ours.append(_heard(cue, arrange(cue), synth, part.part(0.4, 0.7)))
        reference.append(_heard(cue, reference_score(cue), synth, part.part(0.7, 1.0)))
    return FitReport(fit_of(asked, ours), fit_of(asked, reference), fit_of(asked, [ours[0]] * len(ours)))


def _composed(path: Path, engine: Engine, style: str, progress: Progress) -> tuple[Cue, Asked]:
    """The cue of an edit, and what the edit asks for."""
    edit = read_edit(path)
    observer = Observer(engine)
    cue = Composer(observer).composed(edit, Wishes(style=style), 1, progress=progress).takes[0].cue
    features = observer.seen(edit, cue.start_frame, cue.end_frame).features
    return cue, asked_by(edit, float(cue.start), float(cue.start + cue.seconds), features, cue.moods)


def _heard(cue: Cue, score: Score, synth: Synthesizer, progress: Progress) -> dict[str, Curve]:
    """The features that a listener hears of a rendering."""
    with tempfile.TemporaryDirectory(prefix="hitpoint-fit-") as folder:
        rendering = render_score(
            score, cue.samples, synth, Path(folder), "fit", settings=mix_settings(cue), progress=progress.part(0.0, 0.7)
        )
        clip = SoundClip(Fraction(0), cue.seconds, rendering.mix)
        return heard_in(hear([clip], Fraction(0), cue.seconds, progress=progress.part(0.7, 1.0)))
