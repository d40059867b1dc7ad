"""Stands in for the sources of the shipped connectors: their shapes, with invented companies and families, on this machine.

Every address is asked as `/HOST/PATH`, so that one server stands for all of them (the setting `connector_stubs`).
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from wsgiref.types import StartResponse, WSGIEnvironment

import yaml
from werkzeug.serving import make_server

from dossiers.outside.web import Response

Company = Mapping[str, Any]
Query = Mapping[str, list[str]]
COMPANIES = "recherche-entreprises.api.gouv.fr"
ADDRESSES = "data.geopf.fr"
FAMILIES = "particulier.api.gouv.fr"
SLOW = 5.0  # seconds: more than any connector waits
STATUS = {
    200: "200 OK",
    401: "401 Unauthorized",
    404: "404 Not Found",
    429: "429 Too Many Requests",
    502: "502 Bad Gateway",
}


@cache
def invented() -> Mapping[str, Company]:
    """The companies that come along, by SIRET."""
    text = files("guichet.stubs").joinpath("companies.yaml").read_text(encoding="utf-8")
    found: dict[str, Company] = yaml.safe_load(text)
    return found


@dataclass(frozen=True, slots=True)
class Stubs:
    """The sources. `companies` are known besides those that come along; `sleep` is for the slow one."""

    companies: dict[str, Company] = field(default_factory=dict)
    sleep: Callable[[float], None] = time.sleep

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterator[bytes]:
        """Answer one request (WSGI)."""
        _, host, *path = str(environ.get("PATH_INFO", "")).split("/", 2)
        query = parse_qs(str(environ.get("QUERY_STRING", "")))
        status, body = self.answer(host, f"/{path[0] if path else ''}", query, _token(environ))
        headers = [("Content-Type", "application/json")]
        headers += [("Retry-After", "1")] if status == 429 else []
        start_response(STATUS[status], headers)
        yield json.dumps(body, ensure_ascii=False).encode()

    def answer(self, host: str, path: str, query: Query, token: str = "") -> tuple[int, object]:
        """The status and the body of one request."""
        if (host, path) == (COMPANIES, "/search"):
            return self._company(_one(query, "q"))
        if (host, path) == (ADDRESSES, "/geocodage/search"):
            return 200, _address(_one(query, "q"), _one(query, "postcode"))
        if (host, path) == (FAMILIES, "/v3/dss/quotient_familial/identite"):
            return _family(query) if token else (401, {"errors": [{"code": "00101"}]})
        return 404, {"erreur": "no such address"}

    def _company(self, siret: str) -> tuple[int, object]:
        found = self.companies.get(siret) or invented().get(siret)
        answers = found.get("answers") if found else None
        if answers == "unavailable":
            return 502, {"erreur": "unavailable"}
        if answers == "busy":
            return 429, {"erreur": "too many requests"}
        if answers == "slow":
            self.sleep(SLOW)
        results = [_result(siret, found)] if found else []
        return 200, {"results": results, "total_results": len(results), "page": 1, "per_page": 1}


def _one(query: Query, name: str) -> str:
    return query.get(name, [""])[0]


def _token(environ: WSGIEnvironment) -> str:
    return str(environ.get("HTTP_AUTHORIZATION", "")).removeprefix("Bearer").strip()


def _result(siret: str, company: Company) -> dict[str, object]:
    """A company with one establishment, in the shape of the open register."""
    hidden, closed = bool(company.get("hidden")), company.get("closed")
    town = f"{company['postcode']} {company.get('commune', '')}".strip()
    address = " ".join(part for part in (company.get("street"), town) if part)
    place = {
        "siret": siret,
        "adresse": "[NON-DIFFUSIBLE]" if hidden else address,
        "code_postal": company["postcode"],
        "commune": company.get("code"),
        "libelle_commune": company.get("commune"),
        "activite_principale": company.get("naf"),
        "etat_administratif": "F" if closed else "A",
        "date_creation": _day(company.get("created")),
        "date_fermeture": _day(closed),
        "est_siege": True,
        "statut_diffusion_etablissement": "P" if hidden else "O",
    }
    return {
        "siren": siret[:9],
        "nom_complet": company["name"],
        "nature_juridique": company.get("legal_form", "5499"),
        "etat_administratif": "C" if closed else "A",
        "statut_diffusion": "P" if hidden else "O",
        "siege": place,
        "matching_etablissements": [place],
    }


def _day(value: object) -> str | None:
    return None if value is None else str(value)


def _address(asked: str, postcode: str) -> dict[str, object]:
    """What was asked, as if it were known; nothing for an empty question."""
    name = asked.removesuffix(postcode).strip()
    known = {
        "label": f"{asked} Annecy",
        "name": name,
        "postcode": postcode,
        "city": "Annecy",
        "citycode": "74010",
    }
    found = {"type": "Feature", "properties": {**known, "score": 0.9, "type": "housenumber"}}
    return {"type": "FeatureCollection", "features": [found] if name else []}


def _family(query: Query) -> tuple[int, object]:
    """An invented family whose quotient is told by its name: ABSENTE is unknown."""
    name = _one(query, "nomNaissance").upper()
    if name == "ABSENTE" or not name:
        return 404, {"errors": [{"code": "37003", "title": "Dossier allocataire absent CNAV"}]}
    quotient = {"fournisseur": "CNAF", "valeur": 400 + 50 * len(name), "annee": 2020, "mois": 5}
    return 200, {"data": {"allocataires": [], "enfants": [{}, {}], "quotient_familial": quotient}}


# -- in place of the network --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class InProcess:
    """Answers as `dossiers.outside.web.Web` does, without any network."""

    stubs: Stubs

    def allows(self, url: str) -> bool:
        """Every source is stood in for."""
        return True

    def get(
        self, url: str, query: tuple[tuple[str, str], ...], headers: Mapping[str, str], *, within: float
    ) -> Response:
        """The response of the stubs."""
        split = urlsplit(url)
        token = headers.get("Authorization", "").removeprefix("Bearer").strip()
        asked = parse_qs(urlencode(query))
        status, body = self.stubs.answer(split.hostname or "", split.path, asked, token)
        return Response(status, json.dumps(body, default=str).encode(), 1.0 if status == 429 else None)


@contextmanager
def serving(stubs: Stubs, port: int = 0) -> Iterator[str]:
    """The stubs on a port of this machine until the block ends; gives their address."""
    server = make_server("127.0.0.1", port, stubs, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True, name="stubs")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
