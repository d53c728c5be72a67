"""Everything that can be done from the keyboard and the menus.

One table, from which menus, tool bar and help are made.
"""

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


FILE, EDIT, COMPOSE, CUES, VIEW, SOUND, HELP = "File", "Edit", "Compose", "Cues", "View", "Sound", "Help"
MENUS = {
    FILE: QT_TRANSLATE_NOOP("Actions", "&File"),
    EDIT: QT_TRANSLATE_NOOP("Actions", "&Edit"),
    COMPOSE: QT_TRANSLATE_NOOP("Actions", "&Compose"),
    CUES: QT_TRANSLATE_NOOP("Actions", "C&ues"),
    VIEW: QT_TRANSLATE_NOOP("Actions", "&View"),
    SOUND: QT_TRANSLATE_NOOP("Actions", "&Sound"),
    HELP: QT_TRANSLATE_NOOP("Actions", "&Help"),
}
CHECKED = frozenset({"snap", "scrub", "click", "hear_chords", "theme_system", "theme_light", "theme_dark"})
_CUE, _SELECTION = ("has_cue",), ("has_cue", "has_selection")
_ENTRY = ("has_entry",)
_UNLOCK = QT_TRANSLATE_NOOP("Actions", "Un&lock Chords")

# fmt: off
ACTIONS = (
    ActionRow("open", FILE, QT_TRANSLATE_NOOP("Actions", "&Open Edit…"), ("Ctrl+O",), QT_TRANSLATE_NOOP("Actions", "Open an edit, a movie or a cue")),
    ActionRow("demo", FILE, QT_TRANSLATE_NOOP("Actions", "Open &Demo Edit"), (), QT_TRANSLATE_NOOP("Actions", "A small edit with pictures of its own, to try things on")),
    ActionRow("write_back", "-" + FILE, QT_TRANSLATE_NOOP("Actions", "&Write Back…"), ("Ctrl+S",), QT_TRANSLATE_NOOP("Actions", "Write the music to where the edit came from"), ("has_music",)),
    ActionRow("show_delivered", FILE, QT_TRANSLATE_NOOP("Actions", "Written Fi&les…"), (), QT_TRANSLATE_NOOP("Actions", "What was written last: drag the mix, stems and MIDI from there")),
    ActionRow("conform", FILE, QT_TRANSLATE_NOOP("Actions", "&Follow Another Cut…"), (), QT_TRANSLATE_NOOP("Actions", "Carry the music over to a newer version of the edit"), ("has_music",)),
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
    ActionRow("transpose_up", "-" + EDIT, QT_TRANSLATE_NOOP("Actions", "Transpose U&p"), ("Ctrl+Up",), QT_TRANSLATE_NOOP("Actions", "Everything a semitone higher"), _CUE),
    ActionRow("transpose_down", EDIT, QT_TRANSLATE_NOOP("Actions", "Transpose Do&wn"), ("Ctrl+Down",), QT_TRANSLATE_NOOP("Actions", "Everything a semitone lower"), _CUE),
    ActionRow("regenerate", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Regenerate &Selection"), ("R",), QT_TRANSLATE_NOOP("Actions", "Compose the selected chords again, else those of the marked range; locked ones stay"), ("has_cue", "has_meant")),
    ActionRow("regenerate_all", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Regenerate &All"), ("Ctrl+R",), QT_TRANSLATE_NOOP("Actions", "Compose every chord again that is not locked, in the same key and tempo"), _CUE),
    ActionRow("vary", COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Vary"), ("Shift+R",), QT_TRANSLATE_NOOP("Actions", "The selection otherwise, else the marked range, else the whole cue, as far as the strength in Takes says; locks stay"), _CUE),
    ActionRow("start_over", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Start &Over"), ("Ctrl+Shift+R",), QT_TRANSLATE_NOOP("Actions", "Compose the cue anew, key and tempo too; locks, moods and hits stay"), ("has_edit",)),
    ActionRow("start_over_loop", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Compose a Cue in the &Range"), (), QT_TRANSLATE_NOOP("Actions", "A new cue for the marked range, composed at once"), ("has_edit",)),
    ActionRow("style_stretch", COMPOSE, QT_TRANSLATE_NOOP("Actions", "St&yle of the Selection…"), ("Ctrl+Shift+S",), QT_TRANSLATE_NOOP("Actions", "Other players for the selected chords, or a passage from one style to another"), _SELECTION),
    ActionRow("compare", "-" + COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Compare Takes"), ("T",), QT_TRANSLATE_NOOP("Actions", "Go to the take before, at the same place, and back"), ("has_takes",)),
    ActionRow("next_take", COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Next Take"), ("]",), QT_TRANSLATE_NOOP("Actions", "The next take of the list"), ("has_takes",)),
    ActionRow("previous_take", COMPOSE, QT_TRANSLATE_NOOP("Actions", "&Previous Take"), ("[",), QT_TRANSLATE_NOOP("Actions", "The take before it in the list"), ("has_takes",)),
    ActionRow("otherwise", COMPOSE, QT_TRANSLATE_NOOP("Actions", "Play It Ot&herwise"), ("Ctrl+Shift+P",), QT_TRANSLATE_NOOP("Actions", "The same chords with other choices of the players"), _CUE),
    ActionRow("cancel", "-" + COMPOSE, QT_TRANSLATE_NOOP("Actions", "S&top Working"), ("Ctrl+.",), QT_TRANSLATE_NOOP("Actions", "Stop what is being composed, opened or written")),
    ActionRow("new_cue", CUES, QT_TRANSLATE_NOOP("Actions", "&New Cue"), ("N",), QT_TRANSLATE_NOOP("Actions", "A cue for the marked range or the selected chords, else for the silence at the playhead"), ("has_edit",)),
    ActionRow("spot", CUES, QT_TRANSLATE_NOOP("Actions", "&Propose Cues"), (), QT_TRANSLATE_NOOP("Actions", "Take up where music could be: markers, temp music, picture and speech"), ("has_edit",)),
    ActionRow("compose_cues", "-" + CUES, QT_TRANSLATE_NOOP("Actions", "&Compose Chosen Cues"), ("Ctrl+Shift+C",), QT_TRANSLATE_NOOP("Actions", "Compose the chosen cues, one after the other; locks, moods and hits stay"), _ENTRY),
    ActionRow("compose_all_cues", CUES, QT_TRANSLATE_NOOP("Actions", "Compose &All Cues"), ("Ctrl+Alt+C",), QT_TRANSLATE_NOOP("Actions", "Compose every cue that has no music for its range and words; the others are kept"), _ENTRY),
    ActionRow("compose_all_anew", CUES, QT_TRANSLATE_NOOP("Actions", "Compose All Ane&w…"), (), QT_TRANSLATE_NOOP("Actions", "Compose every cue again, after asking; locks, moods and hits stay"), _ENTRY),
    ActionRow("compose_rest", CUES, QT_TRANSLATE_NOOP("Actions", "Compose the Res&t"), (), QT_TRANSLATE_NOOP("Actions", "Compose what the range of the cue has more than its music, which stays"), _ENTRY),
    ActionRow("approve_cue", CUES, QT_TRANSLATE_NOOP("Actions", "Appro&ve"), ("Ctrl+Shift+Return",), QT_TRANSLATE_NOOP("Actions", "Approve the chosen cues, or take it back"), _ENTRY),
    ActionRow("split_cue", "-" + CUES, QT_TRANSLATE_NOOP("Actions", "&Split at Playhead"), ("Ctrl+K",), QT_TRANSLATE_NOOP("Actions", "The cue at the playhead in two"), _ENTRY),
    ActionRow("join_cues", CUES, QT_TRANSLATE_NOOP("Actions", "&Join"), ("Ctrl+J",), QT_TRANSLATE_NOOP("Actions", "Two chosen neighbours, or the cue and the next one, as one"), _ENTRY),
    ActionRow("duplicate_cue", CUES, QT_TRANSLATE_NOOP("Actions", "&Duplicate"), ("Ctrl+Shift+D",), QT_TRANSLATE_NOOP("Actions", "The wishes of the cue once more, at the playhead or after its end"), _ENTRY),
    ActionRow("rename_cue", CUES, QT_TRANSLATE_NOOP("Actions", "&Rename…"), (), QT_TRANSLATE_NOOP("Actions", "Another name for the cue"), _ENTRY),
    ActionRow("delete_cue", CUES, QT_TRANSLATE_NOOP("Actions", "D&elete"), ("Ctrl+Backspace",), QT_TRANSLATE_NOOP("Actions", "The list without the chosen cues"), _ENTRY),
    ActionRow("next_cue", "-" + CUES, QT_TRANSLATE_NOOP("Actions", "Ne&xt Cue"), ("PgDown",), QT_TRANSLATE_NOOP("Actions", "Go to the start of the next cue"), _ENTRY),
    ActionRow("previous_cue", CUES, QT_TRANSLATE_NOOP("Actions", "Previo&us Cue"), ("PgUp",), QT_TRANSLATE_NOOP("Actions", "Go to the start of the cue, or of the one before"), _ENTRY),
    ActionRow("zoom_in", VIEW, QT_TRANSLATE_NOOP("Actions", "Zoom &In"), ("Ctrl++", "Ctrl+="), QT_TRANSLATE_NOOP("Actions", "See less of the timeline, larger")),
    ActionRow("zoom_out", VIEW, QT_TRANSLATE_NOOP("Actions", "Zoom &Out"), ("Ctrl+-",), QT_TRANSLATE_NOOP("Actions", "See more of the timeline, smaller")),
    ActionRow("zoom_fit", VIEW, QT_TRANSLATE_NOOP("Actions", "&Whole Timeline"), ("\\", "Ctrl+0"), QT_TRANSLATE_NOOP("Actions", "See all of it")),
    ActionRow("zoom_selection", VIEW, QT_TRANSLATE_NOOP("Actions", "Zoom to &Selection"), ("Z",), QT_TRANSLATE_NOOP("Actions", "See the selection as large as it fits")),
    ActionRow("show_takes", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "&Takes"), ("Alt+1",), QT_TRANSLATE_NOOP("Actions", "Show the takes")),
    ActionRow("show_settings", VIEW, QT_TRANSLATE_NOOP("Actions", "&Music"), ("Alt+2",), QT_TRANSLATE_NOOP("Actions", "Show style, key, tempo and loudness")),
    ActionRow("show_parts", VIEW, QT_TRANSLATE_NOOP("Actions", "&Parts"), ("Alt+3",), QT_TRANSLATE_NOOP("Actions", "Show the parts: on or off, solo, mute")),
    ActionRow("show_cues", VIEW, QT_TRANSLATE_NOOP("Actions", "C&ues"), ("Alt+5",), QT_TRANSLATE_NOOP("Actions", "Show the list of cues")),
    ActionRow("show_words", VIEW, QT_TRANSLATE_NOOP("Actions", "Wo&rds"), ("Alt+6",), QT_TRANSLATE_NOOP("Actions", "Say what the cue is to be")),
    ActionRow("show_temp", VIEW, QT_TRANSLATE_NOOP("Actions", "T&emp"), ("Alt+7",), QT_TRANSLATE_NOOP("Actions", "Show what is followed of the temp music")),
    ActionRow("show_find", VIEW, QT_TRANSLATE_NOOP("Actions", "Find &a Moment…"), ("Ctrl+F",), QT_TRANSLATE_NOOP("Actions", "Moments of the picture that look like some words")),
    ActionRow("show_timeline", VIEW, QT_TRANSLATE_NOOP("Actions", "Time&line"), ("Alt+4",), QT_TRANSLATE_NOOP("Actions", "Go to the chords of the timeline")),
    ActionRow("show_listening", VIEW, QT_TRANSLATE_NOOP("Actions", "Listenin&g"), ("Alt+8",), QT_TRANSLATE_NOOP("Actions", "Show meters, monitor level and device")),
    ActionRow("picture_window", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "Pi&cture Window"), ("Shift+F11",), QT_TRANSLATE_NOOP("Actions", "The picture in a window of its own, for a second screen"), ("has_edit",)),
    ActionRow("full_screen", VIEW, QT_TRANSLATE_NOOP("Actions", "&Full-screen Picture"), ("F11",), QT_TRANSLATE_NOOP("Actions", "The picture as large as the screen; the same key or Escape comes back"), ("has_edit",)),
    ActionRow("snap", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "S&nap"), ("Shift+N",), QT_TRANSLATE_NOOP("Actions", "The playhead, hits and ranges stop at cuts, markers and hits")),
    ActionRow("theme_system", "-" + VIEW, QT_TRANSLATE_NOOP("Actions", "Theme of the S&ystem"), (), QT_TRANSLATE_NOOP("Actions", "Light or dark as the system is set")),
    ActionRow("theme_light", VIEW, QT_TRANSLATE_NOOP("Actions", "Lig&ht Theme"), (), QT_TRANSLATE_NOOP("Actions", "For a light room")),
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
    ActionRow("scrub", SOUND, QT_TRANSLATE_NOOP("Actions", "Sound While Scru&bbing"), (), QT_TRANSLATE_NOOP("Actions", "A moment is heard at each place while the playhead is dragged")),
    ActionRow("compare_temp", SOUND, QT_TRANSLATE_NOOP("Actions", "Temp or M&usic"), ("V",), QT_TRANSLATE_NOOP("Actions", "Hear the edit's temp music in place of the music, at the same place, and back"), ("has_edit",)),
    ActionRow("timecode", SOUND, QT_TRANSLATE_NOOP("Actions", "&Go to Timecode…"), ("Ctrl+T",), QT_TRANSLATE_NOOP("Actions", "Type where to go"), ("has_edit",)),
    ActionRow("look_again", "-" + SOUND, QT_TRANSLATE_NOOP("Actions", "Look Again for a De&vice"), (), QT_TRANSLATE_NOOP("Actions", "Look for a sound device that was connected since")),
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
    """The tip of an action, and its key."""
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
    actions["lock"].setText(translated(_UNLOCK) if menus.selection_locked else translated("&Lock Chords"))
