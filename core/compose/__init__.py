"""Composes: from an edit and what its picture shows to a cue, and from a cue to the next one."""
