"""Chords and dynamics into parts: voice leading, textures, an ending."""
