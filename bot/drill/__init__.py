"""A proof that a backup serves: restored beside the service, and served from there once."""
