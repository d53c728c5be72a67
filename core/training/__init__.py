"""Data sets, losses, metrics and the training loop of the models."""
