"""A cue's mix through a local audio model: another stem beside the original, and a page on where it comes from."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.heard import heard_seconds
from hitpoint.core.diffusion.model_folder import kind_of
from hitpoint.core.errors import CueFileError
from hitpoint.core.files.output import mix_beside, write_safely
from hitpoint.core.files.places import make_folder
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.reroll import span_of
from hitpoint.plugin.jobs.standing import the_cue

SCHEMA = "hitpoint.through.1"
SUFFIX = "_through.wav"


@dataclass(frozen=True)
class ThroughJob:
    """A mix to take through a model; the notes stay as they are.

    Attributes:
        scored: the scored edit, or a ``cue.json``.
        model: folder of the weights.
        strength: 0 (the original, through spectrogram and back) .. 1.
        prompt: what it is to sound like; empty for the words of the cue's own prompt.
        span: first and last time of the timeline, as the editor wrote them, between which alone it changes; None for
            the whole mix.
        seed: of the noise; None for the cue's.
        cue: name of the cue, in an edit that has several.
    """

    scored: Path
    model: Path
    strength: float
    prompt: str = ""
    seed: int | None = None
    cue: str | None = None
    span: tuple[str, str] | None = None


@dataclass(frozen=True)
class Through:
    """The results: the sound, the page beside it, and the licence of the weights."""

    sound: Path
    provenance: Path
    licence: str


def mix_through(job: ThroughJob, progress: Progress = SILENT) -> Through:
    """Do it.

    Raises:
        HitpointError: for anything the editor can mend.
        Cancelled: if stopped; nothing is left then.
    """
    kind_of(job.model)  # before anything slow is loaded
    standing = the_cue(job.scored, job.cue)
    if standing.cue is None or standing.file is None:
        raise CueFileError(f"{job.scored.name} has no music of ours: give an edit that 'hitpoint score' has written")
    mix = mix_beside(standing.file)
    if not mix.is_file():
        raise CueFileError(
            f"the mix {mix.name} is not beside its cue: 'hitpoint render {standing.file}' makes it again"
        )
    from hitpoint.core.diffusion.through import check_model, through  # loads torch: first see that there is a mix
    from hitpoint.core.timebase import SAMPLE_RATE
    from hitpoint.core.visuals.film import read_sound

    check_model(job.model)
    seed = standing.cue.seed if job.seed is None else job.seed
    prompt = job.prompt or ", ".join(standing.cue.prompts) or standing.cue.style
    span = None if job.span is None else _seconds_of(standing.cue, job.span)
    coated = through(read_sound(mix), SAMPLE_RATE, job.model, job.strength, seed, prompt, progress, span=span)
    stems = standing.file.parent / "stems"
    make_folder(stems)
    place = stems / f"{mix.stem.removesuffix('_mix')}{SUFFIX}"
    sound = write_safely(place, lambda temporary: _write_wav(temporary, coated.sound))
    told = {
        "schema": SCHEMA,
        "sound": sound.name,
        "of": mix.name,
        "model": coated.model,
        "licence": coated.licence,
        "strength": job.strength,
        "seed": seed,
        "prompt": prompt,
        "span": None if span is None else list(span),
    }
    text = json.dumps(told, indent=1) + "\n"
    page = write_safely(sound.with_suffix(".json"), lambda temporary: _write_text(temporary, text))
    return Through(sound, page, coated.licence)


def _seconds_of(cue: Cue, times: tuple[str, str]) -> tuple[float, float]:
    """Seconds from the start of the mix to the bounds of the steps between two times."""
    steps = span_of(cue, times)
    first = heard_seconds(cue)[0]
    start, end = (float(cue.step_start(step) - cue.start - first) for step in (steps.start, steps.stop))
    return start, end


def _write_wav(path: Path, sound: object) -> None:
    import numpy as np

    from hitpoint.core.render.formats.wav import WavWriter, quantised

    frames = quantised(np.asarray(sound, np.float32))
    with WavWriter(path, len(frames)) as writer:
        writer.write(frames)


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
