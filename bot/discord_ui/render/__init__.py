"""Sessions to messages, as pure functions."""
