"""Tables, one concept per file. A new table needs its import here and a migration."""

from bot.models.access_token import AccessToken
from bot.models.alias import TopicAlias
from bot.models.api_key import ApiKey
from bot.models.appointment import Appointment
from bot.models.consent import NoticeConsent
from bot.models.conversation import ConversationRow
from bot.models.data_key import DataKeyRow
from bot.models.delivery import Delivery
from bot.models.file_change import FileChange
from bot.models.heartbeat import Heartbeat
from bot.models.hold import Hold
from bot.models.hours import ClosureRow, ExtraDayRow, KnownYear, SpecialDayRow, WeeklyRuleRow
from bot.models.notice import Notice, NoticeRefusal
from bot.models.page_session import PageSession
from bot.models.review import Review
from bot.models.site import Site
from bot.models.slot import ReturningPlace, Slot
from bot.models.spent_state import SpentState
from bot.models.staff import AuditEntry, FailedSignIn, StaffMember, StaffSession
from bot.models.ticket import Ticket, TicketCounter
from bot.models.unmatched import UnmatchedText
from bot.models.visit import Visit
from bot.models.waiting import WaitingEntry
from bot.models.work_figure import WorkFigure

__all__ = [
    "AccessToken",
    "ApiKey",
    "Appointment",
    "AuditEntry",
    "ClosureRow",
    "ConversationRow",
    "DataKeyRow",
    "Delivery",
    "ExtraDayRow",
    "FailedSignIn",
    "FileChange",
    "Heartbeat",
    "Hold",
    "KnownYear",
    "Notice",
    "NoticeConsent",
    "NoticeRefusal",
    "PageSession",
    "ReturningPlace",
    "Review",
    "Site",
    "Slot",
    "SpecialDayRow",
    "SpentState",
    "StaffMember",
    "StaffSession",
    "Ticket",
    "TicketCounter",
    "TopicAlias",
    "UnmatchedText",
    "Visit",
    "WaitingEntry",
    "WeeklyRuleRow",
    "WorkFigure",
]
