"""`xinshimin mcp`: the operations of the API as tools of a language model."""

from importlib import import_module

import click

from bot.cli.rule_options import ruleset_option
from bot.cli.rulebook import rulebook

MISSING = (
    "`xinshimin mcp` needs the SDK of the Model Context Protocol, which is not installed. "
    "Install it with: pip install --require-hashes -r requirements-mcp.txt"
)


@click.command("mcp")
@ruleset_option
def command(ruleset_id: str) -> None:
    """Tools for a language model (Model Context Protocol) on standard input and output.

    The same as the API under /api/v1/, without a database and without the network. The rules are
    those of XINSHIMIN_COUNTY, XINSHIMIN_RULES and XINSHIMIN_RULESET; with XINSHIMIN_DATA_KEY the
    determination ids can be confirmed later. Nothing is kept.
    """
    try:
        import_module("mcp")
    except ModuleNotFoundError:
        raise click.ClickException(MISSING) from None
    from bot.api import stdio
    from bot.api.tools import server_of

    book = rulebook(ruleset_id)
    book.all()  # says at once what is wrong with a file
    stdio.run(server_of(book))
