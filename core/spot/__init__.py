"""Spotting: where a film wants music, where it does not, and why."""
