"""Messages with the applicant: files both ways, texts written beforehand, what was read, who may write when."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from dossiers.access import Viewer
from dossiers.services import messaging, tracking, uploads
from dossiers.services.refusals import Refused

PICTURE = (Path(__file__).parents[1] / "fixtures" / "invoice.png").read_bytes()


@pytest.fixture
def dossier(bureau):
    """A dossier in examination; its address in the office."""
    found = bureau.path(bureau.filed())
    bureau.as_("instructor").post(f"{found}/actions/take")
    return found


def applicant(number: int = 1) -> Viewer:
    return Viewer("applicant", email=f"a{number}@fictif.example")


def id_of(dossier: str) -> str:
    return dossier.rsplit("/", 1)[1]


def test_files_go_both_ways_and_are_looked_at(bureau, dossier):
    done = bureau.as_("instructor").post(
        f"{dossier}/messages", body="Voici le modèle.", files=[(io.BytesIO(PICTURE), "modele.png")]
    )
    assert done.status == 303
    act, public_id = bureau.desk.act, id_of(dossier)
    answer = [uploads.Upload("reponse.png", PICTURE)]
    act(messaging.from_applicant, applicant(), public_id, body="Voici.", files=answer)
    seen = bureau.desk.read(tracking.dossier, applicant(), public_id)
    assert [[one.name for one in message.documents] for message in seen.messages] == [
        ["modele.png"],
        ["reponse.png"],
    ]
    assert "modele.png" in bureau.as_("instructor").get(dossier).html
    refused = bureau.as_("instructor").post(
        f"{dossier}/messages", body="Gardé.", files=[(io.BytesIO(b"MZ\x90\x00" * 20), "virus.exe")]
    )
    assert refused.status == 422
    assert "Gardé." in refused.html
    assert len(bureau.desk.read(tracking.dossier, applicant(), public_id).messages) == 2


def test_what_nobody_has_read_is_marked_until_somebody_who_may_answer_does(bureau, dossier):
    public_id = id_of(dossier)
    bureau.desk.act(messaging.from_applicant, applicant(), public_id, body="Une question.")
    bureau.as_("accountant").get(dossier)  # may not answer
    assert (
        '<span class="tag tag-warn">Message</span>'
        in bureau.as_("instructor").get("/bureau/small-grant/").html
    )
    assert '<span class="tag tag-warn">Nouveau</span>' in bureau.as_("instructor").get(dossier).html
    assert '<span class="tag tag-warn">Nouveau</span>' not in bureau.as_("instructor").get(dossier).html
    assert (
        '<span class="tag tag-warn">Message</span>'
        not in bureau.as_("instructor").get("/bureau/small-grant/").html
    )
    bureau.as_("instructor").post(f"{dossier}/messages", body="Une réponse.")
    assert "pas encore lu" in bureau.as_("instructor").get(dossier).text
    bureau.desk.act(messaging.seen_by_applicant, applicant(), public_id)
    assert "lu le 12 mai 2020" in bureau.as_("instructor").get(dossier).text.replace("\u00a0", " ")


def test_message_written_beforehand_is_filled_in_and_can_be_changed(bureau, dossier):
    page = bureau.as_("instructor").get(f"{dossier}?modele=unreadable")
    assert "Document illisible" in page.text
    assert "Ada Fictive, http" in page.html.partition('name="body"')[2].partition("</textarea>")[0]
    assert bureau.as_("instructor").get(f"{dossier}?modele=nothing").status == 404


def test_applicant_writes_no_more_where_only_the_office_does(bureau, dossier):
    public_id = id_of(dossier)
    bureau.desk.act(tracking.act, applicant(), public_id, "withdraw")
    with pytest.raises(Refused, match="messages_closed"):
        bureau.desk.act(messaging.from_applicant, applicant(), public_id, body="Encore un mot.")
    assert not bureau.desk.read(tracking.dossier, applicant(), public_id).may_write
    assert bureau.as_("instructor").post(f"{dossier}/messages", body="Bien noté.").status == 303
