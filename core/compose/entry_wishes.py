"""What an entry of a cue list asks for, on the command line and in the panel."""

from __future__ import annotations

from dataclasses import replace

from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.compose.wishes import Wishes
from hitpoint.core.cue.film.cue_list import CueEntry
from hitpoint.core.cue.film.joins import Join, crossfade_seconds, join_named
from hitpoint.core.edit import Edit
from hitpoint.core.errors import HitpointError, OptionError
from hitpoint.core.mood import MoodSpan, parse_mood
from hitpoint.core.music.key import parse_key
from hitpoint.core.music.tempo import parse_tempo


def entry_wishes(edit: Edit, whole: Wishes, entry: CueEntry, number: int) -> Wishes:
    """The wishes for all cues with those of one; each has a seed of its own, so that no two are alike by chance.

    Args:
        edit: gives the times.
        whole: for all cues.
        entry: of a list; what it wishes counts more.
        number: in the list, which is added to the seed.

    Raises:
        OptionError: if key, tempo, mood, style or join make no sense.
    """
    try:
        key = parse_key(entry.key) if entry.key else whole.key
        bpm = None if entry.tempo == "auto" else parse_tempo(entry.tempo) if entry.tempo else whole.bpm
        mood, point = parse_mood(entry.mood) if entry.mood else (None, None)
        if entry.style:
            style_named(entry.style)  # says which there are
        crossfade = crossfade_seconds(entry.crossfade)
        join = Join.CROSSFADE if crossfade and not entry.join else join_named(entry.join)
        if crossfade and join is not Join.CROSSFADE:
            raise OptionError(f"crossfade={entry.crossfade} and join={entry.join} exclude each other: leave one out")
    except (HitpointError, ValueError) as error:
        raise OptionError(f"cue {entry.name}: {error}") from None
    moods = whole.moods
    if mood is not None:
        start, end = (float(edit.rate.seconds(frame)) for frame in (entry.start_frame, entry.end_frame))
        moods = (*moods, MoodSpan(start, end, mood, point=point))
    return replace(
        whole,
        name=entry.name,
        start_frame=entry.start_frame,
        end_frame=entry.end_frame,
        seed=whole.seed + number,
        key=key,
        bpm=bpm,
        moods=moods,
        style=entry.style or whole.style,
        prompts=(*whole.prompts, *entry.prompts),
        theme_name=entry.theme,
        join=join,
        crossfade=crossfade,
    )
