"""Questions and answers: what a question is about, and what is said about it."""

from dialogs.faq.answer_text import Answer, answer, is_answered, proofs
from dialogs.faq.check import check_answers, check_claims, check_topics
from dialogs.faq.claims import answer_faults, claims_faults, sources_here
from dialogs.faq.finding import EARNING, OBTAIN, Finder, Found, find, says_nothing
from dialogs.faq.topic import Neighbour, Topic, neighbours, topics

__all__ = [
    "EARNING",
    "OBTAIN",
    "Answer",
    "Finder",
    "Found",
    "Neighbour",
    "Topic",
    "answer",
    "answer_faults",
    "check_answers",
    "check_claims",
    "check_topics",
    "claims_faults",
    "find",
    "is_answered",
    "neighbours",
    "proofs",
    "says_nothing",
    "sources_here",
    "topics",
]
