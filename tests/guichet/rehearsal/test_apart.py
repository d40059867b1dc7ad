"""A rehearsal is another site: nothing done in it reaches the real one, its people or its mail server."""

from __future__ import annotations

import os
from email import message_from_bytes, policy

import pytest
from sqlalchemy import select

from dossiers.database import Account, Dossier
from dossiers.services import publication, rehearsing
from dossiers.services.accounts import every
from dossiers.services.refusals import NotFound
from dossiers.settings import Settings, SiteError
from guichet.rehearsal import opening
from guichet.rehearsal.opening import Asked, close_rehearsal, open_rehearsal, served
from tests.guichet.rehearsal.conftest import ADDRESS, SLUG, state_of
from tests.portal.conftest import bundle


def live_through(site, browser=None) -> str:
    """A dossier from the first page to its payment, with its letter and its mails."""
    public_id = site.filed(browser or site.browser())
    site.fire("instructor", public_id, "take")
    site.check(public_id)
    site.fire("supervisor", public_id, "accept")
    site.fire("accountant", public_id, "pay")
    site.work()
    return public_id


def test_nothing_done_in_a_rehearsal_changes_a_byte_of_the_real_site(pair):
    before = state_of(pair.data)
    live_through(pair.rehearsal)
    pair.rehearsal.desk.act(rehearsing.move_on, None, 40)
    pair.rehearsal.work()
    pair.rehearsal.desk.act(rehearsing.begin_again, None)
    pair.rehearsal.work()
    pair.rehearsal.desk.office.database.close()
    close_rehearsal(pair.data)
    assert state_of(pair.data) == before
    assert not pair.folder.exists()
    assert {path.name for path in pair.data.iterdir() if "rehearsal" in path.name} == set()


def test_opening_takes_accounts_and_schemes_and_no_dossier(pair):
    with pair.rehearsal.desk.office.database.reading() as session:
        assert session.scalars(select(Dossier.id)).all() == []
    emails = {one.email: one for one in pair.rehearsal.desk.read(every)}
    assert {"admin@office.example", "ines@office.example", "sami@office.example"} < set(emails)
    assert emails["ines@office.example"].roles == {SLUG: ("hotline", "instructor")}
    assert pair.rehearsal.desk.read(publication.current, SLUG).number == 1


def test_role_that_nobody_holds_gets_an_account_to_practise_with(pair):
    [accountant] = [one for one in pair.rehearsal.desk.read(every) if "accountant" in one.roles.get(SLUG, ())]
    assert accountant.email == f"accountant@{SLUG}.rehearsal.example"
    assert accountant.name.startswith("[Répétition] ")


def test_office_signs_in_at_the_rehearsal_with_its_own_passwords_and_other_cookies(pair):
    ines = pair.staff("ines@office.example")
    assert ines.get("/bureau/").status == 200
    real = pair.opened(pair.data)
    names = {cookie.key for cookie in ines.client._cookies.values()}
    assert names and all(name.startswith("guichet_rehearsal_") for name in names)
    assert real.app.config["SESSION_COOKIE_NAME"] == "guichet_form"
    real.desk.office.database.close()


def test_reference_of_a_rehearsal_cannot_be_taken_for_a_real_one(pair):
    public_id = pair.rehearsal.filed(pair.rehearsal.browser())
    with pair.rehearsal.desk.office.database.reading() as session:
        practised = session.scalar(select(Dossier.reference).where(Dossier.public_id == public_id))
    real = pair.opened(pair.data)
    with real.desk.office.database.reading() as session:
        [reference] = session.scalars(select(Dossier.reference))
    real.desk.office.database.close()
    assert practised == f"REP-{reference}"


def test_mails_are_held_though_a_mail_server_is_set(pair, monkeypatch):
    def refuse(*_args: object, **_options: object) -> None:
        raise AssertionError("a mail left a rehearsal")

    monkeypatch.setattr("smtplib.SMTP.__init__", refuse)
    ini = pair.folder / "guichet.ini"
    ini.write_text(ini.read_text("utf-8").replace("[site]", "[site]\nsmtp_url = smtp://127.0.0.1:9"), "utf-8")
    monkeypatch.setenv("GUICHET_SMTP_URL", "smtp://127.0.0.1:9")
    site = pair.opened(pair.folder)
    assert site.desk.office.settings.smtp_url == "smtp://127.0.0.1:9"
    live_through(site)
    site.desk.office.database.close()
    held = [
        message_from_bytes(path.read_bytes(), policy=policy.default)
        for path in (pair.folder / "outbox").iterdir()
    ]
    assert len(held) >= 2
    assert all(mail["Subject"].startswith("[Répétition] ") for mail in held)


