"""Figures as data: what a player of a style plays in a bar, from tables and from the bank of mined bars."""
