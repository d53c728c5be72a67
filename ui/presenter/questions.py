"""The few questions that a panel puts to its editor, and the answers there are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Answer(Enum):
    """What an editor can say; which of them, the question tells."""

    WRITE = auto()
    KEEP = auto()
    DISCARD = auto()
    CANCEL = auto()
    RECOVER = auto()
    CONFORM = auto()
    IGNORE = auto()
    REPLACE = auto()


class Topic(Enum):
    """What a question is about; the words for it are the view's."""

    UNSAVED = auto()
    RECOVERY = auto()
    EDIT_CHANGED = auto()
    CUE_OVERLAP = auto()
    COMPOSE_OVER = auto()
    JOIN_LOSES = auto()


ANSWERS = {
    Topic.UNSAVED: (Answer.WRITE, Answer.KEEP, Answer.DISCARD, Answer.CANCEL),
    Topic.RECOVERY: (Answer.RECOVER, Answer.KEEP, Answer.DISCARD),
    Topic.EDIT_CHANGED: (Answer.CONFORM, Answer.IGNORE),
    Topic.CUE_OVERLAP: (Answer.REPLACE, Answer.CANCEL),
    Topic.COMPOSE_OVER: (Answer.REPLACE, Answer.CANCEL),
    Topic.JOIN_LOSES: (Answer.REPLACE, Answer.CANCEL),
}


@dataclass(frozen=True)
class Question:
    """A question about an edit, by the edit's name, with what is to be known (a time, a change)."""

    topic: Topic
    name: str
    detail: str = ""
