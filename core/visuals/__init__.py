"""A film for a cue: a picture generator, searched for what fits the mood, and walked through in time with the music."""
