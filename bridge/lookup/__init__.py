"""Finds what an edit refers to: media files, their facts, and music of ours that a host renamed."""
