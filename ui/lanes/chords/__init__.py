"""What opens at a chord of the timeline: its editor, suggestions, and how chords are selected."""
