"""The application: makes a window, its presenter and its player, and wires them. Nothing else knows them all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import TracebackType

from PyQt6 import sip
from PyQt6.QtCore import QCoreApplication, Qt, QTimer
from PyQt6.QtWidgets import QApplication

from hitpoint.core.cue.documents.autosave import Autosaver
from hitpoint.core.files.state_folder import user_state_folder
from hitpoint.core.media.production_mix import ProductionMix
from hitpoint.core.ports import OpenedEdit, Ports
from hitpoint.ui.cue_wiring import CueWiring
from hitpoint.ui.dialogs.about import show_about
from hitpoint.ui.dialogs.places import asked_cut, asked_edit, asked_media_folder
from hitpoint.ui.dialogs.shortcuts import ShortcutSheet
from hitpoint.ui.garbage_collection import sweep_only_young, sweep_unseen
from hitpoint.ui.language import speak
from hitpoint.ui.main_thread import MainThread
from hitpoint.ui.marks import RangeMarks
from hitpoint.ui.panel import Panel
from hitpoint.ui.players.choice import choose_player, chosen_player
from hitpoint.ui.players.device_search import DeviceSearch
from hitpoint.ui.players.player import Player
from hitpoint.ui.players.production_stream import ProductionStream
from hitpoint.ui.presenter.desk import PATIENT
from hitpoint.ui.presenter.edit_places import EditPlaces
from hitpoint.ui.presenter.messages import told
from hitpoint.ui.presenter.presenter import Presenter
from hitpoint.ui.presenter.recent_edits import RecentEdits
from hitpoint.ui.presenter.runner import BusyOfAll, JobRunner
from hitpoint.ui.style_sheet import dress
from hitpoint.ui.temp_wiring import TempWiring
from hitpoint.ui.theme import current_theme
from hitpoint.ui.transport.listening import Listening
from hitpoint.ui.transport.playhead import Playhead
from hitpoint.ui.transport.shuttle import Shuttle
from hitpoint.ui.transport.transport_keys import TransportKeys
from hitpoint.ui.widgets.thumbnails import Thumbnails
from hitpoint.ui.window_parts import WindowParts
from hitpoint.ui.window_size import keep_size, restore_size
from hitpoint.ui.wiring import Extras

_CHECK_MILLISECONDS = 2000
_PATIENCE = 5.0  # seconds that the end waits for a thread that decodes sound
SWITCH_SECONDS = 0.0002  # that the worker may keep Python to itself while the window wants it; usually 0.005


@dataclass(eq=False)
class Window(WindowParts):
    """One open window and everything that lives as long as it does."""

    extras: Extras = field(init=False)
    production: ProductionStream | None = None
    temp: TempWiring | None = None
    is_closed: bool = False

    def close(self) -> None:
        """End threads and devices; the panel is closed already."""
        self.is_closed = True
        self.presenter.keep()
        self.devices.close()
        self.playhead.stop()
        self.shuttle.player.close()
        self.panel.preview.close_files()
        self.extras.close()
        self.thumbnails.close()
        if self.production is not None:
            self.production.close(_PATIENCE)
        if self.temp is not None:
            self.temp.close(_PATIENCE)
        self.runner.close()
        self.changer.close()
        self.looker.close()
        self.keeper.end()


def run_panel(ports: Ports, path: Path | None = None, arguments: Sequence[str] = ("hitpoint",)) -> int:
    """Show a window until it is closed; answers the exit code of the process."""
    sys.setswitchinterval(SWITCH_SECONDS)
    application = make_application(arguments)
    window = make_window(ports)
    sweep_only_young()
    sweep_unseen(application, lambda: not window.is_closed and not window.shuttle.player.playing)
    sys.excepthook = partial(_show_bug, window)
    restore_size(window.panel)
    window.panel.show()
    QTimer.singleShot(0, lambda: start(window, path))
    code = application.exec()
    keep_size(window.panel)
    window.close()
    sip.delete(window.panel)  # widgets and slots hold each other in circles, and must not outlive the application
    return code


def make_application(arguments: Sequence[str] = ("hitpoint",)) -> QApplication:
    """The application, in the colours of the room."""
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(list(arguments))
    application.setApplicationName("hitpoint")
    application.setApplicationDisplayName("Hitpoint")
    if not application.styleSheet():  # not dressed yet
        application.setStyle("Fusion")
    if existing is None:
        speak(application)
    hints = application.styleHints()
    if hints is not None:
        hints.colorSchemeChanged.connect(lambda _: dress(application, current_theme()))
    dress(application, current_theme())
    return application


def make_window(ports: Ports, player: Player | None = None, state: Path | None = None) -> Window:
    """A window with everything it needs, not shown yet.

    Args:
        ports: what is done elsewhere.
        player: what plays; None to play nothing until :func:`start` has looked for a device.
        state: folder of recent edits and recovery files; None for the user's.
    """
    folder = state or user_state_folder()
    main_thread, panel = MainThread(), Panel(ports.styles)
    shuttle = Shuttle(player or choose_player(()))
    playhead, listening = Playhead(shuttle, panel), Listening(shuttle)
    busy = BusyOfAll(panel.show_busy)
    runner, looker = JobRunner(main_thread.post, busy.next(), PATIENT), JobRunner(main_thread.post, busy.next())
    keeper = Autosaver(
        folder / "recovery", on_error=lambda message: main_thread.post(lambda: panel.show_error(message))
    )
    tr = partial(QCoreApplication.translate, "Presenter")
    recent, places, changer = RecentEdits(folder), EditPlaces(folder), JobRunner(main_thread.post)
    presenter = Presenter(
        panel, ports, runner, keeper, recent, places, folder / "recovery", listening.seconds, tr, changer, looker
    )
    devices = DeviceSearch(main_thread.post, lambda found: _use_player(window, found), lambda: chosen_player(folder))
    presenter.desk.is_playing = lambda: shuttle.player.playing
    window = Window(
        panel, presenter, runner, changer, looker, keeper, shuttle, playhead, listening, Thumbnails(), devices
    )
    window.extras = Extras(window, folder)
    window.thumbnails.has_to_wait = presenter.is_music_awaited
    wire(window)
    TransportKeys(panel, shuttle, panel.transport.type_timecode)
    return window


def start(window: Window, path: Path | None, *, finds_device: bool = True) -> None:
    """Go on once the window is on the screen: look for a sound device, and open the edit asked for."""
    window.playhead.start()
    window.presenter.files.start(path)
    if finds_device:
        window.devices.look()


def wire(window: Window) -> None:
    """Join what the window's widgets want to what the presenter does."""
    panel, presenter = window.panel, window.presenter
    _wire_actions(window)
    _wire_timeline(window)
    _wire_side(panel, presenter)
    _wire_playing(window)
    panel.may_close = presenter.files.may_leave
    panel.recent = presenter.files.recent
    panel.dropped.connect(lambda name: presenter.files.open(Path(name)))
    panel.notices.offer_taken.connect(lambda name: _take_offer(window, name))
    panel.busy.cancel_requested.connect(presenter.cancel)
    panel.welcome.open_requested.connect(lambda: _with(asked_edit(panel), presenter.files.open))
    panel.welcome.demo_requested.connect(presenter.files.open_demo)
    panel.welcome.recent_requested.connect(lambda name: presenter.files.open(Path(name)))
    timer = QTimer(panel)
    timer.timeout.connect(presenter.files.check_edit)
    timer.start(_CHECK_MILLISECONDS)


