"""The window's widgets other than lanes."""
