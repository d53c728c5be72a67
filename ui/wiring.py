"""Joins what came to the window later: listening page, picture window, themes, keys, snapping, chords that sound."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QObject, QPointF, QSettings, Qt, QTimer
from PyQt6.QtWidgets import QApplication

from hitpoint.core.cue.cue import Cue
from hitpoint.core.music.written_chord import parse_written
from hitpoint.ui.dialogs.shortcut_editor import ShortcutEditor
from hitpoint.ui.keymap import apply_keys, read_keys, write_keys
from hitpoint.ui.lanes.chords.chord_suggestions import ChordSuggestions
from hitpoint.ui.players.chord_tone import chord_sound
from hitpoint.ui.players.sounddevice_output import output_names
from hitpoint.ui.style_sheet import dress
from hitpoint.ui.theme import choose_theme, current_theme
from hitpoint.ui.transport.frame_clock import seconds_of
from hitpoint.ui.transport.transport_keys import TransportKeys
from hitpoint.ui.widgets.picture_window import PictureWindow
from hitpoint.ui.widgets.thumbnails import Thumbnails
from hitpoint.ui.window_parts import WindowParts

AROUND = 2.0  # seconds before and after the playhead


class Extras(QObject):
    """What is joined here, for as long as the window lives.

    Args:
        window: to join it to.
        folder: of the user's state.
    """

    def __init__(self, window: WindowParts, folder: Path) -> None:
        super().__init__(window.panel)
        self._window, self._folder = window, folder
        self._settings = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)
        self._around: tuple[float, float] | None = None  # where to come back to, and when
        self._step: int | None = None
        panel = window.panel
        self.picture = PictureWindow(panel)
        self.picture.addAction(panel.actions_by_name["full_screen"])  # the key that fills the screen comes back
        TransportKeys(self.picture, window.shuttle, self.type_timecode)
        self.suggestions = ChordSuggestions(panel.timeline.chords)
        self._join_listening()
        self._join_chords()
        self._join_finding()
        panel.edit_shown.connect(lambda opened: self.picture.show_edit(opened.edit))
        window.playhead.moved.connect(lambda s, frame: self.picture.show_frame(frame, window.shuttle.player.speed))
        window.playhead.moved.connect(lambda seconds, frame: self._end_around(seconds))
        apply_keys(panel.actions_by_name, read_keys(folder))
        self.use_theme(str(self._settings.value("theme", "")), keeps=False)
        self._use_snapping(is_on=self._settings.value("snap", "false") == "true")
        self._use_scrubbing(is_on=self._settings.value("scrub", "true") == "true")

    def calls(self) -> dict[str, Callable[[], object]]:
        """What the actions of this module do."""
        panel, actions = self._window.panel, self._window.panel.actions_by_name
        return {
            "show_listening": lambda: panel.side.setCurrentWidget(panel.listening),
            "picture_window": self.picture.open,
            "full_screen": self.picture.go_full_screen,
            "snap": lambda: self._use_snapping(is_on=actions["snap"].isChecked()),
            "scrub": lambda: self._use_scrubbing(is_on=actions["scrub"].isChecked()),
            "theme_system": lambda: self.use_theme(""),
            "theme_light": lambda: self.use_theme("light"),
            "theme_dark": lambda: self.use_theme("dark"),
            "play_around": self.play_around,
            "click": lambda: panel.listening._click.setChecked(actions["click"].isChecked()),
            "hear_chords": lambda: None,
            "change_shortcuts": self.change_shortcuts,
            "show_delivered": panel.show_delivered_again,
            "suggest": self.suggest,
            "show_find": self.go_to_find,
            "style_stretch": self.choose_style,
        }

    def play_around(self) -> None:
        """From two seconds before the playhead to two after it, and back to where it was."""
        shuttle = self._window.shuttle
        shuttle.stop()
        here = seconds_of(shuttle.frame, shuttle.rate)
        shuttle.seek(max(here - AROUND, 0.0))
        shuttle.toggle()
        self._around = (here, here + AROUND)

    def type_timecode(self, typed: str) -> None:
        """A digit was typed over the picture in its own window.

        The timecode of the panel takes it, and what follows.
        """
        panel = self._window.panel
        panel.raise_()
        panel.activateWindow()
        panel.transport.type_timecode(typed, self.picture.preview)

    def use_theme(self, name: str, *, keeps: bool = True) -> None:
        """Light, dark, or as the system is set."""
        choose_theme(name)
        for each in ("system", "light", "dark"):
            self._window.panel.actions_by_name[f"theme_{each}"].setChecked(each == (name or "system"))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            dress(application, current_theme())
        if keeps:
            self._settings.setValue("theme", name)

    def change_shortcuts(self) -> None:
        """Ask for other keys, and remember them."""
        panel = self._window.panel
        dialog = ShortcutEditor(read_keys(self._folder), panel)
        if dialog.exec():
            apply_keys(panel.actions_by_name, dialog.keys)
            try:
                write_keys(self._folder, dialog.keys)
            except OSError:
                panel.show_error(
                    panel.tr("The keys cannot be remembered in {0}: check the disk and its rights").format(self._folder)
                )

    def suggest(self) -> None:
        """Ask the model for chords that fit the selection, and offer them where it is."""
        desk, changes = self._window.presenter.desk, self._window.presenter.changes
        cue, span = desk.cue, desk.selection
        if cue is None or not span:
            return
        composer = desk.ports.composer

        def show(chords: tuple[object, ...]) -> None:
            if desk.cue is cue:
                self.suggestions.offer(cue, span, chords)  # type: ignore[arg-type]

        self.suggestions.chosen = lambda symbol: changes.set_chord(span.start, span.stop, symbol)
        desk.runner.start(
            "suggest",
            desk.tr("Looking for chords"),
            lambda progress: composer.suggested(cue, span, progress),
            show,
            desk.fail,
        )

    def strike(self, symbol: str, cue: Cue | None = None, step: int = 0) -> None:
        """Sound a chord once."""
        key = None if cue is None else cue.key_at(step)
        self._window.shuttle.player.strike(chord_sound(parse_written(symbol, key)))

    def close(self) -> None:
        """End threads."""
        self.picture.close_files()
        if self._stills is not None:
            self._stills.close()

    def _end_around(self, seconds: float) -> None:
        if self._around is None:
            return
        shuttle, (here, end) = self._window.shuttle, self._around
        if not shuttle.player.playing:
            self._around = None  # somebody stopped it, or it came to the end
        elif seconds >= end:
            self._around = None
            shuttle.stop()
            shuttle.seek(here)

    def _use_snapping(self, *, is_on: bool) -> None:
        self._window.panel.timeline.stage.is_snapping = is_on
        self._window.panel.actions_by_name["snap"].setChecked(is_on)
        self._settings.setValue("snap", "true" if is_on else "false")

    def _use_scrubbing(self, *, is_on: bool) -> None:
        self._window.shuttle.is_scrubbing_heard = is_on
        self._window.panel.actions_by_name["scrub"].setChecked(is_on)
        self._settings.setValue("scrub", "true" if is_on else "false")

    def _join_listening(self) -> None:
        window, page, listening = self._window, self._window.panel.listening, self._window.listening
        page.level_changed.connect(listening.listen_at)
        page.production_level_changed.connect(listening.listen_to_production_at)
        page.click_toggled.connect(lambda is_on: listening.listen_to_click(is_on=is_on))
        page.click_toggled.connect(window.panel.actions_by_name["click"].setChecked)
        page.meter_wanted.connect(lambda: page.show_reading(window.shuttle.player.meter.read()))
        page.meter_reset.connect(lambda: window.shuttle.player.meter.reset())
        page.device_chosen.connect(self._choose_device)
        page.devices_wanted.connect(self.show_devices)
        window.presenter.desk.on_cue.append(lambda cue: page.show_target(cue.sound.loudness))

    def show_devices(self) -> None:
        """List the outputs there are; PortAudio is loaded for that, so only when somebody looks."""
        chosen = str(self._settings.value("device", ""))
        self._window.panel.listening.show_devices(output_names(), chosen)

    def _choose_device(self, name: str) -> None:
        self._settings.setValue("device", name)
        self._window.devices.look()

    def _join_finding(self) -> None:
        """Join the page of moments: pictures, playhead, hits, range."""
        window, page, shuttle = self._window, self._window.panel.moments, self._window.shuttle
        self._stills: Thumbnails | None = None
        page.wanted.connect(window.presenter.finding.look)
        page.pictures_wanted.connect(self._want_stills)
        page.chosen.connect(shuttle.go_to)
        page.hit_wanted.connect(window.presenter.changes.add_hit)
        page.range_wanted.connect(lambda start, end: self._mark(*(seconds_of(f, shuttle.rate) for f in (start, end))))

    def _want_stills(self, frames: list[int]) -> None:
        """Decode the pictures of moments, on a thread that begins with the first search."""
        opened = self._window.presenter.desk.opened
        if self._stills is None:
            self._stills = Thumbnails(self)
            self._stills.ready.connect(self._window.panel.moments.show_picture)
        self._stills.show_edit(None if opened is None else opened.edit)
        self._stills.want(frames)

    def _mark(self, start: float, end: float) -> None:
        self._window.shuttle.set_loop_span(start, end)
        self._window.panel.timeline.show_loop(start, end)

    def go_to_find(self) -> None:
        """The field to look for moments."""
        panel = self._window.panel
        panel.side.setCurrentWidget(panel.moments)
        panel.moments.field.setFocus()
        panel.moments.field.selectAll()

    def choose_style(self) -> None:
        """The list of styles for the selected chords, where they are."""
        lane, chords = self._window.panel.timeline.styles, self._window.panel.timeline.chords
        menu = lane.style_menu()
        if menu is not None:
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            x, y = chords.key_place()
            menu.popup(chords.mapToGlobal(QPointF(x + chords.stage.header, y).toPoint()))

    def _join_chords(self) -> None:
        panel = self._window.panel
        panel.timeline.chords.chord_clicked.connect(self._click_chord)
        self.suggestions.hovered = lambda symbol: self.strike(symbol)

    def _click_chord(self, step: int) -> None:
        """A click on a chord goes to its beginning, and to the cue heard there; it sounds if that is wished."""
        window, steps = self._window, self._window.panel.timeline.stage.data.steps
        chord = steps.chords[step]
        if not window.shuttle.player.playing:
            window.shuttle.seek(float(steps.edges[step]))
            window.presenter.cues.follow(window.shuttle.frame, is_asked=True)
        if window.panel.actions_by_name["hear_chords"].isChecked():
            QTimer.singleShot(0, lambda: self.strike(chord.symbol()))
