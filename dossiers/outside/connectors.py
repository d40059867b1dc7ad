"""Asking the sources schemes declare: what was answered lately is not asked again, a source that fails is left alone for a
while, none is asked faster than it allows. All this is remembered by each process for itself."""

from __future__ import annotations

import json
import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from dossiers.outside.web import Getting, NotAllowed, Response, Unreachable
from engine import facts
from engine.facts import Status
from engine.kinds import Json
from engine.language.facts_model import Connector

log = logging.getLogger("guichet.connectors")

MOST_KEPT = 2000  # answers remembered by one process
PAUSE = 0.1  # seconds before the first retry; doubled each time
BUSY = 429
ABSENT = 404
PASSING = frozenset({BUSY, 500, 502, 503, 504})
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source said: `reason` tells staff why there is nothing, never what was asked."""

    status: Status
    values: Mapping[str, Json] = field(default_factory=dict)
    reason: str = ""


@dataclass(slots=True)
class _Source:
    """What this process remembers of one connector."""

    failures: int = 0
    closed_until: float = 0.0
    probing: bool = False
    asked_at: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Connectors:
    """Every source of a site. `tokens`: the secrets by the name connectors give them; `clock` and `sleep` in seconds."""

    web: Getting
    tokens: Mapping[str, str] = field(default_factory=dict)
    clock: Clock = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _sources: dict[str, _Source] = field(default_factory=dict)
    _kept: OrderedDict[str, tuple[float, Answer]] = field(default_factory=OrderedDict)

    def allows(self, connector: Connector) -> bool:
        """Whether the site lets this source be asked at all."""
        return self.web.allows(connector.call.url.plain(""))

    def ask(self, connector: Connector, asked: Mapping[str, Json], *, within: float) -> Answer:
        """What the source says of these answers, within so many seconds; never raises: no answer is an answer."""
        key = f"{connector.id}:{connector.call.url.plain('')}:{json.dumps(dict(asked), sort_keys=True)}"
        if (known := self._remembered(key)) is not None:
            return known
        if not self._may_ask(connector):
            return Answer(
                "down", reason="it failed before and is left alone for a while, or is asked too often"
            )
        try:
            answer = self._tried(connector, asked, self.clock() + within)
        except NotAllowed as error:
            self._settle(connector, failed=False)
            return Answer("down", reason=str(error))
        self._settle(connector, failed=answer.status in ("down", "wrong"))
        if answer.status in facts.ESTABLISHED:
            self._remember(key, answer, connector.limits.keep)
        else:
            log.warning(
                "A connector gave no answer", extra={"connector": connector.id, "reason": answer.reason}
            )
        return answer

    # -- one call -------------------------------------------------------------------------------------------

    def _tried(self, connector: Connector, asked: Mapping[str, Json], until: float) -> Answer:
        """Asked, and asked again a bounded number of times while there is time left."""
        request = facts.request_of(connector, asked)
        headers = {**request.headers, **self._token(connector)}
        answer = Answer("down", reason="there was no time to ask")
        for attempt in range(connector.limits.retries + 1):
            left = until - self.clock()
            if left <= 0:
                break
            within = min(left, connector.limits.timeout)
            wait = PAUSE * 2**attempt
            try:
                got = self.web.get(request.url, request.query, headers, within=within)
            except Unreachable as error:
                answer = Answer("down", reason=str(error))
            else:
                if got.status not in PASSING:
                    return _understood(connector, asked, got)
                answer = Answer("down", reason=f"it answered {got.status}")
                wait = max(wait, got.wait or 0)
            if attempt == connector.limits.retries or self.clock() + wait >= until:
                break
            self.sleep(wait)
        return answer

    def _token(self, connector: Connector) -> dict[str, str]:
        call = connector.call
        if not call.token:
            return {}
        token = self.tokens.get(call.token)
        if not token:
            raise NotAllowed(f"the setting {call.token} of [tokens] is missing")
        return {call.token_in: f"Bearer {token}" if call.token_in == "Authorization" else token}

    # -- what is remembered ---------------------------------------------------------------------------------

    def _remembered(self, key: str) -> Answer | None:
        with self._lock:
            found = self._kept.get(key)
            if found is None or found[0] < self.clock():
                self._kept.pop(key, None)
                return None
            self._kept.move_to_end(key)
            return found[1]

    def _remember(self, key: str, answer: Answer, keep: float) -> None:
        with self._lock:
            self._kept[key] = (self.clock() + keep, answer)
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)

    def _may_ask(self, connector: Connector) -> bool:
        """Whether the source may be asked now. After its pause one call probes it; the others wait for the outcome."""
        limits, now = connector.limits, self.clock()
        with self._lock:
            source = self._sources.setdefault(connector.id, _Source())
            if source.failures >= limits.failures:
                if now < source.closed_until or source.probing:
                    return False
                source.probing = True
            source.asked_at = [at for at in source.asked_at if at > now - 1]
            if len(source.asked_at) >= limits.per_second:
                source.probing = False
                return False
            source.asked_at.append(now)
            return True

    def _settle(self, connector: Connector, *, failed: bool) -> None:
        with self._lock:
            source = self._sources[connector.id]
            source.probing = False
            source.failures = source.failures + 1 if failed else 0
            if source.failures >= connector.limits.failures:
                source.closed_until = self.clock() + connector.limits.pause


def _understood(connector: Connector, asked: Mapping[str, Json], got: Response) -> Answer:
    """What a response says."""
    if got.status == ABSENT:
        return Answer("missing")
    if got.status != 200:
        return Answer("wrong", reason=f"it answered {got.status}")
    try:
        response: Any = json.loads(got.body, parse_float=Decimal, parse_int=Decimal)
    except ValueError:
        return Answer("wrong", reason="it answered no JSON")
    values = facts.read_response(connector, asked, response)
    return Answer("missing") if values is None else Answer("found", values)
