"""The operator's table: what goes wrong while people write to a real server."""
