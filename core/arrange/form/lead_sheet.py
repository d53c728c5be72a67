"""The lead sheet of a cue: what the writer of its melody is told, from its chords, form, tempo and speech."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from hitpoint.core.arrange.form.form import Form
from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.form.form_plan import STEPS_PER_BAR, FormPlan
from hitpoint.core.cue.sound import speaking_share
from hitpoint.core.cue.tune import PlacedNote, placed
from hitpoint.core.cue.tune_changes import step_beats
from hitpoint.core.melody.sheet import SLOT, LeadSheet, SheetNote, SheetSection, TimedChord
from hitpoint.core.mood import Mood

SPOKEN_SHARE = 0.3  # of a step, from which the lead keeps still

_TENSION = {
    SectionKind.INTRO: 0.25,
    SectionKind.BUILD: 0.5,
    SectionKind.PEAK: 0.9,
    SectionKind.RELEASE: 0.35,
    SectionKind.FINALE: 0.85,
    SectionKind.THEME: 0.5,
}
_SPARE = frozenset({Mood.TENSE, Mood.FEARFUL})  # moods that wait: the lead says little in them
_WHOLE_PHRASE = 4  # bars; shorter ones are put together up to so many, as the halves of a sentence are


@dataclass(frozen=True)
class Asked:
    """What is asked of the writer, besides what the cue does not know yet.

    Attributes:
        fresh: steps whose tune is to be invented, whatever the plan says.
        seed: of those.
    """

    fresh: range = range(0)
    seed: int = 0


def spoken_steps(cue: Cue, size: int) -> tuple[bool, ...]:
    """Whether somebody speaks in a good part of each of so many steps."""
    if not cue.speech:
        return (False,) * size
    starts = [float(cue.step_start(index)) for index in range(size + 1)]
    return tuple(speaking_share(cue.speech, *span) >= SPOKEN_SHARE for span in pairwise(starts))


def lead_sheet(cue: Cue, form: Form, low: int, high: int, asked: Asked | None = None) -> LeadSheet:
    """The lead sheet of a cue for an instrument.

    Args:
        cue: whose tune is written; steps that are written already stay.
        form: of it.
        low: lowest pitch of the instrument.
        high: highest.
        asked: what else is to be written.
    """
    beats = step_beats(cue)
    size = len(form.steps)
    lines = _bar_lines(cue, beats, size)
    written = _written(cue, size)
    notes = placed((beat, one.tune) for beat, one in zip(beats[:size], cue.playing, strict=False) if one is not None)
    sections = _sections(cue, form)
    return LeadSheet(
        bar_starts=lines,
        is_compound=cue.plan is not None and cue.plan.metre.is_compound,
        chords=_chords(cue, form),
        sections=sections,
        low=low,
        high=high,
        seed=cue.seed if cue.tune_seed is None else cue.tune_seed,
        seconds_per_beat=round(float(cue.seconds / cue.tempo.beat_at(cue.seconds)), 3),
        tension=_tension(cue, sections, len(lines) - 1),
        silences=tuple(_silences(cue, form, beats)),
        accents=tuple(Fraction(round(accent / float(SLOT))) * SLOT for accent in form.accents),
        final=beats[form.final],
        end=_on_slot(form.release),
        theme=cue.theme if any(written) or (cue.theme is not None and cue.theme.is_given) else None,
        fresh=_fresh(cue, asked, size, len(lines) - 1),
        asked=tuple(_stretches(written, beats, cue.beats_per_step)) if any(written) else None,
        standing=tuple(_sheet_note(one) for one in notes if _stands(one, written, beats)),
        refit=tuple(_sheet_note(one) for one in notes if not _stands(one, written, beats)),
        rests=tuple((beats[step], beats[step] + cue.beats_per_step) for step in range(size) if _is_rest(cue, step)),
    )


def _bar_lines(cue: Cue, beats: Sequence[Fraction], size: int) -> tuple[Fraction, ...]:
    """The beats of all bar lines, that after the last bar included; the last bar counts as whole."""
    firsts = range(0, size, STEPS_PER_BAR) if cue.plan is None else cue.plan.bar_starts[:-1]
    starts = [beats[step] for step in firsts if step < size]
    return (*starts, starts[-1] + STEPS_PER_BAR * cue.beats_per_step)


def _bar_of(cue: Cue, step: int) -> int:
    return step // STEPS_PER_BAR if cue.plan is None else cue.plan.bar_of(step)


def _tension(cue: Cue, sections: Sequence[SheetSection], bars: int) -> tuple[float, ...]:
    """The tension of each bar: as planned, or that of its section."""
    if cue.plan is not None:
        return cue.plan.tension[:bars]
    return tuple(section.tension for section in sections for _ in range(section.bars))


def _chords(cue: Cue, form: Form) -> tuple[TimedChord, ...]:
    found: list[TimedChord] = []
    for step, one in zip(cue.steps, form.steps, strict=False):
        if not found or found[-1].chord != step.chord:
            start = Fraction(one.chord_beat).limit_denominator(960) if found else Fraction(0)
            found.append(TimedChord(start, step.chord))
    return tuple(found)


def _sections(cue: Cue, form: Form) -> tuple[SheetSection, ...]:
    """The sections of a cue: as planned, or their letters by what they are for."""
    if cue.plan is not None:
        return tuple(_planned(cue, cue.plan, _bar_of(cue, len(form.steps) - 1) + 1))
    size = len(form.steps)
    bars = -(-size // STEPS_PER_BAR)
    kinds: list[tuple[int, SectionKind, list[int]]] = []
    for index, step in enumerate(form.steps):
        bar = index // STEPS_PER_BAR
        if not kinds or (step.begins_section and bar > kinds[-1][0]):
            kinds.append((bar, step.section, [bar]))
        elif step.begins_phrase and bar > kinds[-1][2][-1]:
            kinds[-1][2].append(bar)
    letters = list(_letters([kind for _, kind, _ in kinds]))
    summit = _summit([kind for _, kind, _ in kinds])
    found = []
    for at, (first, kind, starts) in enumerate(kinds):
        end = kinds[at + 1][0] if at + 1 < len(kinds) else bars
        phrases = joined_phrases([after - before for before, after in pairwise([*starts, end])])
        found.append(
            SheetSection(first, phrases, letters[at], cue.key, _TENSION[kind], at == summit, at == len(kinds) - 1)
        )
    return tuple(found)


def _planned(cue: Cue, plan: FormPlan, bars: int) -> Iterator[SheetSection]:
    """The sections of a plan, as far as there are so many bars."""
    for section in plan.sections:
        if section.first_bar < bars:
            yield SheetSection(
                section.first_bar,
                joined_phrases(_cut(section.phrases or (section.bars,), bars - section.first_bar)),
                section.theme,
                section.key,
                section.tension,
                section.summit,
                is_last=section.end_bar >= bars,
                is_spare=_mood_at(cue, plan.bar_starts[section.first_bar]) in _SPARE,
            )


def _mood_at(cue: Cue, step: int) -> Mood | None:
    """The mood in which a step begins."""
    time = float(cue.step_start(step))
    return next((span.mood for span in reversed(cue.moods) if span.start <= time < span.end), None)


def _cut(phrases: Sequence[int], bars: int) -> list[int]:
    """The phrases, as far as there are so many bars."""
    found: list[int] = []
    for length in phrases:
        found.append(min(length, bars - sum(found)))
    return [length for length in found if length > 0]


def joined_phrases(phrases: Sequence[int]) -> tuple[int, ...]:
    """Phrases in bars, two short ones that make a whole one put together."""
    found: list[int] = []
    for length in phrases:
        if found and found[-1] + length <= _WHOLE_PHRASE:
            found[-1] += length
        else:
            found.append(length)
    return tuple(found)


def _letters(kinds: Sequence[SectionKind]) -> Iterator[str]:
    """A, B, A', B' ... where the music builds, the theme where it culminates."""
    built = 0
    for kind in kinds:
        if kind is SectionKind.BUILD:
            yield "AB"[built % 2] + "'" * min(built // 2, 2)
            built += 1
        elif kind in (SectionKind.PEAK, SectionKind.FINALE):
            yield "A''"
        else:
            yield "A" if kind is SectionKind.THEME else ""


def _summit(kinds: Sequence[SectionKind]) -> int:
    """The peak that lies nearest to the golden section; the finale, or what builds last, if there is none."""
    peaks = [at for at, kind in enumerate(kinds) if kind is SectionKind.PEAK]
    if peaks:
        return min(peaks, key=lambda at: (abs(1000 * at - 618 * len(kinds)), at))
    built = [at for at, kind in enumerate(kinds) if kind in (SectionKind.BUILD, SectionKind.FINALE, SectionKind.THEME)]
    return built[-1] if built else len(kinds) - 1


def _silences(cue: Cue, form: Form, beats: Sequence[Fraction]) -> Iterator[tuple[Fraction, Fraction]]:
    """Stretches in which the lead keeps still: somebody speaks, or nothing is played."""
    spoken = spoken_steps(cue, len(form.steps))
    for index, (step, is_spoken) in enumerate(zip(cue.steps, spoken, strict=False)):
        if is_spoken or _is_rest(cue, index) or step.chord.is_silent:
            yield beats[index], beats[index] + cue.beats_per_step


def _is_rest(cue: Cue, step: int) -> bool:
    """Whether the plan has nobody play in a step."""
    return cue.plan is not None and cue.plan.forces[cue.plan.bar_of(step)] == 0


def _written(cue: Cue, size: int) -> list[bool]:
    """Whether the tune of each step is known."""
    known = list(cue.playing[:size])
    return [one is not None and one.is_written for one in (*known, *[None] * (size - len(known)))]


def _stretches(
    written: Sequence[bool], beats: Sequence[Fraction], length: Fraction
) -> Iterator[tuple[Fraction, Fraction]]:
    """The beats of neighbouring steps that are not written."""
    first: int | None = None
    for index, is_written in enumerate([*written, True]):
        if not is_written and first is None:
            first = index
        elif is_written and first is not None:
            yield beats[first], beats[index - 1] + length
            first = None


def _stands(one: PlacedNote, written: Sequence[bool], beats: Sequence[Fraction]) -> bool:
    """Whether a note is not to be written anew: it is locked, or its step is written."""
    step = max(index for index in range(len(written)) if beats[index] <= one.start)
    return one.note.locked or written[step]


def _sheet_note(one: PlacedNote) -> SheetNote:
    return SheetNote(one.start, one.note.length, one.note.pitch, one.note.weight, one.note.locked)


def _fresh(cue: Cue, asked: Asked | None, size: int, bars: int) -> tuple[int | None, ...]:
    if asked is None or not len(asked.fresh):
        return ()
    touched = {_bar_of(cue, step) for step in asked.fresh if step < size}
    return tuple(asked.seed if bar in touched else None for bar in range(bars))


def _on_slot(beat: float) -> Fraction:
    return Fraction(int(beat / float(SLOT))) * SLOT