def _wire_actions(window: Window) -> None:
    panel, presenter, timeline = window.panel, window.presenter, window.panel.timeline
    takes, changes, marks = presenter.takes, presenter.changes, RangeMarks(window.shuttle, panel, presenter.desk)
    calls: dict[str, Callable[[], object]] = {
        "open": lambda: _with(asked_edit(panel), presenter.files.open),
        "demo": presenter.files.open_demo,
        "write_back": presenter.files.write_back,
        "conform": lambda: _with(asked_cut(panel), presenter.files.conform),
        "find_media": lambda: _find_media(window),
        "quit": panel.close,
        "undo": changes.undo,
        "redo": changes.redo,
        "select_all": changes.select_all,
        "select_none": lambda: changes.select(0, 0),
        "lock": changes.toggle_selected_locks,
        "chord": timeline.chords.edit_selected,
        "hit": lambda: changes.add_hit(window.shuttle.frame),
        "release_dynamics": changes.release_selected_dynamics,
        "transpose_up": lambda: changes.transpose(1),
        "transpose_down": lambda: changes.transpose(-1),
        "regenerate": takes.regenerate_selection,
        "regenerate_all": takes.regenerate_all,
        "start_over": takes.compose,
        "vary": presenter.varying.vary,
        "compare": takes.compare,
        "next_take": lambda: takes.choose_next(1),
        "previous_take": lambda: takes.choose_next(-1),
        "otherwise": changes.change_players_seed,
        "cancel": presenter.cancel,
        "zoom_in": timeline.zoom_in,
        "zoom_out": timeline.zoom_out,
        "zoom_fit": timeline.zoom_to_fit,
        "zoom_selection": timeline.zoom_to_selection,
        "show_takes": lambda: panel.side.setCurrentIndex(0),
        "show_settings": lambda: panel.side.setCurrentIndex(1),
        "show_parts": lambda: panel.side.setCurrentIndex(2),
        "show_timeline": lambda: timeline.chords.setFocus(Qt.FocusReason.ShortcutFocusReason),
        "mark_in": marks.mark_in,
        "mark_out": marks.mark_out,
        "clear_marks": marks.clear,
        "play_range": marks.play,
        "loop": marks.toggle_loop,
        "production": lambda: _listen_to_production(window, not window.listening.monitor.production),
        "timecode": panel.transport.edit_timecode,
        "look_again": window.devices.look,
        "shortcuts": lambda: ShortcutSheet(panel).open(),
        "about": lambda: show_about(panel),
    }
    _trigger(panel, calls | _wire_cues(window) | window.extras.calls())


