"""OpenTimelineIO's values as this package reads and writes them: times, metadata, markers, references."""
