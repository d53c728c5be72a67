"""FCPXML, as Final Cut Pro and DaVinci Resolve write it, versions 1.0 to 1.13, alone or in an ``.fcpxmld`` bundle.

Times are rational seconds. An element lies at its ``offset`` in the time of what holds it, which begins at that one's
``start``; so a project that starts at one hour has its first clip at ``offset="3600s"``.
"""
