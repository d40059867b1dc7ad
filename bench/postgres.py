"""A PostgreSQL of our own: a new cluster in a folder, reached by its socket, durable as it comes, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NEWEST_FIRST = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
SERVANTS = ("postgres", "nobody")  # PostgreSQL refuses to run as root


class NoPostgres(RuntimeError):
    """PostgreSQL isn't installed here."""


@contextmanager
def cluster(parent: Path) -> Iterator[str]:
    """Run a cluster under `parent` (made walkable when we are root); yields the folder of its socket, for `create_database`. Raises NoPostgres."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=parent))
    user = _servant()
    if user is not None:
        parent.chmod(0o711)  # its servant must be able to walk in
        shutil.chown(folder, user)
    data = folder / "data"
    _run(user, "initdb", "-D", data, "-U", "guichet", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
    options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
    _run(user, "pg_ctl", "-D", data, "-l", folder / "log", "-w", "-o", options, "start")
    try:
        yield str(folder)
    finally:
        _run(user, "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder)


def create_database(socket: str, name: str) -> str:
    """Make an empty database; returns its address."""
    import psycopg

    with psycopg.connect(host=socket, user="guichet", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return f"postgresql://guichet@/{name}?host={socket}"


def _run(user: str | None, program: str, *arguments: object) -> None:
    done = subprocess.run(
        [_program(program), *map(str, arguments)],
        user=user,
        cwd="/",
        stdout=subprocess.DEVNULL,  # a pipe would stay open in the server it starts
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{program} failed ({done.returncode}) with {' '.join(map(str, arguments))}")


def _program(name: str) -> str:
    found = shutil.which(name, path=os.pathsep.join([*map(str, NEWEST_FIRST), os.environ.get("PATH", "")]))
    if found is None:
        raise NoPostgres(
            "no PostgreSQL here: install the package postgresql, or measure with --database sqlite"
        )
    return found


def _servant() -> str | None:
    """Who runs it when we are root; None when we are not."""
    if os.geteuid() != 0:
        return None
    known = {one.pw_name for one in pwd.getpwall()}
    return next(name for name in SERVANTS if name in known)
