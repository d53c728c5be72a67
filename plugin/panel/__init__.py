"""What the window works with: edits read, cues composed, sound played, music written back."""
