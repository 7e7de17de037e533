"""What each control, window and reaction does."""
