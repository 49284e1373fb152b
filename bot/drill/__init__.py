"""A proof that a backup serves: restored beside the service, and served from there once."""

from bot.drill.contents import DrillError
from bot.drill.rehearsal import rehearse

__all__ = ["DrillError", "rehearse"]
