"""The starter set: pictures that Magpie draws itself, so that every command has something true to show offline."""

from .making import AUTHOR, draw_all, ensure_starter

__all__ = ["AUTHOR", "draw_all", "ensure_starter"]
