"""The bot that ``soak`` runs: ``magpie run``, whose pages end after minutes instead of a day.

``python -m tests.benchmarks.soak_bot run`` keeps pages for twenty minutes and what was asked for ten more, and deletes
what has ended every minute, so that within an hour the databases are as large as they become.
"""

from __future__ import annotations

from datetime import timedelta

from bot.storage import sessions


def main() -> None:
    """Run the command line with it."""
    sessions.PAGE_LIFETIME, sessions.ASKED_AGAIN_FOR = timedelta(minutes=20), timedelta(minutes=10)
    # Everything else is imported after that, since it takes these times from there.
    from bot.cli.commands import main as run
    from bot.client import Magpie
    from cogs.about import AboutCog

    set_up = Magpie.setup_hook

    async def setup_hook(self: Magpie) -> None:
        await set_up(self)
        cog = self.get_cog(AboutCog.__name__)
        getattr(cog, "forget_old").change_interval(minutes=1)  # noqa: B009 (the extension's class is another object)

    Magpie.setup_hook = setup_hook
    run()


if __name__ == "__main__":
    main()
