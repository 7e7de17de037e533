"""One service each, as a pair of pure functions: build the request, decode the response."""
