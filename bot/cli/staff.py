"""`xinshimin staff`: the first administrator, and the way back in."""

import click
from sqlalchemy import Connection

from bot.cli.options import database_url, open_database
from bot.clock import now
from bot.database import writing
from bot.staff import audit
from bot.staff.auth import members, passwords, recovery_codes, sessions
from bot.staff.auth.members import Member
from bot.staff.sites import site_titles

REFUSED = {
    "short": f"Too short: take at least {passwords.MINIMUM_LENGTH} characters.",
    "named": "It contains the account's name, or the county's or the program's: take other words.",
    "common": "It is easy to guess, as it is made of common passwords: take unrelated words.",
}


@click.group()
@database_url
@click.pass_context
def command(context: click.Context, url: str) -> None:
    """The console's accounts."""
    context.obj = url  # opened by what needs it, which its help does not


@command.command()
@click.argument("account")
@click.option("--name", default="", help="As colleagues see it; the account if left out.")
@click.option("--role", type=click.Choice(members.ROLES), default=members.ADMINISTRATOR)
@click.option("--site", default=None, help="The id of a window clerk's township.")
@click.option("--prompt", is_flag=True, help="Type the password instead of having one made.")
@click.option("--codes", is_flag=True, help="Recovery codes too, for one without a telephone.")
@click.pass_obj
def create(
    url: str, account: str, name: str, role: str, site: str | None, prompt: bool, codes: bool
) -> None:
    """Create an account. There is no default password: one is made and shown once, or typed.

    At the first sign-in an authenticator app is enrolled, but with --codes one of them is typed;
    then another password is chosen.
    """
    engine = open_database(url)
    password = _first_password(account, prompt)
    with writing(engine) as connection:
        if any(one.account == account for one in members.everybody(connection)):
            raise click.ClickException(f"There is an account {account!r} already.")
        if site is not None and site not in site_titles(connection):
            known = next(iter(site_titles(connection)), "")
            raise click.ClickException(
                f"There is no township {site!r}; one is, for example, {known}."
            )
        try:
            member = members.add(connection, account, name or account, role, site, password, now())
        except ValueError as error:
            raise click.ClickException(
                "A window clerk needs --site, and nobody else has one."
            ) from error
        audit.record(connection, now(), "command line", "add_member", account, role=role)
        sheet = _issue(connection, member, account) if codes else []
    click.echo(f"Account {account} ({role}) is ready; sign in at /staff/.")
    if not prompt:
        click.echo(f"First password, shown only now: {password}")
    if codes:
        _print(sheet)


@command.command()
@click.argument("account")
@click.option("--prompt", is_flag=True, help="Type the password instead of having one made.")
@click.pass_obj
def reset(url: str, account: str, prompt: bool) -> None:
    """Let a person in again who lost password or telephone: a new first password, a new enrolment;
    recovery codes of before are void.

    For the only administrator, whom nobody can help in the console.
    """
    engine = open_database(url)
    password = _first_password(account, prompt)
    with writing(engine) as connection:
        found = _found(connection, account)
        members.change(
            connection,
            found.id,
            password=passwords.hashed(password),
            must_change_password=True,
            totp_secret=None,
            totp_last_step=0,
            active=True,
        )
        recovery_codes.forget_all(connection, found.id)
        sessions.end_all(connection, found.id)
        audit.record(connection, now(), "command line", "reset_password", account)
    click.echo(f"Account {account} is open again; sign in at /staff/.")
    if not prompt:
        click.echo(f"First password, shown only now: {password}")


@command.command()
@click.argument("account")
@click.pass_obj
def codes(url: str, account: str) -> None:
    """A sheet of recovery codes, each good once in place of the code of an authenticator app.

    For anyone without a telephone, or with one that is lost. Ends the sheet before, and signs the
    account out.
    """
    with writing(open_database(url)) as connection:
        found = _found(connection, account)
        sheet = _issue(connection, found.id, account)
        sessions.end_all(connection, found.id)
    _print(sheet)


def _issue(connection: Connection, member: int, account: str) -> list[str]:
    audit.record(connection, now(), "command line", "issue_codes", account)
    return recovery_codes.issue(connection, member)


def _print(sheet: list[str]) -> None:
    click.echo("Recovery codes, shown only now, each good once:")
    click.echo("\n".join(sheet))


def _found(connection: Connection, account: str) -> Member:
    found = next((one for one in members.everybody(connection) if one.account == account), None)
    if found is None:
        raise click.ClickException(f"There is no account {account!r}.")
    return found


def _first_password(account: str, prompt: bool) -> str:
    if not prompt:
        return passwords.generated()
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    fault = passwords.fault(password, account)
    if fault:
        raise click.ClickException(REFUSED[fault])
    return password
