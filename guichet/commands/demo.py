"""`guichet demo`: a site filled with invented dossiers, its accounts printed, ready in a browser."""

from __future__ import annotations

from pathlib import Path

import click

from guichet.commands.data import address_options

DOSSIERS = 240


@click.command(name="demo")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("guichet-demo"),
    show_default=True,
    help="The demonstration's folder; kept from one start to the next.",
)
@click.option(
    "--dossiers",
    type=click.IntRange(0, 5000),
    default=DOSSIERS,
    show_default=True,
    help="How many to invent.",
)
@click.option("--fill-only", is_flag=True, help="Fill the site and stop, without serving it.")
@address_options
def command(data: Path, dossiers: int, fill_only: bool, host: str, port: int) -> None:
    """Serve the Haute-Savoie emergency grant of 2020 with invented people and businesses in every state.

    Beside it stands a small invented grant, for its payment batches and its envelope.

    The site lives in June 2020: its clock goes on from there.

    Example: guichet demo --port 8000
    """
    from guichet.commands.serve import open_for_business
    from guichet.demo import site

    if not site.is_filled(data):
        with click.progressbar(length=max(dossiers, 1), label=f"Inventing {dossiers} dossiers") as bar:
            site.fill(
                data,
                dossiers,
                base_url=f"http://{host}:{port}",
                progress=bar.update,
                payments=dossiers > 0,
            )
    click.echo("Accounts of the back office (people are invented):")
    for account in site.accounts(data):
        click.echo(f"  {account.email:<34} {account.password:<18} {account.label}")
    click.echo(
        "Receipts and letters of the dossiers are made in the first minutes; their pages say so meanwhile."
    )
    if not fill_only:
        site.serve_at(data, f"http://{host}:{port}")
        open_for_business(data, host=host, port=port)
