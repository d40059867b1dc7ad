"""The demonstration's small grant: its batches and its envelope, and sums that agree with one another."""

from __future__ import annotations

from dataclasses import replace

from dossiers import office
from dossiers.access import Viewer
from dossiers.services import bank_files, ledger, payment_batches
from dossiers.services.desk import Desk
from dossiers.settings import Settings
from guichet.demo import payments, site
from guichet.demo.story import today_of

ANDREA = Viewer("staff", account_id=5, name="Andrea", roles={payments.SCHEME: frozenset({"accountant"})})


def test_links_of_a_filled_demonstration_lead_to_where_it_is_served(tmp_path):
    site.fill(tmp_path, 0, base_url="http://127.0.0.1:8000", progress=lambda _: None)
    before = Settings.load(tmp_path)
    site.serve_at(tmp_path, "http://127.0.0.1:8001")
    assert Settings.load(tmp_path) == replace(before, base_url="http://127.0.0.1:8001")


def test_demonstration_shows_payments_and_an_envelope(tmp_path):
    site.fill(tmp_path, 0, base_url="http://127.0.0.1:1", progress=lambda _: None, payments=True)
    desk = Desk(office.build(Settings.load(tmp_path), lambda: today_of(site.TODAY)))
    page = desk.read(payment_batches.payments, ANDREA, payments.SCHEME)
    assert [(one.state, one.prepared_by, one.count, one.total) for one in page.batches] == [
        ("prepared", "Andrea Finances (fictif)", 3, 6_250),
        ("paid", "Sacha Finances (fictif)", 4, 9_000),
    ]
    (returned,) = desk.read(bank_files.came_back, ANDREA, payments.SCHEME)
    assert (returned.reason, page.due_total) == ("AC04", 5_800)
    _, (envelope,) = desk.read(ledger.for_staff, ANDREA, payments.SCHEME)
    came_back = 2_500
    assert (envelope.paid, envelope.waiting) == (9_000 - came_back, 1)
    assert envelope.committed == envelope.paid + 6_250 + page.due_total
    assert desk.read(ledger.recount, payments.SCHEME) == ()
    names = {account.label for account in site.accounts(tmp_path)}
    assert {"accountant", "accountant 2"} <= names
