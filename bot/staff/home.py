"""Where a clerk begins."""
