"""`guichet users`: staff accounts."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import data_option
from guichet.commands.opening import in_one_sentence, open_desk


@click.group(name="users")
def command() -> None:
    """Add, list and disable staff accounts.

    Example: guichet users add anne@office.example --name "Anne Roux" --role my-scheme:instructor
    """


@command.command(name="add")
@click.argument("email")
@click.option("--name", required=True, help="As shown to colleagues and in the journal.")
@click.option("--role", "roles", multiple=True, metavar="SCHEME:ROLE", help="May be repeated.")
@click.option("--administrator", is_flag=True, help="May publish, and manage accounts.")
@click.option("--password", prompt=True, hide_input=True, confirmation_prompt=True)
@data_option
@in_one_sentence
def add(
    email: str, name: str, roles: tuple[str, ...], administrator: bool, password: str, data: Path
) -> None:
    """Add an account for EMAIL."""
    from dossiers.services import accounts

    account = open_desk(data).act(
        accounts.add,
        email=email,
        name=name,
        password=password,
        roles=_by_scheme(roles),
        administrator=administrator,
    )
    click.echo(f"{account.email} may now sign in.")


@command.command(name="list")
@data_option
@in_one_sentence
def list_accounts(data: Path) -> None:
    """List every account with its roles."""
    from dossiers.services import accounts

    for account in open_desk(data).read(accounts.every):
        roles = ", ".join(f"{scheme}:{role}" for scheme, held in account.roles.items() for role in held)
        standing = "disabled" if account.disabled_at else ("administrator" if account.administrator else "")
        click.echo(f"{account.email:<40} {account.name:<30} {standing:<14} {roles}")


@command.command(name="disable")
@click.argument("email")
@data_option
@in_one_sentence
def disable(email: str, data: Path) -> None:
    """Close the account of EMAIL and end its sessions; what it did stays in the journal."""
    from dossiers.services import accounts

    open_desk(data).act(accounts.disable_by_email, email)
    click.echo(f"{email} can no longer sign in.")


def _by_scheme(roles: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    held: dict[str, tuple[str, ...]] = {}
    for pair in roles:
        scheme, colon, role = pair.partition(":")
        if not colon or not scheme or not role:
            raise click.BadParameter(f"write SCHEME:ROLE, for example my-scheme:instructor (got {pair!r})")
        held[scheme] = (*held.get(scheme, ()), role)
    return held
