"""Hitpoint inside other programs: the scripts a host runs, and what puts them in their place.

Files are the wire. A script that a host runs exports the timeline, starts our own interpreter in a process and an
environment of its own, and puts the finished WAV on a new track; it imports nothing of ours and nothing that must be
installed. ``resolve/`` holds what runs inside DaVinci Resolve: a menu script in Python or Lua under forty lines each,
and ``in_resolve.py``, which the Python ones read from here. Kdenlive runs no scripts: it gets entries for the desktop.

::

    installed = install_resolve(this_system(), Choice(edition="auto"))
    print(installed.files)

Main names: :class:`hitpoint.plugin.hosts.system.System`, :func:`hitpoint.plugin.hosts.resolve_scripts.install_resolve`,
:func:`hitpoint.plugin.hosts.kdenlive.install_kdenlive`, :func:`hitpoint.plugin.hosts.placement.newest_placements` and
:func:`hitpoint.plugin.hosts.place_script.write_place_script`.
"""
