"""What an editor can do to a cue: one pure function for each, from cue to cue, named for what it returns.

Stretches are ranges of step numbers; :func:`~hitpoint.core.cue.cue.steps_inside` and
:func:`~hitpoint.core.cue.cue.steps_touching` find them from times. Composing anew is no change of this kind, because it
needs the models: see :func:`hitpoint.core.compose.compose.regenerate`.

>>> cue = chord_set(cue, steps_touching(cue, Fraction(4), Fraction(8)), parse_chord("F"))    # doctest: +SKIP
>>> cue = mood_set(cue, 8.0, 20.0, Mood.TENSE)                                               # doctest: +SKIP
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from operator import attrgetter

from hitpoint.core.affect import Affect
from hitpoint.core.cue.cue import Cue, Reroll, Step, altered, starts_of_steps, step_count
from hitpoint.core.cue.forgetting import (
    led_anew,
    played_anew,
    tune_moved,
    without_levels,
    without_tune,
    without_tune_again,
    without_voicings,
)
from hitpoint.core.cue.form.plan_carrying import carried_plan
from hitpoint.core.cue.hit_wishes import OWN_PRIORITY, HitPoint, HitWish
from hitpoint.core.cue.parts import PartSetting, checked_setting, with_setting
from hitpoint.core.cue.sound import DEEPEST_DUCK, Sound, check_loudness
from hitpoint.core.cue.sounded import coloured_steps
from hitpoint.core.errors import OptionError
from hitpoint.core.mood import Mood, MoodSpan, with_wishes
from hitpoint.core.music.chord import Chord
from hitpoint.core.music.key import Key
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.music.written_chord import lead_symbol
from hitpoint.core.timebase import format_timecode

MOST_DENSITY, MOST_LOUDNESS = 42.0, 1.0  # what may be drawn: notes sounding in a second, and RMS


def chord_locked(cue: Cue, index: int) -> Cue:
    """The cue with the chord of one step locked.

    Raises:
        OptionError: if there is no such step; likewise in every function below.
    """
    return span_locked(cue, range(index, index + 1))


def chord_unlocked(cue: Cue, index: int) -> Cue:
    """The cue with the chord of one step free."""
    return span_unlocked(cue, range(index, index + 1))


def span_locked(cue: Cue, span: range) -> Cue:
    """The cue with the chords of a stretch locked as they are."""
    return _with_steps(cue, span, [replace(cue.steps[index], locked=True) for index in _checked(cue, span)])


def span_unlocked(cue: Cue, span: range) -> Cue:
    """The cue with the chords of a stretch free."""
    return _with_steps(cue, span, [replace(cue.steps[index], locked=False) for index in _checked(cue, span)])


def chord_set(cue: Cue, span: range, chord: Chord) -> Cue:
    """The cue with one chord, in the sounding key, all through a stretch, and locked.

    The editor wants it as it is written.
    """
    changed = [replace(cue.steps[index], chord=chord, locked=True) for index in _checked(cue, span)]
    written = _with_steps(cue, span, changed)
    return altered(written, playing=without_voicings(written.playing, coloured_steps(written, span)))


def transposed(cue: Cue, semitones: int) -> Cue:
    """The whole cue, locked chords and all, so many semitones higher; pitch classes only, 12 changes nothing."""
    if semitones % 12 == 0:
        return cue
    key = _key_transposed(cue.key, semitones)
    plan = cue.plan and replace(
        cue.plan, sections=tuple(replace(s, key=_key_transposed(s.key, semitones)) for s in cue.plan.sections)
    )
    steps = tuple(replace(step, chord=step.chord.transposed(semitones)) for step in cue.steps)
    playing = tune_moved(without_voicings(cue.playing, range(len(cue.steps))), semitones)
    return altered(cue, key=key, plan=plan, steps=steps, playing=playing)


def _key_transposed(key: Key, semitones: int) -> Key:
    return replace(key, tonic=(key.tonic + semitones) % 12)


def key_changed(cue: Cue, key: Key) -> Cue:
    """The cue in another key of the same mode.

    Raises:
        OptionError: from major to minor or back, where the chords would have to be others.
    """
    if key.is_minor != cue.key.is_minor:
        raise OptionError(
            f"the cue is in {cue.key}: to hear it in {key} it has to be composed again; score the edit with --key"
        )
    return transposed(cue, (key.tonic - cue.key.tonic) % 12)


def mood_set(cue: Cue, start: float, end: float, mood: Mood, point: Affect | None = None) -> Cue:
    """The cue with a mood wished from one time to another (timeline seconds).

    Who plays follows it at once; its chords, key and dynamics come when the stretch is composed again.

    Args:
        cue: to change.
        start: of the stretch.
        end: of the stretch.
        mood: the class, or the one nearest to ``point``.
        point: the exact feeling on the plane of valence and arousal.

    Raises:
        OptionError: if the stretch is empty or outside the cue.
    """
    covered = cue.moods or (MoodSpan(float(cue.start), float(cue.start + cue.seconds), Mood.NEUTRAL),)
    _check_stretch(cue, start, end)
    return altered(cue, moods=_joined(with_wishes(covered, [MoodSpan(start, end, mood, point=point)])))


def mood_released(cue: Cue, start: float, end: float, proposed: Sequence[MoodSpan]) -> Cue:
    """The cue with the moods of a stretch left to the picture again, which proposes those given for the whole cue.

    Raises:
        OptionError: if the stretch is empty or outside the cue.
    """
    _check_stretch(cue, start, end)
    clipped = [replace(s, start=max(s.start, start), end=min(s.end, end)) for s in proposed]
    moods = with_wishes(cue.moods, [span for span in clipped if span.start < span.end])
    inside = (replace(s, wished=s.wished and not start <= s.start < s.end <= end) for s in moods)
    return altered(cue, moods=_joined(inside))


def density_drawn(cue: Cue, first: int, values: Sequence[float]) -> Cue:
    """The cue with note densities (0..42 a second) drawn by hand for the steps from ``first`` on."""
    span = _checked(cue, range(first, first + len(values)))
    _check_values(values, MOST_DENSITY, "note density")
    changed = [replace(cue.steps[i], density=float(v), drawn=True) for i, v in zip(span, values, strict=True)]
    return _with_steps(cue, span, changed)


def loudness_drawn(cue: Cue, first: int, values: Sequence[float]) -> Cue:
    """The cue with loudnesses (RMS, 0..1) drawn by hand for the steps from ``first`` on."""
    span = _checked(cue, range(first, first + len(values)))
    _check_values(values, MOST_LOUDNESS, "loudness")
    changed = [replace(cue.steps[i], loudness=float(v), loudness_drawn=True) for i, v in zip(span, values, strict=True)]
    return _with_steps(cue, span, changed)


def dynamics_released(cue: Cue, span: range, *, density: bool = True, loudness: bool = True) -> Cue:
    """The cue with density, loudness or both of a stretch left to the picture again, from the next composing on."""
    freed = [
        replace(step, drawn=step.drawn and not density, loudness_drawn=step.loudness_drawn and not loudness)
        for step in (cue.steps[index] for index in _checked(cue, span))
    ]
    return _with_steps(cue, span, freed)


def hit_wanted(cue: Cue, frame: int, *, wanted: bool) -> Cue:
    """The cue that is to meet the moment at a frame, or to let it pass; the moment itself stays.

    Raises:
        OptionError: if nothing happens there, or a locked chord would begin or end elsewhere.
    """
    return _with_locks_kept(cue, _wanted(cue, frame, wanted=wanted))


def hit_added(cue: Cue, frame: int, event: str = "hit") -> Cue:
    """The cue with a moment of the editor's own to meet; one that is there already is wanted.

    Raises:
        OptionError: if the frame lies outside the music, whose first and last are met anyway, or a locked chord would
            begin or end elsewhere.
    """
    return _with_locks_kept(cue, _added(cue, frame, event))


def hit_removed(cue: Cue, frame: int) -> Cue:
    """The cue without one of the editor's own moments; a cut or marker stays where it is and is let pass.

    Raises:
        OptionError: if nothing happens there, or a locked chord would begin or end elsewhere.
    """
    return _with_locks_kept(cue, _removed(cue, frame))


def hit_moved(cue: Cue, old_frame: int, new_frame: int) -> Cue:
    """The cue that meets a moment at another frame; of a cut or marker only the wish moves.

    Raises:
        OptionError: if nothing happens there, the new frame lies outside the music, or a locked chord would begin or
            end elsewhere.
    """
    event = _point_at(cue, old_frame).event
    return _with_locks_kept(cue, _added(_removed(cue, old_frame), new_frame, event))


def tempo_changed(cue: Cue, tempo: TempoMap, bpm: float | None = None) -> Cue:
    """The cue in another tempo: each new step takes chord, lock and dynamics from the one that sounded at its middle.

    Args:
        cue: to change.
        tempo: of the changed one.
        bpm: that the editor asked for; None if ``tempo`` was fitted to the picture.
    """
    count = step_count(cue.seconds, tempo, cue.beats_per_step)
    blank = replace(cue, tempo=tempo, bpm=bpm, steps=(), kept=())
    starts = (*starts_of_steps(blank, count)[0], cue.seconds)
    olds = [cue.step_start(index) - cue.start for index in range(len(cue.steps))]
    sources = [max(bisect_right(olds, (a + b) / 2) - 1, 0) for a, b in pairwise(starts)]
    rerolls = (_moved(reroll, sources) for reroll in cue.rerolls)
    return replace(
        blank,
        plan=cue.plan and carried_plan(cue.plan, sources, starts, keeps_bars=False),
        steps=tuple(cue.steps[source] for source in sources),
        rerolls=tuple(reroll for reroll in rerolls if reroll is not None),
        playing=without_tune_again(cue.playing, sources) if cue.playing else (),
    )


def sound_changed(cue: Cue, sound: Sound) -> Cue:
    """The same notes, delivered otherwise.

    Raises:
        OptionError: if loudness or ducking lies out of bounds.
    """
    check_loudness(sound.loudness)
    if not 0 <= sound.duck <= DEEPEST_DUCK:
        raise OptionError(f"music gives way by 0 to {DEEPEST_DUCK:g} dB, not {sound.duck:g}")
    return altered(cue, sound=sound)


def part_left_out(cue: Cue, name: str, *, left_out: bool) -> Cue:
    """The cue without a part, or with it again."""
    others = [each for each in cue.sound.left_out if each != name]
    names = tuple(sorted([*others, name] if left_out else others))
    return altered(cue, sound=replace(cue.sound, left_out=names))


def part_set(cue: Cue, setting: PartSetting) -> Cue:
    """The cue with a part played by another instrument, in another octave, louder or softer; if plain, by the style.

    Raises:
        OptionError: if there is no such instrument, or a number is out of bounds.
    """
    return altered(cue, sound=replace(cue.sound, parts=with_setting(cue.sound.parts, checked_setting(setting))))


def style_changed(cue: Cue, style: str) -> Cue:
    """The same chords for other players; whether there is such a style, the arranger knows.

    Raises:
        OptionError: if it has no name.
    """
    if not style.strip():
        raise OptionError("a style has a name: 'hitpoint score --style list' shows them")
    if style == cue.style:
        return cue
    return altered(cue, style=style, playing=played_anew(cue.playing))


def seed_changed(cue: Cue, seed: int) -> Cue:
    """The same chords with other choices of the players.

    Raises:
        OptionError: if the seed is negative.
    """
    if seed < 0:
        raise OptionError(f"a seed is a whole number from 0 on, not {seed}")
    playing = without_tune(played_anew(cue.playing))
    theme = cue.theme if cue.theme is not None and cue.theme.is_given else None
    return altered(cue, seed=seed, playing=playing, theme=theme, tune_seed=None, part_seeds=())


def recomposed(cue: Cue, span: range, steps: Sequence[Step], seed: int) -> Cue:
    """The cue with other steps in a stretch, and the note that they were composed with a seed of their own."""
    changed = _with_steps(cue, _checked(cue, span), steps)
    free = [index for index, step in zip(span, steps, strict=True) if not step.locked]
    changed = altered(changed, playing=led_anew(changed.playing, free))
    return altered(changed, rerolls=(*cue.rerolls, Reroll(span.start, span.stop, seed)))


def _moved(reroll: Reroll, sources: Sequence[int]) -> Reroll | None:
    """A note of what was composed again, for steps that come from others; None if none of it is left."""
    inside = [index for index, source in enumerate(sources) if reroll.first <= source < reroll.end]
    return replace(reroll, first=inside[0], end=inside[-1] + 1) if inside else None


def _wanted(cue: Cue, frame: int, *, wanted: bool) -> Cue:
    point = _point_at(cue, frame)
    others = tuple(wish for wish in cue.hits if wish.frame != frame)
    untouched = replace(cue, hits=others)
    if any(p.frame == frame and p.wanted is wanted for p in untouched.hit_points):
        return untouched
    return replace(cue, hits=_in_order((*others, HitWish(frame, point.event, OWN_PRIORITY if wanted else 0.0))))


def _added(cue: Cue, frame: int, event: str) -> Cue:
    if not cue.start_frame < frame < cue.end_frame:
        raise OptionError(f"frame {frame} lies outside the music: put the hit between its start and its end")
    if any(point.frame == frame for point in cue.hit_points):
        return _wanted(cue, frame, wanted=True)
    return replace(cue, hits=_in_order((*cue.hits, HitWish(frame, event))))


def _removed(cue: Cue, frame: int) -> Cue:
    _point_at(cue, frame)
    without = replace(cue, hits=tuple(wish for wish in cue.hits if wish.frame != frame))
    if any(point.frame == frame for point in without.hit_points):
        return _wanted(cue, frame, wanted=False)
    return without


def _with_locks_kept(before: Cue, after: Cue) -> Cue:
    """The changed cue, whose hits draw no border of a locked chord anywhere else by half a frame or more."""
    half_frame = before.edit.rate.seconds(1) / 2
    for old, new in zip(before.chord_spans, after.chord_spans, strict=True):
        if old.locked and max(abs(old.start - new.start), abs(old.end - new.end)) >= half_frame:
            was, now = _timecodes(before, old.start, old.end), _timecodes(before, new.start, new.end)
            chord = lead_symbol(old.chord)
            raise OptionError(f"{chord} is locked from {was} and would last from {now}: unlock it first")
    return after


def _timecodes(cue: Cue, start: Fraction, end: Fraction) -> str:
    edit = cue.edit
    frames = (edit.rate.nearest_frame(time) + edit.start_timecode_frame for time in (start, end))
    return " to ".join(format_timecode(frame, edit.rate, drop_frame=edit.drop_frame) for frame in frames)


def _point_at(cue: Cue, frame: int) -> HitPoint:
    found = next((point for point in cue.hit_points if point.frame == frame), None)
    if found is None:
        raise OptionError(f"there is no hit point at frame {frame}")
    return found


def _in_order(wishes: Iterable[HitWish]) -> tuple[HitWish, ...]:
    return tuple(sorted(wishes, key=attrgetter("frame")))


def _joined(moods: Iterable[MoodSpan]) -> tuple[MoodSpan, ...]:
    """Neighbours that say the same, made one."""
    spans: list[MoodSpan] = []
    for span in moods:
        last = spans[-1] if spans else None
        if last is not None and last.end == span.start and replace(last, start=span.start, end=span.end) == span:
            spans[-1] = replace(last, end=span.end)
        else:
            spans.append(span)
    return tuple(spans)


def _check_stretch(cue: Cue, start: float, end: float) -> None:
    first, last = float(cue.start), float(cue.start + cue.seconds)
    if not max(start, first) < min(end, last):
        raise OptionError(
            f"a mood from {start:.3f} to {end:.3f} s is empty or outside the music, "
            f"which goes from {first:.3f} to {last:.3f} s"
        )


def _with_steps(cue: Cue, span: range, steps: Sequence[Step]) -> Cue:
    """The cue with other steps in a stretch; what is other there is played anew."""
    assert len(steps) == len(span)
    pairs = [(index, cue.steps[index], step) for index, step in zip(span, steps, strict=True)]
    playing = led_anew(cue.playing, [index for index, old, new in pairs if old.chord != new.chord])
    playing = without_levels(playing, [index for index, old, new in pairs if old.density != new.density])
    return altered(cue, steps=(*cue.steps[: span.start], *steps, *cue.steps[span.stop :]), playing=playing)


def _checked(cue: Cue, span: range) -> range:
    """The stretch itself, if it is one of this cue.

    Raises:
        OptionError: if it is empty or goes beyond the cue.
    """
    if not (span.step == 1 and 0 <= span.start < span.stop <= len(cue.steps)):
        raise OptionError(
            f"steps {span.start} to {span.stop} are no stretch of this cue, which has {len(cue.steps)} steps"
        )
    return span


def _check_values(values: Sequence[float], most: float, what: str) -> None:
    for value in values:
        if not (math.isfinite(value) and 0 <= value <= most):
            raise OptionError(f"a {what} lies between 0 and {most:g}, not {value}")
