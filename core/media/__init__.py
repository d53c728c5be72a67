"""Decodes media: pictures at given moments, sound, and waveforms."""
