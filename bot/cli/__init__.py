"""The command line: run, try, serve, index, check."""
