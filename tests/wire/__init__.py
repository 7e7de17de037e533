"""A stand-in for Discord on loopback sockets."""

from .files import Upload
from .interactions import Callback, Interaction, InteractionType
from .model import Channel, ChannelType, Guild, Message, User
from .standin import InteractionFailed, StandIn

__all__ = [
    "Callback",
    "Channel",
    "ChannelType",
    "Guild",
    "Interaction",
    "InteractionFailed",
    "InteractionType",
    "Message",
    "StandIn",
    "Upload",
    "User",
]
