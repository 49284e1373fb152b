"""What changed in the rules since the person was here last, and their points with it."""

from __future__ import annotations

from datetime import date, datetime

from dialogs.conversation import Conversation
from dialogs.flow import Talk
from dialogs.phrases import say
from scoring import Ruleset
from scoring.analysis.rule_news import Known, RuleNews, rule_news


def news_since(conversation: Conversation, rules: Ruleset, now: datetime) -> RuleNews | None:
    """What became of one's own points through the rules alone since something was said last."""
    own, heard = conversation.own, conversation.heard
    if heard is None or not own.facts:
        return None
    known = Known(_day(heard, now), conversation.amendments)
    return rule_news(rules, own.facts, known=known, on=now.date())


def _day(heard: datetime, now: datetime) -> date:
    return min(heard.astimezone(now.tzinfo), now).date()


def told(talk: Talk) -> str:
    """The same in words; "" where there is nothing to tell."""
    found = news_since(talk.conversation, talk.rules, talk.now)
    return say("rules_changed", news=found) if found else ""
