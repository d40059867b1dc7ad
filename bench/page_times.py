"""How long each page of a long form takes on one process, shown and saved, with all its answers given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from bench.browser import Browser
from bench.clients import HOST
from bench.servers import Server
from engine.language import Scheme
from renderers.controls import stored

MOST = 3  # times a page may come back


@dataclass(frozen=True, slots=True)
class Taken:
    """One kind of request to one page: the milliseconds 95 of 100 stay under, and those of the server's processor."""

    page: str
    p95: float
    work: float


def page_times(
    server: Server, scheme: Scheme, answers: Mapping[str, Any], rounds: int, *, only: tuple[str, ...] = ()
) -> Iterator[Taken]:
    """Fill the form in, then show and save each of its pages again; nobody else is there."""
    visitor, sent = Browser(HOST, server.port), _typed(scheme, answers)
    base = _filled(visitor, scheme.id, sent)
    server.rest()
    for page, controls in sent.items():
        if only and page not in only:
            continue
        yield _taken(server, visitor, f"{page}, shown", rounds, lambda page=page: visitor.get(base + page))
        yield _taken(server, visitor, f"{page}, saved", rounds, _save(visitor, base + page, controls))
    visitor.close()


def _typed(scheme: Scheme, answers: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """What is typed on each page."""
    return {
        page.id: {name: values[0] for name, values in stored(page.fields.values(), answers).items() if values}
        for page in scheme.form.values()
    }


def _filled(visitor: Browser, slug: str, sent: Mapping[str, Mapping[str, str]]) -> str:
    """A draft with every page answered; where its pages stand."""
    visitor.get(f"/aides/{slug}")
    visitor.post({"email": "mesure@fictif.example"}, action="/commencer")
    base = f"/demandes/{visitor.url.split('/')[2]}/"
    for page, controls in sent.items():
        visitor.get(base + page)
        for _ in range(MOST):  # a page comes back with what its answers bring up
            if visitor.url == base + page:
                visitor.post(dict(controls), action=f"/{page}")
    if not visitor.url.endswith("/verifier"):
        raise AssertionError(f"the form is not filled in: {visitor.url}")
    return base


def _save(visitor: Browser, address: str, controls: Mapping[str, str]) -> Any:
    def save() -> None:
        visitor.get(address)
        visitor.post(dict(controls), action=address)

    return save


def _taken(server: Server, visitor: Browser, name: str, rounds: int, ask: Any) -> Taken:
    """The request asked again and again; of one that saves, the saving alone is timed, its work the whole."""
    ask()
    began, first = server.work(), len(visitor.timings)
    for _ in range(rounds):
        ask()
    work = 1000 * (server.work() - began) / rounds
    kind = "POST" if name.endswith("saved") else "GET"
    times = [seconds for what, seconds in visitor.timings[first:] if what.startswith(kind)]
    return Taken(name, 1000 * quantiles(times, n=20)[-1], work)