def test_environment_of_the_real_site_is_not_heard_in_its_rehearsal(pair):
    environment = {
        "GUICHET_DATABASE_URL": "sqlite:///real.db",
        "GUICHET_FILES": "/real",
        "GUICHET_DEMO": "yes",
    }
    found = Settings.load(pair.folder, environment)
    assert found.database_url == f"sqlite:///{pair.folder.resolve()}/guichet.db"
    assert (found.files, found.demo) == (pair.folder.resolve() / "files", False)


@pytest.mark.parametrize("key", ["database_url", "keys", "files", "outbox"])
def test_rehearsal_refuses_data_outside_its_folder(pair, key):
    ini = pair.folder / "guichet.ini"
    ini.write_text(ini.read_text("utf-8").replace("[site]", f"[site]\n{key} = ../{key}"), "utf-8")
    with pytest.raises(SiteError, match=f"{key}.*can't be set in a rehearsal"):
        Settings.load(pair.folder, {})


@pytest.mark.parametrize("section", ["site", "organisation"])
def test_no_setting_makes_a_rehearsal_of_a_site(tmp_path, section):
    (tmp_path / "guichet.ini").write_text(f"[{section}]\nrehearsal = yes\n", "utf-8")
    with pytest.raises(SiteError, match=r"'rehearsal' in .* is unknown"):
        Settings.load(tmp_path, {})


def test_real_site_has_no_clock_to_move_and_is_never_emptied(pair):
    before = state_of(pair.data)
    real = pair.opened(pair.data)
    for service, arguments in (
        (rehearsing.move_on, (1,)),
        (rehearsing.begin_again, ()),
        (rehearsing.standing, ()),
    ):
        with pytest.raises(NotFound):
            real.desk.act(service, None, *arguments)
    real.desk.office.database.close()
    assert state_of(pair.data) == before


def test_draft_stands_in_for_the_published_version_of_its_scheme(made, tmp_path):
    changed = bundle(("opens: 2020-05-05", "opens: 2020-05-06"))
    data = copy_without_rehearsal(made, tmp_path)
    opened = open_rehearsal(data, Asked((changed,), ADDRESS))
    site_files = published(data)
    assert opened.schemes == (SLUG,) and opened.copied == 3
    assert site_files["scheme.yaml"] == changed.files["scheme.yaml"]


def test_opening_that_fails_leaves_no_trace(made, tmp_path):
    data = copy_without_rehearsal(made, tmp_path)
    before = state_of(data)
    with pytest.raises(Exception, match="scheme_problems"):
        open_rehearsal(data, Asked((bundle(("scheme: small-grant", "scheme: Small Grant")),), ADDRESS))
    assert state_of(data) == before
    assert {path.name for path in data.iterdir() if "rehearsal" in path.name} == set()


@pytest.mark.parametrize(
    ("address", "sentence"),
    [(ADDRESS, "is there already"), ("https://aides.example/", "is there already")],
)
def test_second_rehearsal_is_refused(pair, address, sentence):
    with pytest.raises(SiteError, match=sentence):
        open_rehearsal(pair.data, Asked((), address))


def test_rehearsal_of_a_rehearsal_and_the_address_of_the_real_site_are_refused(pair):
    with pytest.raises(SiteError, match="is a rehearsal itself"):
        open_rehearsal(pair.folder, Asked((), ADDRESS))
    close_rehearsal(pair.data)
    with pytest.raises(SiteError, match="is the address of the real site"):
        open_rehearsal(pair.data, Asked((), "https://aides.example/"))


def test_rehearsal_that_is_served_is_not_closed(pair):
    with served(pair.folder), pytest.raises(SiteError, match="is being served"):
        close_rehearsal(pair.data)
    assert pair.folder.exists()
    close_rehearsal(pair.data)
    with pytest.raises(SiteError, match="has no rehearsal"):
        close_rehearsal(pair.data)


def test_closing_cut_short_is_finished_by_the_next(pair):
    left = pair.data / opening.CLOSING / "files"
    left.mkdir(parents=True)
    (left / "left").write_bytes(b"made up")
    close_rehearsal(pair.data)
    assert {path.name for path in pair.data.iterdir() if "rehearsal" in path.name} == set()


def test_keys_of_the_two_sites_differ(pair):
    keys = [(folder / "keys.json").read_text("ascii") for folder in (pair.data, pair.folder)]
    assert keys[0] != keys[1]
    assert os.stat(pair.folder / "keys.json").st_mode & 0o077 == 0


def copy_without_rehearsal(made, tmp_path):
    import shutil

    data = tmp_path / "site"
    shutil.copytree(made, data, ignore=shutil.ignore_patterns(opening.FOLDER))
    return data


def published(data):
    from dossiers.database import SchemeVersion
    from tests.guichet.rehearsal.conftest import at_work

    site = at_work(data / opening.FOLDER)
    with site.desk.office.database.reading() as session:
        [files] = session.scalars(select(SchemeVersion.files))
        assert session.scalar(select(Account.id).limit(1)) is not None
    site.desk.office.database.close()
    return files
