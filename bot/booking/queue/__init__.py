"""The queue in the hall: who is called next, where, and how long the others wait."""
