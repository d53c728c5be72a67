"""The user's configuration folder: styles of their own and the like."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "HITPOINT_CONFIG"


def user_config_folder() -> Path:
    """The folder named by ``HITPOINT_CONFIG`` if set, else the one the system has for configuration."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_config_dir("hitpoint", appauthor=False))