def _trigger(panel: Panel, calls: dict[str, Callable[[], object]]) -> None:
    """Let every action do its call."""
    assert calls.keys() == panel.actions_by_name.keys()
    for name, call in calls.items():
        panel.actions_by_name[name].triggered.connect(lambda _checked, call=call: call())


def _wire_cues(window: Window) -> dict[str, Callable[[], object]]:
    """Join cues and temp to the window; answers what their actions do."""
    cues = CueWiring(window.panel, window.presenter, window.shuttle)
    cues.connect(window.playhead)
    window.temp = TempWiring(window.panel, window.presenter, window.listening)
    window.temp.connect()
    return {"start_over_loop": cues.compose_range} | cues.calls() | window.temp.calls()


def _wire_timeline(window: Window) -> None:
    timeline, changes = window.panel.timeline, window.presenter.changes
    for signal, call in (
        (timeline.seek_requested, window.shuttle.scrub),
        (timeline.selection_changed, changes.select),
        (timeline.chord_set_requested, changes.set_chord),
        (timeline.lock_toggled, changes.toggle_lock),
        (timeline.hit_wanted, changes.want_hit),
        (timeline.hit_moved, changes.move_hit),
        (timeline.hit_added, changes.add_hit),
        (timeline.hit_removed, changes.remove_hit),
        (timeline.note_moved, changes.move_note),
        (timeline.note_added, changes.add_note),
        (timeline.note_removed, changes.remove_note),
        (timeline.note_locked, changes.lock_note),
        (timeline.mood_set_requested, changes.set_mood),
        (timeline.mood_released, changes.release_mood),
        (timeline.border_moved, changes.move_border),
        (timeline.summit_set, changes.set_summit),
        (timeline.theme_named, changes.name_theme),
        (timeline.section_locked, changes.lock_section),
        (timeline.density_drawn, changes.draw_density),
        (timeline.loudness_drawn, changes.draw_loudness),
        (timeline.density_released, changes.release_density),
        (timeline.loudness_released, changes.release_loudness),
        (timeline.styles.style_laid, changes.lay_style),
    ):
        signal.connect(call)
    marks = RangeMarks(window.shuttle, window.panel, window.presenter.desk)
    timeline.loop_requested.connect(lambda start, end: marks.loop(start, end))  # a bound method would not keep it


def _wire_side(panel: Panel, presenter: Presenter) -> None:
    takes, settings, changes = panel.takes, panel.settings, presenter.changes
    for signal, call in (
        (takes.take_chosen, presenter.takes.choose),
        (takes.compare_requested, presenter.takes.compare),
        (takes.regenerate_requested, presenter.takes.regenerate_selection),
        (takes.regenerate_all_requested, presenter.takes.regenerate_all),
        (takes.count_changed, presenter.takes.set_count),
        (takes.take_pinned, presenter.takes.pin),
        (takes.take_named, presenter.takes.name),
        (takes.take_deleted, presenter.takes.delete),
        (takes.others_deleted, presenter.takes.delete_unpinned),
        (takes.vary_requested, presenter.varying.vary),
        (takes.strength_changed, presenter.varying.set_strength),
        (takes.vary_style_changed, presenter.varying.set_style),
        (settings.style_changed, changes.change_style),
        (settings.key_changed, changes.change_key),
        (settings.tempo_changed, changes.change_tempo),
        (settings.transposed, changes.transpose),
        (settings.mood_strength_changed, changes.change_mood_strength),
        (settings.loudness_changed, changes.change_loudness),
        (settings.programme_toggled, presenter.cues.set_programme),
        (settings.duck_changed, changes.change_duck),
        (settings.fade_in_changed, changes.change_fade_in),
        (settings.fade_out_changed, changes.change_fade_out),
        (settings.broadcast_changed, changes.change_broadcast),
        (panel.parts.part_left_out, changes.leave_out_part),
        (panel.parts.level_changed, presenter.mix.set_level),
        (panel.parts.pan_changed, presenter.mix.set_pan),
        (panel.parts.octave_changed, presenter.mix.set_octave),
        (panel.parts.instrument_changed, presenter.mix.set_instrument),
    ):
        signal.connect(call)


