"""One module a command, each with ``run(options)``; :mod:`hitpoint.plugin.cli` imports only the one asked for."""
