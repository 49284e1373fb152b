"""A town uses the service for minutes while its processes are killed: what was acknowledged must be
there afterwards, once."""
