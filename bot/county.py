"""What a setting says, otherwise the county's own folder."""

from bot.settings import Settings
from dialogs.region import Contact, region


def contact(settings: Settings) -> Contact:
    """Whom to call beside this assistant."""
    own = Contact(phone=settings.hotline, published=settings.hotline_year)
    return own if settings.hotline else region().telephone


def ruleset_id(settings: Settings) -> str:
    """The id of the rules in force."""
    return settings.ruleset or region().ruleset
