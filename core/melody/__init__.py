"""The melody of a cue.

A small network that knows tunes, the theme, its layout over the form, and how it meets the chords.

:mod:`~hitpoint.core.melody.writer` is the way in; it asks for a :class:`~hitpoint.core.melody.sheet.LeadSheet` and
knows nothing of cues.
"""
