"""Every crash point: the process dies, or a system call fails, at the first call that touches the
database or the network, at the second, and so on until the act is done without reaching the next.

`python -m tests.bot.crash` runs them; `bot/README.md` has the table it writes."""
