"""Plays a cue while it is still being edited: rough first, then in full, level as delivered."""
