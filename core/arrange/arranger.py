"""From a cue to a score: form, voice leading, levels of activity, and every player's part.

>>> score = arrange(cue)                                          # doctest: +SKIP
>>> [(part.name, len(part.notes)) for part in score.parts]        # doctest: +SKIP
[('Piano', 212), ('Pad', 61), ('Bass', 44)]

"N" is a rest: nothing is struck, struck notes ring for half a bar, held ones for a bar. Hit points are met by a new
bass note and louder strokes where a step starts on them, and by accents of their own elsewhere. Choices come from the
cue's seed and belong to their step, so that a change in one place does not shake the hands elsewhere. Pitches depend on
chords, cuts and seed alone, never on density or loudness.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count, groupby, zip_longest
from operator import attrgetter

from hitpoint.core.arrange.colours import DARK, step_colours, step_moods
from hitpoint.core.arrange.crossing import crossed_parts, cue_in, merged_playing
from hitpoint.core.arrange.dialogue import with_room_for_speech
from hitpoint.core.arrange.form.bar_lines import key_changes, metre_changes
from hitpoint.core.arrange.form.bars import bars_of, slots_per_step
from hitpoint.core.arrange.form.form import Form, FormStep, form_of
from hitpoint.core.arrange.form.lead_sheet import spoken_steps
from hitpoint.core.arrange.form.registers import registers
from hitpoint.core.arrange.form.sections import LEVEL_CHANGES, SectionKind
from hitpoint.core.arrange.playing.chances import LINE, chance, drawn_chances, hands_of
from hitpoint.core.arrange.playing.dynamics import levels_of, velocity_curve, velocity_of
from hitpoint.core.arrange.playing.figures import chosen_figures
from hitpoint.core.arrange.playing.making_way import sung_ranges, tune_ranges
from hitpoint.core.arrange.playing.plan import Plan
from hitpoint.core.arrange.playing.players import controlled, played
from hitpoint.core.arrange.styles.ensemble import LEVELS, Player, Style
from hitpoint.core.arrange.styles.part_styles import ensembles_of, last_style, style_of
from hitpoint.core.arrange.styles.styles import style_named
from hitpoint.core.arrange.tunes import tune_for
from hitpoint.core.cue.cue import Cue, Played, altered
from hitpoint.core.cue.form.tension import crest_steps
from hitpoint.core.cue.tune import PlacedNote
from hitpoint.core.cue.tune_changes import step_beats
from hitpoint.core.mood import Mood
from hitpoint.core.music.colour import ColouredChord, heard_colour
from hitpoint.core.music.score import DRUM_CHANNEL, Part, Score, ScoreMarker
from hitpoint.core.music.voicing import Voicing, voice_led

# semitones by which the soprano's home rises in the bars of a phrase; each phrase chooses its line
_LINES = ((0, 3, 5, 2, 0, 0), (2, 0, 4, 0, 0, 0), (0, 2, 4, 6, 2, 0), (4, 5, 2, -1, 0, 0))  # six bars at most
_LONGEST_LINE = 6
_BREATH_LEVELS = 2
_ENDING_STEPS = 4  # before the last chord, in which nobody thins out
_CALM = frozenset({Mood.SAD, Mood.RELAXING})
_CALM_MOST = 5  # level of activity of calm music at the most: eighths


def arrange(cue: Cue) -> Score:
    """The score of a cue, in its style.

    Raises:
        OptionError: if there is no such style.
    """
    form, style = form_of(cue, stops=last_style(cue).stops), style_of(cue)
    colours = _colours(cue, form, style)
    voicings = _led(cue, form, style, colours)
    parts = crossed_parts(cue, form, _parts) if cue.styling else _played(cue, form, style, colours, voicings)
    heard = (part for part in with_room_for_speech(parts, cue) if part.name not in cue.sound.left_out)
    key, *further = key_changes(cue)
    return Score(
        tuple(heard),
        cue.tempo,
        key[1],
        _markers(cue, form),
        _chord_symbols(cue, colours, voicings),
        metre_changes(cue),
        tuple(further),
    )


def _parts(cue: Cue, form: Form, style: Style) -> tuple[Part, ...]:
    """A part for each player of an ensemble that plays the whole cue."""
    colours = _colours(cue, form, style)
    return _played(cue, form, style, colours, _led(cue, form, style, colours))


def _played(
    cue: Cue,
    form: Form,
    style: Style,
    colours: tuple[ColouredChord, ...],
    voicings: tuple[Voicing | None, ...],
) -> tuple[Part, ...]:
    levels = activity_levels(cue, form)
    figures = bar_figures(cue, form, levels, style)
    tune = tune_for(cue, form, style).notes
    ranges = _tune_ranges(cue, form, style, tune)
    channels = (channel for channel in count() if channel != DRUM_CHANNEL)
    return tuple(
        _part(
            player,
            replace(_plan(cue, form, style, colours, voicings, levels, figures, tune, index), tune_ranges=ranges),
            DRUM_CHANNEL if player.is_kit else next(channels),
        )
        for index, player in enumerate(style.players)
    )


def with_playing(cue: Cue) -> Cue:
    """The cue as it remembers how it is played, so that what changes later changes nothing far away.

    Voices are led over the whole cue, and levels of activity held from step to step: without memory a chord can turn
    voices, and a density levels, at the other end. With it, a change of steps is heard a bar before and after them at
    the most, beyond what was held over, or struck once for them and what follows.

    Raises:
        OptionError: if there is no such style.
    """
    form = form_of(cue, stops=last_style(cue).stops)
    if not cue.styling:
        return _remembering(cue, form, style_of(cue))
    known = [(style, _remembering(cue_in(cue, style.name), form, style)) for style in ensembles_of(cue)]
    playing = merged_playing(cue, [(style.name, one.playing) for style, one in known])
    tunes = known[0][1].playing  # one tune for all, in the register of the cue's own lead
    written = (one and replace(one, tune=t.tune) if t else one for one, t in zip(playing, tunes, strict=True))
    return altered(cue, playing=tuple(written), theme=known[0][1].theme)


def _remembering(cue: Cue, form: Form, style: Style) -> Cue:
    """The cue as it remembers how one ensemble plays it."""
    voicings, levels = step_voicings(cue, form, style), _base_levels(cue, form)
    figures = bar_figures(cue, form, activity_levels(cue, form), style)
    of_steps = [figures[bar.number] for bar in bars_of(form.steps, cue.plan) for _ in range(bar.steps)]
    tune = tune_for(cue, form, style)
    tunes = tune.by_step(step_beats(cue)[: len(form.steps)])
    ranges = tune_ranges(form, tune.notes, _remembered(cue, len(form.steps)))
    played: list[Played | None] = [None] * len(cue.steps)
    rows = zip(voicings, levels, of_steps, tunes, ranges, strict=True)
    for index, (voicing, level, figure, notes, span) in enumerate(rows):
        pitches = None if voicing is None else (voicing.bass, *voicing.upper)
        hands = hands_of(cue, index)
        played[index] = Played(level, pitches, figure, notes, is_written=True, hands=hands, tune_range=span)
    return altered(cue, playing=tuple(played), theme=tune.theme)


def with_any_playing(cue: Cue) -> Cue:
    """The cue as it is if it remembers voicings, be it only of some steps; otherwise as it remembers all its playing.

    What is changed in a cue that remembers needs no more: it lies between steps that are known.
    """
    is_known = any(one is not None and one.voicing is not None for one in cue.playing)
    return cue if is_known else with_playing(cue)


def step_voicings(cue: Cue, form: Form, style: Style) -> tuple[Voicing | None, ...]:
    """The common voicing of each step of the form; None for a rest. A chord keeps its voicing while it lasts."""
    return _led(cue, form, style, _colours(cue, form, style))


def _colours(cue: Cue, form: Form, style: Style) -> tuple[ColouredChord, ...]:
    """How each step's chord is sounded under the tune of an ensemble."""
    return step_colours(cue, form, _remembered(cue, len(form.steps)), tune_for(cue, form, style).notes)


