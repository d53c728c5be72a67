"""Final Cut Pro 7 XML ("xmeml"), of Premiere Pro, DaVinci Resolve and old Final Cut, read into an edit's document.

``start`` and ``end`` of an item say where it lies, ``-1`` that a transition says it. ``in`` counts frames of the
sequence's rate whatever rate stands beside it (Premiere and Resolve), or frames of the clip's own (older files): its
length tells which. Music is written back by :mod:`hitpoint.bridge.writing.fcp7_xml`.
"""
