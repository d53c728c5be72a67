"""Plays and mixes a whole cue on several cores, resumable."""