def _led(cue: Cue, form: Form, style: Style, colours: Sequence[ColouredChord]) -> tuple[Voicing | None, ...]:
    size = len(form.steps)
    heard = _heard_voicings(cue, size)
    runs = [run for run in _runs(colours, heard) if not run.chord.chord.is_silent]
    lines = chance(cue.seed, 0, LINE).integers(0, len(_LINES), size=max(step.phrase for step in form.steps) + 1)
    places = [form.steps[run.first] for run in runs]
    lifts = registers(cue, form)
    homes = [
        style.home + lifts[run.first] + _LINES[lines[place.phrase]][min(place.bar, _LONGEST_LINE - 1)]
        for run, place in zip(runs, places, strict=True)
    ]
    moods = step_moods(cue, size) if cue.plan is not None else [None] * size
    smooth = [moods[run.first] not in (None, *DARK) for run in runs]
    led = voice_led([run.chord for run in runs], style.ranges, homes, [heard[run.first] for run in runs], smooth)
    voicings: list[Voicing | None] = [None] * size
    for run, voicing in zip(runs, led, strict=True):
        voicings[run.first : run.end] = [voicing] * (run.end - run.first)
    return tuple(voicings)


def bar_figures(cue: Cue, form: Form, levels: Sequence[int], style: Style) -> tuple[int | None, ...]:
    """The played bar that accompanies each bar, if somebody in the style takes them from a bank.

    Those remembered stay.
    """
    bars = bars_of(form.steps, cue.plan)
    pianist = next((player.name for player in style.players if player.figures), None)
    if pianist is None:
        return (None,) * len(bars)
    seed = dict(cue.part_seeds).get(pianist, cue.seed)
    size = len(form.steps)
    known = [one.figure for one in _remembered(cue, size)]
    chords = [step.chord for step in cue.steps[:size]]
    accented = frozenset(index for index, step in enumerate(form.steps) if step.accented)
    return chosen_figures(bars, chords, levels, known, accented, seed, slots_per_step(cue.plan))


