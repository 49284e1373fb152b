"""The tables of booking as SQLAlchemy Core sees them."""

from sqlalchemy import Table
from sqlmodel import SQLModel

import bot.models  # noqa: F401 - registers the tables

_tables = SQLModel.metadata.tables
appointments: Table = _tables["appointments"]
closures: Table = _tables["closures"]
extra_days: Table = _tables["extra_days"]
holds: Table = _tables["holds"]
known_year_rows: Table = _tables["known_years"]
notices: Table = _tables["notices"]
returning_places: Table = _tables["returning_places"]
sites: Table = _tables["sites"]
slots: Table = _tables["slots"]
special_days: Table = _tables["special_days"]
ticket_counters: Table = _tables["ticket_counters"]
tickets: Table = _tables["tickets"]
waiting_entries: Table = _tables["waiting_entries"]
weekly_rules: Table = _tables["weekly_rules"]
