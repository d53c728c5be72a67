"""Changes by the editor's hand: chords, locks, hits, moods, dynamics, how it sounds. Each is one named undo step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from hitpoint.core.arrange.arranger import with_any_playing, with_playing
from hitpoint.core.arrange.form.hit_points import fitted_tempo
from hitpoint.core.compose.style_wishes import with_styles
from hitpoint.core.cue import changes, plan_changes, tune_changes
from hitpoint.core.cue.cue import Cue
from hitpoint.core.cue.film.film_cues import levelled
from hitpoint.core.cue.styling import StyleSpan
from hitpoint.core.errors import HitpointError
from hitpoint.core.mood import MoodSpan, parse_mood
from hitpoint.core.music.key import Key, parse_key
from hitpoint.core.music.tempo import TempoMap
from hitpoint.core.music.written_chord import lead_symbol, parse_written
from hitpoint.ui.presenter.desk import COMPOSE, LOOK, Desk
from hitpoint.ui.presenter.stale import Span, with_span, without_span


class ChangePresenter:
    """Turns what the window asks for into changes of the cue, or of the wishes while there is none."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tr = desk.tr
        self._told: tuple[Span, ...] = ()  # the stale stretches that were told last
        desk.on_stale.append(self._tell_stale)
        desk.on_opened.append(self._tell_stale)

    def undo(self) -> None:
        """One step back; where that leaves a new cut, it is told that the disk does not."""
        desk = self._desk
        is_conform = desk.session is not None and desk.session.undo_label == self._tr("Follow the New Cut")
        desk.undo()
        if is_conform and desk.opened is not None:
            edit = desk.opened.edit
            text = self._tr(
                "This is the cut of before; {name} has the new one, so nothing is written back until you redo or "
                "follow it."
            )
            desk.view.show_notes(
                (text.format(name=desk.opened.path.name),),
                lambda: desk.opened is not None and desk.opened.edit.has_cut_of(edit),
            )

    def redo(self) -> None:
        """One step forward."""
        self._desk.redo()

    def select(self, first: int, end: int) -> None:
        """These steps are meant by what comes next; none if ``end`` is not after ``first``."""
        count = 0 if self._desk.cue is None else len(self._desk.cue.steps)
        self._desk.selection = range(max(first, 0), min(end, count)) if end > first else range(0)
        self._desk.view.show_selection(self._desk.selection)
        self._desk.refresh()

    def select_all(self) -> None:
        """All of the music."""
        if self._desk.cue is not None:
            self.select(0, len(self._desk.cue.steps))

    def toggle_selected_locks(self) -> None:
        """Lock the selected chords; free them if all are locked."""
        if self._desk.selection:
            self.toggle_lock(self._desk.selection.start, self._desk.selection.stop)

    def toggle_lock(self, first: int, end: int) -> None:
        """Lock a stretch, or free it if all of it is locked."""
        cue, span = self._desk.cue, range(first, end)
        if cue is None:
            return
        is_locked = all(step.locked for step in cue.steps[first:end])
        one = end - first == 1
        if is_locked:
            label = self._tr("Unlock Chord") if one else self._tr("Unlock Chords")
            self._desk.apply(lambda cue: changes.span_unlocked(cue, span), label)
        else:
            label = self._tr("Lock Chord") if one else self._tr("Lock Chords")
            self._desk.apply(lambda cue: changes.span_locked(cue, span), label)

    def set_chord(self, first: int, end: int, symbol: str) -> None:
        """Put a chord, as it was written or as a degree, all through a stretch.

        The editor wants it, so it is locked.
        """
        try:
            chord = parse_written(symbol, None if self._desk.cue is None else self._desk.cue.key_at(first))
        except ValueError as error:
            self._desk.fail(str(error))
            return
        label = self._tr("Set Chord {chord}").format(chord=lead_symbol(chord, flats=self._uses_flats(first)))
        self._desk.apply(lambda cue: changes.chord_set(with_any_playing(cue), range(first, end), chord), label)

    def _uses_flats(self, step: int) -> bool:
        cue = self._desk.cue
        return cue is not None and step < len(cue.steps) and cue.key_at(step).uses_flats

    def transpose(self, semitones: int) -> None:
        """Everything so many semitones higher."""
        label = self._tr("Transpose by {semitones:+d}").format(semitones=semitones)
        self._desk.apply(lambda cue: changes.transposed(cue, semitones), label)

    def change_key(self, text: str) -> None:
        """Another key of the same mode; of the other mode, or before there is a cue, a wish for the next composing."""
        try:
            key = None if text == "auto" else parse_key(text)
        except HitpointError as error:
            self._desk.fail(str(error))
            return
        self._desk.wishes = replace(self._desk.wishes, key=key)
        cue = self._desk.cue
        if cue is None or key is None or key == cue.key:
            return
        if key.is_minor != cue.key.is_minor:
            self._desk.view.show_notes((self._other_mode(key),))
            self._desk.view.show_cue(cue)
            return
        self._desk.apply(
            lambda cue: changes.key_changed(cue, key), self._tr("Change Key to {key}").format(key=str(key))
        )

    def change_tempo(self, bpm: float | None) -> None:
        """Another tempo, steady; None fits it to the hits again. Chords keep their places in the picture."""
        self._desk.wishes = replace(self._desk.wishes, bpm=bpm)
        cue = self._desk.cue
        if cue is None or (bpm == cue.bpm and bpm is not None):
            return
        label = self._tr("Fit Tempo to Hits") if bpm is None else self._tr("Change Tempo to {bpm:g}").format(bpm=bpm)

        def done(tempo: TempoMap) -> None:
            self._desk.apply(lambda now: changes.tempo_changed(now, tempo, bpm), label)

        self._desk.runner.start(
            COMPOSE,
            self._tr("Fitting the tempo"),
            lambda progress: fitted_tempo(cue.seconds, cue.wanted_times, bpm),
            done,
            self._desk.fail,
        )

    def change_style(self, name: str) -> None:
        """Other players."""
        self._desk.wishes = replace(self._desk.wishes, style=name)
        label = self._tr("Change Style to {style}").format(style=name)
        self._desk.apply(lambda cue: changes.style_changed(cue, name), label)

    def change_players_seed(self) -> None:
        """The same chords, played otherwise."""
        label = self._tr("Play It Otherwise")
        self._desk.apply(lambda cue: changes.seed_changed(cue, cue.next_seed), label)

    def leave_out_part(self, name: str, left_out: bool) -> None:
        """Let a part play, or not."""
        text = self._tr("Leave Out {part}") if left_out else self._tr("Bring Back {part}")
        self._desk.apply(lambda cue: changes.part_left_out(cue, name, left_out=left_out), text.format(part=name))

    def change_loudness(self, lufs: float) -> None:
        """Loudness of the files: of the cue at hand, or of all together where they have one together."""
        desk, label = self._desk, self._tr("Change Loudness")
        if desk.film.cues.programme is None:
            self._change_sound(label, loudness=lufs)
        else:
            desk.change_film(lambda film: levelled(film, lufs), label)

    def change_duck(self, decibels: float) -> None:
        """Decibels that the music gives way under speech."""
        self._change_sound(self._tr("Change Ducking"), duck=decibels)

    def change_fade_in(self, seconds: float) -> None:
        """Length of the fade at the start."""
        self._change_sound(self._tr("Change Fade-in"), fade_in=seconds)

    def change_fade_out(self, seconds: float) -> None:
        """Length of the fade at the end."""
        self._change_sound(self._tr("Change Fade-out"), fade_out=seconds)

    def change_broadcast(self, is_broadcast: bool) -> None:
        """Whether the files tell their place in timecode."""
        self._change_sound(self._tr("Change Broadcast Wave"), is_broadcast=is_broadcast)

    def change_mood_strength(self, strength: float) -> None:
        """The strength with which wished moods are obeyed when it is composed again, 0..2."""
        self._desk.wishes = replace(self._desk.wishes, mood_strength=strength)
        self._desk.apply(lambda cue: replace(cue, mood_strength=strength), self._tr("Change Mood Strength"))

    def set_mood(self, start: float, end: float, wished: str) -> None:
        """Wish a mood, a class or ``valence,arousal``, for a stretch (timeline seconds)."""
        desk = self._desk
        try:
            mood, point = parse_mood(wished)
        except HitpointError as error:
            self._desk.fail(str(error))
            return
        if self._desk.cue is None:
            moods = (*self._desk.wishes.moods, MoodSpan(start, end, mood, wished=True, point=point))
            self._desk.wishes = replace(self._desk.wishes, moods=moods)
            return
        label = self._tr("Set Mood {mood}").format(mood=mood.value)
        self._desk.apply(
            lambda cue: changes.mood_set(cue, start, end, mood, point),
            label,
            lambda: desk.note_stale(with_span(desk.stale.of(desk.cue), start, end)),
        )

    def release_mood(self, start: float, end: float) -> None:
        """Leave the mood of a stretch to the picture again; the picture is looked at first if it has not been."""
        cue, desk = self._desk.cue, self._desk
        if cue is None:
            return
        label = self._tr("Take Mood from Picture")

        def done(proposed: tuple[MoodSpan, ...]) -> None:
            desk.proposed = proposed
            frame = float(cue.edit.rate.seconds(1))
            desk.apply(
                lambda now: changes.mood_released(now, start, end, proposed),
                label,
                lambda: desk.note_stale(without_span(desk.stale.of(desk.cue), start, end, frame)),
            )

        if desk.proposed is not None:
            done(desk.proposed)
        else:
            work = desk.ports.composer.proposed_moods
            desk.runner.start(
                LOOK, self._tr("Looking at the picture"), lambda progress: work(cue, progress), done, desk.fail
            )

    def lay_style(self, start: int, end: int, style: str, other: str = "") -> None:
        """Other players for a stretch, in frames of the timeline; with ``other`` it passes into that style."""
        text = self._tr("Pass from {style} into {other}") if other else self._tr("Play a Stretch as {style}")

        def change(cue: Cue) -> Cue:
            inside = max(start, cue.start_frame), min(end, cue.end_frame)
            return with_playing(with_styles(cue, (StyleSpan(*inside, style, other),)))

        self._desk.apply(change, text.format(style=style, other=other))

    def move_note(self, beat: Fraction, seconds: float, pitch: int) -> None:
        """A note of the melody to another time (timeline seconds, drawn to the sixteenths) and pitch."""
        label = self._tr("Move Note")
        self._desk.apply(
            lambda cue: tune_changes.note_moved(_sung(cue), beat, _sixteenth(cue, seconds), min(max(pitch, 0), 127)),
            label,
        )

    def add_note(self, seconds: float, pitch: int) -> None:
        """Another note of the melody, a quarter long."""
        self._desk.apply(
            lambda cue: tune_changes.note_added(_sung(cue), _sixteenth(cue, seconds), Fraction(1), pitch),
            self._tr("Add Note"),
        )

    def remove_note(self, beat: Fraction) -> None:
        """The melody without a note."""
        self._desk.apply(lambda cue: tune_changes.note_deleted(_sung(cue), beat), self._tr("Remove Note"))

    def lock_note(self, beat: Fraction, locked: bool) -> None:
        """A note that may not be written anew, or may."""
        label = self._tr("Lock Note") if locked else self._tr("Unlock Note")
        self._desk.apply(lambda cue: tune_changes.note_locked(_sung(cue), beat, locked=locked), label)

    def move_border(self, section: int, bar: int) -> None:
        """Let a section begin with another bar."""
        self._desk.apply(lambda cue: plan_changes.border_moved(cue, section, bar), self._tr("Move Section Border"))

    def set_summit(self, bar: int) -> None:
        """Let the cue culminate in a bar; it is heard at once."""
        self._desk.apply(lambda cue: plan_changes.summit_set(cue, bar), self._tr("Set Summit"))

    def name_theme(self, section: int, theme: str) -> None:
        """Give a section a theme."""
        self._desk.apply(lambda cue: plan_changes.theme_named(cue, section, theme), self._tr("Name Theme"))

    def lock_section(self, section: int, locked: bool) -> None:
        """Keep the plan of a section, or free it."""
        label = self._tr("Lock Section") if locked else self._tr("Unlock Section")
        self._desk.apply(lambda cue: plan_changes.section_locked(cue, section, locked=locked), label)

    def want_hit(self, frame: int, wanted: bool) -> None:
        """Meet a moment, or let it pass."""
        label = self._tr("Meet Hit") if wanted else self._tr("Let Hit Pass")
        self._desk.apply(
            lambda cue: changes.hit_wanted(cue, frame, wanted=wanted),
            label,
            lambda: self._tell_if_crowded(frame) if wanted else None,
        )

    def move_hit(self, old_frame: int, new_frame: int) -> None:
        """Meet a moment earlier or later."""
        self._desk.apply(
            lambda cue: changes.hit_moved(cue, old_frame, new_frame),
            self._tr("Move Hit"),
            lambda: self._tell_if_crowded(new_frame),
        )

    def add_hit(self, frame: int) -> None:
        """Meet a moment of the editor's own."""
        self._desk.apply(
            lambda cue: changes.hit_added(cue, frame, self._tr("hit")),
            self._tr("Add Hit"),
            lambda: self._tell_if_crowded(frame),
        )

    def remove_hit(self, frame: int) -> None:
        """Forget a moment; a cut is let pass."""
        self._desk.apply(lambda cue: changes.hit_removed(cue, frame), self._tr("Remove Hit"))

    def draw_density(self, first: int, values: Sequence[float]) -> None:
        """Notes a second, by hand."""
        self._desk.apply(
            lambda cue: changes.density_drawn(with_any_playing(cue), first, values), self._tr("Draw Density")
        )

    def draw_loudness(self, first: int, values: Sequence[float]) -> None:
        """RMS, by hand."""
        self._desk.apply(lambda cue: changes.loudness_drawn(cue, first, values), self._tr("Draw Loudness"))

    def release_dynamics(self, first: int, end: int) -> None:
        """Leave density and loudness to the picture, from the next composing on."""
        label = self._tr("Dynamics from Picture")
        self._desk.apply(lambda cue: changes.dynamics_released(cue, range(first, end)), label)

    def release_density(self, first: int, end: int) -> None:
        """Leave the density to the picture; a loudness that was drawn stays."""
        label = self._tr("Density from Picture")
        self._desk.apply(lambda cue: changes.dynamics_released(cue, range(first, end), loudness=False), label)

    def release_loudness(self, first: int, end: int) -> None:
        """Leave the loudness to the picture; a density that was drawn stays."""
        label = self._tr("Loudness from Picture")
        self._desk.apply(lambda cue: changes.dynamics_released(cue, range(first, end), density=False), label)

    def release_selected_dynamics(self) -> None:
        """The same for what is selected, or for all."""
        span, cue = self._desk.selection, self._desk.cue
        if cue is not None:
            self.release_dynamics(span.start if span else 0, span.stop if span else len(cue.steps))

    def _tell_stale(self) -> None:
        """Say that a stretch was composed before the wish for it, and offer to do that now; each time that changes."""
        desk = self._desk
        spans = desk.stale.of(desk.cue)
        if spans == self._told:
            return
        self._told = spans
        if spans:
            text = self._tr("The music from {start} to {end} is older than its mood, until it is composed again.")
            first, last = map(desk.timecode, spans[0])
            desk.view.show_notes((text.format(start=first, end=last),), lambda: desk.stale.of(desk.cue) == spans)
            desk.view.offer_composing()

    def _change_sound(self, label: str, **fields: float | bool) -> None:
        def changed(cue: Cue) -> Cue:
            return changes.sound_changed(cue, replace(cue.sound, **fields))  # type: ignore[arg-type]

        self._desk.apply(changed, label)

    def _tell_if_crowded(self, frame: int) -> None:
        desk = self._desk

        def is_crowded() -> bool:
            points = () if desk.cue is None else desk.cue.hit_points
            return any(point.frame == frame and not point.wanted for point in points)

        if is_crowded():
            text = self._tr("That hit lies too close to a weightier one, or to the end: the music cannot meet both.")
            desk.view.show_notes((text,), is_crowded)

    def _other_mode(self, key: Key) -> str:
        text = self._tr("The chords of this cue are not those of {key}: press 'Start Over' to compose in that key.")
        return text.format(key=str(key))


def _sixteenth(cue: Cue, seconds: float) -> Fraction:
    """The sixteenth nearest to a time of the timeline, in beats of the cue."""
    inside = min(max(Fraction(seconds) - cue.start, Fraction(0)), cue.seconds)
    return Fraction(round(cue.tempo.beat_at(inside) * 4), 4)


def _sung(cue: Cue) -> Cue:
    """The cue as it remembers the tune that is heard, which is the one to change."""
    return cue if tune_changes.is_sung(cue) else with_playing(cue)