def _heard_voicings(cue: Cue, size: int) -> list[Voicing | None]:
    """The voicing that each step had when it was last played; None where that is not known."""
    known = (one.voicing for one in _remembered(cue, size))
    return [None if pitches is None else Voicing(pitches[0], pitches[1:]) for pitches in known]


def _remembered(cue: Cue, size: int) -> list[Played]:
    """What is known of how so many steps were played."""
    return [one or Played() for one, _ in zip_longest(cue.playing[:size], range(size))]


@dataclass(frozen=True)
class _Run:
    """One chord as it is sounded over the steps ``first .. end`` (end exclusive)."""

    first: int
    end: int
    chord: ColouredChord


def _runs(chords: Sequence[ColouredChord], heard: Sequence[Voicing | None]) -> list[_Run]:
    """The chords, each as long as it lasts; apart where it was heard otherwise, or not at all."""
    runs: list[_Run] = []
    for (chord, _), group in groupby(zip(chords, heard, strict=True)):
        first = runs[-1].end if runs else 0
        runs.append(_Run(first, first + sum(1 for _ in group), chord))
    return runs


def activity_levels(cue: Cue, form: Form) -> tuple[int, ...]:
    """The level of activity of each step: by density and section, lower where a phrase breathes, but for the last.

    Where the feeling is sad or relaxed nobody hammers, not even where the music culminates; but for steps whose density
    the editor drew.
    """
    changes = (
        LEVEL_CHANGES[step.section] - (0 if form.final - _ENDING_STEPS <= index <= form.final else _thinned(step))
        for index, step in enumerate(form.steps)
    )
    calm = calm_steps(cue, len(form.steps))
    sounding = zip(calm, cue.steps, strict=False)  # those behind the end of the music have no form
    most = (_CALM_MOST if is_calm and not step.drawn else LEVELS - 1 for is_calm, step in sounding)
    rows = zip(_base_levels(cue, form), changes, most, strict=True)
    return tuple(min(max(level + change, 0), highest) for level, change, highest in rows)


def calm_steps(cue: Cue, size: int) -> tuple[bool, ...]:
    """Whether each of so many steps begins where the feeling is sad or relaxed."""
    return tuple(mood in _CALM for mood in step_moods(cue, size))


def _thinned(step: FormStep) -> int:
    """Levels by which a step is thinner than its density asks for.

    Most where a phrase breathes and nothing leads on.
    """
    if step.breathes and not (step.ends_section or step.leads):
        return _BREATH_LEVELS
    return int(step.breathes)


def _base_levels(cue: Cue, form: Form) -> tuple[int, ...]:
    """The level that each step's density asks for."""
    size = len(form.steps)
    beats = [float(cue.tempo.seconds_at(cue.beats_per_step * index)) for index in range(size + 1)]
    notes = [step.density * (end - start) for step, start, end in zip(cue.steps, beats, beats[1:], strict=False)]
    return levels_of(notes, [one.level for one in _remembered(cue, size)])


