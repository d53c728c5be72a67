"""Ground of every lane: scale, ink, labels, columns, and the data that is drawn."""
