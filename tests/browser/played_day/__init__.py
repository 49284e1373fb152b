"""A day at a township with three windows, played through by several people at once."""
