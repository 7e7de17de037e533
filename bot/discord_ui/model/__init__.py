"""Values of the user interface: sessions, pager states, messages. No discord.py, no input or output."""
