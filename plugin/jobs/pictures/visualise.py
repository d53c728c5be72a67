"""A film for a cue: pictures that fit its sections, walked through in time with it, and a contact sheet of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hitpoint.core.cue.cue import Cue
from hitpoint.core.errors import CueFileError, OptionError, PlaceError
from hitpoint.core.files.output import mix_beside, write_safely
from hitpoint.core.files.places import check_place
from hitpoint.core.progress import SILENT, Progress
from hitpoint.plugin.jobs.loading import lasting
from hitpoint.plugin.jobs.standing import StandingCue, the_cue

if TYPE_CHECKING:
    from hitpoint.core.visuals.generator import Latent, PictureGenerator, PictureJudge
    from hitpoint.core.visuals.walk import Stretch, Walk

SUFFIXES = (".mp4", ".mov")
_SEARCH, _SHEET = 0.08, 0.1  # where in the progress these end


@dataclass(frozen=True)
class VisualiseJob:
    """A film to make.

    Attributes:
        scored: the scored edit, or a ``cue.json``.
        output: the film, .mp4 or .mov; None for ``SCORED_film.mp4`` beside the edit.
        sheet: a PNG with its most important pictures; None for none.
        into: where a copy of the scored edit goes with the film on a video track; None for nowhere.
        cue: name of the cue, in an edit that has several.
        seed: another seed, another film; None for the cue's.
        height: of the frames in pixels.
        weights: folder of a diffusers pipeline that draws; None for the network that needs no weights.
        words: what pictures should show, for CLIP to judge; empty to judge by mood.
        only_sheet: whether the film itself is left out.
    """

    scored: Path
    output: Path | None = None
    sheet: Path | None = None
    into: Path | None = None
    cue: str | None = None
    seed: int | None = None
    height: int = 1080
    weights: Path | None = None
    words: str = ""
    only_sheet: bool = False


@dataclass(frozen=True)
class Visualised:
    """The files that were made.

    Attributes:
        film: the film; None if only a contact sheet was asked for.
        sheet: the contact sheet, if one was.
        timeline: the copy of the edit, if one was.
        pictures: of the contact sheet: seconds from the start of the timeline, and the section's name.
    """

    film: Path | None
    sheet: Path | None
    timeline: Path | None
    pictures: tuple[tuple[float, str], ...]


def visualise(job: VisualiseJob, progress: Progress = SILENT) -> Visualised:
    """Make the film.

    Raises:
        HitpointError: for anything the editor can mend.
        Cancelled: if stopped; no file is left then.
    """
    standing = the_cue(job.scored, job.cue)
    if standing.cue is None or standing.file is None:
        raise CueFileError(f"{job.scored.name} has no music of ours: give an edit that 'hitpoint score' has written")
    if standing.cue.heard is not None:
        raise OptionError(
            f"{standing.name} was split or cropped: a film is drawn for a whole cue; compose it anew first"
        )
    film = _check_places(job)
    cue, seed = standing.cue, standing.cue.seed if job.seed is None else job.seed
    with lasting():  # these load networks' arithmetic and the encoder: first see that there is a cue
        from hitpoint.core.visuals.contact_sheet import contact_sheet, sheet_frames, write_png
        from hitpoint.core.visuals.film import loudness_of, read_sound, write_film
        from hitpoint.core.visuals.walk import plan_walk, stretches_of

    sound = read_sound(_mix(standing))
    frames = cue.end_frame - cue.start_frame + cue.tail_frames
    stretches = stretches_of(cue)
    generator = _generator(job, seed)
    finds = _finds(job, cue, stretches, generator, seed, progress.part(0.0, _SEARCH))
    walk = plan_walk(cue, stretches, finds, loudness_of(sound, frames, cue.edit.rate), seed)
    sheet, shown = None, sheet_frames(walk)
    if job.sheet is not None:
        picture = contact_sheet(generator, walk, shown, progress.part(_SEARCH, _SHEET))
        sheet = write_safely(job.sheet, lambda temporary: write_png(temporary, picture))
    if not job.only_sheet:
        part = progress.part(_SHEET, 1.0)
        film = write_safely(
            film,
            lambda temporary: write_film(
                temporary, generator, walk, sound, cue.edit.rate, height=job.height, seed=seed, progress=part
            ),
        )
    timeline = _placed(job, cue, film) if job.into is not None and not job.only_sheet else None
    return Visualised(None if job.only_sheet else film, sheet, timeline, _told(cue, walk, stretches, shown))


def _check_places(job: VisualiseJob) -> Path:
    """The film's place, once all places are known to take a file.

    Raises:
        PlaceError: if something cannot.
    """
    film = job.output or job.scored.absolute().with_name(f"{job.scored.stem}_film.mp4")
    film = film if film.suffix else film.with_name(f"{film.name}.mp4")
    if film.suffix.lower() not in SUFFIXES:
        raise PlaceError(f"cannot write {film.name}: the name of a film ends in {' or '.join(SUFFIXES)}")
    for option, place, suffix, what in (
        ("--contact-sheet", job.sheet, ".png", "a contact sheet is a .png"),
        ("--into", job.into, ".otio", "the edit with the film is an .otio"),
        ("-o", film, film.suffix.lower(), ""),
    ):
        if place is None:
            continue
        try:
            if place.suffix.lower() != suffix:
                raise PlaceError(f"cannot write {place.name}: {what}")
            check_place(place.absolute())
        except PlaceError as error:
            error.option = option
            raise
    return film


def _mix(standing: StandingCue) -> Path:
    assert standing.file is not None, "asked before"
    mix = mix_beside(standing.file)
    if not mix.is_file():
        raise CueFileError(
            f"the mix {mix.name} is not beside its cue: 'hitpoint render {standing.file}' makes it again"
        )
    return mix


def _generator(job: VisualiseJob, seed: int) -> PictureGenerator:
    if job.weights is not None:
        from hitpoint.core.visuals.diffusion_pictures import load_pictures

        return load_pictures(job.weights, job.words)
    from hitpoint.core.visuals.pattern import PatternNetwork

    return PatternNetwork(seed)


def _finds(
    job: VisualiseJob,
    cue: Cue,
    stretches: Sequence[Stretch],
    generator: PictureGenerator,
    seed: int,
    progress: Progress,
) -> dict[str, Latent]:
    """A picture for each theme, where it is heard first; each differs from those before it."""
    import numpy as np

    from hitpoint.core.visuals.search import CANDIDATES, search
    from hitpoint.core.visuals.walk import pace

    firsts = {stretch.theme: stretch for stretch in reversed(stretches)}
    themes = list(dict.fromkeys(stretch.theme for stretch in stretches))
    rate = float(cue.edit.rate.frames_per_second)
    candidates = CANDIDATES if job.weights is None else 16  # a pipeline takes seconds for each
    finds: dict[str, Latent] = {}
    judge: PictureJudge | None = None  # CLIP is loaded once
    for number, theme in enumerate(themes):
        stretch = firsts[theme]
        judge = _judge(job, cue, stretch) if not job.words or judge is None else judge
        rng = np.random.default_rng([seed, number, 0xF1])
        find = search(
            generator, judge, rng, pace(stretch.calm) / rate, others=tuple(finds.values()), candidates=candidates,
            progress=progress.share(number, len(themes)),
        )  # fmt: skip
        finds[theme] = find.latent
    return finds


def _judge(job: VisualiseJob, cue: Cue, stretch: Stretch) -> PictureJudge:
    from hitpoint.core.visuals.judging import MoodJudge, wanted_moods

    if job.words:
        from hitpoint.core.features.semantic import load_clip
        from hitpoint.core.visuals.judging import WordsJudge

        return WordsJudge(load_clip(), job.words)
    start, end = (float(cue.start + cue.edit.rate.seconds(frame)) for frame in (stretch.first, stretch.end))
    bar = 2 * float(cue.seconds) / max(len(cue.steps), 1)
    return MoodJudge(wanted_moods(cue.moods, start, end), bar)


def _placed(job: VisualiseJob, cue: Cue, film: Path) -> Path:
    """The copy of the edit with the film on a video track."""
    from hitpoint.bridge.writing.film_track import FilmClip, write_with_film

    assert job.into is not None, "asked before"
    end = cue.end_frame + cue.tail_frames
    clip = FilmClip(film.absolute(), cue.edit.rate, cue.start_frame, end)
    return write_safely(job.into, lambda temporary: write_with_film(job.scored, temporary, clip, cue.edit))


def _told(cue: Cue, walk: Walk, stretches: Sequence[Stretch], frames: Sequence[int]) -> tuple[tuple[float, str], ...]:
    names = {arrival.frame: stretches[arrival.stretch].name for arrival in walk.arrivals}
    return tuple((float(cue.start + cue.edit.rate.seconds(frame)), names[frame]) for frame in frames)
