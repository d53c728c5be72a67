"""What players do where the picture is met: accents, openings, what leads into great moments, and the last chord."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from hitpoint.core.arrange.form.sections import SectionKind
from hitpoint.core.arrange.playing.breaths import leads_from
from hitpoint.core.arrange.playing.plan import ALONE, Plan
from hitpoint.core.arrange.playing.strokes import LEAST_BEATS, cell_in
from hitpoint.core.arrange.playing.touch import velocity_at, wished
from hitpoint.core.arrange.styles.ensemble import Player
from hitpoint.core.arrange.styles.registers import folded
from hitpoint.core.music.score import Note

_TUTTI_BEATS = 2.0  # what all strike on the summit sounds this long, or to the end of its step
_TOUCHING = ("harmony", "bass")  # roles of who strikes on passing cuts, in order
_TOUCHED_ALONE = 0.3  # beats around a passing cut in which nothing else is struck by the same player
_ACCENT_BEATS = 1.0  # an accent sounds this long, or to the end of its step
_ARRIVAL, _HIGHEST = 6, 124  # velocity that a last chord has more, and the most
_SETTLING = -9  # what it has less where the music has let go before it: no louder than what leads to it
_HIGH_TENSION = 0.8  # from which a summit that is the last section has not let go
_REVERSED_SECONDS = Fraction(27, 20)  # that the reversed cymbal of our fonts takes to its top, measured
_REVERSED_PITCH = 60
BUTTON_SHARE = 0.97  # of what the summit's downbeat has, the least of a button that ends strongly
_OCTAVE = 12
_ROLL_BEATS, _ROLL_STROKES = 4, 6  # how long a roll lasts, and strokes a beat
_ROLL_FROM = 0.45  # share of its last velocity at which a roll begins
_GLISSANDO_BEATS = 1.0
_GLISSANDO_NOTES = 12
_GLISSANDO_FROM = 55  # MIDI pitch


def accent_notes(player: Player, plan: Plan) -> Iterator[Note]:
    """What is struck on hits between the steps; in the last chord too, which they strike again."""
    for beat in plan.form.accents if player.accent else ():
        sounding = plan.form.sounding(beat)
        step = min(sounding, plan.form.final)
        if plan.is_rest(step) or plan.chords[sounding] != plan.chords[step]:
            continue
        if player.is_unpitched and (step == plan.form.final or not cell_in(player, plan, step)):
            continue
        end = plan.form.release if step == plan.form.final else min(beat + _ACCENT_BEATS, plan.changes_after(step))
        for role in player.accent:
            velocity = velocity_at(player, plan, beat, role, accented=True)
            pitch = folded(plan.pitch(step, role) + player.shift, player)
            yield Note(beat, max(end, beat + LEAST_BEATS), pitch, velocity)


def touches(player: Player, plan: Plan, strokes: Sequence[Note]) -> Iterator[Note]:
    """A stroke on each passing cut that comes alone, by one player, the first who accompanies and can; where it rests.

    Args:
        player: whose part it is.
        plan: of the cue.
        strokes: what the player strikes otherwise.
    """
    can = [one for one in plan.style.players if one.accent and one.role in _TOUCHING and not one.is_kit]
    if not can or player.name != min(can, key=lambda one: _TOUCHING.index(one.role)).name:
        return
    struck = [note.start for note in strokes]
    for beat in sorted(plan.form.touches):
        step = plan.form.sounding(beat)
        is_free = step < plan.form.final and not plan.is_rest(step) and not plan.spoken[step]
        if is_free and plan.plays(player, step) and not any(abs(beat - start) < _TOUCHED_ALONE for start in struck):
            pitch = folded(plan.pitch(step, player.accent[0]) + player.shift, player)
            end = max(min(beat + _ACCENT_BEATS, plan.changes_after(step)), beat + LEAST_BEATS)
            yield Note(beat, end, pitch, velocity_at(player, plan, beat, player.accent[0]))


def openings(player: Player, plan: Plan) -> Iterator[Note]:
    """What all strike together where the music culminates, and a kit where a section does.

    Who does not play there strikes nothing.
    """
    if plan.crest is not None and plan.form.steps[plan.crest].accented and not plan.is_rest(plan.crest):
        yield from _tutti(player, plan, plan.crest)
    for index, step in enumerate(plan.form.steps[: plan.form.final] if player.opening else ()):
        is_big = step.section in (SectionKind.PEAK, SectionKind.FINALE) and step.begins_section
        if is_big and not plan.is_rest(index) and cell_in(player, plan, index):
            beat = step.chord_beat
            for role in player.opening:
                velocity = velocity_at(player, plan, beat, role, accented=step.accented)
                yield Note(beat, min(beat + _ACCENT_BEATS, plan.form.release), plan.pitch(index, role), velocity)


def _tutti(player: Player, plan: Plan, step: int) -> Iterator[Note]:
    """The roles that a player strikes on moments of the picture, on the downbeat of the summit."""
    beat = plan.starts(step)
    if player.is_unpitched and not cell_in(player, plan, step):
        return
    for role in player.accent if plan.plays(player, step) else ():
        pitch = folded(plan.pitch(step, role) + player.shift, player)
        end = max(min(beat + _TUTTI_BEATS, plan.changes_after(step)), beat + LEAST_BEATS)
        yield Note(beat, end, pitch, velocity_at(player, plan, beat, role, accented=True))


def last_chord(player: Player, plan: Plan, sung: Sequence[Note] = (), *, has_note: bool = False) -> Iterator[Note]:
    """The final chord, struck at once and held until the release if the tune has no note there.

    The button if there is one. Who sang ends where the tune does, or on the nearest tone of the chord.

    Args:
        player: whose part it is.
        plan: of the cue.
        sung: the tune as the player has it, in order.
        has_note: whether the tune has a note of its own in the last chord.
    """
    final = plan.form.final
    start = plan.starts(final)
    if plan.is_rest(final) or start >= plan.form.release:
        return
    settles = plan.form.button is None and not ends_strongly(plan)
    if settles and player.is_unpitched and not (final and cell_in(player, plan, final - 1)):
        return
    for role in player.final[:1] if sung else player.final:
        pitch = folded(plan.pitch(final, role) + player.shift, player)
        pitch = _sung_last(sung[-1].pitch, pitch, player, plan) if sung else pitch
        velocity = velocity_at(player, plan, start, role, accented=plan.form.steps[final].accented)
        if not has_note:
            arrival = _SETTLING if settles else _ARRIVAL
            yield Note(start, plan.form.release, pitch, min(max(velocity + arrival, 1), _HIGHEST))
        if plan.form.button is not None:
            begin, end = plan.form.button
            yield Note(begin, end, pitch, _button_velocity(player, plan, begin, role))


def _button_velocity(player: Player, plan: Plan, begin: float, role: str) -> int:
    """The velocity of the button: music that ends strongly strikes it about as hard as its summit."""
    velocity = velocity_at(player, plan, begin, role, accented=True)
    if plan.crest is None or not ends_strongly(plan):
        return velocity
    summit = velocity_at(player, plan, plan.starts(plan.crest), role, accented=True)
    return max(velocity, round(BUTTON_SHARE * summit))


def _sung_last(last: int, otherwise: int, player: Player, plan: Plan) -> int:
    """The tone of the last chord that is nearest to the last of a tune; of two the lower one."""
    tones = {tone % _OCTAVE for tone in plan.chords[plan.form.final].pitch_classes}
    near = (pitch for pitch in range(player.low, player.high + 1) if pitch % _OCTAVE in tones)
    return min(near, key=lambda pitch: (abs(pitch - last), pitch), default=otherwise)


def ends_strongly(plan: Plan) -> bool:
    """Whether the music ends while it culminates, instead of after it has let go."""
    bar = plan.bar(plan.form.final)
    is_high = bar.force is None or bar.tension >= _HIGH_TENSION
    return bar.section is SectionKind.FINALE or (bar.section is SectionKind.PEAK and is_high)


def lead_ins(player: Player, plan: Plan) -> Iterator[Note]:
    """What leads into each great moment.

    A reversed cymbal, a roll, a run up the chord. Who rolls marks the summit's bars too.
    """
    before = 0.0
    for beat in plan.great:
        step = plan.form.sounding(beat)
        if 0.0 < beat < plan.starts(plan.form.final) and step and not plan.is_rest(step) and not plan.is_rest(step - 1):
            yield from _lead_in(player, plan, beat, step, before)
        before = beat
    if player.leads_in == "roll":
        yield from _summit_strokes(player, plan)


def _summit_strokes(player: Player, plan: Plan) -> Iterator[Note]:
    """The bass on the first beat of the bars in which the music culminates, but for what is rolled there."""
    for bar in plan.bars:
        step = bar.first
        is_free = step < plan.form.final and not plan.is_rest(step) and bar.section is SectionKind.PEAK
        is_free = is_free and (bar.force is None or bar.force > ALONE)
        beat = plan.starts(step)
        if is_free and beat < plan.form.release and not any(-_ROLL_BEATS < beat - one < 2.0 for one in plan.great):
            pitch = folded(plan.pitch(step, "b"), player)
            velocity = min(max(round(wished(plan, beat)) + player.touch, 1), 118)
            yield Note(beat, min(beat + 2.0, plan.lasts_until(step)), pitch, velocity)


def _lead_in(player: Player, plan: Plan, beat: float, step: int, before: float) -> Iterator[Note]:
    since = leads_from(player, plan, beat, max(before, beat - _ROLL_BEATS))
    if since is None:
        yield from _stroke_on(player, plan, beat, step) if player.leads_in == "roll" else ()
        return
    match player.leads_in:
        case "reverse":
            at = plan.tempo.seconds_at(beat) - _REVERSED_SECONDS
            start = float(plan.tempo.beat_at(max(at, Fraction(0))))
            if start >= before and not plan.is_rest(plan.form.sounding(start)):
                yield Note(start, beat, folded(_REVERSED_PITCH, player), _leading(player, plan, start, beat))
        case "roll":
            yield from _roll(player, plan, beat, since)
            yield from _stroke_on(player, plan, beat, step)
        case "glissando":
            yield from _glissando(player, plan, beat, step)


def _leading(player: Player, plan: Plan, start: float, beat: float) -> int:
    """The velocity of what leads from ``start`` into ``beat``.

    It is told from what sounds a bar before or earlier, so that what changes later is not heard before its own bar.
    """
    return _velocity(player, plan, min(start, beat - plan.tempo.beats_per_bar))


def _velocity(player: Player, plan: Plan, beat: float) -> int:
    return max(min(round(wished(plan, beat)) + player.touch + 6, 118), 1)


def _roll(player: Player, plan: Plan, beat: float, start: float) -> Iterator[Note]:
    """Strokes that swell on the bass of the chord that sounds."""
    count, velocity = int((beat - start) * _ROLL_STROKES), _leading(player, plan, start, beat)
    for stroke in range(count):
        at = start + stroke * (beat - start) / count
        share = _ROLL_FROM + (1.0 - _ROLL_FROM) * stroke / count
        sounding = plan.form.sounding(at)
        if not plan.is_rest(sounding):
            pitch = folded(plan.pitch(sounding, "b"), player)
            yield Note(at, at + (beat - start) / count, pitch, max(round(velocity * share), 1))


def _stroke_on(player: Player, plan: Plan, beat: float, step: int) -> Iterator[Note]:
    """One stroke of a roller on the moment itself."""
    pitch = folded(plan.pitch(step, "b"), player)
    yield Note(beat, min(beat + 2.0, plan.lasts_until(step)), pitch, _velocity(player, plan, beat))


def _glissando(player: Player, plan: Plan, beat: float, step: int) -> Iterator[Note]:
    """The tones of the chord before, upwards, and the highest tone of the new one."""
    tones = plan.chords[step - 1].pitch_classes
    pitches = [pitch for pitch in range(max(_GLISSANDO_FROM, player.low), player.high + 1) if pitch % 12 in tones][
        :_GLISSANDO_NOTES
    ]
    start = max(beat - _GLISSANDO_BEATS, plan.starts(step - 1))
    velocity = _leading(player, plan, start, beat)
    for number, pitch in enumerate(pitches):
        at = start + number * (beat - start) / len(pitches)
        yield Note(at, beat, pitch, max(round(velocity * (0.6 + 0.4 * number / len(pitches))), 1))
    pitch = folded(plan.pitch(step, "d"), player)
    yield Note(beat, min(beat + 2.0, plan.lasts_until(step)), pitch, _velocity(player, plan, beat))
