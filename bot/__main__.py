"""``python -m bot`` is the command line."""

from bot.cli.commands import main

if __name__ == "__main__":
    main()
