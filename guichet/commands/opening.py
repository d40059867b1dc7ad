"""Open a site for a command that acts on it, and turn a refusal into one sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from pathlib import Path
from typing import Any

import click

from dossiers import office
from dossiers.services.desk import Desk
from dossiers.services.refusals import NotFound, Refused
from dossiers.settings import Settings
from engine.language import SchemeError
from guichet.site import prepare


def open_desk(data: Path) -> Desk:
    """The desk of the site in `data`, its database brought up to date; closed when the command ends."""
    prepare(data)
    opened = office.build(Settings.load(data))
    click.get_current_context().call_on_close(opened.database.close)
    return Desk(opened)


def in_one_sentence(command: Callable[..., Any]) -> Callable[..., Any]:
    """A refusal is an answer, not a traceback."""

    @wraps(command)
    def guarded(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except Refused as refused:
            raise click.ClickException(sentence(refused)) from refused
        except SchemeError as error:
            raise click.ClickException(f"A published version can't be read any more:\n{error}") from error
        except NotFound as missing:
            raise click.ClickException(f"There is no such {missing.what} here.") from missing

    return guarded


def sentence(refused: Refused) -> str:
    """The refusal; of a scheme that can't be published, every problem or every failure under it, with its line."""
    from guichet.commands.language import machine_language
    from renderers.words import refusal_sentence

    language = machine_language()
    return "\n".join([refusal_sentence(refused, None, language), *_details(refused, language)])


def _details(refused: Refused, language: str) -> Iterator[str]:
    problems: Any = refused.params.get("problems") or ()
    for problem in problems:
        yield f"  {problem.place}: {problem.sentence(language)}"
    outcomes: Any = refused.params.get("outcomes") or ()
    for outcome in outcomes:
        yield f"  {outcome.name}"
        for failure in outcome.failures:
            yield f"    {failure.place}: {failure.sentence(language)}"
