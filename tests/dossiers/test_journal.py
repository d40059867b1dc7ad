"""The journal tells when anything in it was touched, and a lawful purge doesn't break it."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select, update

from dossiers import journal
from dossiers.database import Dossier, JournalEntry, SchemeRow, SchemeVersion, Seal
from dossiers.journal import BadEntry
from dossiers.outside.vault import Vault
from workflows.situation import Actor

ANNE = Actor("staff", "7", "Anne (fictive)")
SYSTEM = Actor("system", "system", "")


def tell(office, stream="dossier:a", action="take", *, dossier_id=None, **payload):
    with office.database.writing() as session:
        journal.record(
            session,
            stream=stream,
            actor=ANNE,
            action=action,
            at=office.clock(),
            source="submitted",
            target="taken",
            payload=payload,
            dossier_id=dossier_id,
        )


def seal(office):
    with office.database.writing() as session:
        return journal.seal(session, office.vault, office.clock())


def verify(office):
    with office.database.snapshot() as session:
        return journal.verify(session, office.vault)


def touch(office, statement):
    with office.database.writing() as session:
        session.execute(statement)


@pytest.fixture
def dossier_id(office):
    with office.database.writing() as session:
        scheme = session.scalars(insert(SchemeRow).values(slug="s").returning(SchemeRow.id)).one()
        version = {
            "number": 1,
            "files": {},
            "checksum": "c",
            "published_at": office.clock(),
            "published_by": "",
        }
        query = insert(SchemeVersion).values(scheme_id=scheme, **version).returning(SchemeVersion.id)
        version_id = session.scalars(query).one()
        row = {"public_id": "a", "scheme_id": scheme, "version_id": version_id, "state": "draft", "email": ""}
        row |= {"language": "fr", "created_at": office.clock(), "state_since": office.clock(), "revision": 0}
        return session.scalars(insert(Dossier).values(row).returning(Dossier.id)).one()


@pytest.fixture
def told(office):
    """Two streams, three entries in the first, all sealed."""
    for number in range(3):
        tell(office, comment=f"Remarque {number} : été, œuvre", list=[1, None, True])
    tell(office, stream="scheme:b")
    seal(office)
    return office


def test_chains_and_seals_hold(told):
    assert verify(told) is None


def test_each_stream_counts_its_own_entries(told):
    with told.database.snapshot() as session:
        query = select(JournalEntry.stream, JournalEntry.number).order_by(
            JournalEntry.stream, JournalEntry.number
        )
        found = [tuple(row) for row in session.execute(query)]
    assert found == [("dossier:a", 1), ("dossier:a", 2), ("dossier:a", 3), ("scheme:b", 1)]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"actor_name": "Quelqu'un d'autre"}, "altered"),
        ({"action": "refuse"}, "altered"),
        ({"at": None}, "altered"),
        ({"payload": {"comment": "Autre chose"}}, "payload_altered"),
        ({"payload": None, "salt": None}, "payload_erased"),
        ({"salt": "00"}, "payload_altered"),
    ],
)
def test_altered_entry_is_named(told, change, reason):
    if "at" in change:
        change = {"at": told.clock() + timedelta(seconds=1)}
    second = (JournalEntry.stream == "dossier:a", JournalEntry.number == 2)
    touch(told, update(JournalEntry).where(*second).values(change))
    assert verify(told) == BadEntry("dossier:a", 2, reason)


def test_missing_entry_is_named(told):
    touch(told, delete(JournalEntry).where(JournalEntry.stream == "dossier:a", JournalEntry.number == 2))
    assert verify(told) == BadEntry("dossier:a", 2, "missing")


def test_stream_cut_at_its_end_breaks_its_seal(told):
    touch(told, delete(JournalEntry).where(JournalEntry.stream == "dossier:a", JournalEntry.number == 3))
    assert verify(told) == BadEntry("seals", 1, "seal_altered")


def test_seal_of_another_key_is_forged(told):
    with told.database.snapshot() as session:
        assert journal.verify(session, Vault(b"\0" * 32)) == BadEntry("seals", 1, "seal_forged")


def test_entry_rewritten_with_its_hash_breaks_its_seal(told):
    with told.database.writing() as session:
        last = session.scalars(select(JournalEntry).where(JournalEntry.stream == "scheme:b")).one()
        last.actor_name = "Quelqu'un d'autre"
        last.hash = journal.entry_hash({name: getattr(last, name) for name in journal.HASHED})
    assert verify(told) == BadEntry("seals", 1, "seal_altered")


def test_seals_are_chained(told):
    tell(told)
    seal(told)
    touch(told, update(Seal).where(Seal.number == 1).values(at=told.clock() + timedelta(days=1)))
    assert verify(told) == BadEntry("seals", 1, "seal_altered")


def test_nothing_is_sealed_twice(told):
    assert seal(told) == 0
    tell(told)
    assert seal(told) == 1
    assert verify(told) is None


def test_late_commit_is_sealed_with_the_next(told):
    """An entry with a lower id than a sealed one, as a slow act leaves it, is taken all the same."""
    touch(told, update(JournalEntry).where(JournalEntry.stream == "scheme:b").values(seal_id=None))
    touch(told, update(Seal).values(count=3))
    assert seal(told) == 1
    with told.database.snapshot() as session:
        left = session.scalars(select(JournalEntry.id).where(JournalEntry.seal_id.is_(None))).all()
    assert left == []


def test_purge_erases_payloads_and_still_verifies(told, dossier_id):
    tell(told, dossier_id=dossier_id, comment="Une confidence")
    tell(told, stream="account:z", action="read", dossier_id=dossier_id, document="x")
    seal(told)
    with told.database.writing() as session:
        count = journal.purge(session, dossier_id=dossier_id, actor=SYSTEM, at=told.clock(), why="retention")
    assert count == 2
    assert verify(told) is None
    with told.database.snapshot() as session:
        rows = session.execute(
            select(JournalEntry.payload, JournalEntry.salt).where(JournalEntry.dossier_id == dossier_id)
        )
        assert {tuple(row) for row in rows} == {(None, None)}
        tombstones = session.scalars(
            select(JournalEntry.payload).where(JournalEntry.action == journal.PURGED)
        ).all()
    assert tombstones == [{"why": "retention", "entries": 1}, {"why": "retention", "entries": 1}]


def test_payload_erased_after_the_tombstone_is_told(told, dossier_id):
    tell(told, dossier_id=dossier_id, comment="Une confidence")
    with told.database.writing() as session:
        journal.purge(session, dossier_id=dossier_id, actor=SYSTEM, at=told.clock(), why="retention")
    tell(told, dossier_id=dossier_id, comment="Une autre")
    touch(told, update(JournalEntry).where(JournalEntry.number == 6).values(payload=None, salt=None))
    assert verify(told) == BadEntry("dossier:a", 6, "payload_erased")


def test_same_payloads_have_different_digests(told):
    for _ in range(2):
        tell(told, stream="scheme:c", iban="FR7630006000011234567890189")
    with told.database.snapshot() as session:
        found = session.scalars(
            select(JournalEntry.payload_digest).where(JournalEntry.stream == "scheme:c")
        ).all()
    assert len(set(found)) == 2


def test_entries_told_at_once_stay_in_one_chain(office):
    ready = threading.Barrier(6)
    failed = []

    def run():
        ready.wait()
        try:
            for _ in range(5):
                tell(office, stream="account:a", note="x")
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert seal(office) == 30
    assert verify(office) is None


def test_floats_that_are_no_number_are_refused(office):
    with pytest.raises(ValueError, match="Out of range float values"):
        tell(office, share=float("nan"))
