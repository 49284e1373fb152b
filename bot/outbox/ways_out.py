"""The channels of an installation, by the way they go."""

from bot.outbox.answers import Channel
from bot.outbox.channel import CustomerService, WeChatChannel
from bot.outbox.sms.gateway import Gateway
from bot.outbox.sms.logged import Logged
from bot.outbox.wording import CUSTOM, SMS, SUBSCRIBE, Notices, load_notices
from bot.settings import PREFIX, Settings, SettingsError
from bot.wechat.client import Client


def sound_notices(settings: Settings) -> Notices:
    """The notices, with all that their ways need.

    Raises:
        SettingsError: a fault in the office's file, or its SMS gateway wants a secret and none is
            set.
    """
    wording = load_notices(settings.notices)
    if wording.sms.is_sent and wording.sms.asks_secret and not settings.sms_secret:
        raise SettingsError(
            f"{PREFIX}SMS_SECRET is missing: {{secret}} in the part sms of {PREFIX}NOTICES is "
            "filled with it."
        )
    return wording


def ways_out(client: Client, wording: Notices, settings: Settings) -> dict[str, Channel]:
    """One for each way that notices.yaml can name."""
    account = (client, wording, settings.page_root)
    sent = wording.sms.is_sent
    return {
        SUBSCRIBE: WeChatChannel(*account),
        CUSTOM: CustomerService(*account),
        SMS: Gateway(wording, settings.sms_secret) if sent else Logged(settings.secret_key),
    }
