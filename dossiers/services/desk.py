"""The desk: where screens and the worker hand in an act or a question. One act is one transaction, committed once.

A service is `def verb(work, …)`; it never commits. What must not happen while a lock is held (hashing a password,
writing a file, counting attempts) is declared beside it with `@preceded_by` and runs before the transaction, or
with `@followed_by` and runs after it.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol, TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from dossiers.office import Office

Verb = TypeVar("Verb", bound=Callable[..., Any])

ATTEMPTS = 8
FIRST_PAUSE = 0.01  # seconds; doubled after each attempt, and scattered so that two rivals don't meet again
# deadlock, serialization failure, lock not available (PostgreSQL, SQLSTATE)
PASSING_STATES = frozenset({"40P01", "40001", "55P03"})


@dataclass(frozen=True, slots=True)
class Work:
    """What a service is given. `now` is the business instant (aware UTC), the same for the whole act;
    `prepared` what its preparation returned; store keys put in `discarded` are deleted once the act is committed;
    `ahead`: rows of dossiers read along with the session of who asks, by public id, for the question that comes next."""

    session: Session
    office: Office
    now: datetime
    prepared: Any = None
    discarded: list[str] = field(default_factory=list)
    ahead: dict[str | int, Sequence[Any]] = field(default_factory=dict)


class Preparation(Protocol):
    """What runs before an act's transaction, without one."""

    def __call__(self, office: Office, now: datetime, /, *args: Any, **kwargs: Any) -> Any:
        """Receives the arguments of the service; what it returns is `work.prepared`."""
        ...


def preceded_by(
    preparation: Preparation, *, undo: Callable[[Office, Any], None] | None = None
) -> Callable[[Verb], Verb]:
    """Declare what a service needs done before its transaction; `undo` takes it back when the act fails."""

    def declare(verb: Verb) -> Verb:
        verb.preparation = preparation  # type: ignore[attr-defined]
        verb.undo = undo  # type: ignore[attr-defined]
        return verb

    return declare


def followed_by(completion: Callable[[Office, Any], Any]) -> Callable[[Verb], Verb]:
    """Declare what is done with a service's result after its transaction, without one; what it returns is the result."""

    def declare(verb: Verb) -> Verb:
        verb.completion = completion  # type: ignore[attr-defined]
        return verb

    return declare


def as_of_one_instant(verb: Verb) -> Verb:
    """Declare that a service reads at length, and must see the whole as it was at one instant."""
    verb.as_of_one_instant = True  # type: ignore[attr-defined]
    return verb


class Desk:
    """Runs services on one office."""

    def __init__(self, office: Office) -> None:
        self.office = office

    def act(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Do an act: begin, run, commit once; again when a rival made the database refuse; then wake the worker.

        Raises what the service raises (Refused, NotFound), with nothing written.
        """
        now = self.office.clock()
        prepared = self._prepare(service, now, args, kwargs)
        try:
            work, result = self._attempts(service, now, prepared, args, kwargs)
        except BaseException:
            if (undo := getattr(service, "undo", None)) is not None:
                undo(self.office, prepared)
            raise
        for key in work.discarded:
            self.office.store.remove(key)
        self.office.wake.set()
        return self._complete(service, result)

    def read(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Answer a question: nothing is written."""
        database = self.office.database
        opened = database.snapshot if getattr(service, "as_of_one_instant", False) else database.reading
        with opened() as session:
            result = service(Work(session, self.office, self.office.clock()), *args, **kwargs)
        return self._complete(service, result)

    def asking(self) -> Asking:
        """Several questions in a row, over one connection."""
        return Asking(self.office)

    def _prepare(self, service: Callable[..., Any], now: datetime, args: Any, kwargs: Any) -> Any:
        preparation = getattr(service, "preparation", None)
        return None if preparation is None else preparation(self.office, now, *args, **kwargs)

    def _complete(self, service: Callable[..., Any], result: Any) -> Any:
        completion = getattr(service, "completion", None)
        return result if completion is None else completion(self.office, result)

    def _attempts(
        self, service: Callable[..., Any], now: datetime, prepared: Any, args: Any, kwargs: Any
    ) -> tuple[Work, Any]:
        for attempt in range(ATTEMPTS):
            try:
                with self.office.database.writing() as session:
                    work = Work(session, self.office, now, prepared)
                    return work, service(work, *args, **kwargs)
            except DBAPIError as error:
                if not passes(error) or attempt == ATTEMPTS - 1:
                    raise
            time.sleep(FIRST_PAUSE * 2**attempt * random.uniform(0.5, 1.5))
        raise AssertionError("the last attempt either returns or raises")


class Asking:
    """The questions of one request: the first one opens a connection, which must be closed before an act."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._open = ExitStack()
        self._work: Work | None = None

    def read(self, service: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Answer a question: nothing is written."""
        if self._work is None:
            session = self._open.enter_context(self._office.database.reading())
            self._work = Work(session, self._office, self._office.clock())
        result = service(self._work, *args, **kwargs)
        completion = getattr(service, "completion", None)
        if completion is None:
            return result
        self.close()
        return completion(self._office, result)

    def close(self) -> None:
        """Give the connection back; a later question opens another, and sees what was written meanwhile."""
        self._work = None
        self._open.close()


def passes(error: DBAPIError) -> bool:
    """Whether the database refused because of a rival, so that trying again may succeed."""
    state = getattr(error.orig, "sqlstate", None)
    return state in PASSING_STATES or "database is locked" in str(error.orig)
