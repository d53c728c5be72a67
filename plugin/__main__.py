"""``python -m hitpoint.plugin`` is ``hitpoint``."""

import sys

from hitpoint.plugin.start import main

sys.exit(main())
