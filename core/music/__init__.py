"""Music as plain values: pitches, chords, keys, tempo and scores.

Conventions: pitch class 0 is C; MIDI pitch 60 is middle C; a chord is Harte (``A:min7``), "N" is no chord; times in a
score are beats, and a :class:`~hitpoint.core.music.tempo.TempoMap` turns beats into seconds.
"""
