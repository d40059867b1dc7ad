"""Dossiers under way move by the declared lines, as previewed; what is decided keeps its form and its wording."""

import pytest
from sqlalchemy import func, select

from dossiers import journal
from dossiers.database import AmountStep, Dossier, Filing, JournalEntry, OnceClaim, SchemeVersion, VerdictRow
from dossiers.services import applications, campaigns, casework, migration, publication, tracking
from dossiers.services.refusals import Refused
from dossiers.services.views import Saved
from tests.dossiers.services.campaigning import ADA
from tests.dossiers.services.conftest import SLUG, siret

# Income is called otherwise, the ceiling falls to 20 000 €, the grant rises; `on_hold` is now `waiting`.
CHANGED = (
    ("income: {type: money", "revenue: {type: money"),
    ('{fr: "Revenu", en: "Income"}', '{fr: "Revenu du foyer", en: "Household income"}'),
    ("when: income < 2000", "when: revenue < 2000"),
    ("require: income <= 50000", "require: revenue <= 20000"),
    ('"Le revenu ({income}) dépasse 50 000 €."', '"Le revenu ({revenue}) dépasse 20 000 €."'),
    ('"The income ({income}) is over 50 000 €."', '"The income ({revenue}) is over 20 000 €."'),
    ('decide: [income], hit: first, rows: [["< 2000", 1500], ["-", 1000]]', 'decide: [revenue], hit: first, rows: [["< 2000", 1500], ["< 10000", 1200], ["-", 1000]]'),
    ("states: [in_review, on_hold]", "states: [in_review, waiting]"),
    ('    on_hold: {label: {fr: "En attente"', '    waiting: {label: {fr: "En attente de vous"'),
    ("      to: on_hold", "      to: waiting"),
    ("from: on_hold, to: in_review", "from: waiting, to: in_review"),
    ("from: [submitted, in_review, on_hold], to: withdrawn", "from: [submitted, in_review, waiting], to: withdrawn"),
    ("from: on_hold, to: expired", "from: waiting, to: expired"),
    ("in: on_hold, after", "in: waiting, after"),
    ("    withdraw: {label", '    reconsider: {label: {fr: "Réexaminer", en: "Reconsider"}, from: refused, to: in_review, by: supervisor, comment: required}\n    withdraw: {label'),
)  # fmt: skip
LINES = """
version: 2
migration:
  from: [1]
  renamed: {income: revenue}
  states: {on_hold: waiting}
  dossiers:
    acquired: {where: before.eligible and not(eligible), take: old}
    again: {where: 'dossier.state = "refused" and eligible and award.computed > before.amount', take: new, do: reconsider}
    the_rest: {where: true, take: new}
"""
CHANGED_WITH_LINES = (*CHANGED, ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + LINES))


@pytest.fixture
def older(either_site):
    """Dossiers in several states under the first version; what each is for."""
    site, found = either_site, {}
    incomes = {"poor": "5 000", "middling": "12 000", "rich": "40 000", "held": "3 000", "denied": "6 000"}
    for number, (name, income) in enumerate(incomes.items()):
        _, found[name] = site.filed(f"{name}@fictif.example", siret=siret(number), income=income)
    for name in ("held", "denied"):
        site.fire("instructor", found[name], "take")
    site.ask(found["held"], "income")
    site.fire("supervisor", found["denied"], "refuse", comment="Trop tard.")
    _, found["paid"] = site.accepted(siret=siret(9), income="4 000")
    site.fire("accountant", found["paid"], "pay")
    return site, found


def publish(site, bundle_of, *changes):
    site.act(publication.publish, bundle_of(*(changes or CHANGED_WITH_LINES)), "Sylvie (fictive)")


def carry_out(site):
    campaign = site.act(migration.begin, SLUG, ADA)
    list(campaigns.carry_out(site.desk, campaign.id))
    return campaign


def versions(site):
    query = select(Dossier.public_id, SchemeVersion.number).join(
        SchemeVersion, SchemeVersion.id == Dossier.version_id
    )
    return dict(site.rows(query))


def test_every_figure_of_the_preview_equals_the_figure_after_applying(older, bundle_of):
    site, found = older
    publish(site, bundle_of)
    before = site.read(migration.preview, SLUG)
    assert before.figures.to_json() == {
        "version": 2,
        "lines": [
            {"line": "acquired", "takes": "old", "count": 1, "states": {"submitted": 1}},
            {"line": "again", "takes": "new", "count": 1, "states": {"refused": 1}},
            {"line": "the_rest", "takes": "new", "count": 3, "states": {"submitted": 2, "waiting": 1}},
            {"line": None, "takes": "old", "count": 1, "states": {"paid": 1}},
        ],
        "flips": {"unaffected": 6, "newly_eligible": 0, "newly_ineligible": 0, "newly_unknown": 0},
        "amounts": {"up": 3, "down": 0, "same": 3},
        "cents": [600000, 660000],
    }
    campaign = carry_out(site)
    kept = [one for one in before.figures.lines if one.takes == "old"]
    after = site.read(migration.applied, site.read(campaigns.find, campaign.public_id))
    moved = [one for one in before.figures.lines if one.takes == "new"]
    assert [one for one in after.lines if one.count] == moved
    assert site.read(campaigns.progress, campaign.id).counts["done"] == before.figures.moved
    assert sum(one.count for one in kept) == 2
    assert after.amounts["up"] == before.figures.amounts["up"]
    assert after.cents[1] - after.cents[0] == before.figures.cents[1] - before.figures.cents[0]
    assert versions(site) == {found[name]: 1 if name in ("rich", "paid") else 2 for name in found}
    again = site.read(migration.preview, SLUG)
    assert (again.figures.moved, len(again.chosen)) == (0, 0)


