"""Tasks of a state on the page of a dossier: a button for who does them, the name of the role for the others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossiers.services import publication
from engine.language import Bundle

SCHEME = Path(__file__).parents[1] / "dossiers" / "services" / "small-grant.yaml"
STATE = 'submitted: {label: {fr: "Déposée", en: "Filed"}'
TASKS = (
    ', tasks: {read: {label: {fr: "Lire le dossier", en: "Read it"}, by: instructor},'
    ' call: {label: {fr: "Appeler", en: "Call"}, by: hotline}}'
)
TEXTS = ("acknowledgement", "please_correct", "accepted", "refused", "expired", "unreadable")


@pytest.fixture
def dossier(bureau):
    """A dossier filed in a state with two tasks; its address."""
    texts = {
        f"texts/{name}.{language}.md": f"{first}: {{{{ reference }}}}\n\n{{{{ applicant }}}}\n"
        for name in TEXTS
        for language, first in (("fr", "Objet "), ("en", "Subject"))
    }
    texts |= {f"texts/remedies.{language}.md": "Contester.\n" for language in ("fr", "en")}
    written = SCHEME.read_text(encoding="utf-8")
    assert STATE in written
    found = Bundle({"scheme.yaml": written.replace(STATE, STATE + TASKS), **texts})
    bureau.desk.act(publication.publish, found, "Sylvie (fictive)")
    return bureau.path(bureau.filed())


def test_each_does_their_own_task_and_reads_the_others(bureau, dossier):
    page = bureau.as_("instructor").get(dossier)
    assert re.search(rf'action="{dossier}/taches/read"', page.html)
    assert f"{dossier}/taches/call" not in page.html
    assert "Tâches 0/2" in page.text and "Appeler (à faire) Assistance" in page.text
    done = bureau.as_("instructor").post(f"{dossier}/taches/read", seen=dossier, done="1")
    assert done.status == 303
    after = bureau.as_("hotline").get(dossier).text
    assert "rien n’est attendu de votre rôle" not in after  # a task is
    assert "Tâches 1/2" in after and "Lire le dossier (faite) Instructor (fictif)" in after
    assert "Tâche faite : Lire le dossier" in after.replace("\u00a0", " ")


def test_a_task_of_others_is_refused_and_said_so(bureau, dossier):
    refused = bureau.as_("supervisor").post(f"{dossier}/taches/read", seen=dossier, done="1")
    assert refused.status == 409 and "Tâches 0/2" in refused.text
    assert bureau.as_("instructor").post(f"{dossier}/taches/other", seen=dossier, done="1").status == 409
