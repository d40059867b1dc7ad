"""`guichet init`: a new site, ready to be filled: settings, keys, a starter scheme."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

STARTER = "bicycle-grant.yaml"
COPIED = (
    STARTER,
    "scheme.schema.json",
    "tests.schema.json",
)  # what the first lines of schemes name, for editors


@click.command(name="init")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--name", default="Guichet", show_default=True, help="The organisation's name, as people read it."
)
def command(folder: Path, name: str) -> None:
    """Make a new site in FOLDER. What is already there is never overwritten.

    Example: guichet init my-site --name "Commune de Lys"
    """
    from dossiers import settings
    from dossiers.outside.vault import Vault
    from guichet.shipped import shipped_scheme
    from guichet.site import prepare

    if not (folder / settings.FILE).exists():
        settings.write(
            folder, {"site": {"base_url": "http://127.0.0.1:8000"}, "organisation": {"name": name}}
        )
    starter = folder / "schemes" / STARTER
    starter.parent.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        if not (starter.parent / name).exists():
            shutil.copyfile(shipped_scheme(name), starter.parent / name)
    Vault.open_at(settings.Settings.load(folder).keys)
    prepare(folder)
    click.echo(f"A site is ready in {folder}. Next:")
    click.echo(f"  guichet check {starter}")
    click.echo(f"  guichet publish {starter} --data {folder}")
    click.echo(f"  guichet users add you@office.example --name 'Your name' --administrator --data {folder}")
    click.echo(f"  guichet serve --data {folder}")
