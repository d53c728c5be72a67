"""From the cut, what is seen and what the editor wishes to the tempo and the plan of a cue; no chord is written yet."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from hitpoint.core.compose.form.arc import bars_of_arrival, grows, liveliness, summit_section, tension_curve
from hitpoint.core.compose.form.crown import GOLDEN, greatest
from hitpoint.core.compose.form.division import Division, divided, with_early_end
from hitpoint.core.compose.form.followed import (
    Followed,
    division_like,
    hits_like,
    laid_on,
    tension_like,
    themes_like,
)
from hitpoint.core.compose.form.forces import forces_of, thinned
from hitpoint.core.compose.form.full_hits import full_hits_of
from hitpoint.core.compose.form.keys import contrasting_key, in_key, stretch_keys
from hitpoint.core.compose.form.stretches import MoodStretch, metre_of, stretches_of
from hitpoint.core.compose.form.tempo_plan import TempoPlan, TempoWish, tempo_plan
from hitpoint.core.compose.form.themes import themes_of
from hitpoint.core.cue.form.form_plan import Ending, FormPlan, FullHit, PlannedSection, phrases_of
from hitpoint.core.cue.form.section_names import names_of
from hitpoint.core.cue.hit_wishes import HitWish
from hitpoint.core.edit import Edit
from hitpoint.core.features.features import PictureFeatures
from hitpoint.core.mood import MoodSpan
from hitpoint.core.music.key import Key
from hitpoint.core.music.metre import Metre
from hitpoint.core.music.tempo import TempoMap

_SEED_BITS = (1 << 64) - 1
_STREAM = 17  # of random numbers
_CERTAIN, _CROWN, _FULL = 3.0, 6.0, 1.2  # what a marked moment, the greatest one, and any full hit weigh in the tempo
_BEGINS, _BEGINS_CROWN = 0.15, 6.0  # what they weigh, beside their own weight, as beginnings of sections
_LAST_CUTS = 12.0  # seconds before the end whose cuts are thought of with the last chord
_PASSING, _MOST_PASSING = 0.04, 400  # what any other cut weighs, unless there are very many
_INTRO_BARS, _INTRO_SECONDS, _INTRO_OF = 8, 22.0, 4  # the most of an intro, and sections that a cue with one has
_FREE_INTRO_BARS = 4  # an intro this short has no theme
_NEAR_TEMPO = 0.015  # share by which a cue may begin faster or slower than the one that leads to it ends
_MOMENT = 0.02  # seconds before a bar line from which a moment lies on it
_CONTRAST_FROM = 75.0  # seconds of music from which a contrasting section has a key of its own


@dataclass(frozen=True)
class FormWishes:
    """What a plan is made from.

    Attributes:
        edit: the cut.
        start_frame: first timeline frame with music.
        end_frame: first frame after it.
        moods: wishes and proposals.
        key: home of the cue.
        key_is_fixed: whether the editor chose it.
        bpm: quarter notes a minute if the editor fixed them.
        hits: the editor's own.
        hits_per_minute: cuts met in full in a minute.
        ending: how it ends; None leaves it to the style.
        stops: whether it ends at full strength.
        metre: of all bars; None lets the feeling choose.
        followed: what of a recording it follows.
        near_bpm: quarter notes a minute that it is to begin near; None for any.
        leads_to: of the cue that it leads to; 0 for its own at the end; None for an end by itself.
        variant: another number, another plan for the same cut; the seed of a cue has no say, so that takes share their
            form.
    """

    edit: Edit
    start_frame: int
    end_frame: int
    moods: tuple[MoodSpan, ...]
    key: Key
    key_is_fixed: bool = False
    bpm: float | None = None
    hits: tuple[HitWish, ...] = ()
    hits_per_minute: float = 3.0
    ending: Ending | None = None
    stops: bool = False
    metre: Metre | None = None
    followed: Followed = field(default_factory=Followed)
    variant: int = 0
    near_bpm: float | None = None
    leads_to: float | None = None

    @property
    def start(self) -> Fraction:
        """Seconds from the start of the timeline to the music."""
        return self.edit.rate.seconds(self.start_frame)

    @property
    def seconds(self) -> Fraction:
        """Length of the music."""
        return self.edit.rate.seconds(self.end_frame - self.start_frame)


def plan_in(plan: FormPlan, home: Key, new_home: Key) -> FormPlan:
    """A plan that was made in one home key, in another of the same mode."""
    if home == new_home:
        return plan
    return replace(plan, sections=tuple(replace(s, key=in_key(s.key, home, new_home)) for s in plan.sections))


def planned(wishes: FormWishes, features: PictureFeatures) -> tuple[TempoMap, FormPlan]:
    """The tempo and the plan of a cue.

    Args:
        wishes: what it is made from.
        features: row 0 is the second that starts with the music.
    """
    edit, span = wishes.edit, (wishes.start_frame, wishes.end_frame)
    rngs = [_random(wishes, purpose) for purpose in range(5)]
    lively = liveliness(edit, features, float(wishes.start), max(math.ceil(wishes.seconds), 1))
    hits = full_hits_of(edit, span, wishes.hits, wishes.moods, features, wishes.hits_per_minute, rngs[0], lively)
    hits = hits_like(wishes.followed, hits, wishes.start_frame, edit.rate)
    stretches = stretches_of(wishes.moods, *_times(edit, span), _moments(wishes, hits))
    metre = wishes.metre or metre_of(stretches, rngs[1])
    if wishes.followed.grid is None:
        borders = [edit.rate.nearest_frame(Fraction(stretch.start)) for stretch in stretches]
        laid = tempo_plan(_tempo_wishes(wishes, stretches, borders, hits, rngs[2]), metre, wishes.bpm, wishes.leads_to)
    else:
        metre = wishes.followed.grid.metre
        laid = laid_on(wishes.followed, [stretch.start - float(wishes.start) for stretch in stretches], wishes.seconds)
    steps = max(math.ceil(laid.tempo.beat_at(wishes.seconds) / (metre.beats_per_bar / 2)), 1)
    laid = _inside(laid, steps)
    division = _division(wishes, laid, metre, steps, hits)
    division = division_like(wishes.followed, laid, steps, division, metre.beats_per_bar / 2)
    return laid.tempo, _plan(wishes, lively, stretches, laid, division, metre, hits, rngs)


def _plan(
    wishes: FormWishes,
    lively: NDArray[np.float64],
    stretches: Sequence[MoodStretch],
    laid: TempoPlan,
    division: Division,
    metre: Metre,
    hits: tuple[FullHit, ...],
    rngs: Sequence[np.random.Generator],
) -> FormPlan:
    """The plan over bars that are laid."""
    bar_starts = [0, *accumulate(division.bar_steps)]
    firsts = [0, *accumulate(division.sections)]
    half_bar = metre.beats_per_bar / 2
    times = [float(laid.tempo.seconds_at(half_bar * step)) for step in bar_starts[:-1]] + [float(wishes.seconds)]
    starts = [float(wishes.start) + times[first] for first in firsts]
    crown = greatest(wishes.edit, hits, (wishes.start_frame, wishes.end_frame))
    at = None if crown is None else float(wishes.edit.rate.seconds(crown.frame))
    summit, marked = summit_section(starts, lively, _greatness(wishes, starts, hits), at)
    bar = _summit_bar(times, firsts, summit, None if marked is None else marked - float(wishes.start))
    final_bar = max(index for index, start in enumerate(bar_starts[:-1]) if start <= laid.final_step)
    bar = min(bar, final_bar)
    spans = [stretches[_stretch_at(laid, step)].span for step in bar_starts[:-1]]
    arousals = [span.affect.arousal for span in spans]
    tension = tension_curve(times, bar, lively, arousals, stops=wishes.stops)
    tension, bar = tension_like(wishes.followed, tension, times, bar, final_bar)
    summit = max(index for index, first in enumerate(firsts[:-1]) if first <= bar)
    if not wishes.followed.is_strong():
        division = _arriving(division, summit, tension, times)
    homes = [_stretch_at(laid, bar_starts[first]) for first in accumulate((0, *division.sections[:-1]))]
    sections = _sections(wishes, stretches, homes, division, times, tension, summit, rngs[3])
    busy = _busy_bars(wishes, times, hits)
    rises = grows(lively, times[bar]) and not wishes.followed.is_strong()
    forces = forces_of(sections, tension, times, final_bar, rngs[4], busy, rises=rises, arousals=arousals)
    forces = thinned(forces, [span.affect.arousal if span.wished else None for span in spans])
    return FormPlan(
        metre, sections, tension, division.bar_steps, forces, final_bar, hits, wishes.ending, wishes.hits_per_minute
    )


def _sections(
    wishes: FormWishes,
    stretches: Sequence[MoodStretch],
    homes: Sequence[int],
    division: Division,
    times: Sequence[float],
    tension: Sequence[float],
    summit: int,
    rng: np.random.Generator,
) -> tuple[PlannedSection, ...]:
    """The sections with their names, themes and keys; ``homes`` are the stretches that they lie in."""
    firsts = [0, *accumulate(division.sections)]
    bars = division.sections[0]
    has_intro = (
        len(homes) >= _INTRO_OF and bars <= _INTRO_BARS and times[firsts[1]] <= _INTRO_SECONDS and homes[1] == homes[0]
    )
    is_free = has_intro and bars <= _FREE_INTRO_BARS
    feelings = [stretches[home].span.mood for home in homes]
    themes = ("", *themes_of(feelings[1:], summit - 1 if summit else None)) if is_free else themes_of(feelings, summit)
    themes = themes_like(wishes.followed, [times[first] for first in firsts[:-1]]) or themes
    names = names_of(themes, summit, has_intro=has_intro, stops=wishes.stops)
    keys = stretch_keys(wishes.key, _modes(wishes, stretches), rng, is_fixed=wishes.key_is_fixed)
    own = _section_keys(wishes, [keys[home] for home in homes], themes, rng)
    return tuple(
        PlannedSection(
            first_bar=first,
            bars=end - first,
            name=names[index],
            theme=themes[index],
            key=own[index],
            tension=round(sum(tension[first:end]) / (end - first), 3),
            summit=index == summit,
            phrases=phrases_of(end - first, is_sentence=themes[index].startswith("A") and index % 2 == 0),
        )
        for index, (first, end) in enumerate(pairwise(firsts))
    )


def _arriving(division: Division, summit: int, tension: Sequence[float], times: Sequence[float]) -> Division:
    """The division with a summit that is short where it leads into a calm picture."""
    firsts = [0, *accumulate(division.sections)]
    bars = bars_of_arrival(tension, times, firsts[summit], firsts[summit + 1], firsts[max(summit - 1, 0)])
    return division if bars is None else with_early_end(division, summit, bars)


def _modes(wishes: FormWishes, stretches: Sequence[MoodStretch]) -> list[bool]:
    """Whether each stretch is in minor.

    As its mood asks, but in a key the editor fixed only if they wished that mood there.
    """
    is_free = not wishes.key_is_fixed
    return [s.is_minor if is_free or (s.span.wished and len(stretches) > 1) else wishes.key.is_minor for s in stretches]


def _section_keys(
    wishes: FormWishes, keys: Sequence[Key], themes: Sequence[str], rng: np.random.Generator
) -> list[Key]:
    """The stretch's key for each section, and another for those that contrast with its first theme."""
    if wishes.key_is_fixed or wishes.seconds < _CONTRAST_FROM:
        return list(keys)
    contrasting: dict[str, Key] = {}
    main: dict[Key, str] = {}
    found = []
    for index, (key, theme) in enumerate(zip(keys, themes, strict=True)):
        letter = theme.rstrip("'")
        is_main = not letter or main.setdefault(key, letter) == letter
        if is_main or index == len(keys) - 1:
            found.append(key)
        else:
            contrasting.setdefault(letter, contrasting_key(key, rng))
            found.append(contrasting[letter])
    return found


