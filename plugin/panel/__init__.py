"""The window's ports made real: edits read, cues composed, sound played, music written back."""
