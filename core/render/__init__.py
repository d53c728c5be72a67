"""Scores into sound: MIDI, samples, mix and files."""