def _division(wishes: FormWishes, laid: TempoPlan, metre: Metre, steps: int, hits: Sequence[FullHit]) -> Division:
    half_bar = metre.beats_per_bar / 2
    on_steps: dict[int, float] = {}
    certain = _certain(wishes)
    crown = greatest(wishes.edit, hits, (wishes.start_frame, wishes.end_frame))
    for hit in hits:
        beat = laid.tempo.beat_at(wishes.edit.rate.seconds(hit.frame - wishes.start_frame))
        if hit == crown:
            on_steps[round(beat / half_bar)] = _BEGINS_CROWN
        elif beat % half_bar == 0:
            on_steps[int(beat / half_bar)] = _CERTAIN if hit.frame in certain else _BEGINS + hit.weight
    late = wishes.followed.first_bar_steps
    borders = [max(border - late, 0) for border in laid.borders]
    later = {step - late: weight for step, weight in on_steps.items() if step >= late}
    return divided(steps - late, laid.final_step - late, borders, later, float(wishes.seconds) / steps)


def _tempo_wishes(
    wishes: FormWishes,
    stretches: Sequence[MoodStretch],
    borders: Sequence[int],
    hits: Sequence[FullHit],
    rng: np.random.Generator,
) -> list[TempoWish]:
    """What each stretch asks of the tempo; ``borders`` are the frames at which they begin."""
    rate, certain = wishes.edit.rate, _certain(wishes)
    weights = _passing(wishes)
    weights.update({hit.frame: _FULL + hit.weight for hit in hits})
    weights.update({hit.frame: _CERTAIN for hit in hits if hit.frame in certain})
    crown = greatest(wishes.edit, hits, (wishes.start_frame, wishes.end_frame))
    weights.update({} if crown is None else {crown.frame: _CROWN})
    found = []
    shares = {stretch.span.mood: 0.25 + 0.5 * float(rng.random()) for stretch in stretches}
    for stretch, first, end in zip(stretches, borders, [*borders[1:], wishes.end_frame], strict=True):
        low, high = stretch.tempo_range
        inside = {rate.seconds(frame - first): weight for frame, weight in weights.items() if first < frame < end}
        preferred = round(low + (high - low) * shares[stretch.span.mood], 3)
        if wishes.near_bpm is not None and first == borders[0]:
            low, high, preferred = (
                round(wishes.near_bpm * share, 3) for share in (1 - _NEAR_TEMPO, 1 + _NEAR_TEMPO, 1)
            )
        found.append(TempoWish(rate.seconds(end - first), low, high, preferred, inside, _last_cuts(wishes, first)))
    return found


