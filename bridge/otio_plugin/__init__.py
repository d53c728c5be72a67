"""The plugin for OpenTimelineIO: every program that uses it opens a ``cue.json`` or a ``cues.json`` as a timeline.

OpenTimelineIO finds this package by its entry point and reads ``plugin_manifest.json``; nothing else is loaded until a
file is opened. Our own reading of edits does not come through here.
"""
