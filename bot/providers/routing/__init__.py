"""Several providers as one: the chain, its fallbacks, tokens and offsets."""
