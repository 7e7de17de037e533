"""What an operator sees of a running Magpie: log lines, without secrets."""
