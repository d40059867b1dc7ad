"""The page of figures: who sees which, what it counts, its pictures with their tables, and its mail in the morning."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from dossiers import access
from dossiers.database import Mail, RoleGrant, SchemeVersion
from dossiers.services import figure_keeping, figure_mails, publication
from dossiers.worker import Worker
from engine.language import Bundle

NOON = datetime(2020, 5, 12, 10, tzinfo=UTC)
FIGURES = "/bureau/small-grant/chiffres"
CHANGES = (
    (
        'en: "Supervisor"}, may: [search, view, note, message',
        'en: "Supervisor"}, may: [search, view, note, message, dashboard',
    ),
    ('en: "Accounts"}, may: [search, view', 'en: "Accounts"}, may: [search, view, pay'),
    (
        "form:\n  you:",
        """groups:
  poor: {label: {fr: "Petits revenus", en: "Low incomes"}, where: income < 13000}
  rich: {label: {fr: "Autres", en: "Others"}, where: income >= 13000}
form:
  you:""",
    ),
    (
        "privacy:",
        """dashboard:
  residents: {title: {fr: "Habitants", en: "Residents"}, chart: dossiers by resident}
  incomes: {title: {fr: "Aides aux petits revenus", en: "Grants to low incomes"}, figure: granted, where: income < 13000}
