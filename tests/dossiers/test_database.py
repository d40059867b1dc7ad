"""The tables agree with the migrations, whoever starts first; transactions do what their names say."""

import json
import subprocess
import sys
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import String, bindparam, func, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import InternalError
from sqlalchemy.schema import CreateIndex

from dossiers.database import (
    Among,
    AmountStep,
    Counter,
    Database,
    DatabaseNow,
    Dossier,
    Job,
    SchemeRow,
    Texts,
    connection,
    core,
    insert_or_ignore,
    savepoint,
    table_of,
    upgrade,
    upsert,
)
from dossiers.database.migrating import TooNew, differences
from dossiers.database.types import to_text
from dossiers.database.upgrading import HEAD, MIGRATIONS, is_present

ROOT = Path(__file__).parent.parent.parent
LATE = datetime(2020, 5, 4, 9, 30, 1, 5, tzinfo=timezone(timedelta(hours=2)))


def test_migrations_make_exactly_the_models(database_url):
    assert differences(database_url) == []


@pytest.mark.parametrize("dialect", [sqlite.dialect(), postgresql.dialect()], ids=lambda one: one.name)
def test_a_partial_index_holds_only_the_rows_it_is_for(dialect):
    index = next(one for one in Job.__table__.indexes if one.name == "ix_job_waiting")
    assert str(CreateIndex(index).compile(dialect=dialect)) == (
        "CREATE INDEX ix_job_waiting ON job (run_at, id) WHERE done_at IS NULL AND failed_at IS NULL"
    )


def test_upgrading_twice_changes_nothing(database_url):
    upgrade(database_url)
    assert differences(database_url) == []


def test_the_last_migration_is_known_without_alembic(database_url, bare_url):
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_current_head() == HEAD
    assert is_present(database_url)
    assert not is_present(bare_url)


def test_a_start_with_nothing_missing_leaves_alembic_out(database_url):
    program = f"import sys; from dossiers.database import upgrade; upgrade({database_url!r}); sys.exit('alembic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=ROOT).returncode == 0


def test_upgrades_started_together_all_succeed(bare_url):
    failed = []

    def run():
        try:
            upgrade(bare_url)
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert differences(bare_url) == []


def test_database_of_a_later_release_is_refused(database_url):
    database = Database(database_url)
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(
        TooNew, match="the database is at 9999, unknown here: install the release that made it"
    ):
        upgrade(database_url)


def test_sqlite_works_in_wal_and_syncs_fully(tmp_path: Path, durable_pragmas, monkeypatch):
    monkeypatch.setattr(connection, "PRAGMAS", durable_pragmas)
    database = Database(f"sqlite:///{tmp_path / 'a.db'}")
    with database.reading() as session:
        found = [
            session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    database.close()
    assert found == ["wal", 2, 1]


def test_what_raises_leaves_nothing_written(office):
    with pytest.raises(ZeroDivisionError), office.database.writing() as session:
        session.add(Counter(name="a", value=1))
        session.flush()
        raise ZeroDivisionError
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Counter)) == 0


def test_savepoint_takes_back_what_was_written_past_the_mapper_first(office):
    counters = table_of(Counter)
    with office.database.writing() as session:
        session.execute(select(counters.c.name))
        with suppress(RuntimeError), savepoint(session):
            core(session).execute(counters.insert(), {"name": "within", "value": 1})
            session.scalars(select(counters.c.name)).all()
            raise RuntimeError
        core(session).execute(counters.insert(), {"name": "after", "value": 1})
    with office.database.reading() as session:
        assert session.scalars(select(counters.c.name)).all() == ["after"]


def test_reading_never_writes(office):
    with suppress(InternalError), office.database.reading() as session:  # PostgreSQL refuses, SQLite forgets
        session.add(Counter(name="a", value=1))
        session.flush()
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Counter)) == 0


def test_a_snapshot_sees_one_instant(office):
    with office.database.snapshot() as session:
        before = session.scalar(select(func.count()).select_from(Counter))
        with office.database.writing() as other:
            other.add(Counter(name="late", value=1))
        assert session.scalar(select(func.count()).select_from(Counter)) == before
    with office.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Counter)) == before + 1


# a file has no server to cut a connection
@pytest.mark.parametrize(
    "database_kind", [pytest.param("postgresql", marks=pytest.mark.postgresql)], indirect=True
)
def test_connection_cut_while_resting_is_replaced(office, monkeypatch):
    with office.database.reading() as session:
        pid = session.scalar(select(func.pg_backend_pid()))
    with office.database.writing() as session:
        assert session.scalar(select(func.pg_terminate_backend(pid)))
    monkeypatch.setattr(connection, "QUIET", 0)
    with office.database.reading() as session:
        assert session.scalar(select(func.pg_backend_pid())) != pid


