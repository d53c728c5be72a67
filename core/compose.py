"""The one road: edit -> cue -> score -> sound."""