def _wire_playing(window: Window) -> None:
    panel, shuttle, listening, playhead = window.panel, window.shuttle, window.listening, window.playhead
    transport = panel.transport
    transport.play_toggled.connect(shuttle.toggle)
    transport.backward_pressed.connect(shuttle.press_j)
    transport.forward_pressed.connect(shuttle.press_l)
    transport.home_requested.connect(shuttle.home)
    transport.end_requested.connect(shuttle.end)
    transport.step_requested.connect(shuttle.step)
    transport.frame_requested.connect(shuttle.go_to)
    transport.loop_toggled.connect(lambda is_on: shuttle.set_looping(is_looping=is_on))
    transport.production_toggled.connect(lambda is_on: _listen_to_production(window, is_on))
    transport.device_wanted.connect(window.devices.look)
    panel.edit_shown.connect(lambda opened: _show_edit(window, opened))
    panel.timeline.thumbnails_wanted.connect(window.thumbnails.want)
    window.thumbnails.ready.connect(panel.timeline.show_thumbnail)
    panel.sound_shown.connect(listening.load)
    panel.parts.monitor_changed.connect(listening.listen_to_parts)
    playhead.moved.connect(lambda seconds, frame: panel.timeline.show_playhead(seconds))
    playhead.moved.connect(lambda seconds, frame: transport.show_frame(frame))
    playhead.moved.connect(lambda seconds, frame: panel.preview.show_frame(frame, shuttle.player.speed))
    playhead.moved.connect(lambda seconds, frame: window.presenter.sound.follow(seconds))
    playhead.speed_changed.connect(transport.show_speed)
    playhead.device_changed.connect(transport.show_device)


def _show_edit(window: Window, opened: OpenedEdit) -> None:
    """Another edit: its own sound is streamed, its shots get pictures."""
    if window.production is not None:
        window.production.close()
    clips = opened.production_sound
    window.production = ProductionStream(ProductionMix(clips)) if clips else None
    window.listening.show_edit(opened, window.production)
    window.thumbnails.show_edit(opened.edit)
    window.panel.timeline.show_loop(0.0, 0.0)
    window.presenter.desk.marked = None  # the desk tells the menus itself
    window.panel.transport.show_loop(is_on=False)
    window.playhead.refresh()


def _with(path: Path | None, call: Callable[[Path], None]) -> None:
    """Go on with what the editor has named, if anything."""
    if path is not None:
        call(path)


def _find_media(window: Window) -> None:
    _with(asked_media_folder(window.panel, window.panel.media_start), window.presenter.files.find_media)


def _take_offer(window: Window, name: str) -> None:
    """Do what a message offers."""
    if name == "find_media":
        _find_media(window)
    elif name == "compose_rest":
        window.presenter.cues.compose_rest(window.presenter.cues.reaching)
    else:
        window.presenter.takes.compose_stale()


def _listen_to_production(window: Window, is_on: bool) -> None:
    window.listening.listen_to_production(is_on=is_on)
    opened = window.presenter.desk.opened
    is_there = opened is not None and bool(opened.production_sound)
    window.panel.transport.show_production(is_on=is_on and is_there, is_there=is_there)


def _use_player(window: Window, player: Player) -> None:
    window.shuttle.use_player(player)
    window.listening.repeat()
    window.presenter.sound.show_again()
    window.playhead.refresh()


def _show_bug(window: Window, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Say that something went wrong in a slot; the window goes on."""
    sys.__excepthook__(kind, error, trace)
    if not issubclass(kind, KeyboardInterrupt):
        window.panel.show_error(told(error))
