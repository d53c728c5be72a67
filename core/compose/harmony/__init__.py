"""Harmony by plan: chords for steps that know bar, phrase, section, theme, key, mood and tension."""
