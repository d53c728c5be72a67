"""What DaVinci Resolve runs. Only the templates and ``in_resolve.py`` lie here; see :mod:`hitpoint.plugin.hosts`."""
