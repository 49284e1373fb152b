"""The adapter where no gateway is connected: SMS is only noted, and nobody is reached."""

import hmac
import logging

from bot.outbox.answers import Answer, Impossible, Later

ONLY_LOGGED = "sms not connected"

log = logging.getLogger(__name__)


class Logged:
    """Writes the kind and a keyed digest of the telephone: no text, no number."""

    repeatable = True

    def __init__(self, secret_key: str) -> None:
        self._secret = secret_key.encode()

    def prepare(self) -> Later | None:
        """Nothing is needed."""
        return None

    def send(self, key: str, to: str, kind: str, words: dict[str, str]) -> Answer:
        """Note it. For the staff this person was not reached."""
        del key, words
        whose = hmac.digest(self._secret, to.encode(), "sha256").hex()[:12]
        log.info("SMS is not connected: a notice (%s) to %s did not go out", kind, whose)
        return Impossible(ONLY_LOGGED)
