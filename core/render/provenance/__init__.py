"""How a cue came about: what wrote it, what it was made of, and what a person locked or wrote."""
