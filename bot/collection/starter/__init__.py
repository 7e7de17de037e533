"""The starter set: pictures that Magpie draws itself, so that every command has something true to show offline."""

from .ensure import STARTER_FOLDER, ensure_starter, give_way, starter_pictures

__all__ = ["STARTER_FOLDER", "ensure_starter", "give_way", "starter_pictures"]
