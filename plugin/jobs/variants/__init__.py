"""Jobs that make other versions of what is there."""
