"""SafeSearch: levels, the policy of a place, the guard around every provider, and the lists of a server."""
