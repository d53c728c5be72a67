"""Plays a cue and writes everything: sound, notes, cues and the timeline. Every road ends here."""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

from hitpoint.bridge.cue_files import (
    check_cut,
    clip_of,
    cue_place,
    played_file,
    write_documents,
    write_film,
    write_sound,
)
from hitpoint.bridge.writing.advice import advice
from hitpoint.core.arrange.arranger import arrange, with_playing
from hitpoint.core.arrange.form.hit_points import measured_hits
from hitpoint.core.arrange.styles.part_styles import all_players, check_heard
from hitpoint.core.conform.kept_sound import kept_sounds
from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.film.cue_list import free_name, listed
from hitpoint.core.cue.film.entry import entry_of
from hitpoint.core.edit import Marker
from hitpoint.core.errors import EditReadError, EditWriteError, OptionError
from hitpoint.core.files.output import Outputs, Staging, published
from hitpoint.core.music.score import Score
from hitpoint.core.perform.perform import performed
from hitpoint.core.progress import Progress
from hitpoint.core.render.choice import synthesizer_for
from hitpoint.core.render.mix.programme import programme_targets
from hitpoint.core.render.mixdown.delivery import mix_settings, with_level
from hitpoint.core.render.mixdown.ensemble import Ensemble, ensemble_for
from hitpoint.core.render.mixdown.mixdown import Rendering, played_loudness
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.plugin.hosts.place_script import write_place_script
from hitpoint.plugin.hosts.placement import Placement, placement_of, stored_placement
from hitpoint.plugin.hosts.system import this_system
from hitpoint.plugin.jobs.engine import Engine, engine_of_cue
from hitpoint.plugin.jobs.job import Delivery, Finished, Scored, Stopwatch
from hitpoint.plugin.jobs.launch import engine_facts
from hitpoint.plugin.jobs.resuming import unfinished_sound
from hitpoint.plugin.jobs.standing import list_of
from hitpoint.plugin.jobs.told import missing_media

_LOUDNESS_TOLERANCE = 0.5  # LU


def delivered(delivery: Delivery, finished: Sequence[Finished], watch: Stopwatch, progress: Progress) -> Scored:
    """Play cues, and write everything: sound, notes, cues and the timeline.

    Each is played with what it names, unless the delivery's engine names something else. One cue alone lies in the
    folder of the timeline's music, several lie in a folder each inside that.

    Args:
        delivery: from where to where.
        finished: one cue or more, in order of time.
        watch: that has been running.
        progress: of this part of the job.

    Raises:
        HitpointError: for anything the editor can mend; nothing has been written then, nor after Cancelled.
    """
    with ExitStack() as stack:
        together = sum((one.cue.seconds for one in finished), Fraction(0))
        synths: dict[tuple[object, ...], Synthesizer] = {}
        pieces = [_piece(delivery, one, watch, stack, together, synths) for one in finished]
        staging = stack.enter_context(published(delivery.planned))
        if delivery.programme is not None:
            pieces = _as_programme(delivery.programme, pieces, stack, watch, progress.part(0.0, 0.7))
            progress = progress.part(0.7, 1.0)
        names = [piece.cue.name for piece in pieces]
        places = [cue_place(staging, name, names) for name in names]
        renderings, waiting = [], delivery.players
        for number, piece in enumerate(pieces):
            part = progress.share(number, len(pieces))
            players, waiting = waiting, None  # who plays along ends with the cue; those for the next one load meanwhile
            for following in pieces[number + 1 : number + 2]:
                waiting = stack.enter_context(ensemble_for(following.engine.synth, float(following.cue.seconds)))
            renderings.append(_perform(delivery, piece, places[number].work, watch, part, players))
        with watch.lap("write"):
            _write_timeline(delivery, pieces, places, renderings, staging)
    scored = [
        _scored(delivery, piece, rendering, place.final, staging.final.timeline, watch)
        for piece, place, rendering in zip(pieces, places, renderings, strict=True)
    ]
    script, told = _for_host(delivery, [placement_of(one.cue, one.delivered) for one in scored], staging.final.timeline)
    warnings = (*scored[0].warnings, *told)
    return replace(scored[0], further=tuple(scored[1:]), kept=delivery.kept, script=script, warnings=warnings)


@dataclass(frozen=True, eq=False)
class _Piece:
    """One cue while it is played and written; ``work`` keeps what is played until all is delivered."""

    finished: Finished
    engine: Engine
    synth: Synthesizer
    cue: Cue
    others: tuple[Cue, ...]
    score: Score
    work: Path | None


