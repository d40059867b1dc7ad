"""`guichet`, the command line. Each command is one module of guichet.commands, imported only when it is called."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click

from dossiers.settings import SiteError
from guichet import __version__

# name → (module, one line of help). Modules are imported on use: `guichet check` must not wait for a web framework.
COMMANDS = {
    "check": ("check", "Every problem of a scheme, with file, line and column"),
    "test": ("test", "Play the tests a scheme carries"),
    "test-from": ("test_from", "Make a test of a dossier that came in, without its personal data"),
    "schema": ("schema", "The JSON Schema of a scheme, for editors"),
    "diagram": ("diagram", "Draw the workflow or the form of a scheme (SVG, Mermaid)"),
    "matrix": ("matrix", "Who may do what in which state of a scheme, as a table"),
    "paper": ("paper", "The blank form of a scheme as PDF, to fill in by hand"),
    "import": ("import_", "Bring in what was made elsewhere: a DMN model, an XLSForm"),
    "bundle": ("bundle", "A whole scheme in one zip: export, import"),
    "init": ("init", "Make a new site: settings, keys, a starter scheme"),
    "demo": ("demo", "A site ready to look at: the Haute-Savoie grant with some hundreds of dossiers"),
    "stubs": ("stubs", "Stand in for the sources of connectors, with invented companies"),
    "serve": ("serve", "Web pages and worker in one process"),
    "web": ("web", "Web pages only (several machines)"),
    "worker": ("worker", "Worker only: mails, letters, deadlines, seals"),
    "prefill-link": ("prefill_link", "A link to a form with some answers given beforehand"),
    "publish": ("publish", "Publish a version of a scheme"),
    "simulate": ("simulate", "Replay a changed scheme on the dossiers that came in"),
    "re-examine": ("re_examine", "Judge refused dossiers again under the version in force"),
    "diff": ("diff", "What changes between two versions of a scheme, and whom it touches"),
    "migrate": ("migrate", "Move dossiers under way to the version in force, after a preview"),
    "budget": ("budget", "The envelopes of a scheme, recounted from its dossiers"),
    "figures": ("figures", "The figures of dashboards, kept up and recounted from the dossiers"),
    "versions": ("versions", "The published versions of a scheme"),
    "close": ("close", "Take no new application for a scheme"),
    "rehearse": ("rehearse", "A second site to train on and to try schemes: open, serve, play, close"),
    "export": ("export", "The dossiers of a scheme as a file: CSV, XLSX, ODS, JSON Lines, Parquet"),
    "open-data": ("open_data", "The subsidies a scheme publishes (SCDL), or a check of such a file"),
    "users": ("users", "Staff accounts: add, list, disable"),
    "mails": ("mails", "Note the mails that came back"),
    "audit": ("audit", "Verify the journal and the published versions"),
    "purge": ("purge", "Anonymise what has been kept long enough"),
    "db": ("db", "Bring the database up to date"),
}


class Commands(click.Group):
    """A group whose commands are imported one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command: click.Command = import_module(f"guichet.commands.{module}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a site that can't be opened is told in one sentence."""
        try:
            return super().invoke(ctx)
        except SiteError as error:
            raise click.ClickException(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(cls=Commands)
@click.version_option(__version__, prog_name="guichet")
def main() -> None:
    """Declare a public aid scheme in YAML; Guichet does the rest.

    Example: guichet demo
    """


if __name__ == "__main__":
    main()
