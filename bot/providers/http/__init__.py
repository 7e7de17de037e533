"""HTTP for the adapters: transport, decoding, counts."""
