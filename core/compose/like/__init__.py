"""Music like a recording: what of a temp track a cue follows, how well it did, and that it did not copy.

:mod:`temp` places what was heard in the cue's own time; :mod:`follow` says how much of it counts. From there come the
beat grid (:mod:`grid`), sections, arc and climaxes (:mod:`shape`) and density and loudness (:mod:`curves`).
:mod:`agreement` measures what became of it, and :mod:`theft` the longest run that the cue shares with the recording.
"""
