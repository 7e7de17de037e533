"""What each control, modal and reaction does."""
