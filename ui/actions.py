"""Everything that can be done from the keyboard and the menus: one table, from which menus, tool bar and help are made."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication, QObject
from PyQt6.QtGui import QAction, QKeySequence

from hitpoint.ui.presenter.view_models import Menus


@dataclass(frozen=True)
class ActionRow:
    """One action.

    Attributes:
        name: in code.
        menu: where it stands; a name that begins with "-" stands below a line.
        text: with an ampersand before its letter.
        keys: shortcuts, the first is shown.
        tip: what it does, a sentence without a full stop.
        needs: fields of :class:`~hitpoint.ui.presenter.view_models.Menus` that must be true.
    """

    name: str
    menu: str
    text: str
    keys: tuple[str, ...]
    tip: str
    needs: tuple[str, ...] = ()


FILE, EDIT, COMPOSE, VIEW, SOUND, HELP = "File", "Edit", "Compose", "View", "Sound", "Help"
MENUS = {
    FILE: QT_TRANSLATE_NOOP("Actions", "&File"),
    EDIT: QT_TRANSLATE_NOOP("Actions", "&Edit"),
    COMPOSE: QT_TRANSLATE_NOOP("Actions", "&Compose"),
    VIEW: QT_TRANSLATE_NOOP("Actions", "&View"),
    SOUND: QT_TRANSLATE_NOOP("Actions", "&Sound"),
    HELP: QT_TRANSLATE_NOOP("Actions", "&Help"),
}
CHECKED = frozenset({"snap", "click", "hear_chords", "theme_system", "theme_light", "theme_dark"})
_CUE, _SELECTION = ("has_cue",), ("has_cue", "has_selection")

# fmt: off
ACTIONS = (
    ActionRow("open", FILE, QT_TRANSLATE_NOOP("Actions", "&Open Edit…"), ("Ctrl+O",), QT_TRANSLATE_NOOP("Actions", "Open an edit, a movie or a cue")),
    ActionRow("demo", FILE, QT_TRANSLATE_NOOP("Actions", "Open &Demo Edit"), (), QT_TRANSLATE_NOOP("Actions", "A small edit with pictures of its own, to try things on")),
    ActionRow("write_back", "-" + FILE, QT_TRANSLATE_NOOP("Actions", "&Write Back…"), ("Ctrl+S",), QT_TRANSLATE_NOOP("Actions", "Write the music to where the edit came from"), _CUE),
    ActionRow("show_delivered", FILE, QT_TRANSLATE_NOOP("Actions", "&Written Files…"), (), QT_TRANSLATE_NOOP("Actions", "What was written last: drag the mix, stems and MIDI from there")),
    ActionRow("conform", FILE, QT_TRANSLATE_NOOP("Actions", "&Follow Another Cut…"), (), QT_TRANSLATE_NOOP("Actions", "Carry the music over to a newer version of the edit"), _CUE),
    ActionRow("find_media", FILE, QT_TRANSLATE_NOOP("Actions", "Find &Media…"), (), QT_TRANSLATE_NOOP("Actions", "Name the folder in which the edit's media lie; it is remembered"), ("has_edit",)),
    ActionRow("quit", "-" + FILE, QT_TRANSLATE_NOOP("Actions", "&Quit"), ("Ctrl+Q",), QT_TRANSLATE_NOOP("Actions", "Close the panel")),
    ActionRow("undo", EDIT, QT_TRANSLATE_NOOP("Actions", "&Undo"), ("Ctrl+Z",), QT_TRANSLATE_NOOP("Actions", "Take back the last step"), ("undo",)),
    ActionRow("redo", EDIT, QT_TRANSLATE_NOOP("Actions", "&Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), QT_TRANSLATE_NOOP("Actions", "Do the step again"), ("redo",)),
    ActionRow("select_all", "-" + EDIT, QT_TRANSLATE_NOOP("Actions", "Select &All Chords"), ("Ctrl+A",), QT_TRANSLATE_NOOP("Actions", "Select all of the music"), _CUE),
    ActionRow("select_none", EDIT, QT_TRANSLATE_NOOP("Actions", "Select &None"), ("Ctrl+Shift+A",), QT_TRANSLATE_NOOP("Actions", "Select nothing"), _SELECTION),
    ActionRow("lock", "-" + EDIT, QT_TRANSLATE_NOOP("Actions", "&Lock Chords"), ("X", "Shift+L"), QT_TRANSLATE_NOOP("Actions", "Keep the selected chords when the rest is composed again"), _SELECTION),
    ActionRow("chord", EDIT, QT_TRANSLATE_NOOP("Actions", "Change &Chord…"), ("Ctrl+Return",), QT_TRANSLATE_NOOP("Actions", "Type another chord for the selection; F2 or a letter does the same among the chords"), _SELECTION),
    ActionRow("suggest", EDIT, QT_TRANSLATE_NOOP("Actions", "&Suggest Chords…"), ("Ctrl+Space",), QT_TRANSLATE_NOOP("Actions", "Chords that the model would put here, the likeliest first"), _SELECTION),
    ActionRow("hit", EDIT, QT_TRANSLATE_NOOP("Actions", "Add &Hit at Playhead"), ("H",), QT_TRANSLATE_NOOP("Actions", "Ask the music to meet this moment"), _CUE),
    ActionRow("release_dynamics", EDIT, QT_TRANSLATE_NOOP("Actions", "&Dynamics from Picture"), ("Ctrl+D",), QT_TRANSLATE_NOOP("Actions", "Leave density and loudness of the selection to the picture"), _CUE),
    ActionRow("transpose_up", "-" + EDIT, QT_TRANSLATE_NOOP("Actions", "Transpose &Up"), ("Ctrl+Up",), QT_TRANSLATE_NOOP("Actions", "Everything a semitone higher"), _CUE),
    ActionRow("transpose_down", EDIT, QT_TRANSLATE_NOOP("Actions", "Transpose Do&wn"), ("Ctrl+Down",), QT_TRANSLATE_NOOP("Actions", "Everything a semitone lower"), _CUE),
    ActionRow("regenerate", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Regenerate &Selection"), ("R",), QT_TRANSLATE_NOOP("Actions", "Compose the selected chords again; locked ones stay"), _SELECTION),
    ActionRow("regenerate_all", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Regenerate &All"), ("Ctrl+R",), QT_TRANSLATE_NOOP("Actions", "Compose every chord again that is not locked, in the same key and tempo"), _CUE),
    ActionRow("start_over", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Start &Over"), ("Ctrl+Shift+R",), QT_TRANSLATE_NOOP("Actions", "Compose the whole edit anew, key and tempo too; locks, moods and hits stay"), ("has_edit",)),
    ActionRow("start_over_loop", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Start Over in the &Loop"), (), QT_TRANSLATE_NOOP("Actions", "Compose music for the looped stretch only"), ("has_edit",)),
    ActionRow("compare", "-" + COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Compare Takes"), ("T",), QT_TRANSLATE_NOOP("Actions", "Go to the take before, at the same place, and back"), ("has_takes",)),
    ActionRow("next_take", COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Next Take"), ("]",), QT_TRANSLATE_NOOP("Actions", "The next take of the list"), ("has_takes",)),
    ActionRow("previous_take", COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Previous Take"), ("[",), QT_TRANSLATE_NOOP("Actions", "The take before it in the list"), ("has_takes",)),
    ActionRow("otherwise", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Play It Ot&herwise"), ("Ctrl+Shift+P",), QT_TRANSLATE_NOOP("Actions", "The same chords with other choices of the players"), _CUE),
    ActionRow("cancel", "-" + COMPOSE, QT_TRANSLATE_NOOP("Actions", "S&top Working"), ("Ctrl+.",), QT_TRANSLATE_NOOP("Actions", "Stop what is being composed, opened or written")),
    ActionRow("zoom_in", VIEW, QT_TRANSLATE_NOOP("Actions", "Zoom &In"), ("+", "=", "Ctrl++"), QT_TRANSLATE_NOOP("Actions", "See less of the timeline, larger")),
    ActionRow("zoom_out", VIEW, QT_TRANSLATE_NOOP("Actions", "Zoom &Out"), ("-", "Ctrl+-"), QT_TRANSLATE_NOOP("Actions", "See more of the timeline, smaller")),
    ActionRow("zoom_fit", VIEW, QT_TRANSLATE_NOOP("Actions", "&Whole Timeline"), ("\\", "Ctrl+0"), QT_TRANSLATE_NOOP("Actions", "See all of it")),
    ActionRow("zoom_selection", VIEW, QT_TRANSLATE_NOOP("Actions", "Zoom to &Selection"), ("Z",), QT_TRANSLATE_NOOP("Actions", "See the selection as large as it fits")),
    ActionRow("show_takes", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "&Takes"), ("Alt+1",), QT_TRANSLATE_NOOP("Actions", "Show the takes")),
    ActionRow("show_settings", VIEW, QT_TRANSLATE_NOOP("Actions", "&Music"), ("Alt+2",), QT_TRANSLATE_NOOP("Actions", "Show style, key, tempo and loudness")),
    ActionRow("show_parts", VIEW, QT_TRANSLATE_NOOP("Actions", "&Parts"), ("Alt+3",), QT_TRANSLATE_NOOP("Actions", "Show the parts: on or off, solo, mute")),
    ActionRow("show_timeline", VIEW, QT_TRANSLATE_NOOP("Actions", "Time&line"), ("Alt+4",), QT_TRANSLATE_NOOP("Actions", "Go to the chords of the timeline")),
    ActionRow("show_listening", VIEW, QT_TRANSLATE_NOOP("Actions", "L&istening"), ("Alt+5",), QT_TRANSLATE_NOOP("Actions", "Show meters, monitor level and device")),
    ActionRow("picture_window", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "&Picture Window"), ("Shift+F11",), QT_TRANSLATE_NOOP("Actions", "The picture in a window of its own, for a second screen"), ("has_edit",)),
    ActionRow("full_screen", VIEW, QT_TRANSLATE_NOOP("Actions", "&Full-screen Picture"), ("F11",), QT_TRANSLATE_NOOP("Actions", "The picture as large as the screen; Escape comes back"), ("has_edit",)),
    ActionRow("snap", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "S&nap"), ("N",), QT_TRANSLATE_NOOP("Actions", "The playhead, hits and ranges stop at cuts, markers and hits")),
    ActionRow("theme_system", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "Theme of the S&ystem"), (), QT_TRANSLATE_NOOP("Actions", "Light or dark as the system is set")),
    ActionRow("theme_light", VIEW, QT_TRANSLATE_NOOP("Actions", "&Light Theme"), (), QT_TRANSLATE_NOOP("Actions", "For a light room")),
    ActionRow("theme_dark", VIEW, QT_TRANSLATE_NOOP("Actions", "&Dark Theme"), (), QT_TRANSLATE_NOOP("Actions", "For a dark room")),
    ActionRow("mark_in", "-" + SOUND, QT_TRANSLATE_NOOP("Actions", "Mark &In"), ("I",), QT_TRANSLATE_NOOP("Actions", "The range to loop, play and compose begins at the playhead"), ("has_edit",)),
    ActionRow("mark_out", SOUND, QT_TRANSLATE_NOOP("Actions", "Mark &Out"), ("O",), QT_TRANSLATE_NOOP("Actions", "The range ends with the frame at the playhead"), ("has_edit",)),
    ActionRow("clear_marks", SOUND, QT_TRANSLATE_NOOP("Actions", "&Clear Marks"), ("Ctrl+Shift+X",), QT_TRANSLATE_NOOP("Actions", "No range"), ("has_edit",)),
    ActionRow("play_range", SOUND, QT_TRANSLATE_NOOP("Actions", "Play &Range"), ("/",), QT_TRANSLATE_NOOP("Actions", "Play the selected chords, or the range, from their beginning"), ("has_edit",)),
    ActionRow("play_around", SOUND, QT_TRANSLATE_NOOP("Actions", "Play &Around"), ("Shift+/",), QT_TRANSLATE_NOOP("Actions", "Play two seconds before the playhead and two after it, and come back"), ("has_edit",)),
    ActionRow("loop", "-" + SOUND, QT_TRANSLATE_NOOP("Actions", "&Loop Selection"), ("Ctrl+L",), QT_TRANSLATE_NOOP("Actions", "Repeat the selection, or the loop, while playing"), ("has_edit",)),
    ActionRow("production", SOUND, QT_TRANSLATE_NOOP("Actions", "&Production Sound"), ("P",), QT_TRANSLATE_NOOP("Actions", "Hear the edit's own sound with the music"), ("has_edit",)),
    ActionRow("click", SOUND, QT_TRANSLATE_NOOP("Actions", "Clic&k"), (), QT_TRANSLATE_NOOP("Actions", "Hear the beats of the music while it plays"), _CUE),
    ActionRow("hear_chords", SOUND, QT_TRANSLATE_NOOP("Actions", "Hear C&hords When Clicked"), (), QT_TRANSLATE_NOOP("Actions", "A click on a chord sounds it")),
    ActionRow("timecode", SOUND, QT_TRANSLATE_NOOP("Actions", "&Go to Timecode…"), ("Ctrl+T",), QT_TRANSLATE_NOOP("Actions", "Type where to go"), ("has_edit",)),
    ActionRow("look_again", "-" + SOUND, QT_TRANSLATE_NOOP("Actions", "Look &Again for a Device"), (), QT_TRANSLATE_NOOP("Actions", "Look for a sound device that was connected since")),
    ActionRow("shortcuts", HELP, QT_TRANSLATE_NOOP("Actions", "&Keyboard Shortcuts"), ("F1",), QT_TRANSLATE_NOOP("Actions", "All keys on one sheet")),
    ActionRow("change_shortcuts", HELP, QT_TRANSLATE_NOOP("Actions", "&Change Shortcuts…"), (), QT_TRANSLATE_NOOP("Actions", "Other keys, or those of Resolve, Premiere or Kdenlive")),
    ActionRow("about", HELP, QT_TRANSLATE_NOOP("Actions", "&About Hitpoint"), (), QT_TRANSLATE_NOOP("Actions", "Version and licence")),
)
# fmt: on


def translated(text: str) -> str:
    """A text of this table in the language of the window."""
    return QCoreApplication.translate("Actions", text)


def make_actions(parent: QObject) -> dict[str, QAction]:
    """An action for each row, by name, with its shortcut in its tooltip."""
    made = {}
    for row in ACTIONS:
        action = QAction(translated(row.text), parent)
        action.setShortcuts([QKeySequence(keys) for keys in row.keys])
        action.setToolTip(tool_tip(row))
        action.setIconText(translated(row.text).replace("&", "").rstrip("…"))  # what tool bars show; it never changes
        action.setStatusTip(translated(row.tip))
        action.setCheckable(row.name in CHECKED)
        made[row.name] = action
    return made


def tool_tip(row: ActionRow) -> str:
    """What it does, and its key."""
    tip = translated(row.tip)
    return f"{tip} ({shown_keys(row)})" if row.keys else tip


def shown_keys(row: ActionRow) -> str:
    """The first shortcut as this system writes it."""
    return QKeySequence(row.keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if row.keys else ""


def enable_actions(actions: dict[str, QAction], menus: Menus) -> None:
    """Let only those be pressed that can do something, and say what undo and redo would do."""
    for row in ACTIONS:
        actions[row.name].setEnabled(all(bool(getattr(menus, need)) for need in row.needs))
    undo, redo = translated("&Undo"), translated("&Redo")
    actions["undo"].setText(f"{undo} {menus.undo}" if menus.undo else undo)
    actions["redo"].setText(f"{redo} {menus.redo}" if menus.redo else redo)
    actions["lock"].setText(translated("Un&lock Chords") if menus.selection_locked else translated("&Lock Chords"))
