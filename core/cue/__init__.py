"""The document: a frozen :class:`~hitpoint.core.cue.cue.Cue`, and the file it is kept in."""
