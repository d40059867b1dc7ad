"""Texts with holes are filled in on the dossier's page, and show no more than the role may see."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dossiers.database import Job
from dossiers.services import publication
from engine.language import Bundle
from tests.admin.conftest import bundle

HOLES = (
    ('label: {fr: "SIRET", en: "SIRET"}', 'label: {fr: "SIRET pour {income}", en: "SIRET for {income}"}'),
    ('label: {fr: "Âge", en: "Age"}', 'label: {fr: "Âge, pour {person.first_name}", en: "Age, for {person.first_name}"}'),
    ('title: {fr: "Versement", en: "Payment"}', 'title: {fr: "Versement à {person.last_name}", en: "Payment to {person.last_name}"}'),
)  # fmt: skip


@pytest.fixture
def with_holes(bureau):
    """The small grant, some labels of which say what was answered elsewhere."""
    files = dict(bundle().files)
    for old, new in HOLES:
        assert old in files["scheme.yaml"]
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    return bureau


def test_labels_and_titles_are_filled_in(with_holes):
    dossier = with_holes.path(with_holes.filed(name="Fictive"))
    told = with_holes.as_("supervisor").get(dossier).text.replace("\u202f", " ").replace("\u00a0", " ")
    assert "SIRET pour 12 000 €" in told
    assert "Versement à Fictive" in told
    assert "Âge, pour Ada" in told
    assert "Payment to Fictive" in with_holes.as_("supervisor", "en").get(dossier).text
    assert "{" not in told


def test_hidden_answer_stays_hidden_in_a_label(with_holes):
    dossier = with_holes.path(with_holes.filed())
    told = with_holes.as_("hotline").get(dossier).text
    assert "SIRET pour •••" in told
    assert "12" not in told.split("SIRET pour")[1][:12]


@pytest.mark.parametrize(("hole", "printed"), [("income", "12 000 €"), ("iban", "•••")])
def test_mail_names_questions_as_they_were_read_and_tells_nothing_sensitive(bureau, hole, printed):
    yaml = bundle().files["scheme.yaml"]
    label = f'label: {{fr: "SIRET pour {{{hole}}}", en: "SIRET for {{{hole}}}"}}'
    changed = yaml.replace('label: {fr: "SIRET", en: "SIRET"}', label)
    assert changed != yaml
    files = {**bundle().files, "scheme.yaml": changed}
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    dossier, instructor = bureau.path(bureau.filed()), bureau.as_("instructor")
    assert instructor.post(f"{dossier}/actions/take").status == 303
    asked = instructor.post(f"{dossier}/actions/ask", fields_to_correct=["siret"], reason="Illisible.")
    assert asked.status == 303
    with bureau.desk.office.database.reading() as session:
        jobs = session.scalars(select(Job).where(Job.kind == "mail").order_by(Job.id)).all()
    [named] = jobs[-1].options["values"]["fields_to_correct"]
    assert named.replace("\u202f", " ").replace("\u00a0", " ") == f"SIRET pour {printed}"
