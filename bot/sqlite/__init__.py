"""What SQLite needs around it: a sound library, private files, and to know who has them open."""
