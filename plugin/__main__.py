"""``python -m hitpoint.plugin`` is ``hitpoint``."""

import sys

from hitpoint.plugin.cli import main

sys.exit(main())
