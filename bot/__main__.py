"""``python -m bot`` is the command line; processes that it starts import this module, and not what it runs."""


def main() -> None:
    """Run the command line."""
    from bot.cli.commands import main as run  # noqa: PLC0415 (see above)

    run()


if __name__ == "__main__":
    main()
