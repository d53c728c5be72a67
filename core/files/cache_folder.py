"""The folder for files that can be made again, kept between runs."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ENVIRONMENT_VARIABLE = "HITPOINT_CACHE"


def user_cache_folder() -> Path:
    """This user's cache: the folder named by ``HITPOINT_CACHE`` if set, else where the system keeps caches."""
    named = os.environ.get(ENVIRONMENT_VARIABLE)
    return Path(named) if named else Path(platformdirs.user_cache_dir("hitpoint", appauthor=False))
