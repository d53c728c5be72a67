"""A cue into sound files: what the cue says of its sound, handed to the mixdown.

The main job and ``hitpoint render`` both come through here, so that a stored cue gives the same bytes again.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hitpoint.core.cue.cue import Cue, altered
from hitpoint.core.cue.documents.cue_file import cue_bytes
from hitpoint.core.cue.form.form_plan import Ending
from hitpoint.core.cue.heard import heard_range, heard_samples
from hitpoint.core.cue.sound import Level
from hitpoint.core.music.score import Score
from hitpoint.core.progress import SILENT, Progress
from hitpoint.core.render.formats.bext import Broadcast, time_reference
from hitpoint.core.render.formats.ixml import Ixml
from hitpoint.core.render.formats.sound_note import SoundNote, cue_id
from hitpoint.core.render.mix.mix import MixSettings
from hitpoint.core.render.mix.rooms import room_of
from hitpoint.core.render.mixdown.ensemble import Ensemble
from hitpoint.core.render.mixdown.mixdown import Duck, Rendering, render_score
from hitpoint.core.render.parts.synth import Synthesizer
from hitpoint.core.render.provenance.summary import summary


def render_cue(
    cue: Cue,
    score: Score,
    synth: Synthesizer,
    folder: Path,
    name: str,
    progress: Progress = SILENT,
    *,
    remembers_level: bool = False,
    work: Path | None = None,
    players: Ensemble | None = None,
) -> Rendering:
    """Play the score of a cue into the files of ``mixdown.py``, as the cue's sound says.

    Args:
        cue: what is played.
        score: of the cue.
        synth: what plays it.
        folder: made if it is not there.
        name: that all files begin with.
        progress: stepped all the way.
        remembers_level: whether the files are said to sound the cue :func:`with_level`, as it will be stored.
        work: see :func:`~hitpoint.core.render.mixdown.mixdown.render_score`.
        players: likewise.

    Raises:
        OptionError: if the cue is too long for a WAV file.
        EditWriteError: if a file exists or cannot be written.
        SoundFontError: if the synthesiser's font is damaged.
        Cancelled: if the caller has asked for an end; no file is left then.
    """

    def note(level: Level | None) -> SoundNote:
        """The note for the sound files of this cue at a level."""
        return SoundNote(cue_id(cue_bytes(with_level(cue, level) if remembers_level else cue)))

    return render_score(
        score,
        cue.samples,
        synth,
        folder,
        name,
        settings=mix_settings(cue),
        duck=_duck(cue),
        broadcast=_broadcast(cue),
        note=note,
        ixml=Ixml(cue.edit.name, summary(cue), "provenance.json tells all of it"),
        heard=heard_samples(cue),
        work=work,
        players=players,
        progress=progress,
    )


def mix_settings(cue: Cue) -> MixSettings:
    """How a cue is to be mixed."""
    sound, room = cue.sound, room_of(cue.style)
    return MixSettings(
        target_lufs=sound.loudness,
        fade_in_seconds=sound.fade_in,
        fade_out_seconds=max(sound.fade_out, _fade(cue)),
        room_decibels=room.decibels,
        room_seconds=room.seconds,
        room_seed=room.seed,
        level=sound.level,
    )


def _fade(cue: Cue) -> float:
    """Seconds that an ending which fades takes: from its last chord on; none for the others."""
    if cue.plan is None or cue.plan.ending is not Ending.FADE:
        return 0.0
    return float(cue.start + cue.seconds + cue.tail - cue.step_start(cue.plan.final_step))


def with_level(cue: Cue, level: Level | None) -> Cue:
    """The cue as it remembers how it was delivered."""
    return altered(cue, sound=replace(cue.sound, level=level))


def _duck(cue: Cue) -> Duck:
    """The cue's ducking curve from its own start.

    Flat if nobody speaks, so that the second file is there if asked for.
    """
    if not cue.sound.duck:
        return ()
    start = float(cue.start)
    return [(point.time - start, point.gain_decibels) for point in cue.duck] or [(0.0, 0.0)]


def _broadcast(cue: Cue) -> Broadcast | None:
    """Where the first sample lies in timecode, if the files say it.

    Frames at the exact rate, as recorders count them.
    """
    if not cue.sound.is_broadcast:
        return None
    rate, edit = cue.edit.rate, cue.edit
    return Broadcast(
        description=f"{edit.name[:120]}: {cue.style} in {cue.key}, seed {cue.seed}",
        time_reference=time_reference(rate.seconds(edit.start_timecode_frame + heard_range(cue)[0])),
        story=summary(cue),
    )
