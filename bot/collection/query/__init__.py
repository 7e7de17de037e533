"""Answers from the index: search, reverse lookup, trends."""
