"""Bringing pictures into the index."""