public_figures: [arrivals, decisions, residents]
privacy:""",
    ),
)


@pytest.fixture
def watched(bureau):
    """The small grant with figures: one dossier accepted, one refused, one just filed."""
    with bureau.desk.office.database.reading() as session:
        files = dict(session.scalars(select(SchemeVersion.files)).one())
    for old, new in CHANGES:
        assert old in files["scheme.yaml"], old
        files["scheme.yaml"] = files["scheme.yaml"].replace(old, new, 1)
    bureau.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    bureau.clock.now = NOON - timedelta(days=2)
    first, second = bureau.path(bureau.filed(1)), bureau.path(bureau.filed(2, income="14 000"))
    bureau.clock.now = NOON
    bureau.as_("instructor").post(f"{first}/actions/take")
    bureau.as_("instructor").post(f"{first}/liste/proof", done="1")
    assert bureau.as_("supervisor").post(f"{first}/actions/accept").status == 303
    assert bureau.as_("supervisor").post(f"{second}/actions/refuse", comment_="Essai.").status == 303
    bureau.filed(3)
    keep_up(bureau)
    return bureau


def keep_up(bureau):
    worker = Worker(bureau.desk.office)
    worker.seal()
    worker.keep_figures()


def account_of(work):
    return work.session.scalar(select(RoleGrant.account_id).where(RoleGrant.role == "supervisor"))


def text(page):
    return page.text.replace("\u202f", " ").replace("\u00a0", " ")


def test_a_printed_page_says_of_which_scheme_days_and_state_its_figures_are(watched):
    page = watched.as_("supervisor").get(f"{FIGURES}?depuis=2020-05-01&jusqu=2020-05-12&etat=accepted")
    title = re.search(r"<title>Chiffres – (.*?) – ", page.html)[1]
    said = re.search(r'<p class="on-paper">(.*?)</p>', page.html, re.S)[1]
    plain = " ".join(re.sub(r"<[^>]+>", " ", said).replace("&nbsp;", " ").replace("\u00a0", " ").split())
    assert plain == f"{title} Du 1er mai 2020 au 12 mai 2020. État actuel : Acceptée."


def test_head_of_office_reads_the_figures_and_their_tables(watched):
    page = watched.as_("supervisor").get(FIGURES)
    told = text(page)
    for said in (
        "déposées dans la période 3",
        "en cours 2",
        "décidées dans la période 2",
        "jusqu'à la décision, pour la moitié des demandes 2 jours",
        "Accordée 1",
        "Instructor (fictif) 1 0",
        "Supervisor (fictif) 0 2",
        "Oui 3",
        "Aides aux petits revenus",
    ):
        assert said in told, said
    assert "style=" not in page.html and "<script>" not in page.html
    assert page.html.count("<svg") > 10 and "<table" in page.html
    assert watched.desk.read(figure_keeping.recount) == ()


def test_figures_are_narrowed_by_the_address_and_say_as_of_when(watched):
    of = watched.as_("supervisor")
    assert "déposées dans la période 1" in text(of.get(f"{FIGURES}?groupe=rich"))
    assert "déposées dans la période 0" in text(of.get(f"{FIGURES}?depuis=2020-05-11&jusqu=2020-05-11"))
    assert "déposées dans la période 3" in text(
        of.get(f"{FIGURES}?depuis=2019-01-15&jusqu=2020-05-20")
    )  # by whole months
    to_come = of.get(f"{FIGURES}?depuis=0001-01-01&jusqu=9000-01-01")
    assert 'name="jusqu" type="date" value="2020-05-12"' in to_come.html  # nothing is counted of days to come
    assert "déposées dans la période 1" in text(of.get(f"{FIGURES}?etat=submitted"))
    told = text(of.get(f"{FIGURES}?depuis=demain&jusqu=99999-01-01&groupe=%00"))
    assert "Chiffres du 12 mai 2020 à 12 h 00" in told
    watched.clock.pass_by(minutes=5)
    watched.filed(4)  # not followed yet
    watched.clock.pass_by(minutes=5)
    told = text(of.get(FIGURES))
    assert "déposées dans la période 3" in told and "Chiffres du 12 mai 2020 à 12 h 05" in told
    keep_up(watched)
    told = text(of.get(FIGURES))
    assert "déposées dans la période 4" in told and "Chiffres du 12 mai 2020 à 12 h 10" in told


def test_figures_are_for_who_may_watch_and_money_alone_for_who_pays(watched):
    assert watched.as_("instructor").get(FIGURES).status == 404
    told = watched.as_("accountant").get(FIGURES).text
    assert "Montants de la période" in told and "déposées" not in told and "Charge par agent" not in told


def test_who_sees_their_own_groups_reads_their_figures_only(watched):
    with watched.desk.office.database.writing() as session:
        files = dict(
            session.scalars(select(SchemeVersion.files).where(SchemeVersion.retired_at.is_(None))).one()
        )
    files["scheme.yaml"] = files["scheme.yaml"].replace(
        "message, dashboard]", "message, dashboard], sees: own_groups"
    )
    watched.desk.act(publication.publish, Bundle(files), "Sylvie (fictive)")
    with watched.desk.office.database.writing() as session:
        [grant] = session.scalars(select(RoleGrant).where(RoleGrant.role == "supervisor"))
        grant.groups = ["rich"]
    told = text(watched.as_("supervisor").get(FIGURES))
    assert "déposées dans la période 1" in told and "Ce sont ceux de vos groupes." in told
    assert "Petits revenus" not in told
    assert "déposées dans la période 0" in text(watched.as_("supervisor").get(f"{FIGURES}?groupe=poor"))


def test_figures_come_by_mail_once_a_morning_for_who_asks(watched):
    of = watched.as_("supervisor")
    assert of.post(f"{FIGURES}/courriel", every="day").status == 303
    workers = [Worker(watched.desk.office, kinds=["figures"]) for _ in range(2)]

    def wish(every):
        viewer = watched.desk.read(lambda work: access.staff(work.session, account_of(work), "fr"))
        watched.desk.act(figure_mails.wish, viewer, "small-grant", every)

    def mails():
        for worker in workers:
            worker.queue_figure_mails()
        for worker in workers:
            worker.run_job()
        with watched.desk.office.database.reading() as session:
            return list(
                session.scalars(
                    select(Mail.text).where(Mail.to == "supervisor@fictif.example").order_by(Mail.id)
                )
            )

    before = len(mails())
    watched.clock.now = datetime(2020, 5, 13, 4, 59, tzinfo=UTC)  # 6:59 in Paris
    assert len(mails()) == before
    watched.clock.now = datetime(2020, 5, 13, 5, tzinfo=UTC)
    found = mails()
    assert len(found) == before + 1 and len(mails()) == before + 1
    told = found[-1].replace("\u202f", " ").replace("\u00a0", " ")
    assert "demandes déposées : 1" in told and "dossiers décidés : 2" in told and FIGURES in told
    wish("monday")
    watched.clock.now = datetime(2020, 5, 16, 8, tzinfo=UTC)  # a Saturday
    assert len(mails()) == before + 1
    watched.clock.now = datetime(2020, 5, 18, 8, tzinfo=UTC)
    assert len(mails()) == before + 2
    wish("")
    watched.clock.now = datetime(2020, 5, 25, 8, tzinfo=UTC)
    assert len(mails()) == before + 2


def test_picture_is_drawn_without_a_style_or_a_script_of_its_own(watched):
    page = watched.as_("supervisor", "en").get(FIGURES)
    [drawn] = re.findall(r'<svg class="chart-columns".*?</svg>', page.html, flags=re.S)
    assert 'role="img" aria-label="Applications filed"' in drawn
    assert "<title>10 May 2020: 2</title>" in drawn.replace("\u00a0", " ")


def test_public_page_tells_what_the_scheme_opens_and_no_small_count(watched):
    for number in range(10, 16):
        watched.filed(number, income="14 000")
    keep_up(watched)
    told = text(watched.visitor().get("/aides/small-grant/chiffres"))
    assert "Les chiffres de cette aide" in told and "mai 2020 9" in told and "Oui 9" in told
    assert told.count("moins de 5, ou non communiqué") == 2  # one granted, one refused
    assert "Charge par agent" not in told and "Montants" not in told
    assert "Habitants" in told
    assert "/aides/small-grant/chiffres" in watched.visitor().get("/aides/small-grant").html


def test_scheme_that_opens_nothing_has_no_public_page(bureau):
    assert bureau.visitor().get("/aides/small-grant/chiffres").status == 404
