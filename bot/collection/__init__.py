"""The operator's own pictures as an image provider: ingest, fingerprints, text search, reverse lookup and trends."""
