"""Guarded access to pictures, for commands and pages."""
