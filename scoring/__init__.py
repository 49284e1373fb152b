"""The law: facts in, estimate out. Pure: no chat, no database, no web, no clock."""
