"""What the operator sees of a running Magpie: log lines without secrets, metrics."""
