"""Players: each turns chords, levels and hits into the notes of its part, with touch and swing."""
