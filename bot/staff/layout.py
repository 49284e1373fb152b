"""What the layout of every console page shows."""

from dataclasses import dataclass

from bot.staff.access import ADMINISTRATOR, DESK, EVERYBODY, signed_in
from bot.staff.blueprint import blueprint
from bot.staff.words import masked_name, masked_phone, words


@dataclass(frozen=True, slots=True)
class Way:
    """An entry of the navigation, for these roles."""

    endpoint: str
    label: str
    roles: tuple[str, ...]


WAYS = (
    Way("staff.home", "今天", EVERYBODY),
    Way("staff.orphans", "受影响的预约", EVERYBODY),
    Way("staff.hours_home", "开放时间", DESK),
    Way("staff.notices", "通知", DESK),
    Way("staff.unmatched", "没听懂的话", DESK),
    Way("staff.waiting_rules", "待确认的规则", DESK),
    Way("staff.reports", "统计", DESK),
    Way("staff.accounts", "账号", (ADMINISTRATOR,)),
    Way("staff.trail", "操作记录", (ADMINISTRATOR,)),
)


@blueprint.context_processor
def layout() -> dict[str, object]:
    """Who is signed in, where that person may go, and the words of the console."""
    here = signed_in()
    member = here.member if here and here.complete else None
    return {
        "me": member,
        "ways": [way for way in WAYS if member and member.role in way.roles],
        "words": words(),
        "masked_name": masked_name,
        "masked_phone": masked_phone,
    }
