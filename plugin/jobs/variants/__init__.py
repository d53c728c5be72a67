"""Jobs that make other versions of what is there: a cue otherwise, and the best of many."""
