"""The sampler: SoundFont files, voices, envelopes, filters."""
