"""The rules of a day as column expressions of Polars: made from what the engine gives, for millions
of people. Needs Polars; nothing else in `scoring` imports this room."""
