"""The document: a frozen :class:`~hitpoint.core.cue.cue.Cue`, what an editor does to it, and the file it is kept in.

:mod:`~hitpoint.core.cue.changes` has a function for each thing an editor can do; :mod:`~hitpoint.core.cue.history` is
undo, :mod:`~hitpoint.core.cue.session` the open cue, :mod:`~hitpoint.core.cue.documents.cue_file` the file::

    session = Session(read_cue(path), is_saved=True)
    session.commit(chord_locked(session.cue, 3), "Lock Chord")
    session.undo()

Composing a stretch again needs the models and lies above: :func:`hitpoint.core.compose.compose.regenerate`.
"""
