"""Rules that shape the chords a network may write."""
