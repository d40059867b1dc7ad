"""`guichet paper`: the blank form of a scheme as PDF, to be printed and filled in by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from dossiers.office import logo_of
from dossiers.settings import Settings, SettingsError
from engine.language import SchemeError, load_scheme
from engine.organisation import Organisation
from renderers.paper_form import paper_form
from renderers.pdf import NotTypeset, pdf


@click.command(name="paper")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The PDF to write."
)
@click.option("--language", help="One of the scheme's languages; its first one without it.")
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The site whose name, address and logo stand on it.",
)
def command(path: Path, out: Path, language: str | None, data: Path | None) -> None:
    """Write the blank form of the scheme at PATH as a tagged PDF.

    Example: guichet paper schemes/haute-savoie-emergency-grant --out form.pdf
    """
    try:
        scheme = load_scheme(path)
    except SchemeError as error:
        raise click.ClickException("\n".join(str(problem) for problem in error.problems)) from error
    spoken = language or scheme.languages[0]
    if spoken not in scheme.languages:
        raise click.ClickException(
            f"{spoken!r} is none of the scheme's languages: {', '.join(scheme.languages)}."
        )
    settings = Settings.load(data) if data else None
    organisation = settings.organisation if settings else Organisation("…", ZoneInfo("Europe/Paris"))
    link = f"{settings.base_url}/aides/{scheme.id}" if settings else ""
    today = organisation.local_date(datetime.now(UTC))
    try:
        paper = paper_form(scheme, spoken, organisation=organisation, link=link, today=today)
        logo = logo_of(settings) if settings else None
        out.write_bytes(pdf(paper, logo, settings.fonts if settings else None))
    except (OSError, NotTypeset, SettingsError) as error:
        raise click.ClickException(f"{out}: {error}") from error
