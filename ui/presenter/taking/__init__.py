"""Takes: composing, keeping, comparing and choosing them."""
