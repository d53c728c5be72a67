"""Where what must not be lost between runs is kept: recovery files, recent edits, the window's size."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "HITPOINT_STATE"


def user_documents_folder() -> Path:
    """Where this user looks for works of their own: the documents of the system, or the state where that is named."""
    return user_state_folder() if os.environ.get(ENVIRONMENT_VARIABLE) else platformdirs.user_documents_path()


def user_state_folder() -> Path:
    """This user's state: the folder named by ``HITPOINT_STATE`` if set, else where the system keeps such things."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_state_dir("hitpoint", appauthor=False))
