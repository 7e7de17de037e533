"""Image providers and what surrounds them: transport, chain, cache, budget, breaker."""
