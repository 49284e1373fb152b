"""The platform's signatures: who knows the token may speak, and whose page may use its script."""

from hashlib import sha1
from hmac import compare_digest


def sign(*parts: str) -> str:
    """SHA-1, as hexadecimal, of the parts sorted and joined, as the platform defines it."""
    return sha1("".join(sorted(parts)).encode(), usedforsecurity=False).hexdigest()


def genuine(given: str, *parts: str) -> bool:
    """Is this the signature of these parts? Takes the same time whatever is wrong."""
    return compare_digest(given.encode(), sign(*parts).encode())


def sign_page(ticket: str, nonce: str, timestamp: str, url: str) -> str:
    """The signature with which a page at `url` may use WeChat's script; `ticket` is the account's.

    wechatpy computes the same, but would load its whole client into every process that serves.
    """
    asked = f"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={url.split('#')[0]}"
    return sha1(asked.encode(), usedforsecurity=False).hexdigest()
