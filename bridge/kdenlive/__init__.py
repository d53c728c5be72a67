"""Kdenlive's own project files: read whole, and written back with one audio track more.

A ``.kdenlive`` file is MLT XML. It is read into the same kind of document as an .otio file
(:func:`hitpoint.bridge.kdenlive.document.project_document`), with the speeds, disabled clips, hidden tracks and
sequences that Kdenlive's own .otio export leaves out. It is written by changing the bytes that must change and no
others (:func:`hitpoint.bridge.kdenlive.patcher.with_music_track`).

::

    content = read_bounded(path)
    document = project_document(content, path)            # then as any other edit
    scored = with_music_track(content, path, music)
    assert without_music_track(scored, path) == content
"""
