"""Many edits at once: as processes on this machine, or as Ray tasks on several."""
