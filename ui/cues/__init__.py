"""Where the cues of a film are listed: the table beside the picture, and its words."""
