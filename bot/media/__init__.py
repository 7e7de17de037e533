"""Reads every picture, wherever it came from: its format, pixels and metadata; in child processes.

The package imports nothing by itself: child processes import only the modules that they need.
"""
