"""Jobs about pictures: a film for a cue, moments found by words."""
