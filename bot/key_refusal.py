"""What the database says to a process that was left behind with an earlier key."""

REFUSED = (
    "sealed with a key that is not in force here, and not written: restart this process with the "
    "XINSHIMIN_DATA_KEY of the others"
)


def is_refused(error: BaseException) -> bool:
    """Whether that is what a statement failed for: an IntegrityError of SQLite, an OperationalError
    of PostgreSQL."""
    return REFUSED in str(getattr(error, "orig", error))
