"""Sound and notes as files: WAV, its chunks, MIDI."""
