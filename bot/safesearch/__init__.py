"""Levels, the policy of a place, the guard round every provider, and the lists of a server."""
