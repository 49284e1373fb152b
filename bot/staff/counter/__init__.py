"""The counter: the day, who comes, who is served, the worksheet."""