def _last_cuts(wishes: FormWishes, first: int) -> tuple[Fraction, ...]:
    """Seconds from a frame to the last cuts of the cue, but for those that the editor lets pass."""
    rate, end = wishes.edit.rate, wishes.end_frame
    refused = {wish.frame for wish in wishes.hits if wish.priority <= 0}
    late = end - _LAST_CUTS * float(rate.frames_per_second)
    cuts = (frame for frame in wishes.edit.cut_frames if max(first, late) < frame < end and frame not in refused)
    return tuple(rate.seconds(frame - first) for frame in cuts)


def _passing(wishes: FormWishes) -> dict[int, float]:
    """All cuts inside, each worth a little, so that beats lie on them where it costs nothing."""
    cuts = [frame for frame in wishes.edit.cut_frames if wishes.start_frame < frame < wishes.end_frame]
    refused = {wish.frame for wish in wishes.hits if wish.priority <= 0}
    return {} if len(cuts) > _MOST_PASSING else {frame: _PASSING for frame in cuts if frame not in refused}


def _certain(wishes: FormWishes) -> frozenset[int]:
    """The frames that the editor marked or asks for."""
    return frozenset(
        {marker.frame for marker in wishes.edit.markers} | {w.frame for w in wishes.hits if w.priority > 0}
    )


