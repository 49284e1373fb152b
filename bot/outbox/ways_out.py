"""The channels of an installation, by the way they go."""

from bot.outbox.answers import Channel
from bot.outbox.channel import CustomerService, WeChatChannel
from bot.outbox.sms.gateway import Gateway
from bot.outbox.sms.logged import Logged
from bot.outbox.wording import CUSTOM, SMS, SUBSCRIBE, Notices
from bot.settings import Settings
from bot.wechat.client import Client


def ways_out(client: Client, wording: Notices, settings: Settings) -> dict[str, Channel]:
    """One for each way that notices.yaml can name."""
    account = (client, wording, settings.page_root)
    sent = wording.sms.is_sent
    return {
        SUBSCRIBE: WeChatChannel(*account),
        CUSTOM: CustomerService(*account),
        SMS: Gateway(wording, settings.sms_secret) if sent else Logged(settings.secret_key),
    }
