"""What is counted, for Prometheus.

Each process keeps counters. With PROMETHEUS_MULTIPROC_DIR set to a folder that is empty at the
start, /metrics adds up those of one machine, also of processes that ended; Prometheus adds up the
machines. What the database knows is no counter but a gauge (`GAUGES`), alike on all machines.

No label tells of a person, and each has few values: those of a closed list, or our windows.
"""

import os
from collections.abc import Iterator, Mapping

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

KINDS = frozenset(
    {"text", "event", "image", "voice", "video", "shortvideo", "location", "link", "file"}
)
SECONDS_BUCKETS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5)  # WeChat waits five

MESSAGES = Counter("xinshimin_messages_total", "Messages taken in, events included", ["kind"])
TURNS = Counter(
    "xinshimin_turns_total",
    "Turns of the chat, by who heard the text and by what came of it (missed: not understood)",
    ["intent", "outcome"],
)
SECONDS = Histogram("xinshimin_turn_seconds", "Time per message", buckets=SECONDS_BUCKETS)
PAGE_SECONDS = Histogram(
    "xinshimin_page_seconds",
    "Time per page, by room and by the class of its status",
    ["room", "status"],
    buckets=SECONDS_BUCKETS,
)
REQUESTS = Counter(
    "xinshimin_requests_total",
    "What turns asked of the service, by what came of it: holds and bookings among them",
    ["request", "outcome"],
)
NOTICES = Counter("xinshimin_notices_total", "Notices tried, by their state then", ["state"])
FAILURES = Counter("xinshimin_turn_failures_total", "Messages that ended in an error of ours")
EXCUSED = Counter("xinshimin_turns_excused_total", "Messages that took too much to answer")
SHED = Counter("xinshimin_shed_total", "Requests that nobody worked on, by where", ["where"])
UNREADABLE = Counter("xinshimin_unreadable_total", "Signed messages that could not be read")
FORGED = Counter("xinshimin_forged_total", "Requests with a wrong or old signature")
PASSED = Counter("xinshimin_passed_total", "Messages for the account's other service", ["how"])
FORWARDED = Counter("xinshimin_forwarded_total", "What came of passing one on", ["outcome"])

# What each says, and its label, if it has one.
GAUGES = {
    "ready": ("Whether /readyz says so", ()),
    "problem": ("What prevents answering, see /readyz", ("kind",)),
    "warning": ("What does not prevent answering, see /readyz", ("kind",)),
    "heartbeat_seconds": ("Since a job of the worker last did its work", ("job",)),
    "notices_due": ("Notices that nobody sends although it is time: is a worker running?", ()),
    "notices_held_up": ("Notices that were tried in vain so far", ()),
    "notices_due_seconds": ("Since the oldest of those that are due should have gone", ()),
    "appointments_made": ("The number of the newest appointment: so many were ever made", ()),
    "holds": ("Places kept for people who have not confirmed yet", ()),
    "waiting_people": ("People on the waiting list", ()),
    "appointments_today": ("Today's appointments", ("state",)),
    "queue_people": ("People in the hall who wait to be called", ("site",)),
    "queue_seconds": ("Since the first of them came", ("site",)),
    "rules_checked_seconds": ("Since the oldest figure in force was last checked", ()),
}


class _OfThisMoment(Collector):
    """No `Gauge`: with several workers each would leave its own, long out of date, to be added."""

    def __init__(self, values: Mapping[str, float | Mapping[str, float]]) -> None:
        self._values = values

    def collect(self) -> Iterator[GaugeMetricFamily]:
        for name, given in self._values.items():
            text, labels = GAUGES[name]
            family = GaugeMetricFamily(f"xinshimin_{name}", text, labels=labels)
            for label, value in given.items() if isinstance(given, Mapping) else [(None, given)]:
                family.add_metric([] if label is None else [label], value)
            yield family


def gauges(values: Mapping[str, float | Mapping[str, float]]) -> bytes:
    """Figures of this moment, which all processes see alike; by label where they have one."""
    registry = CollectorRegistry()
    registry.register(_OfThisMoment(values))
    return generate_latest(registry)


def exposition() -> bytes:
    """All figures in Prometheus' text format."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
