"""Nothing that is done every half minute or hour looks at all there is: what a round of the worker
asks of a large database, it finds by an index."""

from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlmodel import SQLModel

from bot.database import reading, writing
from bot.service import Service
from bot.worker import Worker
from tests.bench import crowd
from tests.bot.setting_up import NOW, service_for, settings_for

PEOPLE = 3000
LARGE = ("appointments", "conversations", "deliveries", "notice_consents", "notices")
"""Tables with a row or more for each person."""
BY_AGE = "ix_notices_ended_at"


def test_a_round_of_the_worker_scans_no_large_table(tmp_path: Path) -> None:
    app = service_for(settings_for(tmp_path))
    service: Service = app.extensions["xinshimin"]
    crowd.fill(service.engine, PEOPLE, NOW)
    asked: dict[str, Any] = {}

    @event.listens_for(service.engine, "before_cursor_execute")
    def note(_c: Any, _cursor: Any, statement: str, given: Any, _x: Any, many: bool) -> None:
        asked[statement] = given[0] if many else given

    Worker(service.settings, service.engine, service.clock).once()
    event.remove(service.engine, "before_cursor_execute", note)
    assert {*LARGE} <= set(SQLModel.metadata.tables)
    assert len(asked) > 30
    assert scans(service, asked) == []
    with writing(service.engine) as connection:
        connection.exec_driver_sql(f"DROP INDEX {BY_AGE}")
    assert scans(service, asked) == ["SCAN notices"] * 2  # counted, then taken
    service.engine.dispose()


def scans(service: Service, asked: dict[str, Any]) -> list[str]:
    """Where SQLite would read a large table from one end to the other."""
    found = []
    with reading(service.engine) as connection:
        for statement, given in asked.items():
            if statement.startswith(("SELECT", "UPDATE", "DELETE", "WITH")):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
                found += [str(row[3]) for row in plan]
    return [one for one in found for name in LARGE if one.startswith(f"SCAN {name}")]
