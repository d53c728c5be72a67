"""The heart of Hitpoint: from an edit to a cue, with no host, no window and no timeline format in sight.

The road of one cue runs ``edit`` -> ``features`` -> ``model`` -> ``arrange`` -> ``render``; the document that is
carried along is :class:`hitpoint.core.cue.cue.Cue`. Nothing here imports PyQt6 or OpenTimelineIO.
"""
