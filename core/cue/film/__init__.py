"""All cues of a timeline: their list, the music to it, how neighbours join, the cue sheet."""
