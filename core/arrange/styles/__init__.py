"""Ensembles: the styles that ship and those of the user's folder, their parts and the registers they keep to."""