def _plan(
    cue: Cue,
    form: Form,
    style: Style,
    colours: tuple[ColouredChord, ...],
    voicings: tuple[Voicing | None, ...],
    levels: tuple[int, ...],
    figures: tuple[int | None, ...],
    tune: tuple[PlacedNote, ...],
    player_index: int,
) -> Plan:
    size = len(form.steps)
    seed = dict(cue.part_seeds).get(style.players[player_index].name, cue.seed)
    places = max(max(step.place, step.opening) for step in form.steps) + 1
    slots = slots_per_step(cue.plan)
    crest = _crest(cue, form)
    chances = drawn_chances(cue, form, style.players[player_index].name, player_index, (places, slots), seed)
    return Plan(
        form=form,
        style=style,
        keys=tuple(cue.key_at(step) for step in range(size)),
        chords=colours,
        voicings=voicings,
        levels=levels,
        velocities=velocity_curve([step.loudness for step in cue.steps[:size]]),
        wander=chances.wander,
        choice=chances.choice,
        turns=chances.turns,
        spoken=spoken_steps(cue, size),
        tune=tune,
        seed=seed,
        tempo=cue.tempo,
        bars=bars_of(form.steps, cue.plan),
        figures=figures,
        slots=slots,
        calm=calm_steps(cue, size),
        great=_great_moments(cue, form),
        crest=crest,
        crest_velocity=0.0 if crest is None else velocity_of(cue.steps[crest].loudness),
    )


def _crest(cue: Cue, form: Form) -> int | None:
    """The step on whose downbeat the plan has the cue culminate, if that lies before the last chord."""
    if cue.plan is None or len(cue.plan.sections) < 2:
        return None
    step = crest_steps(cue.plan).start
    return step if step < form.final else None


def _tune_ranges(cue: Cue, form: Form, style: Style, tune: Sequence[PlacedNote]) -> tuple[tuple[int, ...], ...]:
    """Where the tune lies in each step as the style's leads have it, for those who make way for it."""
    leads = style_named(style.name).leads  # as the style has them: what the editor sets moves no other part
    ranges = tune_ranges(form, tune, _remembered(cue, len(form.steps)))
    return sung_ranges(ranges, bars_of(form.steps, cue.plan), leads) if leads else ()


def _great_moments(cue: Cue, form: Form) -> tuple[float, ...]:
    """The beats of what is led into: moments that the plan prepares with a swell, and where the music culminates."""
    if cue.plan is not None:
        crest = _crest(cue, form)
        quiet = {end for _, end in form.silences}
        top = () if crest is None else (form.steps[crest].chord_beat,)
        return tuple(sorted({*form.swells, *(beat for beat in top if beat in quiet)}))
    culminations = (SectionKind.PEAK, SectionKind.FINALE)
    return tuple(step.chord_beat for step in form.steps if step.begins_section and step.section in culminations)


def _part(player: Player, plan: Plan, channel: int) -> Part:
    return Part(
        name=player.name,
        program=player.program,
        channel=channel,
        notes=tuple(note for note in played(player, plan) if not plan.is_hushed(player, note.start)),
        controls=controlled(player, plan),
        gain_decibels=player.gain_decibels,
        pan=player.pan,
        role=player.role,
        bank=player.bank,
    )


def _markers(cue: Cue, form: Form) -> tuple[ScoreMarker, ...]:
    """The sections, and the editor's markers inside the cue."""
    inside = [marker for marker in cue.edit.markers if cue.start_frame <= marker.frame < cue.end_frame]
    markers = (
        ScoreMarker(float(cue.tempo.beat_at(cue.edit.rate.seconds(marker.frame - cue.start_frame))), marker.text)
        for marker in inside
    )
    return tuple(sorted((*_section_markers(form), *markers), key=attrgetter("beat")))


def _section_markers(form: Form) -> tuple[ScoreMarker, ...]:
    """The names of the sections; none for a cue that has only one."""
    several = sum(step.begins_section for step in form.steps) > 1
    return tuple(
        ScoreMarker(step.chord_beat, step.name)
        for step in form.steps
        if step.begins_section and (step.section is not SectionKind.THEME or several)
    )


def _chord_symbols(
    cue: Cue, colours: Sequence[ColouredChord], voicings: Sequence[Voicing | None]
) -> tuple[ScoreMarker, ...]:
    """The harmony as it is heard; locks do not show. Steps beyond the form are as they are written."""
    sounded = [
        colour if voicing is None else heard_colour(step.chord, voicing.pitches) or colour
        for step, colour, voicing in zip(cue.steps, colours, voicings, strict=False)
    ]
    sounded += [ColouredChord(step.chord) for step in cue.steps[len(colours) :]]
    symbols, first = [], 0
    for chord, group in groupby(sounded):
        beat = float(cue.tempo.beat_at(cue.step_start(first) - cue.start))
        symbols.append(ScoreMarker(beat, chord.symbol(flats=cue.key.uses_flats)))
        first += sum(1 for _ in group)
    end = cue.tempo.beat_at(cue.seconds)
    return tuple(symbol for symbol in symbols if symbol.beat < end)
