"""The panel's questions in words, each with buttons that say what they do."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication
from PyQt6.QtWidgets import QAbstractButton, QMessageBox, QPushButton, QWidget

from hitpoint.ui.presenter.questions import ANSWERS, Answer, Question, Topic


def _tr(text: str) -> str:
    return QCoreApplication.translate("Questions", text)


def question_box(
    question: Question, parent: QWidget | None = None
) -> tuple[QMessageBox, dict[QAbstractButton, Answer]]:
    """The box for a question, and which button means what."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    title, text, more, words = _words(question)
    box.setWindowTitle(title)
    box.setText(text)
    box.setInformativeText(more)
    buttons: dict[QAbstractButton, Answer] = {}
    for answer in ANSWERS[question.topic]:
        role = QMessageBox.ButtonRole.RejectRole if answer in _REJECTING else QMessageBox.ButtonRole.AcceptRole
        role = QMessageBox.ButtonRole.DestructiveRole if answer is Answer.DISCARD else role
        button = box.addButton(words[answer], role)
        assert button is not None
        button.setAccessibleName(words[answer])
        button.setToolTip(words[answer])
        if not buttons:
            button.setProperty("primary", True)
            box.setDefaultButton(button)
        buttons[button] = answer
    escape = next((button for button, answer in buttons.items() if answer in _REJECTING), None)
    if escape is not None:
        box.setEscapeButton(escape)
        if Answer.REPLACE in ANSWERS[question.topic] and isinstance(
            escape, QPushButton
        ):  # a stray key replaces nothing
            box.setDefaultButton(escape)
    return box, buttons


def asked(question: Question, parent: QWidget | None = None) -> Answer:
    """What the editor says."""
    box, buttons = question_box(question, parent)
    box.exec()
    pressed = box.clickedButton()
    given = ANSWERS[question.topic]
    harmless = next((answer for answer in given if answer in _REJECTING), given[-1])
    return buttons.get(pressed, harmless) if pressed is not None else harmless


_REJECTING = (Answer.CANCEL, Answer.IGNORE, Answer.KEEP)


def _words(question: Question) -> tuple[str, str, str, dict[Answer, str]]:
    name, detail = question.name, question.detail
    if question.topic is Topic.UNSAVED:
        return (
            _tr("Unsaved Music"),
            _tr("The music for {0} is not written back.").format(name),
            _tr("You can write it now, or keep it: the panel offers it again at its next start, and when the edit is opened."),
            {Answer.WRITE: _tr("Write Back…"), Answer.KEEP: _tr("Keep for Later"), Answer.DISCARD: _tr("Discard"),
             Answer.CANCEL: _tr("Cancel")},
        )  # fmt: skip
    if question.topic is Topic.RECOVERY:
        return (
            _tr("Unfinished Music"),
            _tr("There is unfinished music for {0}, from {1}.").format(name, detail),
            _tr("It was not written back, because the panel was closed early or has crashed."),
            {Answer.RECOVER: _tr("Go On with It"), Answer.KEEP: _tr("Not Now"), Answer.DISCARD: _tr("Discard")},
        )
    if question.topic is Topic.CUE_OVERLAP:
        return (
            _tr("A Cue in the Way"),
            _tr("{0} would overlap {1}.").format(name, detail),
            _tr("You can replace what is in the way; Undo brings it back."),
            {Answer.REPLACE: _tr("Replace {0}").format(detail), Answer.CANCEL: _tr("Cancel")},
        )
    if question.topic is Topic.COMPOSE_OVER:
        return (
            _tr("There Is Music Already"),
            _tr("Composing {0} replaces the music of {1}.").format(name, detail),
            _tr("Locked chords stay; Undo brings the music back."),
            {Answer.REPLACE: _tr("Compose {0} Anew").format(detail), Answer.CANCEL: _tr("Cancel")},
        )
    if question.topic is Topic.JOIN_LOSES:
        return (
            _tr("Joining Loses Music"),
            _tr("The joined cue keeps the music of {0} alone; lost is that of {1}.").format(name, detail),
            _tr("What {0} has no music for is to be composed then; Undo brings both cues back.").format(name),
            {Answer.REPLACE: _tr("Join All the Same"), Answer.CANCEL: _tr("Cancel")},
        )
    return (
        _tr("The Edit Changed"),
        _tr("{0} was changed on the disk.").format(name),
        _tr("The music can follow the new cut: what lies under unchanged shots stays, locks go with their shots."),
        {Answer.CONFORM: _tr("Follow the New Cut"), Answer.IGNORE: _tr("Not Now")},
    )
