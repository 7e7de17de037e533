"""Wikimedia Commons: search by words, and the exact file by its SHA-1."""
