"""Reads timelines into edits."""
