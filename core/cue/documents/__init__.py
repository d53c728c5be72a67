"""Files of a cue: ``cue.json``, the list of cues, what is kept beside them, and the autosave."""
