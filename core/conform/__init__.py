"""After the cut changed: the cue goes with its shots, the tempo is fitted again, and only what is new is composed.

:mod:`~hitpoint.core.conform.shot_matching` finds the shots of the old edit in the new one,
:mod:`~hitpoint.core.conform.carried` takes range, hits, moods and chords along,
:mod:`~hitpoint.core.conform.tempo_refit` keeps the beats under what did not change,
:mod:`~hitpoint.core.conform.ending` sees that the music still comes to a close, and
:mod:`~hitpoint.core.conform.conforming` puts it together; :mod:`~hitpoint.core.conform.kept_sound` then tells from the
mixes what sounds as before::

    plan = conformed(cue, new_edit)               # quick, needs no pictures and no models
    print(*plan.changes.lines(), sep="; ")        # what is kept, what is lost
    new_cue = composed(plan, features, models)    # chords for what is new
"""
