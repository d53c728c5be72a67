"""Data that ships with Hitpoint: model checkpoints and the sound font, each with its notice."""
