"""Playing, stopping, shuttling; the playhead and its timecode."""