def _piece(
    delivery: Delivery,
    finished: Finished,
    watch: Stopwatch,
    stack: ExitStack,
    together: Fraction,
    synths: dict[tuple[object, ...], Synthesizer],
) -> _Piece:
    """A cue as it will be played; cues that the same fonts play share one synthesiser, which keeps much in memory."""
    engine = engine_of_cue(delivery.engine, finished.cue)
    with watch.lap("arrange"):
        cue = _played_by(engine, finished.cue)
        fonts = (cue.sound.synth, cue.sound.soundfont, cue.sound.part_fonts, cue.sound.instruments)
        synth = synths[fonts] if fonts in synths else synths.setdefault(fonts, synthesizer_for(cue.sound))
        others = tuple(_played_by(engine, take.cue) for take in finished.takes[1:])
        score = performed(arrange(cue), cue)
        _check_parts(engine, cue)
    work = stack.enter_context(unfinished_sound(engine, cue, score, synth, together))
    return _Piece(finished, engine, synth, cue, others, score, work)


def _as_programme(
    target: float, pieces: Sequence[_Piece], stack: ExitStack, watch: Stopwatch, progress: Progress
) -> list[_Piece]:
    """The pieces, each to be brought to a loudness of its own, so that all together have the one that was asked for."""
    found: list[tuple[_Piece, float]] = []
    for number, piece in enumerate(pieces):
        work = piece.work or Path(stack.enter_context(TemporaryDirectory(prefix="hitpoint-programme-")))
        with watch.lap("render"):
            part, settings = progress.share(number, len(pieces)), mix_settings(piece.cue)
            before = played_loudness(piece.score, piece.cue.samples, piece.synth, settings, work, progress=part)
        found.append((replace(piece, work=work), before))
    lengths = [(float(piece.cue.seconds), before) for piece, before in found]
    targets = programme_targets(lengths, target)
    return [
        replace(piece, cue=altered(piece.cue, sound=replace(piece.cue.sound, loudness=target)))
        for (piece, _), target in zip(found, targets, strict=True)
    ]


def _scored(
    delivery: Delivery, piece: _Piece, rendering: Rendering, outputs: Outputs, timeline: Path, watch: Stopwatch
) -> Scored:
    cue, before = with_level(piece.cue, rendering.level), piece.finished.before
    with watch.lap("compare"):
        kept = () if before is None else kept_sounds(before, cue, outputs.mix, rendering.level_change)
    played = played_file(cue, outputs, rendering)
    return Scored(
        edit=cue.edit,
        cue=cue,
        takes=piece.finished.takes,
        hits=measured_hits(cue, piece.score),
        outputs=outputs,
        stems=tuple(outputs.stems_folder / stem.name for stem in rendering.stems),
        loudness=_finite(rendering.loudness),
        true_peak=_finite(rendering.true_peak),
        seconds=watch.seconds,
        engine=engine_facts(piece.engine, piece.synth),
        warnings=(
            *cue.edit.warnings,
            *piece.finished.warnings,
            *missing_media(cue.edit, frames=(cue.start_frame, cue.end_frame)),
            *_of_level(cue, rendering),
            *_of_ducking(cue),
        ),
        ducked=rendering.ducked and outputs.folder / rendering.ducked.name,
        level_change=rendering.level_change,
        kept_sounds=kept,
        parts=piece.score.parts,
        timeline=timeline,
        delivered=played,
        searched=piece.finished.searched,
    )


def _for_host(delivery: Delivery, places: Sequence[Placement], timeline: Path) -> tuple[Path | None, tuple[str, ...]]:
    """The menu entry that a host needs for all music of a timeline, and what its editor should know.

    Trouble with the entry is a warning, because the music is written.
    """
    told = advice(delivery.source, timeline, section_markers=delivery.section_markers)
    if not delivery.engine.writes_scripts:
        return None, tuple(told)
    try:
        stored = [(one.cue, one.file) for one in delivery.kept]
        kept = (stored_placement(cue, file) for cue, file in stored if cue is not None and file is not None)
        return write_place_script(this_system(), delivery.source, chain(places, kept), timeline), tuple(told)
    except (EditReadError, EditWriteError) as error:
        return None, (*told, str(error))


def _played_by(engine: Engine, cue: Cue) -> Cue:
    """The cue as one that says what plays it and how, so that it can be rendered again, and changed here and there."""
    soundfont = engine.soundfont and engine.soundfont.absolute()
    fonts = dict(cue.sound.part_fonts) | {name: font.absolute() for name, font in engine.part_fonts}
    sound = replace(
        cue.sound,
        synth=engine.synth,
        soundfont=soundfont,
        feel=cue.sound.feel if engine.feel is None else engine.feel,
        part_fonts=tuple(fonts.items()),
        instruments=engine.instruments.absolute() if engine.instruments else cue.sound.instruments,
    )
    return with_playing(replace(cue, sound=sound))


def _check_parts(engine: Engine, cue: Cue) -> None:
    """See that some part plays, and that those named on the command line are there.

    Raises:
        OptionError: if one is not, or all are switched off.
    """
    style = all_players(cue)
    check_heard(style, cue.sound)
    names = [player.name for player in style.players]
    for name, _ in engine.part_fonts:
        if name not in names:
            raise OptionError(f"--soundfont {name}=…: {cue.style} has no such part; it has {', '.join(names)}")


