"""Who asks, and the dossier they ask about: read at the same time, and shown to nobody else for that."""

import pytest
from sqlalchemy import event

from dossiers import access
from dossiers.services import applications, visitors
from dossiers.services.refusals import NotFound

ADA, BO = "ada@fictif.example", "bo@fictif.example"


def begin(site, email=ADA):
    return site.act(
        applications.start, access.anonymous(), "small-grant", email=email, language="fr", once=""
    )


def asked_of(site, token, public_id):
    """A page about a dossier, as the screens ask for it: who, then what; and the statements it took."""
    database, found = site.desk.office.database, []
    engines = {database.engine, database._reader}

    def note(_connection, _cursor, statement, *_):
        found.append(statement)

    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    asking = site.desk.asking()
    try:
        viewer = asking.read(visitors.recognise, token, "fr", public_id)
        return viewer, asking.read(applications.form, viewer, public_id), found
    finally:
        asking.close()
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)


def test_who_asks_and_the_draft_they_ask_about_take_one_statement(either_site):
    begun = begin(either_site)
    asked_of(either_site, begun.session.token, begun.public_id)  # the scheme is read the first time
    viewer, view, statements = asked_of(either_site, begun.session.token, begun.public_id)
    assert (viewer.kind, view.public_id, view.email) == ("applicant", begun.public_id, ADA)
    looks = [one for one in statements if "session.token_hash" in one or "dossier.public_id" in one]
    assert len(looks) == 1, statements  # the documents are another one


def test_what_was_read_ahead_serves_once(either_site):
    begun = begin(either_site)
    asking = either_site.desk.asking()
    viewer = asking.read(visitors.recognise, begun.session.token, "fr", begun.public_id)
    assert asking.read(lambda work: list(work.ahead)) == [begun.public_id]
    asking.read(applications.form, viewer, begun.public_id)
    assert asking.read(lambda work: list(work.ahead)) == []
    asking.close()


@pytest.mark.parametrize("whose", ["theirs", "nobody's"])
def test_reading_ahead_shows_nothing_of_other_dossiers(either_site, whose):
    mine, theirs = begin(either_site), begin(either_site, BO)
    public_id = theirs.public_id if whose == "theirs" else "not-a-dossier-at-all-0"
    with pytest.raises(NotFound):
        asked_of(either_site, mine.session.token, public_id)


def test_an_unknown_or_ended_session_reads_nothing(either_site):
    begun = begin(either_site)
    for token in ("unknown", begun.session.token):
        either_site.clock.pass_by(days=3)
        asking = either_site.desk.asking()
        viewer = asking.read(visitors.recognise, token, "fr", begun.public_id)
        assert viewer.kind == "anonymous"
        with pytest.raises(NotFound):
            asking.read(applications.form, viewer, begun.public_id)
        asking.close()
