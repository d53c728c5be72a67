"""How far a cue has come, in words and colours: one place for lane, list and dialogue."""

from __future__ import annotations

from PyQt6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from hitpoint.core.cue.film.cue_list import CueEntry, CueState
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.ui.theme import Theme

_WORDS = {
    CueState.PROPOSED: QT_TRANSLATE_NOOP("Cues", "proposed"),
    CueState.COMPOSED: QT_TRANSLATE_NOOP("Cues", "composed"),
    CueState.APPROVED: QT_TRANSLATE_NOOP("Cues", "approved"),
}
_STALE = QT_TRANSLATE_NOOP("Cues", "outdated")


def state_word(film: FilmCues, entry: CueEntry) -> str:
    """The state of a cue; of one whose music is older than its range, that."""
    is_stale = entry.name in film.music and film.is_stale(entry.name)
    return QCoreApplication.translate("Cues", _STALE if is_stale else _WORDS[entry.state])


def state_color(theme: Theme, state: CueState) -> str:
    """The colour of a state."""
    return {CueState.PROPOSED: theme.hit_wanted, CueState.COMPOSED: theme.accent, CueState.APPROVED: theme.good}[state]
