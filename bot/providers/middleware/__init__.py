"""What stands round a single provider: budget, cache, breaker."""