def _moments(wishes: FormWishes, hits: Sequence[FullHit]) -> list[float]:
    """Seconds from the start of the timeline at which a feeling may turn: on cuts and what is met in full."""
    frames = sorted({*wishes.edit.cut_frames, *(hit.frame for hit in hits)})
    return [float(wishes.edit.rate.seconds(frame)) for frame in frames]


def _inside(laid: TempoPlan, steps: int) -> TempoPlan:
    """The same with borders and last chord inside the cue, whatever its length."""
    borders = [border for border in laid.borders if border < steps] or [0]
    return replace(laid, borders=tuple(borders), final_step=min(max(laid.final_step, borders[-1]), steps - 1))


def _stretch_at(laid: TempoPlan, step: int) -> int:
    return max(index for index, border in enumerate(laid.borders) if border <= step)


def _summit_bar(times: Sequence[float], firsts: Sequence[int], summit: int, marked: float | None) -> int:
    """The bar with most tension.

    At a marker that says so, else the first of its section; of a single section in its golden cut.
    """
    if marked is None and len(firsts) == 2:
        return int(GOLDEN * firsts[-1])
    if marked is None:
        return firsts[summit]
    inside = range(firsts[summit], firsts[summit + 1])
    return max((bar for bar in inside if times[bar] <= marked + 0.05), default=firsts[summit])


def _greatness(wishes: FormWishes, starts: Sequence[float], hits: Sequence[FullHit]) -> list[float]:
    """How great the moment is that each section begins on."""
    times: Mapping[float, float] = {float(wishes.edit.rate.seconds(hit.frame)): hit.weight for hit in hits}
    return [max((w for time, w in times.items() if abs(time - start) < 0.05), default=0.0) for start in starts[:-1]]


def _busy_bars(wishes: FormWishes, times: Sequence[float], hits: Sequence[FullHit]) -> frozenset[int]:
    """The bars in which moments are met in full, and those that lead there."""
    rate, found = wishes.edit.rate, set[int]()
    for hit in hits:
        bar = bisect_right(times, float(rate.seconds(hit.frame - wishes.start_frame)) + _MOMENT) - 1
        found |= {bar - 1, bar}
    return frozenset(found)


def _times(edit: Edit, span: tuple[int, int]) -> tuple[float, float]:
    return float(edit.rate.seconds(span[0])), float(edit.rate.seconds(span[1]))


def _random(wishes: FormWishes, purpose: int) -> np.random.Generator:
    """Numbers for one purpose, which hang on the cut alone."""
    cut = [frame for frame in wishes.edit.cut_frames if wishes.start_frame < frame < wishes.end_frame]
    seeds = [wishes.end_frame - wishes.start_frame, len(cut), sum(cut), wishes.variant & _SEED_BITS, _STREAM, purpose]
    return np.random.Generator(np.random.PCG64(seeds))
