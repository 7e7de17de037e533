"""What any part of a running process needs: deadlines, background tasks, retries, rate limits, memory, exit codes."""
