"""``--search``: the best of many takes."""
