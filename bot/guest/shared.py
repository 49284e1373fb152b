"""One delivery of a message in a shared account: what we say, and whether it is passed on."""

from hashlib import sha256
from operator import itemgetter

from bot.guest.autoreply import autoreply
from bot.guest.handlers import chains_for
from bot.guest.sharing import Owner, Sharing
from bot.passing import ASK, TELL, PassOn
from bot.service import Service
from bot.turns import receipt_for
from bot.wechat.chain import Answer, Call


class Shared:
    """A shared account, for one service. Raises SettingsError where its files are not sound."""

    def __init__(self, service: Service) -> None:
        self.service = service
        file = service.settings.autoreply
        replies = autoreply(file) if file else None
        self.sharing = Sharing(service, replies.has_one_for if replies else None)
        self.ours, self.theirs = chains_for(service, self.sharing, replies)

    def heard(self, call: Call) -> tuple[Answer, PassOn | None]:
        """Our answer, which stands where the other side has none, and how it is passed on."""
        owner, call = self.sharing.judged(call)
        if owner is Owner.THEIRS:
            return self.theirs(call), self._passed(ASK, self._key(call))
        told = owner is Owner.OURS_AND_TOLD
        return self.ours(call), self._passed(TELL, self._key(call)) if told else None

    def unread(self, body: bytes) -> PassOn | None:
        """Of what is signed and yet says nothing to us."""
        return self._passed(ASK, sha256(body).hexdigest())

    def _passed(self, how: str, key: str) -> PassOn | None:
        """Keywords have no other side."""
        return PassOn(how, key) if self.service.settings.forward else None

    def _key(self, call: Call) -> str:
        """Of events the whole content: two that differ in it alone are two to the other side."""
        message = call.message
        content = repr(sorted(message.data.items(), key=itemgetter(0)))
        identity = content if message.kind == "event" else message.identity
        return receipt_for(self.service, message.person, identity).key
