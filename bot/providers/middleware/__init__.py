"""Middleware around a single provider: budget, cache, breaker."""
