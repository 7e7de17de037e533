"""What an operator's monitoring reads: all figures of the running bot, in the Prometheus format (docs/operating.md)."""

from collections.abc import Sequence

from bot.client import Magpie
from bot.discord_ui.discord_io.in_flight import InFlight
from bot.discord_ui.sessions.service import session_service_of
from bot.observability.metrics import LoopLag, counter, figure, gauge, process_figures
from bot.services import Services


def figures(services: Services, clients: Sequence[Magpie], lag: LoopLag) -> str:
    """Return the figures of providers, database, gateway, interactions, event loop and process."""
    connected = any(client.connected for client in clients)
    return (
        services.metrics()
        + gauge("magpie_gateway_connected", "1 if every shard is logged in.", connected)
        + "".join(_of_interactions(session_service_of(client).in_flight) for client in clients)
        + lag.figures()
        + process_figures()
    )


def _of_interactions(found: InFlight) -> str:
    refused = [({"limit": limit}, float(times)) for limit, times in sorted(found.refused.items())]
    return (
        gauge("magpie_interactions_in_flight", "Interactions being answered.", len(found))
        + gauge("magpie_private_messages_waiting", "Private messages waiting for their turn.", found.copies_waiting)
        + counter("magpie_interactions_late_total", "Interactions that had to be deferred late.", found.late)
        + counter("magpie_interactions_overdue_total", "Interactions stopped after thirty seconds.", found.overdue)
        + figure("magpie_refused_total", "counter", "Interactions refused, by the limit that was met.", refused)
    )