def test_writers_of_one_row_wait_for_each_other(office):
    with office.database.writing() as session:
        session.add(Counter(name="a", value=0))

    def add_ten():
        for _ in range(10):
            with office.database.writing() as session:
                row = session.scalars(select(Counter).where(Counter.name == "a").with_for_update()).one()
                row.value += 1

    threads = [threading.Thread(target=add_ten) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with office.database.reading() as session:
        assert session.scalar(select(Counter.value)) == 80


def test_instants_come_back_in_utc_and_sort(office):
    earlier = LATE - timedelta(microseconds=1)
    with office.database.writing() as session:
        session.add_all([SchemeRow(slug="late", closed_at=LATE), SchemeRow(slug="early", closed_at=earlier)])
    with office.database.reading() as session:
        rows = session.execute(
            select(SchemeRow.slug, SchemeRow.closed_at).order_by(SchemeRow.closed_at)
        ).all()
        after = session.scalars(select(SchemeRow.slug).where(SchemeRow.closed_at > earlier)).all()
    assert [row.slug for row in rows] == ["early", "late"]
    assert rows[1].closed_at == LATE
    assert rows[1].closed_at.tzinfo == UTC
    assert after == ["late"]


def test_naive_instants_are_refused(office):
    with pytest.raises(Exception, match="has no time zone"), office.database.writing() as session:
        session.add(SchemeRow(slug="a", closed_at=datetime(2020, 5, 4)))  # noqa: DTZ001
        session.flush()


def test_instants_as_text_have_one_width():
    assert to_text(LATE) == "2020-05-04 07:30:01.000005"
    assert len(to_text(datetime(999, 1, 1, tzinfo=UTC))) == 26


def test_database_clock_is_compared_with_instants(office):
    with office.database.reading() as session:
        now, later = session.execute(select(DatabaseNow(), DatabaseNow(90))).one()
    assert timedelta(seconds=89) < later - now < timedelta(seconds=91)
    assert now.tzinfo == UTC


def test_second_insert_of_a_key_is_ignored(office):
    with office.database.writing() as session:
        first = insert_or_ignore(session, Counter, {"name": "a", "value": 1})
        second = insert_or_ignore(session, Counter, {"name": "a", "value": 2})
    assert (first, second) == (True, False)


def test_many_ids_are_one_parameter_and_go_through_an_index(office):
    many = [2, 3, 10**12]
    with office.database.writing() as session:
        session.execute(SchemeRow.__table__.insert(), [{"id": id, "slug": f"s{id}"} for id in range(1, 6)])
        query = select(SchemeRow.id).where(Among(SchemeRow.id, many)).order_by(SchemeRow.id)
        assert session.scalars(query).all() == [2, 3]
        assert session.scalars(select(SchemeRow.id).where(Among(SchemeRow.id, []))).all() == []
        if office.database.is_sqlite:
            told = query.compile(session.connection(), compile_kwargs={"literal_binds": True})
            plan = session.execute(text(f"EXPLAIN QUERY PLAN {told}")).all()
            assert "SEARCH scheme USING INTEGER PRIMARY KEY" in plan[0].detail


@pytest.mark.parametrize("told", [[], ["été", "l'école", '"', "\\", "œuvre", "a" * 80]])
def test_many_texts_are_one_parameter(office, told):
    rows = Texts(bindparam("told", type_=String)).table_valued("value")
    with office.database.reading() as session:
        found = session.scalars(select(rows.c.value), {"told": json.dumps(told)}).all()
    assert found == told


@pytest.mark.parametrize("wanted", [AmountStep.cents, func.sum(AmountStep.cents)])
def test_amounts_of_some_dossiers_are_not_looked_for_among_all_of_their_kind(office, wanted):
    query = select(AmountStep.dossier_id, wanted).where(
        Among(AmountStep.dossier_id, [1, 2]), AmountStep.kind == "granted"
    )
    with office.database.reading() as session:
        told = query.group_by(AmountStep.dossier_id).compile(
            session.connection(), compile_kwargs={"literal_binds": True}
        )
        if not office.database.is_sqlite:
            pytest.skip("PostgreSQL plans by what its tables hold")
        plan = " ".join(row.detail for row in session.execute(text(f"EXPLAIN QUERY PLAN {told}")))
    assert "(dossier_id=? AND kind=?)" in plan


def test_a_result_describes_its_columns_to_who_looks(office):
    with office.database.reading() as session:
        raw = session.connection().connection.cursor()
        raw.execute("SELECT 1 AS one, 'x' AS two")
        told = raw.description
        assert [column[0] for column in told] == ["one", "two"]
        assert (len(told), told[1][0], told[-1][0], raw.fetchall()) == (2, "two", "two", [(1, "x")])
        raw.execute("SELECT 1 AS three WHERE 1 = 0")
        assert [column[0] for column in raw.description] == ["three"]
    with office.database.writing() as session:
        raw = session.connection().connection.cursor()
        raw.execute("UPDATE counter SET value = 1 WHERE 1 = 0")
        assert raw.description is None


def test_upsert_changes_the_row_there(office):
    with office.database.writing() as session:
        for _ in range(3):
            statement = upsert(session, Counter, {"name": "a", "value": 1}, value=Counter.value + 1)
            value = session.scalar(statement.returning(Counter.value))
    assert value == 3


def test_dossier_of_no_scheme_is_refused(office):
    dossier = {
        "public_id": "x",
        "scheme_id": 7,
        "version_id": 7,
        "state": "draft",
        "email": "",
        "language": "fr",
    }
    with pytest.raises(Exception, match=r"(?i)foreign key"), office.database.writing() as session:
        session.add(Dossier(**dossier, created_at=LATE, state_since=LATE))
        session.flush()
