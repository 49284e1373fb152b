"""The choices on the way to a place: township, day, time, purpose, confirmation."""
