"""Hitpoint for people who drive their editor through an assistant.

Its commands as tools of the Model Context Protocol.
"""
