"""Time-based one-time codes (TOTP, RFC 6238) of an authenticator app."""

import base64
import hmac
import unicodedata

import pyotp
import segno

STEP_SECONDS = 30
# One step either way: the clocks of phones are not exact.
TOLERATED_STEPS = 1
ISSUER = "xinshimin"


def derived_secret(key: str, session: str, account: str) -> str:
    """A base32 secret of 160 bits, the same for the same session and account."""
    digest = hmac.new(key.encode(), f"totp:{session}:{account}".encode(), "sha256").digest()
    return base64.b32encode(digest[:20]).decode()


def address(secret: str, account: str) -> str:
    """The otpauth address that an authenticator app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=ISSUER)


def qr(secret: str, account: str) -> str:
    """The same as a QR code: an SVG element to stand inside a page."""
    return segno.make(address(secret, account), error="m").svg_inline(
        scale=5, border=4, unit="px", light="#fff"
    )


def accepted_step(secret: str, code: str, at: int, last_step: int) -> int | None:
    """The time step the code belongs to, or None when it is wrong or was used before.

    `at` is in seconds since 1970; `last_step` is the last accepted step, so that a code seen over
    a person's shoulder does not work a second time.
    """
    totp = pyotp.TOTP(secret)
    digits = "".join(unicodedata.normalize("NFKC", code).split())  # an input method may widen them
    now_step = at // STEP_SECONDS
    for step in range(now_step - TOLERATED_STEPS, now_step + TOLERATED_STEPS + 1):
        if step > last_step and hmac.compare_digest(
            totp.at(step * STEP_SECONDS).encode(), digits.encode()
        ):
            return step
    return None
