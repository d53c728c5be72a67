"""Scripts that DaVinci Resolve runs: the templates and ``in_resolve.py``; see :mod:`hitpoint.plugin.hosts`."""
