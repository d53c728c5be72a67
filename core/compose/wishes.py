"""What an editor asks for before a cue is composed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hitpoint.core.compose.level_wishes import LevelWish
from hitpoint.core.compose.like.follow import Follow
from hitpoint.core.cue.dynamics import Dynamics
from hitpoint.core.cue.film.joins import Join
from hitpoint.core.cue.form.form_plan import Ending, FormPlan
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.edit import Edit
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap

if TYPE_CHECKING:  # loads numpy, for which a wish that cannot be met need not wait
    from hitpoint.core.compose.like.temp import Temp


@dataclass(frozen=True)
class Wishes:
    """What the editor asks for.

    Attributes:
        name: of the cue among those of its timeline; empty for a free one.
        start_frame: first timeline frame to score.
        end_frame: first frame after it; None for the end of the edit.
        seed: of every choice.
        key: None lets the moods and the seed choose.
        bpm: quarter notes a minute; None fits the tempo to the cuts.
        moods: stretches whose mood the editor decides.
        style: name of the arrangement.
        styling: stretches in which other ensembles play.
        hits: the editor's own hit points, besides cuts and markers.
        mood_strength: how strongly wished moods are obeyed, 0..2.
        change_rate: chord changes a step wherever no mood is wished, 0..1; None leaves them to the music.
        hits_per_minute: cuts that are met in full in a minute; markers and the editor's own hits always are.
        metre: of all bars; None lets the mood choose.
        ending: how it ends; None leaves it to the style.
        tail_frames: frames that it rings on after its end.
        form: tempo and plan of a cue on the same stretch, to be kept as they are; None makes new ones.
        dynamics: where density and loudness come from (:attr:`Cue.dynamics`).
        levels: stretches that are to be louder or quieter than the picture has them.
        like: a recording, heard, that it follows.
        follow: how much of it.
        prompts: what was asked for in words, as it was written; its controls are in the other fields.
        closeness: in how much detail its harmony is known to the composer, 1..6.
        like_strength: how much that counts; 0 not at all.
        style_vector: of a learnt style; empty for none.
        style_strength: how much the learnt style counts: 0 not at all, 1 as it was learnt.
        picture_strength: how much more the picture counts in the chords than the model was trained to let it, 0..8.
        theme_name: of a theme that it shares with other cues; empty for one of its own.
        join: how it leads to the next cue.
        crossfade: seconds of a crossfade to it; None for the usual two.
        near: a key that its own is to be near, if none is wished; None for any.
        near_bpm: quarter notes a minute that its tempo is to begin near, if none is fixed; None for any.
        leads_to: quarter notes a minute of the cue that it leads to in a segue; 0 for one that takes over its tempo;
            None for a cue that ends by itself.
        fade_in: seconds, instead of the sound's; None for that.
        fade_out: likewise.
    """

    start_frame: int = 0
    end_frame: int | None = None
    seed: int = 0
    key: Key | None = None
    bpm: float | None = None
    moods: tuple[MoodSpan, ...] = ()
    style: str = "piano"
    hits: tuple[HitWish, ...] = ()
    mood_strength: float = 1.0
    change_rate: float | None = None
    hits_per_minute: float = 3.0
    metre: Metre | None = None
    ending: Ending | None = None
    tail_frames: int = 0
    like: Temp | None = None
    follow: Follow = field(default_factory=Follow)
    name: str = ""
    prompts: tuple[str, ...] = ()
    closeness: int = 3
    like_strength: float = 0.0
    style_vector: tuple[float, ...] = ()
    style_strength: float = 1.0
    picture_strength: float = 0.0
    form: tuple[TempoMap, FormPlan] | None = None
    styling: tuple[StyleSpan, ...] = ()
    theme_name: str = ""
    join: Join = Join.CUT
    crossfade: float | None = None
    near: Key | None = None
    near_bpm: float | None = None
    leads_to: float | None = None
    fade_in: float | None = None
    fade_out: float | None = None
    dynamics: Dynamics = "mean"
    levels: tuple[LevelWish, ...] = ()


def stretch(edit: Edit, wishes: Wishes) -> tuple[int, int]:
    """First frame and first frame after the music.

    Raises:
        OptionError: if there is nothing in between, or it lies outside the edit.
    """
    end = edit.frames if wishes.end_frame is None else wishes.end_frame
    if not 0 <= wishes.start_frame < end <= edit.frames:
        start, stop = (float(edit.rate.seconds(frame)) for frame in (wishes.start_frame, end))
        raise OptionError(
            f"the range from {start:.3f} to {stop:.3f} s is empty or outside the edit, which has "
            f"{float(edit.seconds):.3f} s: give another --range"
        )
    return wishes.start_frame, end
