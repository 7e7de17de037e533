"""The only part of the user interface that touches discord.py: responses, components, reactions."""
