"""Commands for who measures and trains."""
