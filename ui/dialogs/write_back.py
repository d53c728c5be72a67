"""How the music goes back: the ways there are, what each keeps, and where the files will lie."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PyQt6.QtCore import Qt
from PyQt6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from hitpoint.core.cue.film.cue_list import CueState
from hitpoint.core.cue.film.film_cues import FilmCues
from hitpoint.core.ports import Way, WriteChoice
from hitpoint.ui.theme import current_theme


class WriteBackDialog(QDialog):
    """Lets the editor choose one way; the recommended one is chosen already.

    Args:
        ways: at least one.
        parent: the window.
        has_duck: whether there is a mix that gives way under speech.
        film: all cues, where there are several; what is written of them can be chosen then.
    """

    def __init__(
        self,
        ways: tuple[Way, ...],
        parent: QWidget | None = None,
        *,
        has_duck: bool = False,
        film: FilmCues | None = None,
    ) -> None:
        super().__init__(parent)
        self._ways = ways
        self._film = film if film is not None and len(film.cues.entries) > 1 else None
        self.setWindowTitle(self.tr("Write Back"))
        self.setMinimumWidth(560)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        for index, way in enumerate(ways):
            column.addWidget(self._radio(index, way))
        self._facts = QLabel()
        self._facts.setWordWrap(True)
        self._facts.setTextFormat(Qt.TextFormat.RichText)
        self._facts.setAccessibleName(self.tr("What this way keeps"))
        self._facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._markers = QCheckBox(self.tr("Also write the sections as markers"))
        self._markers.setAccessibleName(self.tr("Also write the sections as markers"))
        self._markers.setToolTip(self.tr("Intro, Build, Peak … as markers of the timeline"))
        self._ducked = QCheckBox(self.tr("The timeline plays the mix that gives way under speech, as you heard it"))
        self._ducked.setAccessibleName(self.tr("Deliver the ducked mix"))
        self._ducked.setToolTip(self.tr("Both mixes are written; this says which one lies on the track"))
        self._ducked.setChecked(has_duck)
        self._ducked.setVisible(has_duck)
        self._make_cue_choice()
        self._elsewhere = QPushButton(self.tr("Save As…"))
        self._elsewhere.setAccessibleName(self.tr("Save as"))
        self._elsewhere.setToolTip(self.tr("Another folder or name; the folder is remembered for this edit"))
        self._elsewhere.setAutoDefault(False)  # Return writes
        self._elsewhere.clicked.connect(self._ask_place)
        line = QFrame()
        line.setFrameShape(QFrame.Shape.HLine)
        checks = (self._approved, self._cues, self._markers, self._ducked)
        for widget in (line, self._facts, self._elsewhere, *checks, self._buttons()):
            column.addWidget(widget)
        column.setAlignment(self._elsewhere, Qt.AlignmentFlag.AlignLeft)
        self._ducked.toggled.connect(lambda _: self._show(self._group.checkedId()))
        self._group.idToggled.connect(lambda index, is_on: self._show(index) if is_on else None)
        chosen = next((index for index, way in enumerate(ways) if way.is_recommended), 0)
        button = self._group.button(chosen)
        assert button is not None
        button.setChecked(True)
        self._write.setDefault(True)  # only now does the dialogue know it

    def _make_cue_choice(self) -> None:
        """What of several cues is written; hidden for one."""
        self._approved = QCheckBox(self.tr("Only approved cues"))
        self._approved.setAccessibleName(self.tr("Write only approved cues"))
        self._approved.setToolTip(self.tr("Cues that are not approved are left out of the copy"))
        self._approved.setVisible(self._film is not None)
        self._approved.setEnabled(self._count(approved=True) > 0)
        self._cues = QLabel()
        self._cues.setWordWrap(True)
        self._cues.setAccessibleName(self.tr("Which cues are written"))
        self._cues.setVisible(self._film is not None)
        self._approved.toggled.connect(self._show_cues)
        self._show_cues()

    @property
    def way(self) -> Way:
        """What is chosen."""
        return self._ways[self._group.checkedId()]

    @property
    def section_markers(self) -> bool:
        """Whether sections become markers."""
        return self._markers.isChecked() and self._markers.isEnabled()

    @property
    def choice(self) -> WriteChoice:
        """All that is chosen."""
        return WriteChoice(self.way, self.section_markers, self._ducked.isChecked(), self._approved.isChecked())

    def choose(self, index: int) -> None:
        """Choose another way."""
        button = self._group.button(index)
        assert button is not None
        button.setChecked(True)

    def go_to(self, place: Path) -> None:
        """Write this way under another name, whose ending stays, and every other way to the same folder."""
        chosen = self._group.checkedId()
        named = place.parent / f"{place.name.removesuffix(self.way.output.suffix)}{self.way.output.suffix}"
        self._ways = tuple(
            replace(way, output=named if index == chosen else place.parent / way.output.name)
            for index, way in enumerate(self._ways)
        )
        self._show(chosen)

    def choose_approved(self, *, is_only: bool) -> None:
        """Write only approved cues, if there are some, or all that are composed."""
        self._approved.setChecked(is_only and self._approved.isEnabled())

    def _count(self, *, approved: bool) -> int:
        film = self._film
        return 0 if film is None else sum(film.is_ready(name, approved=approved) for name in film.cues.names)

    def _show_cues(self) -> None:
        """Name what is written and what is left out."""
        film, approved = self._film, self._approved.isChecked()
        if film is None:
            return
        written = [name for name in film.cues.names if film.is_ready(name, approved=approved)]
        reasons: dict[str, list[str]] = {}
        for name in film.cues.names:
            if name not in written:
                reasons.setdefault(self._why(film, name), []).append(name)
        text = self.tr("Writes {names}").format(names=", ".join(written) or self.tr("nothing"))
        if reasons:
            left = "; ".join(f"{', '.join(names)} ({why})" for why, names in reasons.items())
            text += "\n" + self.tr("Leaves out {names}").format(names=left)
        self._cues.setText(text)
        if self._group.checkedId() >= 0:
            self._show(self._group.checkedId())

    def _why(self, film: FilmCues, name: str) -> str:
        if name not in film.music:
            return self.tr("not composed")
        if film.is_stale(name):
            return self.tr("outdated")
        return self.tr("approved") if film.cues.named(name).state is CueState.APPROVED else self.tr("not approved")

    def _ask_place(self) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save the Music As"),
            str(self.way.output),
            f"*{self.way.output.suffix}",
            options=QFileDialog.Option.DontConfirmOverwrite,  # nothing is overwritten: a taken name gets a version
        )
        if name:
            self.go_to(Path(name))

    def _radio(self, index: int, way: Way) -> QRadioButton:
        suffix = "  ·  " + self.tr("recommended") if way.is_recommended else ""
        radio = QRadioButton(way.title + suffix)
        radio.setAccessibleName(way.title)
        radio.setToolTip(way.title)
        self._group.addButton(radio, index)
        return radio

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        write = box.addButton(self.tr("Write"), QDialogButtonBox.ButtonRole.AcceptRole)
        assert write is not None
        write.setProperty("primary", True)
        self._write = write
        for button in box.buttons():
            button.setAccessibleName(button.text().replace("&", ""))
            button.setToolTip(button.accessibleName())
        box.accepted.connect(self.accept)
        box.rejected.connect(self.reject)
        return box

    def _show(self, index: int) -> None:
        way, theme = self._ways[index], current_theme()
        kept = "".join(f"<li>{_safe(each)}</li>" for each in way.keeps)
        lost = "".join(f"<li>{_safe(each)}</li>" for each in way.loses)
        steps = _safe(way.told(*self._sound(way)))
        place = f"<p>{self.tr('Goes to')} <b>{_safe(way.output.name)}</b><br>"
        place += f"<span style='color:{theme.faint}'>{_safe(str(way.output.parent))}</span></p>"
        keeps = f"<p style='color:{theme.good}'>{self.tr('Keeps')}</p><ul>{kept}</ul>" if kept else ""
        loses = f"<p style='color:{theme.warning}'>{self.tr('Know that')}</p><ul>{lost}</ul>" if lost else ""
        then = f"<p>{self.tr('Then')}</p><ul><li>{steps}</li></ul>"
        self._facts.setText(place + keeps + loses + then)
        self._markers.setEnabled(way.output.suffix in (".otio", ".otioz", ".otiod"))
        self.adjustSize()

    def _sound(self, way: Way) -> tuple[str, str]:
        """What the music will be called, and where it begins; of several cues that are written each by its own name."""
        film, approved = self._film, self._approved.isChecked()
        names = [] if film is None else [name for name in film.cues.names if film.is_ready(name, approved=approved)]
        if len(names) > 1:
            return self.tr("the mix of each cue ({names})").format(names=", ".join(names)), self.tr(
                "the cue's beginning"
            )
        suffix = "_ducked" if self._ducked.isChecked() else ""
        return f"{way.output.stem}_mix{suffix}.wav", ""


def _safe(text: str) -> str:
    """Text that cannot be taken for markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
