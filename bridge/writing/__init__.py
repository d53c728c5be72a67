"""Writes the music into a copy of an edit."""
