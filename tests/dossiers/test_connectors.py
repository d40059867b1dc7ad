"""Asking sources outside: bounded in every way, remembered, left alone when they fail, and never a private address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from dossiers.outside.connectors import Connectors
from dossiers.outside.web import BIGGEST, NotAllowed, Response, Unreachable, Web
from dossiers.settings import Settings, SettingsError
from engine.language import Bundle
from engine.language.loader.connectors import connector_schema, load_connector
from engine.language.loader.loading import Loading
from engine.language.sharing import library
from engine.language.source import Source
from guichet.stubs import InProcess, Stubs

HOST = "recherche-entreprises.api.gouv.fr"
ASKED = {"siret": "73282932000074"}
FOUND = b'{"results": [{"nom_complet": "X", "statut_diffusion": "O", "matching_etablissements": [{"siret": "73282932000074", "etat_administratif": "A", "date_creation": "hier"}]}]}'


def connector(name="recherche-entreprises"):
    load = Loading(Bundle(library()), Source("scheme.yaml"), {}, ("fr",), {})
    found = load_connector(load, f"connectors/library/{name}.yaml")
    assert found is not None and load.problems == []
    return found


@dataclass
class Scripted:
    """A network that gives these responses one after the other, the last one for ever."""

    responses: list[Response | Exception]
    asked: list[str] = field(default_factory=list)

    def allows(self, url):
        return True

    def get(self, url, query, headers, *, within):
        self.asked.append(url)
        found = self.responses.pop(0) if len(self.responses) > 1 else self.responses[0]
        if isinstance(found, Exception):
            raise found
        return found


@dataclass
class Seconds:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


def sources(*responses):
    clock, slept = Seconds(), []
    web = Scripted(list(responses))
    return Connectors(web, clock=clock, sleep=slept.append), web, clock, slept


OK, DOWN = Response(200, FOUND), Response(502, b"")


def test_an_answer_is_used_again_until_its_time_is_over():
    asking, web, clock, _ = sources(OK)
    one = connector()
    assert asking.ask(one, ASKED, within=2).values["name"] == "X"
    assert asking.ask(one, ASKED, within=2).status == "found"
    assert len(web.asked) == 1
    clock.now += one.limits.keep + 1
    asking.ask(one, ASKED, within=2)
    assert len(web.asked) == 2


def test_a_value_that_is_none_of_its_kind_is_not_known():
    asking, *_ = sources(OK)
    assert asking.ask(connector(), ASKED, within=2).values["created"] is None


def test_a_call_that_failed_is_tried_again_a_bounded_number_of_times():
    asking, web, _, slept = sources(DOWN, OK)
    assert asking.ask(connector(), ASKED, within=2).status == "found"
    assert (len(web.asked), len(slept)) == (2, 1)
    asking, web, *_ = sources(DOWN)
    assert asking.ask(connector(), ASKED, within=2).status == "down"
    assert len(web.asked) == 2


def test_a_source_that_asks_for_patience_beyond_ours_is_not_asked_again_now():
    asking, web, _, slept = sources(Response(429, b"", wait=30))
    assert asking.ask(connector(), ASKED, within=2).status == "down"
    assert (len(web.asked), slept) == (1, [])


def test_a_source_that_fails_is_left_alone_then_probed_by_one_call():
    asking, web, clock, _ = sources(Unreachable("ConnectTimeoutError"))
    one = replace(connector(), limits=replace(connector().limits, retries=0, per_second=100))
    for _ in range(one.limits.failures + 3):
        assert asking.ask(one, ASKED, within=2).status == "down"
    assert len(web.asked) == one.limits.failures
    clock.now += one.limits.pause + 1
    asking.ask(one, ASKED, within=2)
    asking.ask(one, ASKED, within=2)
    assert len(web.asked) == one.limits.failures + 1
    web.responses[:] = [OK]
    clock.now += one.limits.pause + 1
    assert asking.ask(one, ASKED, within=2).status == "found"


def test_a_source_is_not_asked_faster_than_it_allows():
    asking, web, clock, _ = sources(Response(404, b""))
    one = connector()
    for number in range(20):
        asking.ask(one, {"siret": str(number)}, within=2)
    assert len(web.asked) == one.limits.per_second
    clock.now += 1.1
    assert asking.ask(one, {"siret": "x"}, within=2).status == "missing"


@pytest.mark.parametrize(
    ("response", "status"),
    [
        (Response(404, b""), "missing"),
        (Response(200, b'{"results": []}'), "missing"),
        (Response(200, b"<html>"), "wrong"),
        (Response(200, b"[1, 2]"), "missing"),
        (Response(403, b""), "wrong"),
        (Unreachable("SSLError"), "down"),
        (NotAllowed("no"), "down"),
    ],
)
def test_whatever_comes_is_an_answer(response, status):
    asking, *_ = sources(response)
    assert asking.ask(connector(), ASKED, within=2).status == status


def test_a_secret_comes_from_the_settings_and_is_never_missing_in_silence():
    asked = {"last_name": "FICTIVE", "first_name": "ADA", "born": "1980-02-03"}
    one = connector("quotient-familial")
    assert Connectors(InProcess(Stubs())).ask(one, asked, within=2).reason == (
        "the setting particulier of [tokens] is missing"
    )
    known = Connectors(InProcess(Stubs()), {"particulier": "secret"})
    assert known.ask(one, asked, within=2).values["value"] == "750"
    assert known.ask(one, {**asked, "last_name": "ABSENTE"}, within=2).status == "missing"


def test_an_address_is_normalised():
    answer = Connectors(InProcess(Stubs())).ask(
        connector("address"), {"street": "3 rue du Lac", "postcode": "74000"}, within=2
    )
    assert answer.values["address"] == {"street": "3 rue du Lac", "postcode": "74000", "commune": "Annecy"}


def test_schema_for_editors_is_the_one_files_are_checked_by():
    shipped = Path(__file__).parents[2] / "schemes" / "connector.schema.json"
    assert json.loads(shipped.read_text(encoding="utf-8")) == connector_schema()


# -- the network --------------------------------------------------------------------------------------------


def test_a_host_that_settings_do_not_name_is_not_called():
    with pytest.raises(NotAllowed, match="connector_hosts"):
        Web(frozenset({"other.example"})).get(f"https://{HOST}/search", (), {}, within=1)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.4",
        "169.254.169.254",
        "::1",
        "fe80::1",
        "::ffff:10.0.0.1",
        "0.0.0.0",
    ],
)
def test_a_name_that_leads_to_a_private_address_is_refused(address):
    web = Web(frozenset({HOST}), resolve=lambda host, port: ["93.184.216.34", address])
    with pytest.raises(NotAllowed, match="public"):
        web.get(f"https://{HOST}/search", (), {}, within=1)


def test_nothing_is_sent_in_clear():
    with pytest.raises(NotAllowed, match="https"):
        Web(frozenset({HOST})).get(f"http://{HOST}/search", (), {}, within=1)


@contextmanager
def listening(app) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_stubs_stand_in_for_every_host():
    with listening(Stubs()) as address:
        got = Web(stand_in=address).get(f"https://{HOST}/search", (("q", ASKED["siret"]),), {}, within=30)
    assert got.status == 200 and "CAFÉ DU LAC" in got.body.decode()


def test_a_redirection_is_not_followed():
    def elsewhere(environ, start_response):
        start_response("302 Found", [("Location", "http://127.0.0.1:1/")])
        return [b""]

    with listening(elsewhere) as address:
        assert Web(stand_in=address).get(f"https://{HOST}/", (), {}, within=30).status == 302


def test_a_response_too_big_is_none():
    def endless(environ, start_response):
        start_response("200 OK", [])
        return (b"x" * 100_000 for _ in range(BIGGEST // 100_000 + 2))

    with listening(endless) as address, pytest.raises(Unreachable, match="too big"):
        Web(stand_in=address).get(f"https://{HOST}/", (), {}, within=30)


def test_stubs_stand_on_this_machine_or_nowhere(tmp_path):
    (tmp_path / "guichet.ini").write_text("[site]\nconnector_stubs = http://stubs.example\n")
    with pytest.raises(SettingsError, match="connector_stubs"):
        Settings.load(tmp_path, {})


def test_one_line_of_the_settings_allows_a_source(tmp_path):
    (tmp_path / "guichet.ini").write_text(
        f"[site]\nconnector_hosts = {HOST}\n[tokens]\nparticulier = s3cret\n"
    )
    settings = Settings.load(tmp_path, {})
    assert Web(settings.hosts).allows(f"https://{HOST}/search")
    assert settings.tokens == {"particulier": "s3cret"}
    assert not Web(Settings.load(tmp_path / "other", {}).hosts).allows(f"https://{HOST}/search")