def test_preview_writes_nothing(older, bundle_of):
    site, _ = older
    publish(site, bundle_of)
    tables = (JournalEntry, Filing, VerdictRow, AmountStep, OnceClaim)
    count = lambda: [site.rows(select(func.count()).select_from(one)) for one in tables]  # noqa: E731
    before, state = (
        count(),
        site.rows(select(Dossier.id, Dossier.version_id, Dossier.state, Dossier.revision)),
    )
    site.read(migration.preview, SLUG)
    assert count() == before
    assert site.rows(select(Dossier.id, Dossier.version_id, Dossier.state, Dossier.revision)) == state


def test_moved_dossier_is_read_and_judged_by_the_new_version(older, bundle_of):
    site, found = older
    publish(site, bundle_of)
    filings = site.rows(select(Filing.id, Filing.answers))
    carry_out(site)
    seen = site.act(casework.dossier, site.staff["supervisor"], found["poor"])
    answers = {one.field.id: one for page in seen.pages for one in page.answers}
    assert "income" not in answers
    assert answers["revenue"].field.label.plain("fr") == "Revenu du foyer"
    assert seen.version == 2
    assert site.rows(select(Filing.id, Filing.answers)) == filings
    [dossier] = site.rows(select(Dossier.id).where(Dossier.public_id == found["poor"]))
    steps = (
        select(AmountStep.kind, AmountStep.cents)
        .where(AmountStep.dossier_id == dossier)
        .order_by(AmountStep.id)
    )
    assert site.rows(steps) == [("computed", 100000), ("computed", 120000)]
    [told] = site.rows(
        select(JournalEntry.payload).where(
            JournalEntry.action == "migrated", JournalEntry.dossier_id == dossier
        )
    )
    assert (told["versions"], told["line"], told["cents"]) == ([1, 2], "the_rest", [100000, 120000])
    with site.desk.office.database.snapshot() as session:
        assert journal.verify(session, site.desk.office.vault) is None


def test_state_that_bears_another_name_goes_on_where_it_stood(older, bundle_of):
    site, found = older
    publish(site, bundle_of)
    carry_out(site)
    assert site.state(found["held"]) == "waiting"
    applicant = site.applicant_of(found["held"])
    view = site.read(applications.form, applicant, found["held"])
    assert view.reopened == {"revenue"}
    saved = site.save(
        applicant,
        found["held"],
        "you",
        revenue="3 500",
        person__first_name="Ada",
        person__last_name="Fictive",
        asked={"revenue"},
    )
    assert isinstance(saved, Saved), saved
    site.act(applications.submit, applicant, found["held"])
    assert site.state(found["held"]) == "in_review"
    site.clock.pass_by(days=30)
    assert site.fire_deadlines() >= 0
    assert site.state(found["held"]) == "in_review"


def test_line_takes_a_decided_dossier_up_again_by_its_action_only(older, bundle_of):
    site, found = older
    publish(site, bundle_of)
    carry_out(site)
    assert (site.state(found["denied"]), site.state(found["paid"])) == ("in_review", "paid")
    [entry] = site.rows(
        select(JournalEntry.actor_name, JournalEntry.payload).where(JournalEntry.action == "reconsider")
    )
    assert entry[0] == ADA.name


def test_decided_dossier_keeps_its_form_and_its_wording(older, bundle_of):
    site, found = older
    before = site.act(casework.dossier, site.staff["supervisor"], found["paid"])
    publish(site, bundle_of)
    carry_out(site)
    after = site.act(casework.dossier, site.staff["supervisor"], found["paid"])
    labels = [one.field.label.plain("fr") for page in after.pages for one in page.answers]
    assert "Revenu" in labels
    assert "Revenu du foyer" not in labels
    assert (after.version, after.state) == (1, before.state)
    applicant = site.applicant_of(found["paid"])
    assert (
        site.read(tracking.dossier, applicant, found["paid"]).scheme.fields["income"].label.plain("fr")
        == "Revenu"
    )


def test_dossier_decided_between_preview_and_its_turn_keeps_its_version(older, bundle_of):
    site, found = older
    publish(site, bundle_of)
    campaign = site.act(migration.begin, SLUG, ADA)
    site.fire("supervisor", found["poor"], "refuse", comment="Incomplet.")
    site.fire("supervisor", found["middling"], "refuse", comment="Incomplet.")
    list(campaigns.carry_out(site.desk, campaign.id))
    skipped = site.read(campaigns.progress, campaign.id).codes
    assert skipped == {
        "keeps_its_version": 1
    }  # the one whose amount would not rise; the other is reconsidered
    assert versions(site)[found["middling"]] == 1
    assert site.state(found["poor"]) == "in_review"


def test_version_without_lines_moves_nothing(older, bundle_of):
    site, _ = older
    lines = LINES[: LINES.index("  dossiers:")]
    publish(site, bundle_of, *CHANGED, ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + lines))
    with pytest.raises(Refused, match="no_migration"):
        site.read(migration.preview, SLUG)


def test_fields_are_asked_of_who_is_moved(either_site, bundle_of):
    site = either_site
    _, held = site.filed()
    asked = """
migration:
  dossiers:
    all: {where: 'dossier.state = "on_hold"', take: new, ask: [town]}
"""
    site.fire("instructor", held, "take")
    site.ask(held, "phone")
    town = '      town: {type: text, label: {fr: "Ville", en: "Town"}}\n      tenant:'
    publish(
        site,
        bundle_of,
        ("      tenant:", town),
        ("privacy: {drafts: 90 days}", "privacy: {drafts: 90 days}" + asked),
    )
    carry_out(site)
    view = site.read(applications.form, site.applicant_of(held), held)
    assert view.reopened == {"town"}
