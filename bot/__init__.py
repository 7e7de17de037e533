"""Magpie: finds pictures, says where each comes from, and never shows a channel more than it allows."""
