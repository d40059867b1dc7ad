"""Somebody applies in another's place: they say so and send the mandate, both are named, some things stay the applicant's."""

from __future__ import annotations

from io import BytesIO

import pytest

from dossiers.services import casework
from renderers.letters import recipient
from tests.fixtures.sent import PDF

WHO = """
representative: {label: {fr: Mandataire, en: Agent}, when: for_another, name: agent, represents: person, mandate: mandate, may_not: [withdraw]}
form:
  who:
    title: {fr: Pour qui, en: For whom}
    fields:
      for_another: {type: yes_no, label: {fr: Pour un autre, en: For somebody}}
      agent: {type: text, when: for_another, label: {fr: Votre nom, en: Your name}}
      mandate: {type: file, when: for_another, accept: [pdf], label: {fr: Mandat, en: Mandate}}
"""


@pytest.fixture
def base(site, ada):
    site.publish(("\nform:\n", WHO))
    return site.begun(ada)


def filed(site, ada, base: str, **who) -> str:
    ada.get(base + "who")
    ada.post(base + "who", **who)
    site.fill(ada, base)
    ada.get(base + "verifier")
    assert ada.post(base + "verifier").status == 303
    return base.split("/")[2]


def test_who_applies_for_another_must_send_the_mandate(ada, base):
    ada.get(base + "who")
    answer = ada.post(base + "who", for_another="yes", agent="Bob (fictif)", asked_="for_another")
    page = ada.follow(answer)
    answer = ada.post(base + "who", for_another="yes", agent="Bob (fictif)")
    assert answer.status == 422 and "#q-mandate" in [one.get("href") for one in answer.all("a")], page.text


def test_both_are_named_and_what_stays_the_applicants_is_refused_to_who_acts_for_them(site, ada, base):
    mandate = {"mandate": (BytesIO(PDF), "mandat.pdf")}
    public_id = filed(site, ada, base, for_another="yes", agent="Bob (fictif)", **mandate)
    site.work()
    view = site.desk.act(casework.dossier, site._member("supervisor"), public_id)
    assert (view.applicant, view.representative) == ("Ada Fictive", "Bob (fictif)")
    assert "Retirer ma demande" not in ada.get(f"/suivi/{public_id}").text
    assert ada.get(f"/suivi/{public_id}/actions/withdraw").status == 404
    values = {"applicant": view.applicant, "representative": view.representative, "email": view.email}
    assert recipient(values, "fr") == ("Ada Fictive", "représenté par Bob (fictif)", "ada@fictif.example")


def test_who_applies_for_themselves_is_asked_no_mandate_and_may_do_all(site, ada, base):
    public_id = filed(site, ada, base, for_another="no")
    view = site.desk.act(casework.dossier, site._member("supervisor"), public_id)
    assert (view.applicant, view.representative) == ("Ada Fictive", "")
    assert ada.get(f"/suivi/{public_id}/actions/withdraw").status == 200
