"""Composing many cues together, and other versions of one."""
