"""`python -m bot.cli`: the command, where its script may be elsewhere."""

from bot.cli import main

main(prog_name="xinshimin")
