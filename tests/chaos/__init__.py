"""What breaks under a running bot, and what people see of it: ``uv run pytest -m chaos``."""
