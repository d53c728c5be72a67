"""The plan of a cue's form as its document keeps it, its tension, and how it is carried over."""
