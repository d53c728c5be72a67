"""Hands: a score on the grid into one that people might play (:func:`~hitpoint.core.perform.perform.performed`)."""
