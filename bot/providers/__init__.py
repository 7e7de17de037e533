"""Services that answer for pictures, and what stands round them: transport, chain, cache, budget, breaker."""
