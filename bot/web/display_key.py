"""The address of the screen in a hall: anyone who knows it sees numbers, and no more.

Nothing is stored that would open it: the key is computed from the site and a version, and when the
office wants another address, the version grows.
"""

import hmac

from sqlalchemy import Row

LENGTH = 24
"""Characters of a key: 96 bits."""


def display_key(secret_key: str, site: str, version: int) -> str:
    """The key of a site's screen.

    >>> first, second = (display_key("secret", "oubei", version) for version in (1, 2))
    >>> len(first), first == second
    (24, False)
    """
    told = f"xinshimin display {site} {version}"
    return hmac.new(secret_key.encode(), told.encode(), "sha256").hexdigest()[:LENGTH]


def opens(secret_key: str, site: Row[tuple[object, ...]], key: str) -> bool:
    """Whether the key is the site's, and of its present version."""
    right = display_key(secret_key, site.id, site.display_version)
    return hmac.compare_digest(right.encode(), key.encode())
