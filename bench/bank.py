"""A bank in this process: the package mock-bank, which takes orders as a real one does and answers with its own files."""

from __future__ import annotations

import json

from mockbank import accounts, outbox
from mockbank.server import Config
from mockbank.state import State

ORDERER = "FR7630006000011234567890189"


class Bank:
    """Takes orders from the account of the orderer, answers with pain.002 and camt.054."""

    def __init__(self, now: str, balance: int = 10**9) -> None:
        """`now`: its clock, "2020-05-12T09:00"; the orderer's account holds `balance` cents."""
        self._state = State(Config(quiet=True, clock=now))
        self.open("ORDERER", ORDERER, balance=balance)

    def open(self, id: str, iban: str, **more: object) -> None:
        """An account it holds; `behaviour`: "closed-account", "return-later"…"""
        accounts.create(self._state.conn, id, {"iban": iban, **more})

    def send(self, order: bytes) -> dict[str, object]:
        """Hand in an order; the bank's short answer."""
        answer, _, _ = self._state.receive(order, "application/xml")
        return json.loads(json.dumps(answer))

    def later(self, days: int) -> None:
        """Days go by."""
        self._state.clock.advance(days=days)

    def letters(self, kind: str) -> list[bytes]:
        """The files of a kind that it has for us, each handed out once."""
        self._state.release()
        rows = outbox.collect(self._state.conn, self._state.now(), kind=kind)
        return [row["body"].encode() for row in rows]

    def paid(self) -> int:
        """Cents that have left the orderer's account for good."""
        rows = self._state.conn.execute("SELECT balance FROM account WHERE id = 'ORDERER'").fetchone()
        return 10**9 - int(rows[0])

    def close(self) -> None:
        """Close its database."""
        self._state.close()
