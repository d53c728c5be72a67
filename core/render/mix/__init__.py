"""From stems to a mix: levels, rooms, buses, loudness, limiting."""
