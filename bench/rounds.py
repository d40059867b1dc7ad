"""Servers driven in turn, round after round, so that whatever else the machine does falls on all of them."""

from __future__ import annotations

from collections.abc import Mapping

from bench.clients import Load, apply_some, drive
from bench.forms import Form
from bench.servers import Server

WARM_UP = 3  # applications


def in_turn(
    servers: Mapping[str, Server], form: Form, clients: int, *, rounds: int, seconds: float
) -> dict[str, Load]:
    """Drive each server once a round, the first one last in the next round; returns their loads by name."""
    found = {name: Load() for name in servers}
    for server in servers.values():
        apply_some(server.port, form, WARM_UP)
    for number in range(rounds):
        for name in list(servers)[:: -1 if number % 2 else 1]:
            before = servers[name].work()
            load = drive(servers[name].port, form, clients, seconds)
            load.work = servers[name].work() - before
            found[name].add(load)
    return found
