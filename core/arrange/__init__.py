"""Chords and dynamics into parts: voice leading, textures, an ending.

``arrange(cue)`` is the whole of it. A form is planned (:mod:`form.form`: phrases, hits, silences, the last chord;
:mod:`form.sections`: intro, build, peak, release), the chords are voiced once for everybody
(:mod:`hitpoint.core.music.voicing`), density becomes a level of activity and loudness a curve of velocities
(:mod:`playing.dynamics`), and each player of the style (:mod:`styles.styles`) plays the texture
(:mod:`textures.textures`) that its row names for that level (:mod:`playing.players`; the table of textures is
:mod:`textures.patterns`), with what hands can hold (:mod:`playing.hands`). :mod:`tunes` remembers or writes the melody
that the :mod:`playing.lead` plays, which keeps still under speech (:mod:`dialogue`). Chords start on hit points, and
what lies between gets an accent; :mod:`form.hit_points` fits the tempo to them and measures how well they are met.
``with_playing(cue)`` lets the cue remember its voicings and levels, which hang on all of it, so that a change is heard
where it was made and nowhere else. A new style is a row of data; a new figure is a few lines of ``x--.`` in the table.

::

    from hitpoint.core.arrange.arranger import arrange

    score = arrange(cue)
    for part in score.parts:
        print(part.name, len(part.notes))
"""
