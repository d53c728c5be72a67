"""The language of the window: that of the system if there is a translation, else English.

``HITPOINT_LANGUAGE`` names another, such as ``de`` or ``en``. Translations lie in ``resources/translations``, where
``build.py`` tells how they are made.
"""

from __future__ import annotations

import os
from importlib.resources import files
from pathlib import Path

from PyQt6.QtCore import QLocale, QTranslator
from PyQt6.QtWidgets import QApplication

ENVIRONMENT_VARIABLE = "HITPOINT_LANGUAGE"


def translations_folder() -> Path:
    """Where the compiled translations lie."""
    return Path(str(files("hitpoint.resources") / "translations"))


def speak(application: QApplication, language: str | None = None) -> str:
    """Let all windows that are made from now on speak a language; answers which, "en" where there is no translation.

    Args:
        application: whose windows.
        language: such as "de"; None for what the environment or the system says.
    """
    wanted = language or os.environ.get(ENVIRONMENT_VARIABLE) or QLocale.system().name()
    for translator in application.findChildren(QTranslator):
        application.removeTranslator(translator)
        translator.deleteLater()
    short = wanted.split("_")[0].split("-")[0].lower()
    translator = QTranslator(application)
    if short != "en" and translator.load(str(translations_folder() / f"hitpoint_{short}.qm")):
        application.installTranslator(translator)
        return short
    translator.deleteLater()
    return "en"