def _perform(
    delivery: Delivery, piece: _Piece, outputs: Outputs, watch: Stopwatch, progress: Progress, players: Ensemble | None
) -> Rendering:
    """Sound, notes and cues of one cue into its staging folder."""
    cue, score = piece.cue, piece.score
    with watch.lap("render"):
        rendering = write_sound(cue, score, piece.synth, outputs, progress, piece.work, players)
    with watch.lap("write"):
        named = [path for path in (piece.engine.checkpoint, piece.engine.regressor) if path is not None]
        write_documents(cue, score, rendering, outputs, delivery.source, piece.others, named)
    return rendering


def _write_timeline(
    delivery: Delivery,
    pieces: Sequence[_Piece],
    places: Sequence[Staging],
    renderings: Sequence[Rendering],
    staging: Staging,
) -> None:
    """The copy of the edit, and beside the music the list of all cues in it."""
    for piece in pieces:
        check_cut(delivery.source, piece.cue)
    clips = [
        clip_of(piece.cue, place, staging.final, rendering, _sections(piece) if delivery.section_markers else ())
        for piece, place, rendering in zip(pieces, places, renderings, strict=True)
    ]
    known = delivery.known if delivery.known is not None else list_of(delivery.source, delivery.kept)
    names = {piece.cue.name or free_name(known.names) for piece in pieces}
    files = {one.name: _from(one.file, staging.final.folder) for one in delivery.kept if one.file is not None}
    entries = [replace(entry, cue=files.get(entry.name, "")) for entry in known.entries if entry.name not in names]
    for piece, place in zip(pieces, places, strict=True):
        name = piece.cue.name or free_name(known.names)
        noted = next((entry for entry in known.entries if entry.name == name), None)
        path = place.final.cue.relative_to(staging.final.folder).as_posix()
        entries.append(replace(entry_of(piece.cue, name, noted), cue=path))
    kept = [one.key for one in delivery.kept]
    programme = known.programme if delivery.programme is None else delivery.programme
    cues = listed(entries, programme)
    write_film(delivery.source, staging, clips, pieces[0].cue.edit, cues, kept)


def _from(file: Path, folder: Path) -> str:
    """The path of a file as seen from a folder, whole where no path leads there."""
    try:
        return Path(os.path.relpath(file.absolute(), folder)).as_posix()
    except ValueError:  # another drive of Windows
        return file.absolute().as_posix()


def _sections(piece: _Piece) -> tuple[Marker, ...]:
    """The score's sections as timeline markers of one frame; the editor's own are there already."""
    cue, score = piece.cue, piece.score
    rate = cue.edit.rate
    known = {(marker.frame, marker.text) for marker in cue.edit.markers}
    frames = [rate.nearest_frame(cue.start + score.tempo.seconds_at(marker.beat)) for marker in score.markers]
    return tuple(
        Marker(frame, 1, marker.text, "CYAN")
        for frame, marker in zip(frames, score.markers, strict=True)
        if frame < cue.edit.frames and (frame, marker.text) not in known
    )


def _finite(decibels: float) -> float | None:
    return decibels if math.isfinite(decibels) else None


def _of_level(cue: Cue, rendering: Rendering) -> tuple[str, ...]:
    """Warnings of a mix that had to give up its level of before, and of one that is not as loud as asked."""
    if rendering.level_change is None:
        return _quieter(cue, rendering)
    told = (
        f"the level{_of(cue)} changed by {rendering.level_change:+.1f} dB: as it was, the mix would no longer be as "
        "loud as asked"
    )
    return (told, *_quieter(cue, rendering))


def _of(cue: Cue) -> str:
    return f" of cue {cue.name}" if cue.name else ""


def _of_ducking(cue: Cue) -> tuple[str, ...]:
    """A warning of a mix that was to give way to speech where there is none."""
    if not cue.sound.duck or cue.duck:
        return ()
    music = f"cue {cue.name}" if cue.name else "the music"
    return (f"no speech was found under {music}: ducking by {cue.sound.duck:g} dB changes nothing, the mix is played",)


def _quieter(cue: Cue, rendering: Rendering) -> tuple[str, ...]:
    """A warning of a mix that is not as loud as asked; none of silence."""
    wanted = cue.sound.loudness
    is_whole = cue.heard is None  # what is heard of a cropped one is as loud as it was in the whole
    if not (is_whole and math.isfinite(rendering.loudness)) or abs(rendering.loudness - wanted) <= _LOUDNESS_TOLERANCE:
        return ()
    return (f"the mix{_of(cue)} has {rendering.loudness:.1f} LUFS, not {wanted:g}: more would need too much limiting",)
