"""The guarded way to pictures that commands and pages use."""
