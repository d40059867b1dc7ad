"""A published version never changes, takes no state from under a dossier, and is counted on the real dossiers before."""

import pytest
from sqlalchemy import select, text, update

from authoring.difference import Side
from dossiers.database import Dossier, SchemeVersion
from dossiers.services import audit, differences, publication
from dossiers.services.refusals import NotFound, Refused
from engine.language import examine
from renderers.words.differences import difference_sentence, touched_sentence
from tests.dossiers.services.conftest import SLUG, siret

WITHOUT_HOLD = (
    ("states: [in_review, on_hold]", "states: [in_review]"),
    ('    on_hold: {label: {fr: "En attente", en: "On hold"}, legal_clock: suspended}\n', ""),
    ("      to: on_hold\n", "      to: in_review\n"),
    ('    answer: {label: {fr: "Répondre", en: "Answer"}, from: on_hold, to: in_review, by: applicant}\n', ""),
    ("from: [submitted, in_review, on_hold], to: withdrawn", "from: [submitted, in_review], to: withdrawn"),
    ('    expire: {label: {fr: "Classer sans suite", en: "Close"}, from: on_hold, to: expired, by: system, effects: [{mail: expired}]}\n', '    expire: {label: {fr: "Classer sans suite", en: "Close"}, from: in_review, to: expired, by: system, effects: [{mail: expired}]}\n'),
    ("unanswered: {in: on_hold,", "unanswered: {in: in_review,"),
)  # fmt: skip
RENAMED = "privacy: {drafts: 90 days}\nmigration:\n  states: {on_hold: in_review}\n"


def publish(site, bundle, **more):
    return site.act(publication.publish, bundle, "Sylvie (fictive)", **more)


def side(bundle):
    found = examine(bundle)
    assert found.scheme is not None, [str(one) for one in found.problems]
    return Side(found.scheme, found.source)


def told(site, bundle):
    found = site.read(differences.with_text, side(bundle))
    return {
        difference_sentence(change, "en"): touched_sentence(touched, "en") if touched else None
        for change, touched in found.changes
    }


@pytest.mark.parametrize("column", ["files", "checksum", "both", "row"])
def test_version_altered_in_the_database_is_named_by_the_audit(either_site, bundle_of, column):
    site = either_site
    publish(site, bundle_of(("max_size: 1 MB", "max_size: 2 MB")))
    assert site.read(audit.verify).whole
    altered = bundle_of(("max_size: 1 MB", "max_size: 9 MB"))
    values = {"files": {"files": dict(altered.files)}, "checksum": {"checksum": altered.checksum}}
    values["both"] = values["files"] | values["checksum"]
    with site.desk.office.database.writing() as session:
        if column == "row":
            session.execute(text("DELETE FROM scheme_version WHERE number = 2"))
        else:
            session.execute(update(SchemeVersion).where(SchemeVersion.number == 2).values(values[column]))
    found = site.read(audit.verify)
    assert not found.whole
    assert f"{SLUG}, version 2" in str(found)


def test_state_with_dossiers_in_it_is_not_taken_away_without_a_word(either_site, bundle_of):
    site = either_site
    _, held = site.filed()
    site.fire("instructor", held, "take")
    site.ask(held, "income")
    with pytest.raises(Refused, match="stranded") as refused:
        publish(site, bundle_of(*WITHOUT_HOLD))
    assert refused.value.params == {"states": "on_hold (1)", "number": 1}
    assert [one.number for one in site.read(publication.versions, SLUG)] == [1]
    named = publish(site, bundle_of(*WITHOUT_HOLD, ("privacy: {drafts: 90 days}\n", RENAMED)))
    assert named.number == 2


def test_state_without_a_dossier_that_goes_on_may_go(site, bundle_of):
    _, held = site.filed()
    site.fire("instructor", held, "take")
    site.ask(held, "income")
    site.clock.pass_by(days=40)
    site.fire_deadlines()
    assert site.state(held) == "expired"
    assert publish(site, bundle_of(*WITHOUT_HOLD)).number == 2


def test_publisher_may_leave_dossiers_where_they_stand(site, bundle_of):
    _, held = site.filed()
    site.fire("instructor", held, "take")
    site.ask(held, "income")
    assert publish(site, bundle_of(*WITHOUT_HOLD), even_so=True).number == 2
    assert site.state(held) == "on_hold"  # it follows the version it was filed under
    assert site.rows(select(Dossier.state).where(Dossier.public_id == held)) == ["on_hold"]


def test_number_a_version_says_is_the_one_it_gets(site, bundle_of):
    with pytest.raises(Refused, match="wrong_version") as refused:
        publish(site, bundle_of(("privacy:", "version: 5\nprivacy:")))
    assert refused.value.params == {"found": 5, "number": 2}
    assert publish(site, bundle_of(("privacy:", "version: 2\nprivacy:"))).number == 2


def test_each_change_is_counted_on_the_real_drafts_and_dossiers(either_site, bundle_of):
    site = either_site
    viewer, draft = site.begin()
    site.save(
        viewer,
        draft,
        "you",
        person__first_name="Ada",
        person__last_name="Fictive",
        income="1 500",
        tenant="yes",
    )
    for number in range(3):
        site.filed(f"person-{number}@fictif.example", siret=siret(number))
    _, taken = site.filed("other@fictif.example", siret=siret(7))
    site.fire("instructor", taken, "take")
    changed = bundle_of(
        ("phone: {type: phone, optional: true,", "phone: {type: phone,"),
        ("income: {type: money,", "income: {type: money, max: 9000,"),
        ("      tenant:", '      town: {when: income < 2000, type: text, label: {fr: "Ville", en: "Town"}}\n      tenant:'),
    )  # fmt: skip
    assert told(site, changed) == {
        "The field “Telephone” must now be answered.": "It concerns those that lack an answer: 1 draft and 4 dossiers (Déposée 3, En instruction 1).".replace("Déposée", "Filed").replace("En instruction", "Under review"),
        "The field “Income”: “max” is now “9000” (it was “nothing”).".replace("“nothing”", "nothing"): "It concerns those that hold an answer: 1 draft and 4 dossiers (Filed 3, Under review 1).",
        "The field “Town” is added on the page “You”; it must be answered.": "It concerns those that lack an answer: 1 draft.",
    }  # fmt: skip


def test_state_and_option_that_go_are_counted(site, bundle_of):
    _, held = site.filed()
    site.fire("instructor", held, "take")
    site.ask(held, "income")
    found = told(site, bundle_of(*WITHOUT_HOLD))
    assert found["The state “On hold” is removed."] == (
        "It concerns those that stand in it: 1 dossier (On hold 1)."
    )


def test_two_published_versions_are_compared_by_their_numbers(site, bundle_of):
    publish(site, bundle_of(("max_size: 1 MB", "max_size: 2 MB")))
    found = site.read(differences.between, SLUG, 1, 2)
    assert (found.before, found.after) == (1, 2)
    [(change, _)] = found.changes
    assert difference_sentence(change, "en") == "The field “Lease”: “max_size” is now “2 MB” (it was “1 MB”)."
    assert str(change.before).startswith("small-grant@1/scheme.yaml:")
    assert site.read(differences.between, SLUG, 1, 1).changes == ()
    with pytest.raises(NotFound):
        site.read(differences.between, SLUG, 1, 9)
