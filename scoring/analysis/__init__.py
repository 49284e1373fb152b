"""What follows from estimates: comparison, advice, waiting, goals, many people."""
