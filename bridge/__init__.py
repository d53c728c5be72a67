"""OpenTimelineIO files in, edits out; cues in, timelines out.

No other package knows OpenTimelineIO. A timeline is read into :class:`hitpoint.core.edit.Edit` and
written back as a copy with one track more.
"""
