"""Hitpoint for people who drive their editor through an assistant: its commands as tools of the Model Context Protocol."""
