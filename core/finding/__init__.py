"""Moments of an edit that look like some words."""
